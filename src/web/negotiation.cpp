#include "web/negotiation.h"

#include <algorithm>
#include <optional>

namespace guidon::web {

namespace {

std::string_view trimmed(std::string_view text) {
    const auto begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

/// Calls `each` with every piece of `text` between `mark`s, without the space around it.
template <typename Each>
void split(std::string_view text, char mark, Each each) {
    while (true) {
        const auto end = text.find(mark);
        each(trimmed(text.substr(0, end)));
        if (end == std::string_view::npos) return;
        text.remove_prefix(end + 1);
    }
}

/// "0.25" → 250; a malformed weight counts as 0.
int weight(std::string_view text) {
    if (text.empty() || (text[0] != '0' && text[0] != '1')) return 0;
    int value = (text[0] - '0') * 1000;
    int unit = 100;
    for (std::size_t at = 2; at < text.size() && unit > 0; ++at, unit /= 10) {
        if (text[at] < '0' || text[at] > '9') return 0;
        value += (text[at] - '0') * unit;
    }
    return std::min(value, 1000);
}

int fits(std::string_view range, std::string_view value) {
    if (range == value) return 3;
    const auto slash = value.find('/');
    if (slash != std::string_view::npos && range.size() == slash + 2 && range.ends_with("/*") &&
        range.substr(0, slash) == value.substr(0, slash)) {
        return 2;
    }
    return range == "*" || range == "*/*" ? 1 : 0;
}

}  // namespace

int quality(std::string_view header, std::string_view value) {
    int best_fit = 0;
    int found = 0;
    split(header, ',', [&](std::string_view range) {
        int q = 1000;
        std::string_view name = range;
        if (const auto semicolon = range.find(';'); semicolon != std::string_view::npos) {
            name = trimmed(range.substr(0, semicolon));
            split(range.substr(semicolon + 1), ';', [&](std::string_view parameter) {
                if (parameter.starts_with("q=")) q = weight(parameter.substr(2));
            });
        }
        const int fit = fits(name, value);
        if (fit > best_fit) {
            best_fit = fit;
            found = q;
        }
    });
    return found;
}

Representation wanted_representation(std::string_view format, std::string_view accept) {
    if (format == "json") return Representation::json;
    if (accept.find("json") == std::string_view::npos) return Representation::html;
    const int json = std::max(quality(accept, "application/json"), quality(accept, "application/problem+json"));
    const int html = quality(accept, "text/html");
    // `application/json, */*` names JSON and merely endures HTML.
    const bool named = accept.find("text/html") != std::string_view::npos;
    return json > html || (json == html && json > 0 && !named) ? Representation::json : Representation::html;
}

std::string cookie(std::string_view header, std::string_view name) {
    std::string found;
    split(header, ';', [&](std::string_view piece) {
        if (found.empty() && piece.size() > name.size() && piece.starts_with(name) && piece[name.size()] == '=') {
            found = piece.substr(name.size() + 1);
        }
    });
    return found;
}

Language wanted_language(const Pairs& query, const Headers& headers) {
    if (const auto asked = query.find("lang"); asked != query.end()) {
        if (const auto language = language_of(asked->second)) return *language;
    }
    if (const auto cookies = headers.find("cookie"); cookies != headers.end()) {
        if (const auto language = language_of(cookie(cookies->second, "lang"))) return *language;
    }
    const auto accept = headers.find("accept-language");
    return accept == headers.end() ? Language::en : accepted(accept->second);
}

bool tag_matches(std::string_view if_none_match, std::string_view tag) {
    bool found = false;
    split(if_none_match, ',', [&](std::string_view one) {
        if (one.starts_with("W/")) one.remove_prefix(2);
        found = found || one == "*" || (!tag.empty() && one == tag);
    });
    return found;
}

}  // namespace guidon::web
