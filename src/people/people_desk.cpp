#include "people/people_desk.h"

#include <algorithm>

#include "people/people_list_store.h"
#include "people/person_document.h"

namespace guidon::people {

namespace json = boost::json;

const Viewer& signed_in(const web::Request& request) {
    const Viewer* viewer = viewer_of(request);
    if (!viewer) throw Problem("gate.sign-in", {}, "", 401);
    return *viewer;
}

namespace {

std::vector<Where> places_of(const store::Reader& reader, const Person& person, Day today) {
    std::vector<Where> now, ever;
    for (const Office& office : offices_of(reader, person.id)) {
        ever.push_back({.unit = office.unit});
        if (today < office.held.to) now.push_back({.unit = office.unit});
    }
    if (!now.empty()) return now;
    return ever.empty() ? std::vector<Where>{{}} : ever;
}

}  // namespace

bool may_person(const store::Reader& reader, const Viewer* viewer, Action action, const Person& person) {
    if (!viewer) return false;
    const auto places = places_of(reader, person, viewer->today);
    return std::all_of(places.begin(), places.end(),
                       [&](const Where& where) { return Gate::may(reader, viewer, action, where); });
}

store::Permit permit_person(const store::Reader& reader, const Viewer* viewer, Action action, const Person& person) {
    if (!viewer) throw Gate::refusal(reader, viewer, action, {});
    const auto places = places_of(reader, person, viewer->today);
    for (const Where& where : places)
        if (!Gate::may(reader, viewer, action, where)) throw Gate::refusal(reader, viewer, action, where);
    return Gate::permit(reader, viewer, action, places.front());
}

namespace {

/// In the offices that are the person's, and in those of others where they deputise.
bool every_role_is_within(const store::Reader& reader, const Viewer& viewer, const Person& person) {
    std::vector<OfficeId> seats;
    for (const Office& office : offices_of(reader, person.id))
        if (viewer.today < office.held.to) seats.push_back(office.id);
    for (const Delegation& one : delegations_to(reader, person.id))
        if (viewer.today < one.held.to) seats.push_back(one.office);
    return std::all_of(seats.begin(), seats.end(),
                       [&](OfficeId seat) { return may_end_roles(reader, viewer, seat, viewer.today); });
}

}  // namespace

bool may_end_roles(const store::Reader& reader, const Viewer& viewer, OfficeId office, Day from) {
    const auto grants = grants_of(reader, office);
    return std::all_of(grants.begin(), grants.end(), [&](const Grant& grant) {
        return grant.held.to <= from || Gate::may_hand_on(reader, &viewer, grant);
    });
}

bool may_account(const store::Reader& reader, const Viewer* viewer, const Person& person) {
    return viewer && !viewer->token && may_person(reader, viewer, Action::manage_people, person) &&
           (viewer->person_id == person.id || every_role_is_within(reader, *viewer, person));
}

store::Permit permit_account(const store::Reader& reader, const Viewer* viewer, const Person& person) {
    auto permit = permit_person(reader, viewer, Action::manage_people, person);
    if (viewer->token) throw Problem("gate.token", {{"action", std::string(code(Action::manage_people))}}, "", 403);
    if (!may_account(reader, viewer, person)) throw Problem("gate.account-beyond", {}, "", 403);
    return permit;
}

bool sees_person(const store::Reader& reader, const Viewer& viewer, const Person& person) {
    if (viewer.person_id == person.id && !viewer.token) return true;
    if (Gate::may(reader, &viewer, Action::read_people, {})) return true;
    const auto offices = offices_of(reader, person.id);
    return std::any_of(offices.begin(), offices.end(), [&](const Office& office) {
        return office.unit && Gate::may(reader, &viewer, Action::read_people, {.unit = office.unit});
    });
}

Person visible_person(const store::Reader& reader, const web::Request& request) {
    const Viewer& viewer = signed_in(request);
    const std::string& id = request.place.at("id");
    auto person = find_person(reader, id);
    if (!person || !sees_person(reader, viewer, *person)) throw Problem("people.unknown", {{"person", id}}, "", 404);
    return *std::move(person);
}

Office visible_office(const store::Reader& reader, const web::Request& request, const std::string& id) {
    const Viewer& viewer = signed_in(request);
    auto office = find_office(reader, id);
    if (!office || !sees_person(reader, viewer, person(reader, office->person)))
        throw Problem("people.unknown-office", {{"office", id}}, "", 404);
    return *std::move(office);
}

units::Unit read_unit(const store::Reader& reader, const std::string& text, Day today) {
    auto unit = units::find_unit_by_code(reader, text, today);
    if (!unit) unit = units::find_unit(reader, text, today);
    if (!unit || !unit->exists.holds_on(today)) throw Problem("people.unknown-unit", {{"unit", text}}, "unit");
    return *std::move(unit);
}

namespace {

void keep_span(json::object& document, Span held) {
    document["from"] = held.from.text();
    document["to"] = held.to.text();
}

}  // namespace

json::object kept(const Person& person) {
    json::array aliases;
    for (const auto& alias : person.aliases) aliases.emplace_back(personal_hash(person.salt, alias));
    return {{"name", personal_hash(person.salt, person.name)}, {"aliases", std::move(aliases)}};
}

json::object kept(const store::Reader& reader, const Office& office, Day today) {
    json::object titles;
    for (const auto& [language, title] : office.title) titles[language] = title;
    json::object document{{"id", office.public_id},
                          {"unit", office.unit ? units::unit(reader, *office.unit, today).public_id : ""},
                          {"title", std::move(titles)}};
    keep_span(document, office.held);
    return document;
}

json::object kept(const store::Reader& reader, const Grant& grant, Day today) {
    json::object document{{"id", grant.public_id},
                          {"role", code(grant.role)},
                          {"unit", grant.unit ? units::unit(reader, *grant.unit, today).public_id : ""},
                          {"reach", grant.reach == Reach::unit ? "unit" : "subtree"},
                          {"group", ""},
                          {"council", ""},
                          {"movement", grant.movement}};
    for (const auto& group : units::groups(reader))
        if (grant.group == group.id) document["group"] = group.code;
    if (grant.council)
        if (const auto found = council(reader, *grant.council)) document["council"] = found->code;
    keep_span(document, grant.held);
    return document;
}

json::object kept(const Delegation& delegation) {
    json::object document{{"id", delegation.public_id}, {"deputy", delegation.deputy_id}};
    keep_span(document, delegation.held);
    return document;
}

web::Answer at_person(const Desk& desk, const web::Request& request, PersonId id, int status) {
    web::Answer answer;
    const auto reader = desk.store.read();
    const Person changed = person(reader, id);
    answer.status = status;
    answer.template_name = "people/person";
    answer.location = "/people/" + changed.public_id;
    answer.document = person_document(desk, reader, request, changed);
    return answer;
}

void must_leave_an_administrator(const store::Reader& reader, std::int64_t before, Day day) {
    if (before > 0 && count_able_administrators(reader, day) == 0)
        throw Problem("people.last-administrator", {}, "", 409);
}

}  // namespace guidon::people
