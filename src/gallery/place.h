// Which unit does a wish mean, and by which units below it could it be narrowed further?
#pragma once

#include "gallery/selection.h"

namespace guidon::gallery {

/// Problem "gallery.filter" (400) for a unit that there is not.
Place find_place(const store::Reader& reader, Register& all, const Wish& wish, Day today);

/// Those directly below `unit`; without a unit the roots, or what stands below an only root.
std::vector<std::int32_t> units_below(const UnitTree& tree, std::optional<std::int32_t> unit);
/// By public id; "" = none. Problem "gallery.filter" (400).
std::optional<std::int32_t> unit_named(const store::Reader& reader, const std::string& public_id);

}  // namespace guidon::gallery
