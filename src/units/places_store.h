// Where does every unit stand on one day? For who looks at all of them at once.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "units/units_store.h"

namespace guidon::units {

/// Every unit and above it the one at which it stands on `on` (nothing: it is a root); ended units where they stood
/// last.
std::vector<std::pair<UnitId, std::optional<UnitId>>> places_on(const store::Reader& reader, Day on);

}  // namespace guidon::units
