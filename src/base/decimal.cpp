#include "base/decimal.h"

#include "base/assert.h"

namespace guidon {

std::optional<Decimal> Decimal::parse(std::string_view text) {
    bool negative = false;
    if (!text.empty() && (text[0] == '-' || text[0] == '+')) {
        negative = text[0] == '-';
        text.remove_prefix(1);
    }
    std::int64_t n = 0;
    int before = 0, after = 0;
    bool point = false, digit = false;
    for (const char c : text) {
        if (c == '.') {
            if (point) return std::nullopt;
            point = true;
            continue;
        }
        if (c < '0' || c > '9') return std::nullopt;
        digit = true;
        if (point ? ++after > 6 : (n != 0 || c != '0') && ++before > 12) return std::nullopt;
        n = n * 10 + (c - '0');
    }
    if (!digit) return std::nullopt;
    for (; after < 6; ++after) n *= 10;
    return Decimal(negative ? -n : n);
}

std::string Decimal::text() const {
    std::string s = text(6);
    s.erase(s.find_last_not_of('0') + 1);
    if (s.back() == '.') s.pop_back();
    return s;
}

std::string Decimal::text(int places) const {
    const bool negative = millionths_ < 0;
    const auto n = negative ? 0 - static_cast<std::uint64_t>(millionths_) : static_cast<std::uint64_t>(millionths_);
    std::string fraction = std::to_string(n % unit);
    fraction.insert(0, 6 - fraction.size(), '0');
    GUIDON_ASSERT(fraction.find_first_not_of('0', static_cast<std::size_t>(places)) == std::string::npos);
    fraction.resize(static_cast<std::size_t>(places));
    return (negative ? "-" : "") + std::to_string(n / unit) + (places ? "." + fraction : "");
}

}  // namespace guidon
