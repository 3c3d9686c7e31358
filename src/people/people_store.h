// How are persons, their offices, what was delegated and granted kept? Nothing is deleted: offices, delegations and
// grants end on a day. A person can be erased: the name goes, the acts stay.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "people/viewer.h"
#include "store/store.h"

namespace guidon::people {

struct Person {
    PersonId id;
    std::string public_id;
    std::string name;  // "" once erased
    std::vector<std::string> aliases;
    std::string salt;
    bool erased = false;
    std::int64_t since = 0;  // journal entry that last changed the person: their version
};

struct Office {
    OfficeId id;
    std::string public_id;
    PersonId person;
    std::string person_id, person_name;
    std::optional<UnitId> unit;  // nothing: of the system itself
    Texts title;
    Span held;
    std::int64_t since = 0;
};

struct Delegation {
    std::string public_id;
    OfficeId office;
    PersonId deputy;
    std::string deputy_id, deputy_name;
    Span held;
    std::int64_t since = 0;
};

struct Council {
    CouncilId id;
    std::string public_id, code;
    UnitId unit;
    Texts title;
};

std::optional<Person> find_person(const store::Reader& reader, std::string_view public_id);
Person person(const store::Reader& reader, PersonId id);  // must exist

std::optional<Office> find_office(const store::Reader& reader, std::string_view public_id);
std::vector<Office> offices_of(const store::Reader& reader, PersonId person);  // the newest first
std::vector<Office> offices_at(const store::Reader& reader, UnitId unit, Day on);
std::vector<Delegation> delegations_of(const store::Reader& reader, OfficeId office);
std::optional<Delegation> find_delegation(const store::Reader& reader, std::string_view public_id);
/// In which capacities `person` may act on `today`: own offices first.
std::vector<Capacity> capacities(const store::Reader& reader, PersonId person, Day today);

std::vector<Grant> grants_of(const store::Reader& reader, OfficeId office);  // ended ones, too
std::optional<Grant> find_grant(const store::Reader& reader, std::string_view public_id);

std::vector<Council> councils(const store::Reader& reader);
std::optional<Council> find_council(const store::Reader& reader, std::string_view code);
CouncilId add_council(store::Change& change, const std::string& council_code, UnitId unit, const Texts& title);

/// By what the journal names a personal text: nobody can read it back, who knows the text and the salt can check it.
std::string personal_hash(const std::string& salt, std::string_view text);

PersonId add_person(store::Change& change, const std::string& name, const std::vector<std::string>& aliases);
void rename_person(store::Change& change, PersonId id, const std::string& name,
                   const std::vector<std::string>& aliases);
/// Name, aliases and salt go; the public id stays where they acted.
void erase_person(store::Change& change, PersonId id);

OfficeId add_office(store::Change& change, PersonId person, std::optional<UnitId> unit, const Texts& title, Span held);
/// The office, what is delegated of it and its grants hold no longer from `day` on.
void end_office(store::Change& change, OfficeId id, Day day);
std::string add_delegation(store::Change& change, OfficeId office, PersonId deputy, Span held);
void end_delegation(store::Change& change, const std::string& public_id, Day day);
/// Gives its public id. `granted_by` "" = who changes.
std::string add_grant(store::Change& change, const Grant& grant);
void end_grant(store::Change& change, const std::string& public_id, Day day);

}  // namespace guidon::people
