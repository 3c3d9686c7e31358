#include "base/day.h"

#include <chrono>
#include <cstdio>

#include "base/dates.h"

namespace guidon {

std::optional<Day> Day::parse(std::string_view iso) {
    if (!is_date(iso)) return std::nullopt;
    int number = 0;
    for (const char c : iso) {
        if (c != '-') number = number * 10 + (c - '0');
    }
    return Day(number);
}

Day Day::of_utc_ms(std::int64_t utc_ms) {
    const std::chrono::sys_time<std::chrono::milliseconds> moment{std::chrono::milliseconds(utc_ms)};
    const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(moment)};
    return Day(int(day.year()) * 10000 + int(unsigned(day.month())) * 100 + int(unsigned(day.day())));
}

Day Day::moved(int days) const {
    if (*this == always() || *this == never()) return *this;
    const std::chrono::year_month_day day{std::chrono::year(number_ / 10000),
                                          std::chrono::month(static_cast<unsigned>(number_ / 100 % 100)),
                                          std::chrono::day(static_cast<unsigned>(number_ % 100))};
    const std::chrono::sys_time<std::chrono::milliseconds> moment{std::chrono::sys_days(day) + std::chrono::days(days)};
    return of_utc_ms(moment.time_since_epoch().count());
}

std::string Day::text() const {
    if (*this == always() || *this == never()) return "";
    char out[32];
    std::snprintf(out, sizeof out, "%04d-%02d-%02d", number_ / 10000, number_ / 100 % 100, number_ % 100);
    return out;
}

}  // namespace guidon
