#include "people/people_list_store.h"

#include "people/gate.h"
#include "store/sql.h"

namespace guidon::people {

using store::one;
using store::rows;

Scope scope_of(const store::Reader& reader, const Viewer* viewer, Action action) {
    Scope scope;
    if (!Gate::may_somewhere(viewer, action)) return scope;
    const auto add = [&](UnitId root, Reach reach) {
        if (reach == Reach::unit)
            scope.units.insert(root);
        else
            for (const UnitId unit : units::subtree(reader, root, viewer->today)) scope.units.insert(unit);
    };
    for (const Grant& grant : viewer->grants) {
        if (!permits(grant.role, action) || !grant.held.holds_on(viewer->today) || !grant.movement.empty()) continue;
        if (grant.everywhere())
            scope.all = true;
        else if (grant.unit && !scope.all)
            add(*grant.unit, grant.reach);
    }
    if (!viewer->token || !viewer->token->unit) return scope;
    const auto within = units::subtree(reader, *viewer->token->unit, viewer->today);
    Scope narrowed;
    for (const UnitId unit : within)
        if (scope.holds(unit)) narrowed.units.insert(unit);
    return narrowed;
}

namespace {

/// The units below `unit`, for looking up.
std::unordered_set<UnitId> units_under(const store::Reader& reader, UnitId unit, Day day) {
    const auto all = units::subtree(reader, unit, day);
    return {all.begin(), all.end()};
}

std::unordered_set<PersonId> holders(const store::Reader& reader, Role role, Day day) {
    std::unordered_set<PersonId> persons;
    for (const auto& [person] :
         rows<PersonId>(reader,
                        "SELECT DISTINCT o.person FROM role_grant g JOIN office o ON o.id = g.office"
                        " WHERE g.role = :role AND g.valid_from <= :day1 AND g.valid_to > :day2 AND o.valid_from <= "
                        ":day3 AND o.valid_to > :day4",
                        code(role), day, day, day, day))
        persons.insert(person);
    return persons;
}

}  // namespace

std::vector<PersonId> list_persons(const store::Reader& reader, const PersonFilter& filter, const Scope& scope) {
    std::vector<PersonId> found;
    if (!scope.all && scope.units.empty()) return found;
    const auto under = filter.unit ? units_under(reader, *filter.unit, filter.today) : std::unordered_set<UnitId>();
    const auto holding = filter.role ? holders(reader, *filter.role, filter.today) : std::unordered_set<PersonId>();
    std::string part = "%";
    for (const char c : folded(filter.text)) part += (c == '%' || c == '_' || c == '!' ? "!" : "") + std::string(1, c);
    part += "%";
    bool seen = false, matches = false;
    std::optional<PersonId> at;
    const auto finish = [&] {
        if (at && seen && matches && (!filter.role || holding.contains(*at))) found.push_back(*at);
        seen = matches = false;
    };
    for (const auto& [person, has_office, unit, from, to] : rows<PersonId, bool, std::optional<UnitId>, Day, Day>(
             reader,
             "SELECT p.id, CASE WHEN o.id IS NULL THEN 0 ELSE 1 END, o.unit, coalesce(o.valid_from, 0),"
             " coalesce(o.valid_to, 0) FROM person p LEFT JOIN office o ON o.person = p.id"
             " WHERE p.erased = 0 AND (p.folded LIKE :part ESCAPE '!' OR EXISTS (SELECT 1 FROM person_alias a"
             " WHERE a.person = p.id AND a.folded LIKE :part2 ESCAPE '!')) ORDER BY p.folded, p.id",
             part, part)) {
        if (at != person) finish();
        at = person;
        seen = seen || scope.all || (has_office && scope.holds(unit));
        const Span held{from, to};
        matches = matches || !filter.unit || (unit && held.holds_on(filter.today) && under.contains(*unit));
    }
    finish();
    return found;
}

std::vector<Person> persons_named(const store::Reader& reader, std::string_view name) {
    std::vector<Person> found;
    const auto wanted = folded(name);
    for (const auto& [id] :
         rows<PersonId>(reader,
                        "SELECT id FROM person WHERE erased = 0 AND (folded = :name1 OR EXISTS (SELECT 1 FROM"
                        " person_alias a WHERE a.person = person.id AND a.folded = :name2)) ORDER BY id",
                        wanted, wanted))
        found.push_back(person(reader, id));
    return found;
}

std::vector<Delegation> delegations_to(const store::Reader& reader, PersonId deputy) {
    std::vector<Delegation> all;
    for (const auto& [id] : rows<std::string>(
             reader, "SELECT public_id FROM delegation WHERE deputy = :deputy ORDER BY valid_from DESC, id", deputy))
        all.push_back(find_delegation(reader, id).value());
    return all;
}

Office office(const store::Reader& reader, OfficeId id) {
    return find_office(reader, one<std::string>(reader, "SELECT public_id FROM office WHERE id = :id", id)).value();
}

std::vector<Act> acts_of(const store::Reader& reader, std::string_view person) {
    std::vector<Act> acts;
    for (const auto& [seq, at, what] : rows<std::int64_t, std::int64_t, std::string>(
             reader, "SELECT seq, at_utc_ms, what FROM journal WHERE who = :who ORDER BY seq", person))
        acts.push_back({seq, at, what});
    return acts;
}

std::vector<Grant> grants_in(const store::Reader& reader, CouncilId council) {
    std::vector<Grant> all;
    for (const auto& [id] : rows<std::string>(
             reader, "SELECT public_id FROM role_grant WHERE council = :council ORDER BY role DESC, valid_from, id",
             council))
        if (auto grant = find_grant(reader, id)) all.push_back(*std::move(grant));
    return all;
}

std::optional<Council> council(const store::Reader& reader, CouncilId id) {
    for (auto& one : councils(reader))
        if (one.id == id) return std::move(one);
    return std::nullopt;
}

std::int64_t count_able_administrators(const store::Reader& reader, Day day) {
    return one<std::int64_t>(reader,
                             "SELECT count(DISTINCT o.person) FROM role_grant g JOIN office o ON o.id = g.office"
                             " JOIN account a ON a.person = o.person"
                             " WHERE g.role = 'administrator' AND a.state <> 'closed' AND g.valid_from <= :day1"
                             " AND g.valid_to > :day2 AND o.valid_from <= :day3 AND o.valid_to > :day4",
                             day, day, day, day);
}

}  // namespace guidon::people
