#include "people/role_changes.h"

#include <algorithm>

#include "people/people_rules.h"
#include "web/precondition.h"

namespace guidon::people {

namespace json = boost::json;
using web::Answer;
using web::Request;

namespace {

std::string wanted_movement(const Desk& desk, const store::Reader& reader, const Request& request) {
    const std::string key = request.field("movement");
    if (key.empty() || !desk.parts.movements) return key;
    const auto known = desk.parts.movements(reader);
    if (std::find(known.begin(), known.end(), key) == known.end())
        throw Problem("people.unknown-movement", {{"movement", key}}, "movement");
    return key;
}

/// Where the role is to hold, as the fields say. A role that takes neither a group nor a council holds, where nothing
/// is said, at the unit of its office.
void read_place(const store::Reader& reader, const Request& request, const Office& office, Grant& grant, Day today) {
    if (const auto text = request.field("group"); !text.empty()) {
        const auto group = units::find_group(reader, text);
        if (!group) throw Problem("people.unknown-group", {{"group", text}}, "group");
        grant.group = group->id;
    }
    if (const auto text = request.field("council"); !text.empty()) {
        const auto council = find_council(reader, text);
        if (!council) throw Problem("people.unknown-council", {{"council", text}}, "council");
        grant.council = council->id;
    }
    if (const auto text = request.field("unit"); !text.empty())
        grant.unit = read_unit(reader, text, today).id;
    else if (!takes_group(grant.role) && !takes_council(grant.role) && grant.role != Role::administrator &&
             request.field("everywhere").empty())
        grant.unit = office.unit;
    if (grant.council && grant.unit)
        throw Problem("people.role-place", {{"role", std::string(code(grant.role))}}, "unit");
    if (!request.field("everywhere").empty() && grant.unit)
        throw Problem("people.role-place", {{"role", std::string(code(grant.role))}}, "unit");
    grant.reach = request.field("reach") == "unit" ? Reach::unit : Reach::subtree;
    must_fit(grant);
    if (grant.council)
        for (const auto& one : councils(reader))
            if (one.id == *grant.council) grant.unit = one.unit;  // a council has its unit's place
}

Grant read_grant(const Desk& desk, const store::Reader& reader, const Request& request, const Office& office) {
    const auto role = role_of(request.field("role"));
    if (!role) throw Problem("people.unknown-role", {{"role", request.field("role")}}, "role");
    Grant grant;
    grant.office = office.id;
    grant.role = *role;
    grant.movement = wanted_movement(desk, reader, request);
    read_place(reader, request, office, grant, desk.today());
    grant.held = read_span(request.field("from"), request.field("to"), desk.today());
    must_not_be_dated_back(grant.held, desk.today());
    return grant;
}

}  // namespace

Answer grant_role(const Desk& desk, const Request& request) {
    const auto reader = desk.store.read();
    const Office office = visible_office(reader, request, request.place.at("id"));
    const Grant wish = read_grant(desk, reader, request, office);
    const auto permit = Gate::permit_grant(reader, viewer_of(request), wish, office.person);
    if (office.held.to <= wish.held.from) throw Problem("people.has-ended", {}, "from", 409);
    for (const Grant& other : grants_of(reader, office.id))
        if (overlap(other, wish)) throw Problem("people.granted-twice", {}, "role", 409);

    auto change = desk.store.change(permit);
    const auto id = add_grant(change, wish);
    json::object document = kept(change, find_grant(change, id).value(), desk.today());
    document["office"] = office.public_id;
    change.commit("role.granted", office.person_id, {{"after", std::move(document)}});
    return at_person(desk, request, office.person, 201);
}

Answer take_role_back(const Desk& desk, const Request& request) {
    const auto reader = desk.store.read();
    const std::string& id = request.place.at("id");
    const Viewer& viewer = signed_in(request);
    const auto before = find_grant(reader, id);
    if (!before) throw Problem("people.unknown-role", {{"role", id}}, "", 404);
    const Office of = visible_office(reader, request, office(reader, before->office).public_id);
    const Day day = read_day(request.field("day"), "day", desk.today());
    Grant wish = *before;
    wish.held.to = std::min(wish.held.to, day);
    const auto permit =
        viewer.person_id == of.person ? Gate::own(&viewer) : Gate::permit_grant(reader, &viewer, wish, of.person);
    web::must_match(request, std::to_string(before->since));
    if (day < desk.today()) throw Problem("people.day-past", {{"day", day.text()}}, "day");
    if (before->held.to <= day) throw Problem("people.has-ended", {}, "day", 409);

    const auto administrators = count_able_administrators(reader, day);
    auto change = desk.store.change(permit);
    end_grant(change, id, day);
    must_leave_an_administrator(change, administrators, day);
    json::object after = kept(change, find_grant(change, id).value(), desk.today());
    change.commit("role.ended", of.person_id,
                  {{"before", kept(reader, *before, desk.today())}, {"after", std::move(after)}});
    return at_person(desk, request, of.person, 200);
}

}  // namespace guidon::people
