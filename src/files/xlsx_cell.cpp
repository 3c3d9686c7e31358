#include "files/xlsx_cell.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdint>

namespace guidon::files {
namespace {

constexpr int shown_digits = 15;
constexpr int most_after_point = 6;
constexpr double most_noise_ulps = 8;

/// The code's first section without literals, colours and conditions; `[h]` and its like stay as letters.
std::string bare_code(std::string_view code) {
    std::string bare;
    for (std::size_t i = 0; i < code.size() && code[i] != ';'; ++i) {
        const char c = code[i];
        if (c == '"') {
            i = std::min(code.find('"', i + 1), code.size());
        } else if (c == '\\' || c == '_' || c == '*') {
            ++i;
        } else if (c == '[') {
            const auto end = std::min(code.find(']', i), code.size());
            const auto inside = code.substr(i + 1, end - i - 1);
            if (!inside.empty() && inside.find_first_not_of("hHmMsS") == inside.npos) bare += "h";
            i = end;
        } else if (code.substr(i, 5) == "AM/PM" || code.substr(i, 5) == "am/pm") {
            i += 4;
        } else {
            bare += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        }
    }
    return bare;
}

std::optional<double> binary(std::string_view stored) {
    double number = 0;
    if (stored.starts_with('+')) stored.remove_prefix(1);
    const auto [end, error] = std::from_chars(stored.data(), stored.data() + stored.size(), number);
    if (error != std::errc() || end != stored.data() + stored.size() || !std::isfinite(number)) return std::nullopt;
    return number;
}

/// `text` as a plain decimal without needless zeros; nothing if it has an exponent or is no number.
std::optional<std::string> plain(std::string_view text) {
    const bool negative = text.starts_with('-');
    if (negative || text.starts_with('+')) text.remove_prefix(1);
    const auto point = std::min(text.find('.'), text.size());
    auto before = text.substr(0, point), after = text.substr(std::min(point + 1, text.size()));
    if (before.empty() && after.empty()) return std::nullopt;
    const auto digits_only = [](std::string_view part) { return part.find_first_not_of("0123456789") == part.npos; };
    if (!digits_only(before) || !digits_only(after)) return std::nullopt;
    before.remove_prefix(std::min(before.find_first_not_of('0'), before.size()));
    after.remove_suffix(after.size() - (after.find_last_not_of('0') + 1));
    if (before.empty() && after.empty()) return "0";
    return (negative ? "-" : "") + std::string(before.empty() ? "0" : before) + (after.empty() ? "" : ".") +
           std::string(after);
}

int digits_after_point(const std::string& number) {
    const auto point = number.find('.');
    return point == number.npos ? 0 : static_cast<int>(number.size() - point - 1);
}

int significant_digits(const std::string& number) {
    const auto first = number.find_first_of("123456789");
    if (first == number.npos) return 1;
    return static_cast<int>(number.size() - first) - (number.find('.', first) != number.npos ? 1 : 0);
}

std::string as_shown(double number) {
    // The digits of %.14e, written out: fmt has no plain form with a number of significant digits.
    const auto scientific = fmt::format("{:.{}e}", number, shown_digits - 1);
    const auto e = scientific.find('e');
    const int exponent = std::stoi(scientific.substr(e + 1));
    return *plain(fmt::format("{:.{}f}", *binary(scientific), std::max(0, shown_digits - 1 - exponent)));
}

std::optional<std::chrono::sys_days> day_of(std::int64_t serial, DateSystem system) {
    using namespace std::chrono;
    constexpr std::int64_t last = 2'958'465;  // 9999-12-31
    if (system == DateSystem::from_1904) {
        if (serial < 0 || serial > last - 1462) return std::nullopt;
        return sys_days{January / 1 / 1904} + days{serial};
    }
    // The 1900 system counts a 29 February 1900 that never was, as number 60.
    if (serial < 1 || serial == 60 || serial > last) return std::nullopt;
    return sys_days{December / 30 / 1899} + days{serial < 60 ? serial + 1 : serial};
}

std::string iso(std::chrono::sys_days day) {
    const std::chrono::year_month_day date(day);
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()));
}

}  // namespace

CellFormat format_of(std::string_view code) {
    const auto bare = bare_code(code);
    if (bare.size() > 1 && bare.find_first_not_of('0') == bare.npos)
        return {Shows::padded, static_cast<int>(std::min<std::size_t>(bare.size(), 32))};
    const auto has = [&](char c) { return bare.find(c) != bare.npos; };
    if (bare == "general" || has('#') || has('0') || has('?')) {
        if (!has('y') && !has('h') && !has('s')) return {};  // `ss.00` shows a time, `0.00E+00` a number
    }
    const bool clock = has('h') || has('s');
    const bool day = has('d');
    const bool month = has('m') && (!clock || has('y') || day);
    if (clock) return {has('y') || day ? Shows::date_time : Shows::time};
    if (has('y') && !month && !day) return {Shows::year};
    if (has('y') && month && !day) return {Shows::month};
    return {month || day || has('y') ? Shows::date : Shows::number};
}

CellFormat built_in_format(int id) {
    if (id == 17) return {Shows::month};
    if (id == 22) return {Shows::date_time};
    if ((id >= 18 && id <= 21) || (id >= 45 && id <= 47)) return {Shows::time};
    if ((id >= 14 && id <= 16) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)) return {Shows::date};
    return {};
}

std::optional<std::string> exact_number(std::string_view stored) {
    const auto written = plain(stored);
    if (written && digits_after_point(*written) <= most_after_point && significant_digits(*written) <= shown_digits)
        return *written == "-0" ? "0" : written;
    const auto number = binary(stored);
    if (!number || std::abs(*number) >= 1e15) return std::nullopt;
    auto shown = as_shown(*number);
    if (digits_after_point(shown) > most_after_point) return std::nullopt;
    const double ulp = std::nextafter(std::abs(*number), INFINITY) - std::abs(*number);
    if (std::abs(*number - *binary(shown)) > most_noise_ulps * ulp) return std::nullopt;
    return shown == "-0" ? "0" : shown;
}

std::optional<std::string> date_shown(std::string_view stored, CellFormat format, DateSystem system) {
    using namespace std::chrono;
    const auto number = binary(stored);
    if (!number || *number < 0 || *number > 3e6) return std::nullopt;
    constexpr std::int64_t day_seconds = 24 * 60 * 60;
    const auto seconds = static_cast<std::int64_t>(std::llround(*number * day_seconds));
    const hh_mm_ss clock{std::chrono::seconds{seconds % day_seconds}};
    const auto time =
        fmt::format("{:02}:{:02}:{:02}", clock.hours().count(), clock.minutes().count(), clock.seconds().count());
    if (format.shows == Shows::time) return seconds < day_seconds ? std::optional(time) : std::nullopt;

    const auto day = day_of(seconds / day_seconds, system);
    if (!day) return std::nullopt;
    if (seconds % day_seconds != 0) return iso(*day) + "T" + time;
    const auto text = iso(*day);
    if (format.shows == Shows::month && text.ends_with("-01")) return text.substr(0, 7);
    if (format.shows == Shows::year && text.ends_with("-01-01")) return text.substr(0, 4);
    return text;
}

std::string cell_name(int row, int column) {
    std::string letters;
    for (; column > 0; column = (column - 1) / 26)
        letters.insert(letters.begin(), static_cast<char>('A' + (column - 1) % 26));
    return letters + std::to_string(row);
}

std::optional<CellPlace> cell_place(std::string_view name) {
    CellPlace place{0, 0};
    std::size_t i = 0;
    for (; i < name.size() && i < 3 && name[i] >= 'A' && name[i] <= 'Z'; ++i)
        place.column = place.column * 26 + (name[i] - 'A' + 1);
    const auto [end, error] = std::from_chars(name.data() + i, name.data() + name.size(), place.row);
    if (error != std::errc() || end != name.data() + name.size()) return std::nullopt;
    if (place.column < 1 || place.column > 16'384 || place.row < 1 || place.row > 1'048'576) return std::nullopt;
    return place;
}

std::string unescaped(std::string text) {
    for (auto at = text.find("_x"); at != text.npos; at = text.find("_x", at + 1)) {
        unsigned character = 0;
        if (at + 7 > text.size() || text[at + 6] != '_') continue;
        const char* begin = text.data() + at + 2;
        const auto [end, error] = std::from_chars(begin, begin + 4, character, 16);
        if (error != std::errc() || end != begin + 4 || character >= 0x80)
            continue;  // only controls and `_` are escaped
        text.replace(at, 7, 1, static_cast<char>(character));
    }
    return text;
}

}  // namespace guidon::files
