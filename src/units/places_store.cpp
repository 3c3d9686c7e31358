#include "units/places_store.h"

#include "store/sql.h"

namespace guidon::units {

std::vector<std::pair<UnitId, std::optional<UnitId>>> places_on(const store::Reader& reader, Day on) {
    std::vector<std::pair<UnitId, std::optional<UnitId>>> all;
    for (const auto& [unit, parent] : store::rows<UnitId, std::optional<UnitId>>(
             reader,
             "SELECT p.unit, p.parent FROM unit_parent p WHERE p.valid_from = (SELECT max(q.valid_from)"
             " FROM unit_parent q WHERE q.unit = p.unit AND q.valid_from <= :on)",
             on))
        all.emplace_back(unit, parent);
    return all;
}

}  // namespace guidon::units
