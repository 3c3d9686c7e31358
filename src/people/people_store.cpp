#include "people/people_store.h"

#include <algorithm>

#include "base/assert.h"
#include "store/columns.h"
#include "store/hash.h"
#include "store/sql.h"

namespace guidon::people {

using store::first_of;
using store::in;
using store::next_id;
using store::rows;
using store::run;
using store::texts;

namespace {

const std::string select_person = "SELECT id, public_id, name, salt, erased, since_seq FROM person ";

using PersonRow = std::tuple<PersonId, std::string, std::string, std::string, bool, std::int64_t>;

Person person_of(const store::Reader& reader, const PersonRow& row) {
    const auto& [id, public_id, name, salt, erased, since] = row;
    Person found{id, public_id, name, {}, salt, erased, since};
    for (const auto& [alias] :
         rows<std::string>(reader, "SELECT alias FROM person_alias WHERE person = :person ORDER BY alias", id))
        found.aliases.push_back(alias);
    return found;
}

template <class... Arguments>
std::vector<PersonRow> person_rows(const store::Reader& reader, const std::string& condition,
                                   const Arguments&... arguments) {
    return rows<PersonId, std::string, std::string, std::string, bool, std::int64_t>(reader, select_person + condition,
                                                                                     arguments...);
}

template <class... Arguments>
std::vector<Office> read_offices(const store::Reader& reader, const std::string& condition,
                                 const Arguments&... arguments) {
    std::vector<Office> offices;
    for (const auto& [id, public_id, person, person_id, name, unit, en, vi, ur, from, to, since] :
         rows<OfficeId, std::string, PersonId, std::string, std::string, std::optional<UnitId>, std::string,
              std::string, std::string, Day, Day, std::int64_t>(
             reader,
             "SELECT o.id, o.public_id, o.person, p.public_id, p.name, o.unit, o.title_en, o.title_vi, o.title_ur,"
             " o.valid_from, o.valid_to, o.since_seq FROM office o JOIN person p ON p.id = o.person " +
                 condition,
             arguments...))
        offices.push_back({id, public_id, person, person_id, name, unit, texts(en, vi, ur), {from, to}, since});
    return offices;
}

template <class... Arguments>
std::vector<Delegation> read_delegations(const store::Reader& reader, const std::string& condition,
                                         const Arguments&... arguments) {
    std::vector<Delegation> all;
    for (const auto& [public_id, office, deputy, deputy_id, name, from, to, since] :
         rows<std::string, OfficeId, PersonId, std::string, std::string, Day, Day, std::int64_t>(
             reader,
             "SELECT d.public_id, d.office, d.deputy, p.public_id, p.name, d.valid_from, d.valid_to, d.since_seq"
             " FROM delegation d JOIN person p ON p.id = d.deputy " +
                 condition,
             arguments...))
        all.push_back({public_id, office, deputy, deputy_id, name, {from, to}, since});
    return all;
}

template <class... Arguments>
std::vector<Grant> read_grants(const store::Reader& reader, const std::string& condition,
                               const Arguments&... arguments) {
    std::vector<Grant> grants;
    for (const auto& [public_id, office, role, unit, reach, group, council, movement, from, to, by, since] :
         rows<std::string, OfficeId, std::string, std::optional<UnitId>, std::string, std::optional<GroupId>,
              std::optional<CouncilId>, std::string, Day, Day, std::string, std::int64_t>(
             reader,
             "SELECT g.public_id, g.office, g.role, coalesce(g.unit, c.unit), g.reach, g.peer_group, g.council,"
             " g.movement, g.valid_from, g.valid_to, g.granted_by, g.since_seq"
             " FROM role_grant g LEFT JOIN council c ON c.id = g.council " +
                 condition,
             arguments...)) {
        const auto known = role_of(role);
        if (!known) continue;  // of a later version of the program: it permits nothing here
        grants.push_back({public_id,
                          office,
                          *known,
                          unit,
                          reach == "unit" ? Reach::unit : Reach::subtree,
                          group,
                          council,
                          movement,
                          {from, to},
                          by,
                          since});
    }
    return grants;
}

void put_aliases(store::Change& change, PersonId id, const std::vector<std::string>& aliases) {
    run(change, "DELETE FROM person_alias WHERE person = :person", id);
    for (const auto& alias : aliases)
        run(change, "INSERT INTO person_alias (person, alias, folded) VALUES (:person, :alias, :folded)", id, alias,
            folded(alias));
}

Capacity capacity_of(const store::Reader& reader, const Office& office, Day today, const std::string& deputy_of) {
    Capacity capacity{office.id, office.public_id, office.unit, office.title, "", {}, "", ""};
    if (office.unit) {
        const auto unit = units::unit(reader, *office.unit, today);
        capacity.unit_id = unit.public_id;
        capacity.unit_names = unit.names;
    }
    if (!deputy_of.empty()) {
        capacity.holder = deputy_of;
        capacity.holder_name = office.person_name;
    }
    return capacity;
}

}  // namespace

std::optional<Person> find_person(const store::Reader& reader, std::string_view public_id) {
    const auto found = person_rows(reader, "WHERE public_id = :id", public_id);
    if (found.empty()) return std::nullopt;
    return person_of(reader, found.front());
}

Person person(const store::Reader& reader, PersonId id) {
    return person_of(reader, person_rows(reader, "WHERE id = :id", id).at(0));
}

std::optional<Office> find_office(const store::Reader& reader, std::string_view public_id) {
    return first_of(read_offices(reader, "WHERE o.public_id = :id", public_id));
}

std::vector<Office> offices_of(const store::Reader& reader, PersonId person) {
    return read_offices(reader, "WHERE o.person = :person ORDER BY o.valid_to DESC, o.valid_from DESC, o.id", person);
}

std::vector<Office> offices_at(const store::Reader& reader, UnitId unit, Day on) {
    return read_offices(reader, "WHERE o.unit = :unit AND o.valid_from <= :on1 AND o.valid_to > :on2 ORDER BY o.id",
                        unit, on, on);
}

std::vector<Delegation> delegations_of(const store::Reader& reader, OfficeId office) {
    return read_delegations(reader, "WHERE d.office = :office ORDER BY d.valid_from DESC, d.id", office);
}

std::optional<Delegation> find_delegation(const store::Reader& reader, std::string_view public_id) {
    return first_of(read_delegations(reader, "WHERE d.public_id = :id", public_id));
}

std::vector<Capacity> capacities(const store::Reader& reader, PersonId person, Day today) {
    std::vector<Capacity> all;
    for (const Office& office : offices_of(reader, person))
        if (office.held.holds_on(today)) all.push_back(capacity_of(reader, office, today, ""));
    for (const Office& office :
         read_offices(reader,
                      "WHERE o.id IN (SELECT office FROM delegation WHERE deputy = :deputy AND valid_from <= :day1"
                      " AND valid_to > :day2) ORDER BY o.id",
                      person, today, today))
        if (office.held.holds_on(today) && office.person != person)
            all.push_back(capacity_of(reader, office, today, office.person_id));
    return all;
}

std::vector<Grant> grants_of(const store::Reader& reader, OfficeId office) {
    return read_grants(reader, "WHERE g.office = :office ORDER BY g.id", office);
}

std::optional<Grant> find_grant(const store::Reader& reader, std::string_view public_id) {
    return first_of(read_grants(reader, "WHERE g.public_id = :id", public_id));
}

std::vector<Council> councils(const store::Reader& reader) {
    std::vector<Council> all;
    for (const auto& [id, public_id, council_code, unit, en, vi, ur] :
         rows<CouncilId, std::string, std::string, UnitId, std::string, std::string, std::string>(
             reader, "SELECT id, public_id, code, unit, title_en, title_vi, title_ur FROM council ORDER BY code"))
        all.push_back({id, public_id, council_code, unit, texts(en, vi, ur)});
    return all;
}

std::optional<Council> find_council(const store::Reader& reader, std::string_view council_code) {
    for (auto& council : councils(reader))
        if (council.code == council_code) return std::move(council);
    return std::nullopt;
}

CouncilId add_council(store::Change& change, const std::string& council_code, UnitId unit, const Texts& title) {
    if (find_council(change, council_code)) throw Problem("people.council-taken", {{"code", council_code}}, "code");
    const CouncilId id(next_id(change, "council"));
    run(change,
        "INSERT INTO council (id, public_id, code, unit, title_en, title_vi, title_ur, since_seq)"
        " VALUES (:id, :public, :code, :unit, :en, :vi, :ur, :seq)",
        id, store::new_public_id(), council_code, unit, in(title, "en"), in(title, "vi"), in(title, "ur"),
        change.next_seq());
    return id;
}

std::string personal_hash(const std::string& salt, std::string_view text) {
    return "sha256:" + store::sha256_hex(salt + ":" + std::string(text));
}

PersonId add_person(store::Change& change, const std::string& name, const std::vector<std::string>& aliases) {
    const PersonId id(next_id(change, "person"));
    run(change,
        "INSERT INTO person (id, public_id, name, folded, salt, erased, since_seq)"
        " VALUES (:id, :public, :name, :folded, :salt, 0, :seq)",
        id, store::new_public_id(), name, folded(name), store::new_public_id() + store::new_public_id(),
        change.next_seq());
    put_aliases(change, id, aliases);
    return id;
}

void rename_person(store::Change& change, PersonId id, const std::string& name,
                   const std::vector<std::string>& aliases) {
    run(change, "UPDATE person SET name = :name, folded = :folded, since_seq = :seq WHERE id = :id", name, folded(name),
        change.next_seq(), id);
    put_aliases(change, id, aliases);
}

void erase_person(store::Change& change, PersonId id) {
    put_aliases(change, id, {});
    run(change, "UPDATE person SET name = '', folded = '', salt = '', erased = 1, since_seq = :seq WHERE id = :id",
        change.next_seq(), id);
}

OfficeId add_office(store::Change& change, PersonId person, std::optional<UnitId> unit, const Texts& title, Span held) {
    const OfficeId id(next_id(change, "office"));
    run(change,
        "INSERT INTO office (id, public_id, person, unit, title_en, title_vi, title_ur, valid_from, valid_to, "
        "since_seq)"
        " VALUES (:id, :public, :person, :unit, :en, :vi, :ur, :from, :to, :seq)",
        id, store::new_public_id(), person, unit, in(title, "en"), in(title, "vi"), in(title, "ur"), held.from, held.to,
        change.next_seq());
    return id;
}

void end_office(store::Change& change, OfficeId id, Day day) {
    run(change, "UPDATE office SET valid_to = :day, since_seq = :seq WHERE id = :id AND valid_to > :day2", day,
        change.next_seq(), id, day);
    for (const char* table : {"delegation", "role_grant"})
        run(change,
            std::string("UPDATE ") + table +
                " SET valid_to = CASE WHEN valid_from > :day1 THEN valid_from ELSE :day2 END, since_seq = :seq"
                " WHERE office = :office AND valid_to > :day3",
            day, day, change.next_seq(), id, day);
}

std::string add_delegation(store::Change& change, OfficeId office, PersonId deputy, Span held) {
    const auto public_id = store::new_public_id();
    run(change,
        "INSERT INTO delegation (id, public_id, office, deputy, valid_from, valid_to, since_seq)"
        " VALUES (:id, :public, :office, :deputy, :from, :to, :seq)",
        next_id(change, "delegation"), public_id, office, deputy, held.from, held.to, change.next_seq());
    return public_id;
}

void end_delegation(store::Change& change, const std::string& public_id, Day day) {
    run(change,
        "UPDATE delegation SET valid_to = CASE WHEN valid_from > :day1 THEN valid_from ELSE :day2 END,"
        " since_seq = :seq WHERE public_id = :id",
        day, day, change.next_seq(), public_id);
}

std::string add_grant(store::Change& change, const Grant& grant) {
    const auto public_id = store::new_public_id();
    run(change,
        "INSERT INTO role_grant (id, public_id, office, role, unit, reach, peer_group, council, movement, valid_from,"
        " valid_to, granted_by, since_seq)"
        " VALUES (:id, :public, :office, :role, :unit, :reach, :grp, :council, :movement, :from, :to, :by, :seq)",
        next_id(change, "role_grant"), public_id, grant.office, code(grant.role),
        grant.council ? std::optional<UnitId>() : grant.unit, grant.reach == Reach::unit ? "unit" : "subtree",
        grant.group, grant.council, grant.movement, grant.held.from, grant.held.to,
        grant.granted_by.empty() ? change.permit().who() : grant.granted_by, change.next_seq());
    return public_id;
}

void end_grant(store::Change& change, const std::string& public_id, Day day) {
    run(change,
        "UPDATE role_grant SET valid_to = CASE WHEN valid_from > :day1 THEN valid_from ELSE :day2 END,"
        " since_seq = :seq WHERE public_id = :id",
        day, day, change.next_seq(), public_id);
}

}  // namespace guidon::people
