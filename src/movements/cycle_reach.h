// How many points can a unit reach at best, as the rules are written?
#pragma once

#include <optional>

#include "scoring/exact.h"
#include "scoring/rulebook.h"

namespace guidon::movements {

/// `best` is empty where nothing bounds it (a bonus without `most`), or where it depends on more than the rules.
struct Reach {
    std::optional<scoring::Exact> best;
    scoring::Exact max;
};

/// Values are taken to be 0 or more.
Reach reach_of(const scoring::Criterion& criterion);
/// Of the criteria of `section` (-1: of those outside any), all of them counted, before the section's `most`.
Reach reach_of(const scoring::Rulebook& rules, int section);
/// Of the total.
Reach reach_of(const scoring::Rulebook& rules);

/// Whether any criterion can bring more than its maximum.
bool has_bonus(const scoring::Rulebook& rules);

}  // namespace guidon::movements
