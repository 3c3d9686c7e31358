// What do the pages of people share? The store, what other nouns tell of a person, and how the fields that name things
// are looked up. For people/*.cpp alone.
#pragma once

#include <boost/json.hpp>
#include <optional>
#include <string>

#include "people/people_list_store.h"
#include "people/people_pages.h"
#include "people/people_store.h"

namespace guidon::people {

struct Desk {
    store::Store& store;
    Parts parts;

    Day today() const { return Day::of_utc_ms(store.now_utc_ms()); }
};

/// The caller; Problem "gate.sign-in" (401) for the public.
const Viewer& signed_in(const web::Request& request);

/// Whether `viewer` may see the person: themselves, and whoever may read people where the person holds or held office.
bool sees_person(const store::Reader& reader, const Viewer& viewer, const Person& person);
/// The person that the address names, if the caller may see them; Problem "people.unknown" (404) otherwise.
Person visible_person(const store::Reader& reader, const web::Request& request);
/// The office, delegation or grant that the address names, of a person whom the caller may see; 404 otherwise.
Office visible_office(const store::Reader& reader, const web::Request& request, const std::string& id);

/// Whether `viewer` could hand on every role that the office has from that day on: only then may they end it with them.
bool may_end_roles(const store::Reader& reader, const Viewer& viewer, OfficeId office, Day from);

/// A unit by its code or public id; Problem "people.unknown-unit".
units::Unit read_unit(const store::Reader& reader, const std::string& text, Day today);

/// As the journal keeps them: personal texts as hashes only.
boost::json::object kept(const Person& person);
boost::json::object kept(const store::Reader& reader, const Office& office, Day today);
boost::json::object kept(const store::Reader& reader, const Grant& grant, Day today);
boost::json::object kept(const Delegation& delegation);

/// Answers a change: a browser goes to the person's page, a program gets its document.
web::Answer at_person(const Desk& desk, const web::Request& request, PersonId person, int status);

/// Undoes the change that takes the last able administrator away: Problem "people.last-administrator" (409) if there is
/// none on `day`, but was `before`.
void must_leave_an_administrator(const store::Reader& reader, std::int64_t before, Day day);

}  // namespace guidon::people
