#include "scoring/exact.h"

#include <cmath>
#include <cstdint>

#include "base/assert.h"

namespace guidon::scoring {
namespace {

mpz_class power_of_ten(unsigned long exponent) {
    mpz_class power;
    mpz_ui_pow_ui(power.get_mpz_t(), 10, exponent);
    return power;
}

/// The integer that `mode` chooses for `value`.
mpz_class whole(const Exact& value, RoundMode mode) {
    const bool negative = sgn(value) < 0;
    const mpz_class numerator = abs(value.get_num());
    const mpz_class& denominator = value.get_den();
    mpz_class quotient = numerator / denominator;
    const mpz_class rest = numerator - quotient * denominator;
    const int half = cmp(2 * rest, denominator);
    switch (mode) {
        case RoundMode::half_up:
            quotient += half >= 0;
            break;
        case RoundMode::half_even:
            quotient += half > 0 || (half == 0 && mpz_odd_p(quotient.get_mpz_t()));
            break;
        case RoundMode::up:
            quotient += sgn(rest) != 0;
            break;
        case RoundMode::down:
            break;
    }
    return negative ? mpz_class(-quotient) : quotient;
}

std::string with_point(const mpz_class& number, int places) {
    std::string digits = mpz_class(abs(number)).get_str();
    const auto behind = static_cast<std::size_t>(places);
    if (digits.size() <= behind) digits.insert(0, behind + 1 - digits.size(), '0');
    if (places > 0) digits.insert(digits.size() - behind, ".");
    return (sgn(number) < 0 ? "-" : "") + digits;
}

}  // namespace

Exact exact(Decimal value) {
    Exact result(value.in_millionths(), Decimal::unit);
    result.canonicalize();
    return result;
}

Exact exact(double value) {
    GUIDON_ASSERT(std::isfinite(value));
    return Exact(value);
}

double nearest_double(const Exact& value) {
    if (sgn(value) == 0) return 0;
    mpz_class numerator = abs(value.get_num());
    mpz_class denominator = value.get_den();
    // A quotient of at least 55 bits, with a bit that says whether something is left, rounds the same way as the
    // endless one; below 2^63 it converts to double in a single rounding.
    const long bits = static_cast<long>(mpz_sizeinbase(numerator.get_mpz_t(), 2)) -
                      static_cast<long>(mpz_sizeinbase(denominator.get_mpz_t(), 2));
    const long shift = 60 - bits;
    if (shift > 0) numerator <<= static_cast<unsigned long>(shift);
    if (shift < 0) denominator <<= static_cast<unsigned long>(-shift);
    mpz_class quotient = numerator / denominator;
    const mpz_class rest = numerator - quotient * denominator;
    auto top = quotient.get_ui();
    if (sgn(rest) != 0) top |= 1;
    const double magnitude = std::ldexp(static_cast<double>(top), static_cast<int>(-shift));
    return sgn(value) < 0 ? -magnitude : magnitude;
}

Exact rounded(const Exact& value, const Rounding& rounding) {
    if (rounding.step == Decimal()) return value;
    const Exact step = exact(rounding.step);
    return whole(value / step, rounding.mode) * step;
}

int places(Decimal step) {
    int count = 6;
    for (auto n = step.in_millionths(); count > 0 && n % 10 == 0; n /= 10) --count;
    return count;
}

std::string text(const Exact& value, int places, RoundMode mode) {
    return with_point(whole(value * power_of_ten(static_cast<unsigned long>(places)), mode), places);
}

std::string text(const Exact& value, const Rounding& rounding) {
    if (rounding.step != Decimal()) return text(value, places(rounding.step), rounding.mode);
    std::string all = text(value, 6, rounding.mode);
    all.erase(all.find_last_not_of('0') + 1);
    if (all.back() == '.') all.pop_back();
    return all == "-0" ? "0" : all;
}

std::string text(const Exact& value) {
    mpz_class rest;
    const auto twos = mpz_remove(rest.get_mpz_t(), value.get_den_mpz_t(), mpz_class(2).get_mpz_t());
    const auto fives = mpz_remove(rest.get_mpz_t(), rest.get_mpz_t(), mpz_class(5).get_mpz_t());
    if (rest != 1) return value.get_str();
    const auto digits = std::max(twos, fives);
    const Exact scaled = value * power_of_ten(digits);
    return with_point(scaled.get_num(), static_cast<int>(digits));
}

}  // namespace guidon::scoring
