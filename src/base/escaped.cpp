#include "base/escaped.h"

#include <array>

namespace guidon {
namespace {

/// Bytes that may not stand as they are; 0xEF begins U+FFFE and U+FFFF, and much else.
constexpr std::array<bool, 256> special = [] {
    std::array<bool, 256> marks{};
    for (unsigned char c = 0; c < ' '; ++c) marks[c] = c != '\t' && c != '\n' && c != '\r';
    for (const unsigned char c : {'&', '<', '>', '"', '\''}) marks[c] = true;
    marks[0xEF] = true;
    return marks;
}();

std::string_view reference_for(char c) {
    switch (c) {
        case '&':
            return "&amp;";
        case '<':
            return "&lt;";
        case '>':
            return "&gt;";
        case '"':
            return "&quot;";
        case '\'':
            return "&#39;";
        default:
            return "";
    }
}

}  // namespace

std::string escaped(std::string_view text) {
    std::string out;
    std::size_t from = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (!special[static_cast<unsigned char>(text[at])]) continue;
        const std::string_view rest = text.substr(at);
        const bool begins_character = rest.front() == '\xEF';
        if (begins_character && !rest.starts_with("\xEF\xBF\xBE") && !rest.starts_with("\xEF\xBF\xBF")) continue;
        out.append(text, from, at - from).append(reference_for(text[at]));
        if (begins_character) at += 2;
        from = at + 1;
    }
    return out.append(text, from);
}

}  // namespace guidon
