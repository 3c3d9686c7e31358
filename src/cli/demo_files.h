// What do the demo's JSON files have in common? Texts by name, days counted from another one, units by their code.
#pragma once

#include <boost/json.hpp>
#include <string>

#include "base/assert.h"
#include "base/day.h"
#include "units/units_store.h"

namespace guidon::cli {

/// Must be there.
inline std::string text(const boost::json::object& from, std::string_view name) {
    return std::string(from.at(name).as_string());
}

/// `days` later; earlier where negative.
inline Day moved(Day day, int days) {
    for (; days > 0; --days) day = day.next();
    for (; days < 0; ++days) day = day.previous();
    return day;
}

/// Must be there on that day.
inline units::UnitId unit_of(const store::Reader& reader, const std::string& code, Day on) {
    const auto found = units::find_unit_by_code(reader, code, on);
    GUIDON_ASSERT(found);
    return found->id;
}

}  // namespace guidon::cli
