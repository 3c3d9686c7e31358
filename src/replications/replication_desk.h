// What do the pages of adoptions share? For replications/*.cpp alone.
#pragma once

#include <boost/json.hpp>
#include <optional>
#include <string>

#include "exemplars/exemplar_part.h"
#include "people/gate.h"
#include "replications/replications_store.h"
#include "web/resource.h"

namespace guidon::replications {

struct Desk {
    store::Store& store;

    Day today() const { return Day::of_utc_ms(store.now_utc_ms()); }
};

/// An adoption with the exemplar that is adopted.
struct Adoption {
    Replication replication;
    exemplars::Exemplar origin;
};

/// By public id. Problem "replication.unknown" (404) where there is none or it is not for `viewer`.
Adoption must_find_adoption(const store::Reader& reader, const people::Viewer* viewer, std::string_view public_id);
/// Who works on it: those who register for the origin's unit or the adopter, and the chain above either.
bool sees_adoption(const store::Reader& reader, const people::Viewer* viewer, const Adoption& adoption);

/// Whether a step of `party` is theirs.
bool may_step(const store::Reader& reader, const people::Viewer* viewer, Party party, const Adoption& adoption);
/// As may_step(), or the gate's refusal.
store::Permit permit_step(const store::Reader& reader, const people::Viewer* viewer, Party party,
                          const Adoption& adoption);

/// A unit by code or public id; Problem "replication.unknown-unit" at `field`.
units::Unit must_find_unit(const store::Reader& reader, const std::string& text, const std::string& field, Day today);
/// The code of the unit in whose name `viewer` acts; "" = of none.
std::string own_unit_code(const store::Reader& reader, const people::Viewer* viewer);

std::string state_title(State state, Language language);
/// {id, href, state, state_title, unit}: how documents name an adoption.
boost::json::object adoption_reference(const store::Reader& reader, const Replication& replication, Language language,
                                       Day today);

}  // namespace guidon::replications
