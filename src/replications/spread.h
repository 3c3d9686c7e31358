// How far did the exemplars of a unit spread? "From 40 initial models to 411": those without an origin that were active
// on one day, and all that are active of their families on another. Pure.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "replications/replications_store.h"

namespace guidon::replications {

/// Initial ones and what became of them. `total` counts those of the initial ones, too, that are still active.
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

/// Of `all`: the initial ones are in `units` (empty: anywhere), have no origin, and were active on the first day; their
/// families may have gone to any unit.
Spread spread_of(const std::vector<Counted>& all, const std::unordered_set<UnitId>& units);

}  // namespace guidon::replications
