// From which day to which day does something hold? Days as one number, and half-open spans of them.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace guidon {

/// A day of the Gregorian calendar, kept as the number YYYYMMDD: it orders as the days do and reads well in a database.
class Day {
public:
    constexpr Day() = default;  // before every day: "since always"
    /// Reads `2024-03-14`; nothing if `iso` is anything else or no such day exists.
    static std::optional<Day> parse(std::string_view iso);
    static constexpr Day always() { return Day(0); }
    static constexpr Day never() { return Day(99'999'999); }  // behind every day: "still"
    static constexpr Day of_number(int yyyymmdd) { return Day(yyyymmdd); }
    /// The day in UTC of a moment given in milliseconds since 1970.
    static Day of_utc_ms(std::int64_t utc_ms);

    constexpr int number() const { return number_; }
    /// The day before and the day after; always() and never() stay what they are.
    Day previous() const { return moved(-1); }
    Day next() const { return moved(1); }
    /// ISO; "" for always() and never().
    std::string text() const;
    constexpr auto operator<=>(const Day&) const = default;  // NOLINT: 0 of a rewritten comparison is no pointer

private:
    Day moved(int days) const;
    constexpr explicit Day(int number) : number_(number) {}
    int number_ = 0;
};

/// Holds on `from`, no longer on `to`.
struct Span {
    Day from = Day::always();
    Day to = Day::never();
    constexpr bool holds_on(Day day) const { return from <= day && day < to; }
    constexpr bool operator==(const Span&) const = default;
};

}  // namespace guidon
