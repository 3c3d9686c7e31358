// Which name has an enumerator in files, addresses and databases, and which move does a table of states permit?
//
// The enumerators and the tables are where they belong, in the folder of their noun.
#pragma once

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/assert.h"

namespace guidon {

/// The names of all enumerators, which count from 0, in their order.
template <class Enum, std::size_t n>
struct Names {
    std::array<std::string_view, n> all;

    constexpr std::string_view operator[](Enum one) const { return all[static_cast<std::size_t>(one)]; }
    std::optional<Enum> find(std::string_view name) const {
        const auto found = std::ranges::find(all, name);
        if (found == all.end()) return std::nullopt;
        return static_cast<Enum>(found - all.begin());
    }
    /// The one with that name; there must be one.
    Enum named(std::string_view name) const {
        const auto found = find(name);
        GUIDON_ASSERT(found);
        return *found;
    }
};

/// The move by which `verb` leaves `from`; none if `table` does not permit it.
template <class Move, class State, class Verb>
const Move* find_move(std::span<const Move> table, State from, Verb verb) {
    for (const Move& move : table)
        if (move.from == from && move.verb == verb) return &move;
    return nullptr;
}

/// Those that leave `from`, in the order of `table`.
template <class Move, class State>
std::vector<Move> moves_from(std::span<const Move> table, State from) {
    std::vector<Move> found;
    std::ranges::copy_if(table, std::back_inserter(found), [&](const Move& move) { return move.from == from; });
    return found;
}

}  // namespace guidon
