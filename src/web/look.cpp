#include "web/look.h"

#include <algorithm>
#include <array>

namespace guidon::web {

namespace json = boost::json;

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// A letter of the Latin script: a–z, or what UTF-8 begins with C3–C9 (À–ɏ) and E1 B8–BB (Ḁ–ỿ, Vietnamese).
bool has_latin(std::string_view text) {
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto c = static_cast<unsigned char>(text[at]);
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= 0xC3 && c <= 0xC9)) return true;
        if (c == 0xE1 && at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) >= 0xB8) return true;
    }
    return false;
}

/// U+0600–U+077F begin with D8–DD in UTF-8.
bool has_arabic(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte >= 0xD8 && byte <= 0xDD;
    });
}

bool is_read(std::string_view name) {
    constexpr std::array<std::string_view, 8> names{"title", "lede",   "kicker", "about",
                                                    "text",  "detail", "error",  "caption"};
    return name.ends_with("_text") || std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

Look wanted_look(const Headers& headers) {
    Look look;
    const auto cookies = headers.find("cookie");
    if (cookies == headers.end()) return look;
    const std::string theme = cookie(cookies->second, "theme");
    if (theme == "light") look.theme = Theme::light;
    if (theme == "dark") look.theme = Theme::dark;
    if (cookie(cookies->second, "digits") == "native") look.digits = Digits::native;
    return look;
}

std::string_view code(Theme theme) {
    switch (theme) {
        case Theme::light:
            return "light";
        case Theme::dark:
            return "dark";
        default:
            return "";
    }
}

std::string with_native_digits(std::string_view text) {
    if (std::none_of(text.begin(), text.end(), is_digit) || (has_latin(text) && !has_arabic(text)))
        return std::string(text);
    std::string out;
    out.reserve(text.size() * 2);
    while (!text.empty()) {
        const std::size_t space = std::min(text.find(' ') + 1, text.size());  // 0 when there is none
        const std::string_view word = text.substr(0, space == 0 ? text.size() : space);
        const bool stays = has_latin(word);
        for (const char c : word) {
            if (is_digit(c) && !stays)
                out.append("\xDB").push_back(static_cast<char>(0xB0 + (c - '0')));
            else
                out.push_back(c);
        }
        text.remove_prefix(word.size());
    }
    return out;
}

void use_native_digits(json::value& document) {
    if (auto* list = document.if_array()) {
        for (auto& element : *list) use_native_digits(element);
        return;
    }
    auto* object = document.if_object();
    if (!object) return;
    for (auto& [name, value] : *object) {
        if (auto* text = value.if_string()) {
            if (is_read(name)) *text = with_native_digits(*text);
        } else {
            use_native_digits(value);
        }
    }
}

const std::map<std::string, std::string>& native_words(Language language) {
    static const auto all = [] {
        std::map<Language, std::map<std::string, std::string>> made;
        for (const Language each : languages)
            for (const auto& [name, word] : words(each, "t.")) made[each][name] = with_native_digits(word);
        return made;
    }();
    return all.at(language);
}

}  // namespace guidon::web
