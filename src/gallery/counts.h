// How many exemplars were registered, recognised, came and went between two days, and how many are active? Pure: steps
// in, numbers out, for any span and any set of units, so that every figure can be had as of any day.
//
//     active at end = active at start + new + reactivated + moved in − removed − ended − moved out
//
// holds of every tally, whatever was counted. Who is handed back to be a draft counts as a new one less; who moves from
// one unit to another inside of what is counted has neither come nor gone.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

#include "gallery/columns.h"

namespace guidon::gallery {

/// Wire form = name without a trailing `_`.
enum class Count {
    registered,  // handed in between the days, and not taken back
    recognised,  // by a decision between them, at whatever level; once, however often
    first_time,  // of these: registered between the days, too
    carried,     // of these: registered before
    active_start,
    new_,
    reactivated,
    moved_in,
    removed,
    ended,
    moved_out,
    active_end,
    kept  // confirmed for a further year
};
constexpr Count counts[] = {Count::registered,   Count::recognised, Count::first_time,  Count::carried,
                            Count::active_start, Count::new_,       Count::reactivated, Count::moved_in,
                            Count::removed,      Count::ended,      Count::moved_out,   Count::active_end,
                            Count::kept};
std::string_view code(Count count);
std::optional<Count> count_of(std::string_view code);

/// Both days belong to it.
struct Days {
    Day first, last;
    bool operator==(const Days&) const = default;
};

/// What one exemplar adds to a tally.
struct Share {
    std::array<std::int16_t, std::size(counts)> of{};
    State at_end = State::draft;  // of one that is among the registered
    std::uint16_t level = 0;      // of one that is among the recognised: the newest between the days

    std::int16_t& operator[](Count count) { return of[static_cast<std::size_t>(count)]; }
    std::int16_t operator[](Count count) const { return of[static_cast<std::size_t>(count)]; }
    bool empty() const;
};

struct Tally {
    std::array<std::int64_t, std::size(counts)> of{};
    std::array<std::int64_t, std::size(exemplars::states)> by_state{};  // the registered, as they stand on the last day
    std::int64_t recognised_individuals = 0, registered_individuals = 0;

    std::int64_t operator[](Count count) const { return of[static_cast<std::size_t>(count)]; }
    void add(const Share& share, OwnerKind owner);
    /// By how much the identity is off: 0, always.
    std::int64_t off() const;
    bool operator==(const Tally&) const = default;
};

/// Whether a unit belongs to what is counted.
using Inside = std::function<bool(std::int32_t unit)>;

/// What exemplar `row` adds between `days` to what is counted.
Share share_of(const Columns& all, Columns::Row row, const Days& days, const Inside& inside);

}  // namespace guidon::gallery
