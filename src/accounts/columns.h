// How do enums and lists of short words stand in one column of a table?
#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/assert.h"

namespace guidon::accounts {

/// The enumerator whose name stands at its place in `names`, which has all of them.
template <class Enum, std::size_t N>
Enum of_name(const std::array<std::string_view, N>& names, std::string_view name) {
    const auto* found = std::find(names.begin(), names.end(), name);
    GUIDON_ASSERT(found != names.end());
    return static_cast<Enum>(found - names.begin());
}

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

}  // namespace guidon::accounts
