// Who of those still tied did better against the others of them?
#pragma once

#include <vector>

#include "scoring/engine.h"
#include "scoring/standings.h"

namespace guidon::scoring {

/// Sets what the ties `among` compare in the places of the ranked `members`: for each such tie in turn, the units that
/// nothing before has parted are a set, and the indicator of each is combined from its entries about the others.
void compare_among(const Rulebook& rules, const Field& field, const std::vector<int>& members,
                   std::vector<Place>& places);

}  // namespace guidon::scoring
