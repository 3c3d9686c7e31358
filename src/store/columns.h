// How do lists of short words and texts in three languages stand in columns of a table?
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/language.h"

namespace guidon::store {

/// Parted by '|', which none of them contains.
inline std::string joined(const std::vector<std::string>& parts) {
    std::string text;
    for (const auto& part : parts) text.append(text.empty() ? "" : "|").append(part);
    return text;
}

inline std::vector<std::string> parted(std::string_view text) {
    std::vector<std::string> parts;
    while (!text.empty()) {
        const auto piece = text.substr(0, text.find('|'));
        parts.emplace_back(piece);
        text.remove_prefix(std::min(piece.size() + 1, text.size()));
    }
    return parts;
}

/// What its three columns hold; an empty one is no text.
inline Texts texts(const std::string& en, const std::string& vi, const std::string& ur) {
    Texts all;
    for (const auto& [language, text] : {std::pair{"en", &en}, {"vi", &vi}, {"ur", &ur}})
        if (!text->empty()) all[language] = *text;
    return all;
}

/// The text for one of the columns.
inline std::string in(const Texts& all, const char* language) {
    const auto found = all.find(language);
    return found == all.end() ? std::string() : found->second;
}

}  // namespace guidon::store
