#include "gallery/place.h"

namespace guidon::gallery {

std::optional<std::int32_t> unit_named(const store::Reader& reader, const std::string& public_id) {
    if (public_id.empty()) return std::nullopt;
    const auto id = units::find_unit_id(reader, public_id);
    if (!id) refuse_filter("unit", public_id);
    return static_cast<std::int32_t>(id->number());
}

std::vector<std::int32_t> units_below(const UnitTree& tree, std::optional<std::int32_t> unit) {
    if (unit) return tree.children(*unit);
    auto roots = tree.children(0);
    return roots.size() == 1 ? tree.children(roots.front()) : roots;
}

Place find_place(const store::Reader& reader, Register& all, const Wish& wish, Day today) {
    Place place;
    place.tree = all.tree(today);
    place.unit = unit_named(reader, wish[Facet::unit]);
    place.below = units_below(*place.tree, place.unit);
    if (wish.counted) place.then = all.tree(wish.days.last);
    return place;
}

}  // namespace guidon::gallery
