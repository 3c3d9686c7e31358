#include "scoring/lanes.h"

#include <algorithm>
#include <cmath>

// One binary for old and new processors: the loader picks the version. Clang and the sanitizers do without.
#if defined(__GNUC__) && !defined(__clang__) && defined(__x86_64__) && !defined(__SANITIZE_ADDRESS__)
#define GUIDON_LANES __attribute__((target_clones("arch=x86-64-v4", "avx2", "default")))
// Comparing each with each gains nothing from masks.
#define GUIDON_SHORT_LANES __attribute__((target_clones("avx2", "default")))
#else
#define GUIDON_LANES
#define GUIDON_SHORT_LANES
#endif

namespace guidon::scoring::lanes {
namespace {

/// Long loops ask for what comes 3 KiB later, a piece at a time.
constexpr int piece = 256, ahead = 768;
inline void fetch_ahead(const std::int32_t* x) {
    for (int i = 0; i < piece; i += 16) __builtin_prefetch(x + ahead + i);
}

}  // namespace

namespace {

template <class X>
[[gnu::always_inline]] inline void linear(const X* x, int count, std::int32_t each, std::int32_t least,
                                          std::int32_t most, std::int32_t factor, std::int32_t* __restrict out) {
    for (int i = 0; i < count; ++i) out[i] += factor * std::min(std::max(each * x[i], least), most);
}

/// With quotients up to 2^17 the estimate in float is off by at most 2^-22 of it and two more roundings, together less
/// than 0.05. So floor(estimate + 0.45) is the rounded quotient or one less, and the remainder tells which; it lies in
/// 0 … 4y, below 2^32, so that arithmetic modulo 2^32 shows it.
[[gnu::always_inline]] inline std::int32_t rounded_quotient(std::int32_t x, std::int32_t y, std::int32_t times) {
    const float estimate = static_cast<float>(x) * static_cast<float>(times) / static_cast<float>(y) + 0.45F;
    const auto low = static_cast<std::int32_t>(estimate);
    const auto divisor = static_cast<std::uint32_t>(y);
    const std::uint32_t remainder = static_cast<std::uint32_t>(x) * (2U * static_cast<std::uint32_t>(times)) + divisor -
                                    static_cast<std::uint32_t>(low) * (2U * divisor);
    return low + (remainder >= 2U * divisor ? 1 : 0);
}

}  // namespace

GUIDON_LANES void add_linear(const std::int32_t* x, int count, std::int32_t each, std::int32_t least, std::int32_t most,
                             std::int32_t factor, std::int32_t* out) {
    linear(x, count, each, least, most, factor, out);
}

GUIDON_LANES void add_linear(const std::int16_t* x, int count, std::int32_t each, std::int32_t least, std::int32_t most,
                             std::int32_t factor, std::int32_t* out) {
    linear(x, count, each, least, most, factor, out);
}

GUIDON_LANES void add_quotient_narrow(const std::int32_t* x, const std::int32_t* y, int count, std::int32_t times,
                                      std::int32_t most, std::int32_t factor, std::int32_t* __restrict out) {
    for (int begin = 0; begin < count; begin += piece) {
        fetch_ahead(x + begin);
        fetch_ahead(y + begin);
        for (int i = begin; i < std::min(count, begin + piece); ++i)
            out[i] += factor * std::min(rounded_quotient(x[i], y[i], times), most);
    }
}

GUIDON_LANES void add_quotient_narrow(const std::int16_t* x, std::int32_t y, int count, std::int32_t times,
                                      std::int32_t most, std::int32_t factor, std::int32_t* __restrict out) {
    for (int i = 0; i < count; ++i) out[i] += factor * std::min(rounded_quotient(x[i], y, times), most);
}

namespace {

/// floor(n / d) of whole numbers below 2^53 is exact in double: the quotient is either whole or at least 1 / d below
/// the next whole number, which is more than half a unit in its last place.
template <RoundMode mode>
inline double divide(double n, double d) {
    if constexpr (mode == RoundMode::half_up) return std::floor((2 * n + d) / (2 * d));
    if constexpr (mode == RoundMode::down) return std::floor(n / d);
    if constexpr (mode == RoundMode::up) return std::floor((n + (d - 1)) / d);
    const double low = std::floor(n / d);
    const double rest = 2 * (n - low * d) - d;  // above, at or below the half
    const double odd = low - 2 * std::floor(low / 2);
    return low + (rest > 0 ? 1.0 : rest == 0 ? odd : 0.0);
}

template <RoundMode mode>
inline void add_quotients(const std::int32_t* x, const std::int32_t* y, int count, double times, double most,
                          std::int32_t factor, std::int32_t* __restrict out) {
    for (int i = 0; i < count; ++i) {
        const double quotient = divide<mode>(times * static_cast<double>(x[i]), static_cast<double>(y[i]));
        out[i] += factor * static_cast<std::int32_t>(std::min(quotient, most));
    }
}

}  // namespace

void add_quotient_wide(const std::int32_t* x, const std::int32_t* y, int count, std::int32_t times, RoundMode mode,
                       std::int32_t most, std::int32_t factor, std::int32_t* out) {
    switch (mode) {
        case RoundMode::half_up:
            add_quotients<RoundMode::half_up>(x, y, count, times, most, factor, out);
            break;
        case RoundMode::half_even:
            add_quotients<RoundMode::half_even>(x, y, count, times, most, factor, out);
            break;
        case RoundMode::down:
            add_quotients<RoundMode::down>(x, y, count, times, most, factor, out);
            break;
        case RoundMode::up:
            add_quotients<RoundMode::up>(x, y, count, times, most, factor, out);
            break;
    }
}

GUIDON_LANES void add_steps(const std::int32_t* x, int count, const std::int32_t* from, const std::int32_t* gain,
                            int steps, std::int32_t factor, std::int32_t* __restrict out) {
    for (int k = 0; k < steps; ++k) {
        const std::int32_t bound = from[k], more = factor * gain[k];
        for (int i = 0; i < count; ++i) out[i] += x[i] >= bound ? more : 0;
    }
}

GUIDON_LANES void add_share_steps(const std::int32_t* x, const std::int32_t* y, int count, const double* from,
                                  const std::int32_t* gain, int steps, std::int32_t factor,
                                  std::int32_t* __restrict out) {
    for (int k = 0; k < steps; ++k) {
        const double bound = from[k];
        const std::int32_t more = factor * gain[k];
        for (int i = 0; i < count; ++i)
            out[i] += static_cast<double>(x[i]) * 1e6 >= bound * static_cast<double>(y[i]) ? more : 0;
    }
}

GUIDON_LANES void add(const std::int32_t* x, int count, std::int32_t factor, std::int32_t* __restrict out) {
    for (int i = 0; i < count; ++i) out[i] += factor * x[i];
}

GUIDON_SHORT_LANES void count_smaller(const std::uint32_t* keys, int count, std::uint32_t* __restrict ranks) {
    constexpr int at_once = 32;
    int i = 0;
    for (; i + at_once <= count; i += at_once) {
        std::uint32_t smaller[at_once] = {};
        for (int j = 0; j < count; ++j)
            for (int k = 0; k < at_once; ++k) smaller[k] += keys[j] < keys[i + k];
        std::copy(smaller, smaller + at_once, ranks + i);
    }
    for (; i < count; ++i) {
        std::uint32_t smaller = 0;
        for (int j = 0; j < count; ++j) smaller += keys[j] < keys[i];
        ranks[i] = smaller;
    }
}

GUIDON_LANES void split(const std::uint32_t* keys, int count, int low_bits, std::uint32_t* __restrict high,
                        std::uint32_t* __restrict low) {
    const auto mask = (1U << low_bits) - 1;
    for (int i = 0; i < count; ++i) {
        high[i] = keys[i] >> low_bits;
        low[i] = keys[i] & mask;
    }
}

GUIDON_LANES void distances(const std::int32_t* totals, const std::uint8_t* ranked, int count, std::int32_t edge,
                            bool downwards, std::uint32_t last, std::uint32_t* __restrict out) {
    const std::int32_t sign = downwards ? -1 : 1;
    for (int i = 0; i < count; ++i) out[i] = ranked[i] ? static_cast<std::uint32_t>(sign * (totals[i] - edge)) : last;
}

GUIDON_LANES void widen(const std::int32_t* totals, const std::uint8_t* ranked, int count, std::int32_t& low,
                        std::int32_t& high) {
    std::int32_t least = low, most = high;
    for (int i = 0; i < count; ++i) {
        least = std::min(least, ranked[i] ? totals[i] : least);
        most = std::max(most, ranked[i] ? totals[i] : most);
    }
    low = least;
    high = most;
}

GUIDON_LANES std::int64_t sum(const std::int32_t* x, int count) {
    std::int64_t total = 0;
    for (int i = 0; i < count; ++i) total += x[i];
    return total;
}

GUIDON_LANES int count_equal(const std::int8_t* x, int count, std::int8_t wanted) {
    int found = 0;
    for (int i = 0; i < count; ++i) found += x[i] == wanted;
    return found;
}

GUIDON_LANES int count_set(const std::uint8_t* x, int count) {
    int found = 0;
    for (int i = 0; i < count; ++i) found += x[i];
    return found;
}

GUIDON_LANES void choose(const std::int32_t* x, int count, std::int32_t bound, std::int8_t value,
                         std::int8_t* __restrict out) {
    for (int i = 0; i < count; ++i) out[i] = x[i] >= bound ? value : out[i];
}

GUIDON_LANES void raise_failed(const std::uint8_t* passed, int count, std::int8_t value, std::int8_t* __restrict out) {
    for (int i = 0; i < count; ++i) out[i] = passed[i] ? out[i] : std::max(out[i], value);
}

}  // namespace guidon::scoring::lanes
