// Which steps does an exemplar of the demo take, on which days? From an outcome such as `recognised` or `removed+2`:
// what it comes to, and in which year after that of its cycle.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/demo_draw.h"
#include "cli/demo_texts.h"
#include "exemplars/exemplars_store.h"

namespace guidon::cli {

/// Who decides about it, and at which level.
struct Authority {
    units::UnitId unit;
    std::string kind;   // of the unit
    std::string level;  // key in the movement's catalogue
    std::string sign;   // how its decisions are numbered
};

struct LifeWish {
    std::string_view outcome;  // a state, `reactivated` or `moved`; with +N: N years later
    int year = 0;              // of the cycle
    const Authority* authority = nullptr;
    units::UnitId moves_to;  // where `moved`
};

/// In order; none for a draft.
std::vector<exemplars::Step> steps_of(const LifeWish& wish, const Phrases& phrases, Draw& draw);

}  // namespace guidon::cli
