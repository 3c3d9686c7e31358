// What do results add to the pages of other nouns? The first ranks to a movement's, the standings to a unit's.
#pragma once

#include "evaluation/live_cycles.h"
#include "movements/movements_pages.h"
#include "units/units_pages.h"

namespace guidon::evaluation {

/// `live` and `store` outlive the parts.
movements::Parts movement_parts(LiveCycles& live, store::Store& store);
/// Standings over cycles, roll-ups and reported values of a unit, as far as the viewer may see them.
units::UnitPart unit_part_of(LiveCycles& live, store::Store& store);

}  // namespace guidon::evaluation
