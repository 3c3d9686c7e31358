// How far did the exemplars of a unit spread? "From 40 initial models to 411": how many were active on one day, and how
// many of them and of what was adopted from them on another. Pure.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "replications/replications_store.h"

namespace guidon::replications {

/// What was active on the first day, and what of it and of what came from it on the last.
struct Growth {
    std::int64_t initial = 0, total = 0;
    bool operator==(const Growth&) const = default;
};

struct Spread {
    Growth all;
    int generations = 0;
    std::map<UnitId, Growth> by_unit;  // of the owner
    std::map<std::string, Growth> by_field;
    struct Initial {
        std::size_t exemplar;  // in what was counted
        std::int64_t family = 0;
    };
    std::vector<Initial> initial;                    // the largest families first
    std::vector<std::size_t> members;                // active at the end, parents before children
    std::unordered_map<ExemplarId, int> generation;  // of every one that was reached
};

/// Of `all`: families begin in `units` (empty: anywhere) with what has no origin and was registered by the first day;
/// they may have gone to any unit.
Spread spread_of(const std::vector<Counted>& all, const std::unordered_set<UnitId>& units);

}  // namespace guidon::replications
