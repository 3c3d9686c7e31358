#include "base/plain_text.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <vector>

#include "base/language.h"

namespace guidon {
namespace {

enum class Kind { letter, blank, line_end, unseen, control };

Kind kind_of(UChar32 c) {
    switch (c) {
        case '\n':
        case 0x2028:  // line separator
        case 0x2029:  // paragraph separator
            return Kind::line_end;
        case 0x200B:  // zero-width space
        case 0x2060:  // word joiner
        case 0xFEFF:  // byte order mark
            return Kind::unseen;
        default:
            break;
    }
    if ((c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069)) return Kind::unseen;
    if (u_isUWhiteSpace(c)) return Kind::blank;
    return u_charType(c) == U_CONTROL_CHAR ? Kind::control : Kind::letter;
}

/// The lines of `text`, each with single blanks inside and none around.
std::vector<std::string> lines_of(std::string_view text, const std::string& field) {
    if (first_invalid_utf8(text)) throw Problem("text.control", {}, field);
    std::vector<std::string> lines(1);
    bool apart = false;
    const auto size = static_cast<std::int32_t>(text.size());
    for (std::int32_t i = 0; i < size;) {
        const std::int32_t start = i;
        UChar32 c = 0;
        U8_NEXT(text.data(), i, size, c);
        switch (kind_of(c)) {
            case Kind::control:
                throw Problem("text.control", {}, field);
            case Kind::unseen:
                break;
            case Kind::blank:
                apart = true;
                break;
            case Kind::line_end:
                lines.emplace_back();
                apart = false;
                break;
            case Kind::letter:
                if (apart && !lines.back().empty()) lines.back() += ' ';
                apart = false;
                lines.back() += text.substr(static_cast<std::size_t>(start), static_cast<std::size_t>(i - start));
        }
    }
    return lines;
}

std::string within(std::string text, std::size_t most, const std::string& field) {
    if (const std::size_t length = length_of(text); length > most)
        throw Problem("text.too-long", {{"most", std::to_string(most)}, {"length", std::to_string(length)}}, field);
    return text;
}

}  // namespace

std::size_t length_of(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string clean_line(std::string_view text, std::size_t most, const std::string& field) {
    std::string line;
    for (const auto& part : lines_of(text, field)) {
        if (!part.empty() && !line.empty()) line += ' ';
        line += part;
    }
    return within(std::move(line), most, field);
}

std::string clean_text(std::string_view text, std::size_t most, const std::string& field) {
    std::string clean;
    std::size_t line_ends = 0;  // since the last line with something in it
    for (const auto& line : lines_of(text, field)) {
        if (!line.empty()) {
            if (!clean.empty()) clean.append(std::min<std::size_t>(line_ends, 2), '\n');
            clean += line;
            line_ends = 0;
        }
        ++line_ends;
    }
    return within(std::move(clean), most, field);
}

}  // namespace guidon
