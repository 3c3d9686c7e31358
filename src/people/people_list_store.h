// Which persons are there, as far as somebody may see them? The list and its filters; what the single person needs is
// in people_store.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "people/people_store.h"

namespace guidon::people {

/// The units of which somebody may see the people.
struct Scope {
    bool all = false;  // and persons and offices of the system itself
    std::unordered_set<UnitId> units;

    bool holds(const std::optional<UnitId>& unit) const { return all || (unit && units.contains(*unit)); }
};
/// By the grants that permit `action`; empty for the public.
Scope scope_of(const store::Reader& reader, const Viewer* viewer, Action action);

struct PersonFilter {
    std::string text;            // part of a name or alias
    std::optional<UnitId> unit;  // holds an office there or below on `today`
    std::optional<Role> role;    // holds it on `today`
    Day today;
};

/// Ids of the persons in `scope` – that hold or held an office in it – by name. Erased ones are left out.
std::vector<PersonId> list_persons(const store::Reader& reader, const PersonFilter& filter, const Scope& scope);

/// Persons whose name or alias is `name`, case and marks aside.
std::vector<Person> persons_named(const store::Reader& reader, std::string_view name);

std::vector<Delegation> delegations_to(const store::Reader& reader, PersonId deputy);
/// Which office that is.
Office office(const store::Reader& reader, OfficeId id);  // must exist

/// What the journal says that they did, the oldest first; without what was changed.
struct Act {
    std::int64_t seq = 0, at_utc_ms = 0;
    std::string what;
};
std::vector<Act> acts_of(const store::Reader& reader, std::string_view person);

/// Grants of roles in `council`, ended ones too.
std::vector<Grant> grants_in(const store::Reader& reader, CouncilId council);
std::optional<Council> council(const store::Reader& reader, CouncilId id);

/// Persons who are administrators on `day` and have an account that is not closed.
std::int64_t count_able_administrators(const store::Reader& reader, Day day);

}  // namespace guidon::people
