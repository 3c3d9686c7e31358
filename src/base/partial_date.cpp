#include "base/partial_date.h"

#include <cstdio>
#include <vector>

#include "base/dates.h"

namespace guidon {

namespace {

bool is_partial_date(std::string_view text) {
    const std::string year(text.starts_with("--") ? "2000-" : "");  // a leap year: 29 February is possible
    const std::string whole = year + std::string(text.substr(year.empty() ? 0 : 2));
    switch (text.size()) {
        case 4:
            return is_date(whole + "-01-01");
        case 7:
            return is_date(whole + (year.empty() ? "-01" : ""));
        case 10:
            return year.empty() && is_date(whole);
        default:
            return false;
    }
}

/// The numbers between slashes; empty where there is anything else.
std::vector<int> slashed(std::string_view text) {
    std::vector<int> numbers(1, 0);
    std::size_t figures = 0;
    for (const char c : text) {
        if (c == '/' && figures > 0) {
            numbers.push_back(0);
            figures = 0;
        } else if (c >= '0' && c <= '9' && figures < 4) {
            numbers.back() = numbers.back() * 10 + (c - '0');
            ++figures;
        } else {
            return {};
        }
    }
    return figures > 0 ? numbers : std::vector<int>();
}

std::string written(const char* format, int first, int second, int third = 0) {
    char text[32];
    std::snprintf(text, sizeof text, format, first, second, third);
    return text;
}

}  // namespace

std::optional<std::string> read_partial_date(std::string_view typed) {
    std::string date(typed);
    if (const auto parts = slashed(typed); parts.size() == 3)
        date = written("%04d-%02d-%02d", parts[2], parts[1], parts[0]);
    else if (parts.size() == 2 && parts[1] > 31)
        date = written("%04d-%02d", parts[1], parts[0]);
    else if (parts.size() == 2)
        date = written("--%02d-%02d", parts[1], parts[0]);
    return is_partial_date(date) ? std::optional(date) : std::nullopt;
}

std::string partial_date_text(Language language, const std::string& date) {
    if (!is_partial_date(date)) return date;
    if (date.starts_with("--")) return date.substr(5) + "/" + date.substr(2, 2);
    if (date.size() == 7) return date.substr(5) + "/" + date.substr(0, 4);
    return date_text(language, date);
}

}  // namespace guidon
