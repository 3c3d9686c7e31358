// Which addresses show and change people? Persons with their offices, what is delegated and granted; councils; and who
// may do what.
//
//   GET  /people                  (.json)   ?q=TEXT ?unit=CODE ?role=ROLE ?page=N
//   POST /people                            name, aliases; of a first office: unit, title_en|vi|ur, from, to
//   GET  /people/:id              (.json)
//   PUT  /people/:id                        name, aliases
//   GET  /people/:id/data         (.json)   everything that is kept about a person
//   POST /people/:id/erase                  confirm
//   POST /people/:id/offices                unit, title_en|vi|ur, from, to
//   POST /offices/:id/end                   day
//   POST /offices/:id/move                  unit, title_en|vi|ur, day
//   POST /offices/:id/delegations           person, from, to
//   POST /delegations/:id/end               day
//   POST /offices/:id/roles                 role; unit, reach | group | council | everywhere; movement; from, to
//   POST /roles/:id/end                     day
//   GET  /roles                   (.json)   who may do what
//   GET  /councils                (.json)
//   POST /councils                          code, unit, title_en|vi|ur
//   GET  /councils/:code          (.json)
#pragma once

#include <boost/json.hpp>
#include <functional>
#include <string>
#include <vector>

#include "people/gate.h"
#include "people/people_store.h"
#include "units/units_pages.h"
#include "web/resource.h"

namespace guidon::people {

/// What another noun (accounts) knows of a person.
struct PersonPart {
    /// Adds fields to the person's document, as far as the caller may see them; its template part shows them.
    std::function<void(boost::json::object& document, const store::Reader& reader, const Person& person,
                       const web::Request& request)>
        tell;
    /// Adds to everything that is kept about a person.
    std::function<void(boost::json::object& data, const store::Reader& reader, const Person& person)> tell_all;
    /// Takes away what is personal, within the change that erases the person.
    std::function<void(store::Change& change, const Person& person)> erase;
};

struct Parts {
    std::vector<PersonPart> persons;
    /// Keys of the movements to which a grant can be limited.
    std::function<std::vector<std::string>(const store::Reader& reader)> movements;
};

/// `store` outlives the routes.
void add_routes(web::Routes& routes, store::Store& store, Parts parts);

/// Of a unit's page: who holds office there today, for those who may read people there.
units::UnitPart unit_part();

/// To change a person as a whole – name, account – somebody must be permitted at every office that they hold or will
/// hold (with none: that they held; never any: everywhere). Otherwise who manages a commune could take the account of
/// somebody with an office above it. Problem as Gate::permit().
store::Permit permit_person(const store::Reader& reader, const Viewer* viewer, Action action, const Person& person);
bool may_person(const store::Reader& reader, const Viewer* viewer, Action action, const Person& person);

/// To give somebody another way to sign in, or none: who does could then act as them. So nobody may who could not hand
/// on every role of every office that the person holds, or deputises in, now or later – and no access token may.
/// Problem as permit_person(), "gate.token", "gate.account-beyond" (403).
store::Permit permit_account(const store::Reader& reader, const Viewer* viewer, const Person& person);
bool may_account(const store::Reader& reader, const Viewer* viewer, const Person& person);

/// {id, name, visible, href}: how every document names a person. "Erased person" where the name is gone; href only if
/// `viewer` may see the person (`visible`).
boost::json::object person_reference(const store::Reader& reader, const Viewer* viewer, const Person& person,
                                     Language language);
std::string role_title(Role role, Language language);
/// "Secretary · Ky Anh"
std::string office_text(const store::Reader& reader, const Office& office, Day today, Language language);

}  // namespace guidon::people
