// Which addresses show units? The tree, the search in it, and a unit with its history.
//
//   GET /units        (.json .csv .xlsx)   ?under=UNIT  ?q=TEXT  ?on=DATE  ?page=N
//   GET /units/:id    (.json)
#pragma once

#include <boost/json.hpp>
#include <functional>
#include <vector>

#include "store/store.h"
#include "units/units_store.h"
#include "web/resource.h"

namespace guidon::units {

/// What other nouns know of a unit: adds its fields, as far as the caller may see them, to the unit's document.
using UnitPart = std::function<void(boost::json::object& document, const store::Reader& reader, const Unit& unit,
                                    const web::Request& request)>;

/// `store` outlives the routes.
void add_routes(web::Routes& routes, store::Store& store, std::vector<UnitPart> parts);

/// {id, code, name, href}: how every document names a unit.
boost::json::object unit_reference(const Unit& unit, Language language);
/// The name of a kind of unit in the reader's language; the kind itself where the catalogue has none.
std::string kind_title(const std::string& kind, Language language);

}  // namespace guidon::units
