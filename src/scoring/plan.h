// Can this rulebook be added up in integers? If so: in which unit, and what is each step worth in it?
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "scoring/columns.h"

namespace guidon::scoring {

/// All amounts are whole numbers of `grain` points.
struct Plan {
    struct Part {                 // a criterion
        std::int32_t factor = 1;  // a step of its points
        std::int32_t max = 0;
    };
    struct Group {  // a section, or the criteria outside any (the last)
        std::vector<int> criteria;
        std::int32_t max = 0;  // of all its criteria, before `most`
        std::optional<std::int32_t> most;
        bool apart = false;  // its points are needed by themselves
    };
    Exact grain;
    std::vector<Part> parts;
    std::vector<Group> groups;
    std::int32_t max = 0;         // of a unit that has nothing left out
    std::int32_t total_step = 1;  // totals are rounded to multiples of it; 1 = they are already
};

/// Nothing where a total is not a sum of points times constants, or a number might not fit 32 bits.
std::optional<Plan> plan(const Rulebook& rules, const std::vector<CriterionColumn>& columns);

}  // namespace guidon::scoring
