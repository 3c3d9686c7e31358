#include "people/office_changes.h"

#include <algorithm>

#include "people/people_rules.h"
#include "web/precondition.h"

namespace guidon::people {

namespace json = boost::json;
using web::Answer;
using web::Request;

OfficeWish read_office(const Request& request, std::optional<UnitId> unit, Day today) {
    return {unit, read_titles(request.field("title_en"), request.field("title_vi"), request.field("title_ur")),
            read_span(request.field("from"), request.field("to"), today)};
}

namespace {

std::optional<UnitId> wanted_unit(const store::Reader& reader, const Request& request, Day today) {
    const std::string text = request.field("unit");
    if (text.empty()) return std::nullopt;
    return read_unit(reader, text, today).id;
}

store::Permit permit_at(const store::Reader& reader, const Request& request, std::optional<UnitId> unit) {
    return Gate::permit(reader, viewer_of(request), Action::manage_people, {.unit = unit});
}

/// Ending an office ends its roles: an organiser, say, cannot be rid of the auditor of their district that way.
void must_be_able_to_end_roles(const store::Reader& reader, const Request& request, const Office& office) {
    const Viewer& viewer = signed_in(request);
    const bool own = viewer.person_id == office.person && !viewer.token;
    if (!own && !may_end_roles(reader, viewer, office.id, viewer.today))
        throw Problem("gate.office-beyond", {}, "", 403);
}

/// Somebody by id or exact name: whom the caller may see, or who holds office beside the one that is delegated.
Person read_deputy(const store::Reader& reader, const Viewer& viewer, const Office& office, const std::string& text) {
    const auto beside = [&](const Person& one) {
        if (!office.unit) return false;
        const auto here = offices_at(reader, *office.unit, viewer.today);
        return std::any_of(here.begin(), here.end(), [&](const Office& other) { return other.person == one.id; });
    };
    std::vector<Person> found;
    if (auto one = find_person(reader, text)) found.push_back(*std::move(one));
    if (found.empty()) found = persons_named(reader, text);
    std::erase_if(found,
                  [&](const Person& one) { return one.erased || !(sees_person(reader, viewer, one) || beside(one)); });
    if (found.empty()) throw Problem("people.unknown-deputy", {{"person", text}}, "person");
    if (found.size() > 1) throw Problem("people.several-deputies", {{"person", text}}, "person");
    if (found.front().id == office.person) throw Problem("people.own-deputy", {}, "person");
    return std::move(found.front());
}

/// Delegating somebody's office hands on its roles: only who could grant them may do it.
store::Permit permit_delegation(const store::Reader& reader, const Request& request, const Office& office,
                                PersonId deputy, Span held) {
    const Viewer& viewer = signed_in(request);
    if (viewer.person_id == office.person) return Gate::own(&viewer);
    auto permit = permit_at(reader, request, office.unit);
    if (deputy == viewer.person_id) throw Problem("gate.own-role", {}, "person", 403);
    for (Grant grant : grants_of(reader, office.id)) {
        if (!overlap(grant.held, held)) continue;
        grant.held = {std::max(grant.held.from, held.from), std::min(grant.held.to, held.to)};
        Gate::permit_grant(reader, &viewer, grant, deputy);
    }
    return permit;
}

}  // namespace

Answer begin_office(const Desk& desk, const Request& request) {
    const auto reader = desk.store.read();
    const Person holder = visible_person(reader, request);
    const auto unit = wanted_unit(reader, request, desk.today());
    const auto permit = permit_at(reader, request, unit);
    if (holder.erased) throw Problem("people.is-erased", {}, "", 409);
    const OfficeWish wish = read_office(request, unit, desk.today());
    for (const Office& other : offices_of(reader, holder.id))
        if (other.unit == wish.unit && other.title == wish.title && overlap(other.held, wish.held))
            throw Problem("people.office-twice", {}, "title_en", 409);

    auto change = desk.store.change(permit);
    const OfficeId id = add_office(change, holder.id, wish.unit, wish.title, wish.held);
    change.commit("office.begun", holder.public_id, {{"after", kept(change, office(change, id), desk.today())}});
    return at_person(desk, request, holder.id, 201);
}

Answer stop_office(const Desk& desk, const Request& request) {
    const auto reader = desk.store.read();
    const Office before = visible_office(reader, request, request.place.at("id"));
    const auto permit = permit_at(reader, request, before.unit);
    must_be_able_to_end_roles(reader, request, before);
    web::must_match(request, std::to_string(before.since));
    const Day day = read_day(request.field("day"), "day", desk.today());
    must_be_able_to_end(before.held, day, desk.today());

    const auto administrators = count_able_administrators(reader, day);
    auto change = desk.store.change(permit);
    end_office(change, before.id, day);
    must_leave_an_administrator(change, administrators, day);
    change.commit("office.ended", before.person_id,
                  {{"before", kept(reader, before, desk.today())},
                   {"after", kept(change, office(change, before.id), desk.today())}});
    return at_person(desk, request, before.person, 200);
}

Answer move_office(const Desk& desk, const Request& request) {
    const auto reader = desk.store.read();
    const Office before = visible_office(reader, request, request.place.at("id"));
    permit_at(reader, request, before.unit);
    const auto unit = wanted_unit(reader, request, desk.today());
    if (!unit) throw Problem("people.unknown-unit", {{"unit", ""}}, "unit");
    const auto permit = permit_at(reader, request, unit);
    must_be_able_to_end_roles(reader, request, before);
    web::must_match(request, std::to_string(before.since));
    const Day day = read_day(request.field("day"), "day", desk.today());
    must_be_able_to_end(before.held, day, desk.today());
    const auto title_as = [&](const char* language) { return request.field(std::string("title_") + language); };
    const bool titled = !(title_as("en") + title_as("vi") + title_as("ur")).empty();
    const Texts title = titled ? read_titles(title_as("en"), title_as("vi"), title_as("ur")) : before.title;
    if (unit == before.unit && title == before.title) throw Problem("people.same-office", {}, "unit");

    const auto administrators = count_able_administrators(reader, day);
    auto change = desk.store.change(permit);
    end_office(change, before.id, day);
    const OfficeId id = add_office(change, before.person, unit, title, {day, before.held.to});
    must_leave_an_administrator(change, administrators, day);
    change.commit(
        "office.moved", before.person_id,
        {{"before", kept(reader, before, desk.today())}, {"after", kept(change, office(change, id), desk.today())}});
    return at_person(desk, request, before.person, 200);
}

Answer delegate(const Desk& desk, const Request& request) {
    const auto reader = desk.store.read();
    const Office of = visible_office(reader, request, request.place.at("id"));
    const Viewer& viewer = signed_in(request);
    if (viewer.person_id != of.person) permit_at(reader, request, of.unit);
    const Person deputy = read_deputy(reader, viewer, of, request.field("person"));
    const Span held = read_span(request.field("from"), request.field("to"), desk.today());
    must_not_be_dated_back(held, desk.today());
    if (of.held.to <= held.from) throw Problem("people.has-ended", {}, "from", 409);
    const auto permit = permit_delegation(reader, request, of, deputy.id, held);
    for (const Delegation& other : delegations_of(reader, of.id))
        if (other.deputy == deputy.id && overlap(other.held, held))
            throw Problem("people.delegated-twice", {}, "person", 409);

    auto change = desk.store.change(permit);
    const auto id = add_delegation(change, of.id, deputy.id, held);
    json::object document = kept(find_delegation(change, id).value());
    document["office"] = of.public_id;
    change.commit("office.delegated", of.person_id, {{"after", std::move(document)}});
    return at_person(desk, request, of.person, 201);
}

Answer stop_delegation(const Desk& desk, const Request& request) {
    const auto reader = desk.store.read();
    const std::string& id = request.place.at("id");
    const auto before = find_delegation(reader, id);
    const Viewer& viewer = signed_in(request);
    if (!before) throw Problem("people.unknown-office", {{"office", id}}, "", 404);
    const Office of = office(reader, before->office);
    const bool own = !viewer.token && (viewer.person_id == of.person || viewer.person_id == before->deputy);
    if (!own) visible_office(reader, request, of.public_id);
    const auto permit = own ? Gate::own(&viewer) : permit_at(reader, request, of.unit);
    web::must_match(request, std::to_string(before->since));
    const Day day = read_day(request.field("day"), "day", desk.today());
    if (day < desk.today()) throw Problem("people.day-past", {{"day", day.text()}}, "day");
    if (before->held.to <= day) throw Problem("people.has-ended", {}, "day", 409);

    // A deputy who gives it back need not be able to see the holder's page.
    const PersonId back_to = sees_person(reader, viewer, person(reader, of.person)) ? of.person : viewer.person_id;
    auto change = desk.store.change(permit);
    end_delegation(change, id, day);
    change.commit("delegation.ended", of.person_id,
                  {{"before", kept(*before)}, {"after", kept(find_delegation(change, id).value())}});
    return at_person(desk, request, back_to, 200);
}

}  // namespace guidon::people
