// How does a reported number or a point travel through the program without ever being rounded by accident?
//
// A Decimal counts millionths in 64 bits: 12 digits before the point and 6 after it, exactly what FORMATS
// allows in a file. There is no conversion from or to double; dividing happens in scoring, with a named rounding.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace guidon {

class Decimal {
public:
    static constexpr std::int64_t unit = 1'000'000;
    static constexpr std::int64_t limit = 1'000'000'000'000 * unit;  // every |Decimal| read from outside is below this

    constexpr Decimal() = default;
    static constexpr Decimal millionths(std::int64_t n) { return Decimal(n); }
    static constexpr Decimal whole(std::int64_t n) { return Decimal(n * unit); }

    /// Reads `-12.5`, `+3`, `.5`, `7.`; at most 12 digits before and 6 after the point (leading zeros do not
    /// count). No exponent, no grouping, no spaces. Nothing if `text` is anything else.
    static std::optional<Decimal> parse(std::string_view text);

    constexpr std::int64_t in_millionths() const { return millionths_; }
    constexpr auto operator<=>(const Decimal&) const = default;
    constexpr Decimal operator-() const { return Decimal(-millionths_); }
    constexpr Decimal operator+(Decimal other) const { return Decimal(millionths_ + other.millionths_); }
    constexpr Decimal operator-(Decimal other) const { return Decimal(millionths_ - other.millionths_); }

    /// Shortest plain form: `12.5`, `-3`, `0`.
    std::string text() const;
    /// With exactly `places` (0–6) digits after the point; the digits behind them must be zero.
    std::string text(int places) const;

private:
    constexpr explicit Decimal(std::int64_t n) : millionths_(n) {}
    std::int64_t millionths_ = 0;
};

}  // namespace guidon
