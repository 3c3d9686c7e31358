#include "base/dates.h"

namespace guidon {
namespace {

/// The number that the digits `text` stand for; -1 if something else is among them.
int number(std::string_view text) {
    int n = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return -1;
        n = n * 10 + (c - '0');
    }
    return n;
}

int days_of(int year, int month) {
    constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

}  // namespace

bool is_date(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
    const int year = number(text.substr(0, 4)), month = number(text.substr(5, 2)), day = number(text.substr(8, 2));
    return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= days_of(year, month);
}

bool is_period(std::string_view text) {
    if (text.size() < 4 || number(text.substr(0, 4)) < 1) return false;
    const std::string_view part = text.substr(4);
    if (part.empty()) return true;
    if (part.size() != 3 || part[0] != '-') return false;
    if (part[1] == 'H') return part[2] == '1' || part[2] == '2';
    if (part[1] == 'Q') return part[2] >= '1' && part[2] <= '4';
    const int month = number(part.substr(1));
    return month >= 1 && month <= 12;
}

}  // namespace guidon
