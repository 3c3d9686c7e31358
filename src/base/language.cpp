#include "base/language.h"

#include <unicode/calendar.h>
#include <unicode/coll.h>
#include <unicode/dcfmtsym.h>
#include <unicode/decimfmt.h>
#include <unicode/gregocal.h>
#include <unicode/msgfmt.h>
#include <unicode/smpdtfmt.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <boost/algorithm/string/erase.hpp>
#include <boost/algorithm/string/replace.hpp>
#include <charconv>
#include <chrono>
#include <memory>
#include <mutex>
#include <unordered_map>

#include "base/assert.h"
#include "base/catalogue.h"
#include "base/dates.h"

namespace guidon {
namespace {

const icu::Locale& locale(Language language) {
    static const icu::Locale locales[] = {icu::Locale("en", "GB"), icu::Locale("vi", "VN"), icu::Locale("ur", "PK")};
    return locales[static_cast<int>(language)];
}

std::string utf8(const icu::UnicodeString& text) {
    std::string s;
    return text.toUTF8String(s);
}

icu::UnicodeString utf16(std::string_view text) {
    return icu::UnicodeString::fromUTF8({text.data(), static_cast<int>(text.size())});
}

std::string trimmed_lower(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return "";
    text = text.substr(first, text.find_last_not_of(" \t") - first + 1);
    std::string lower(text);
    for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return lower;
}

/// Thousandths of an RFC 9110 weight ("q=0.8"); 1000 where there is none, 0 where it is malformed.
int weight(const std::string& parameters) {
    const auto q = parameters.find("q=");
    if (q == std::string::npos) return 1000;
    const char* begin = parameters.c_str() + q + 2;
    const char* end = parameters.c_str() + std::min(parameters.size(), parameters.find(';', q));
    double value = 0;
    if (std::from_chars(begin, end, value, std::chars_format::fixed).ec != std::errc{}) return 0;
    return value >= 0 && value <= 1 ? static_cast<int>(value * 1000 + 0.5) : 0;
}

/// ICU formats are not safe to share, so each thread compiles its own at first use.
icu::MessageFormat& compiled(Language language, const Message& message) {
    thread_local std::unordered_map<const Message*, std::unique_ptr<icu::MessageFormat>> cache;
    auto& format = cache[&message];
    if (!format) {
        UErrorCode error = U_ZERO_ERROR;
        format = std::make_unique<icu::MessageFormat>(utf16(message.pattern), locale(language), error);
        for (const std::string& name : message.numbers) {
            const icu::UnicodeString wide = utf16(name);
            const auto* number = dynamic_cast<const icu::DecimalFormat*>(format->getFormat(wide, error));
            if (!number) continue;
            auto exact = std::unique_ptr<icu::DecimalFormat>(number->clone());
            exact->setMaximumFractionDigits(340);
            format->adoptFormat(wide, exact.release(), error);
        }
        GUIDON_ASSERT(U_SUCCESS(error));
    }
    return *format;
}

/// A code such as "100/QD" keeps its direction within a sentence from the right (U+2068 … U+2069).
std::string isolated(Language language, const std::string& value) {
    const auto any = [&](auto is) { return std::any_of(value.begin(), value.end(), is); };
    const bool has_figure = any([](char c) { return c >= '0' && c <= '9'; });
    const bool has_letter = any([](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); });
    const bool turns = direction(language) == "rtl" && has_figure && has_letter;
    return turns ? "\u2068" + value + "\u2069" : value;
}

std::string fill(Language language, const Message& message, const Arguments& arguments) {
    if (message.plain) {
        std::string text;
        for (const auto& piece : message.pieces) {
            const auto found = piece.argument ? arguments.find(piece.text) : arguments.end();
            if (!piece.argument)
                text += piece.text;
            else if (found == arguments.end())
                text += "{" + piece.text + "}";
            else
                text += isolated(language, found->second);
        }
        return text;
    }
    std::vector<icu::UnicodeString> names;
    std::vector<icu::Formattable> values;
    for (const auto& [name, value] : arguments) {
        if (!std::binary_search(message.names.begin(), message.names.end(), name)) continue;
        names.push_back(utf16(name));
        const bool chooses = std::binary_search(message.choices.begin(), message.choices.end(), name);
        icu::Formattable formattable(utf16(chooses ? value : isolated(language, value)));
        if (std::binary_search(message.numbers.begin(), message.numbers.end(), name)) {
            UErrorCode error = U_ZERO_ERROR;
            icu::Formattable number(icu::StringPiece(value), error);
            if (U_SUCCESS(error)) formattable = number;
        }
        values.push_back(formattable);
    }
    UErrorCode error = U_ZERO_ERROR;
    icu::UnicodeString out;
    compiled(language, message).format(names.data(), values.data(), static_cast<int>(names.size()), out, error);
    GUIDON_ASSERT(U_SUCCESS(error));
    return utf8(out);
}

struct Digits {
    std::string minus, point, group;
    int primary = 3, secondary = 3;
};

Digits read_digits(Language language) {
    UErrorCode error = U_ZERO_ERROR;
    const icu::DecimalFormatSymbols symbols(locale(language), error);
    const std::unique_ptr<icu::NumberFormat> format(icu::NumberFormat::createInstance(locale(language), error));
    GUIDON_ASSERT(U_SUCCESS(error));
    const auto& decimal = dynamic_cast<const icu::DecimalFormat&>(*format);
    const auto symbol = [&](icu::DecimalFormatSymbols::ENumberFormatSymbol which) {
        return utf8(symbols.getConstSymbol(which));
    };
    Digits digits{symbol(icu::DecimalFormatSymbols::kMinusSignSymbol),
                  symbol(icu::DecimalFormatSymbols::kDecimalSeparatorSymbol),
                  symbol(icu::DecimalFormatSymbols::kGroupingSeparatorSymbol), decimal.getGroupingSize(),
                  decimal.getSecondaryGroupingSize()};
    if (digits.secondary <= 0) digits.secondary = digits.primary;
    return digits;
}

const Digits& digits_of(Language language) {
    static const Digits all[] = {read_digits(Language::en), read_digits(Language::vi), read_digits(Language::ur)};
    return all[static_cast<int>(language)];
}

const icu::Collator& collator(Language language) {
    static const auto all = [] {
        std::vector<std::unique_ptr<icu::Collator>> list;
        for (const Language each : languages) {
            UErrorCode error = U_ZERO_ERROR;
            list.emplace_back(icu::Collator::createInstance(locale(each), error));
            GUIDON_ASSERT(U_SUCCESS(error));
            list.back()->setAttribute(UCOL_NUMERIC_COLLATION, UCOL_ON, error);
        }
        return list;
    }();
    return *all[static_cast<std::size_t>(language)];
}

icu::DateFormat& date_format(Language language, DateStyle style) {
    thread_local std::unique_ptr<icu::DateFormat> all[std::size(languages)][2];
    auto& format = all[static_cast<int>(language)][static_cast<int>(style)];
    if (!format) {
        const auto icu_style = style == DateStyle::spelled ? icu::DateFormat::kLong : icu::DateFormat::kMedium;
        format.reset(icu::DateFormat::createDateInstance(icu_style, locale(language)));
        GUIDON_ASSERT(format != nullptr);
        UErrorCode error = U_ZERO_ERROR;
        auto calendar = std::make_unique<icu::GregorianCalendar>(*icu::TimeZone::getGMT(), locale(language), error);
        constexpr UDate earliest = -8.64e15;  // no day of ours is of the calendar before
        calendar->setGregorianChange(earliest, error);
        GUIDON_ASSERT(U_SUCCESS(error));
        format->adoptCalendar(calendar.release());
    }
    return *format;
}

}  // namespace

std::string_view code(Language language) {
    constexpr std::string_view codes[] = {"en", "vi", "ur"};
    return codes[static_cast<int>(language)];
}

std::optional<Language> language_of(std::string_view text) {
    for (const Language language : languages)
        if (code(language) == text) return language;
    return std::nullopt;
}

std::string_view direction(Language language) {
    return language == Language::ur ? "rtl" : "ltr";
}

Language accepted(std::string_view accept_language) {
    constexpr int unnamed = -1;
    int weights[std::size(languages)] = {unnamed, unnamed, unnamed};
    int places[std::size(languages)] = {0, 1000, 2000};  // later than whatever the header names
    int any = 0;
    for (int place = -1000; !accept_language.empty(); ++place) {
        const auto comma = accept_language.find(',');
        const std::string range = trimmed_lower(accept_language.substr(0, comma));
        accept_language.remove_prefix(comma == std::string_view::npos ? accept_language.size() : comma + 1);
        const auto semicolon = range.find(';');
        const std::string tag = trimmed_lower(range.substr(0, semicolon));
        const int q = weight(semicolon == std::string::npos ? "" : range.substr(semicolon));
        if (tag == "*") any = std::max(any, q);
        const auto language = language_of(std::string_view(tag).substr(0, tag.find('-')));
        if (!language) continue;
        const int i = static_cast<int>(*language);
        if (q > weights[i]) {
            weights[i] = q;
            places[i] = place;
        }
    }
    Language best = Language::en;
    int best_weight = 0, best_place = 0;
    for (const Language language : languages) {
        const int i = static_cast<int>(language);
        const int q = weights[i] == unnamed ? any : weights[i];
        if (q > best_weight || (q == best_weight && q > 0 && places[i] < best_place)) {
            best = language;
            best_weight = q;
            best_place = places[i];
        }
    }
    return best;
}

const std::string& pick(const Texts& texts, Language language) {
    static const std::string none;
    for (const std::string_view wanted : {code(language), std::string_view(""), code(Language::en), code(Language::vi)})
        if (const auto found = texts.find(std::string(wanted)); found != texts.end() && !found->second.empty())
            return found->second;
    for (const auto& [_, text] : texts)
        if (!text.empty()) return text;
    return none;
}

std::string say(Language language, std::string_view key, const Arguments& arguments) {
    const Catalogue& all = catalogue(language);
    const auto found = all.find(key);
    if (found == all.end())
        throw BrokenPromise("no message " + std::string(key) + " in " + std::string(code(language)));
    return fill(language, found->second, arguments);
}

bool has_message(Language language, std::string_view key) {
    return catalogue(language).contains(key);
}

const std::map<std::string, std::string>& words(Language language, const std::string& prefix) {
    static std::mutex guard;
    static std::map<std::pair<Language, std::string>, std::map<std::string, std::string>> known;
    const std::lock_guard lock(guard);
    const auto [place, fresh] = known.try_emplace({language, prefix});
    if (fresh) {
        const Catalogue& all = catalogue(language);
        for (auto it = all.lower_bound(prefix); it != all.end() && it->first.starts_with(prefix); ++it)
            place->second.emplace(it->first.substr(prefix.size()), it->second.pattern);
    }
    return place->second;
}

std::string sentence(Language language, const Problem& problem) {
    Arguments told = problem.arguments;
    for (auto& [name, text] : told) text = date_text(language, text);
    return say(language, "problem." + problem.code, told);
}

std::string sentence(Language language, const Fault& fault) {
    std::string text = say(language, "problem." + fault.code, fault.arguments);
    const auto cell = fault.arguments.find("cell");  // of a spreadsheet; its own faults (xlsx.*) name it themselves
    if (cell != fault.arguments.end() && !fault.code.starts_with("xlsx."))
        text = say(language, "fault.cell", {{"sentence", text}, {"cell", cell->second}});
    if (fault.warning) text = say(language, "fault.warning", {{"sentence", text}});
    std::string place = fault.file;
    if (fault.line > 0) place += ":" + std::to_string(fault.line);
    if (fault.line > 0 && fault.column > 0) place += ":" + std::to_string(fault.column);
    return place.empty() ? text : place + ": " + text;
}

std::string number_text(Language language, std::string_view decimal) {
    const bool negative = decimal.starts_with('-');
    const auto plain = decimal.substr(negative ? 1 : 0);
    const auto point = plain.find('.');
    const auto whole = plain.substr(0, point);
    const auto fraction = point == std::string_view::npos ? std::string_view() : plain.substr(point + 1);
    constexpr std::string_view figures = "0123456789";
    if (whole.empty() || whole.find_first_not_of(figures) != std::string_view::npos ||
        fraction.find_first_not_of(figures) != std::string_view::npos)
        return std::string(decimal);

    const Digits& digits = digits_of(language);
    std::string text = negative ? digits.minus : "";
    for (std::size_t i = 0; i < whole.size(); ++i) {
        const int left = static_cast<int>(whole.size() - i);
        if (i > 0 && left >= digits.primary && (left - digits.primary) % digits.secondary == 0) text += digits.group;
        text += whole[i];
    }
    if (!fraction.empty()) text.append(digits.point).append(fraction);
    return text;
}

std::string plain_number(Language language, std::string_view typed) {
    const Digits& digits = digits_of(language);
    std::string text;
    for (std::size_t at = 0; at < typed.size();) {
        const std::size_t begin = at;
        UChar32 c = 0;
        U8_NEXT(typed.data(), at, typed.size(), c);
        if (c >= 0 && u_isUWhiteSpace(c)) continue;
        const int figure = c >= 0 ? u_charDigitValue(c) : -1;
        constexpr UChar32 arabic_point = 0x66b;
        if (figure >= 0)
            text += static_cast<char>('0' + figure);
        else if (c == arabic_point)
            text += digits.point;
        else
            text += typed.substr(begin, at - begin);
    }
    const bool grouped = text.find(digits.group) != std::string::npos;
    std::string plain = boost::replace_all_copy(boost::erase_all_copy(text, digits.group), digits.point, ".");
    if (grouped && number_text(language, plain) != text) return text;
    return plain;
}

std::string typed_number(Language language, std::string_view decimal) {
    return boost::erase_all_copy(number_text(language, decimal), digits_of(language).group);
}

std::string date_text(Language language, std::string_view iso_date, DateStyle style) {
    if (!is_date(iso_date)) return std::string(iso_date);
    const auto number = [&](std::size_t from, std::size_t count) {
        int n = 0;
        std::from_chars(iso_date.data() + from, iso_date.data() + from + count, n);
        return n;
    };
    const std::chrono::sys_days day = std::chrono::year_month_day(
        std::chrono::year(number(0, 4)), std::chrono::month(static_cast<unsigned>(number(5, 2))),
        std::chrono::day(static_cast<unsigned>(number(8, 2))));
    icu::UnicodeString text;
    date_format(language, style)
        .format(static_cast<UDate>(std::chrono::milliseconds(day.time_since_epoch()).count()), text);
    return utf8(text);
}

std::string collation_key(Language language, std::string_view text) {
    const icu::UnicodeString wide = utf16(text);
    std::string key(static_cast<std::size_t>(wide.length()) * 3 + 16, '\0');
    const auto room = [&] { return static_cast<int>(key.size()); };
    int size = collator(language).getSortKey(wide, reinterpret_cast<std::uint8_t*>(key.data()), room());
    if (size > room()) {
        key.resize(static_cast<std::size_t>(size));
        size = collator(language).getSortKey(wide, reinterpret_cast<std::uint8_t*>(key.data()), room());
    }
    key.resize(static_cast<std::size_t>(size > 0 ? size - 1 : 0));  // without the closing zero byte
    return key;
}

}  // namespace guidon
