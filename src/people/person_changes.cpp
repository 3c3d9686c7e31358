#include "people/person_changes.h"

#include <algorithm>

#include "people/office_changes.h"
#include "people/people_rules.h"
#include "people/person_document.h"
#include "web/precondition.h"

namespace guidon::people {

namespace json = boost::json;
using web::Answer;
using web::Request;

namespace {

/// A list in JSON; in a form one a line.
std::vector<std::string> wanted_aliases(const Request& request) {
    std::string lines = request.field("aliases");
    if (request.json && request.json->is_object())
        if (const auto* sent = request.json->as_object().if_contains("aliases"); sent && sent->is_array())
            for (const auto& alias : sent->as_array()) {
                if (!alias.is_string()) throw Problem("people.name", {}, "aliases");
                lines += std::string(alias.as_string()) + "\n";
            }
    return read_aliases(lines);
}

bool confirmed(const std::string& word) {
    return std::any_of(std::begin(languages), std::end(languages),
                       [&](Language language) { return folded(word) == folded(say(language, "people.erase-word")); });
}

void end_all_rights(store::Change& change, const Person& person, Day today) {
    for (const Office& office : offices_of(change, person.id)) {
        for (const Grant& grant : grants_of(change, office.id))
            if (today < grant.held.to) end_grant(change, grant.public_id, today);
        for (const Delegation& one : delegations_of(change, office.id))
            if (today < one.held.to) end_delegation(change, one.public_id, today);
        const Day last = std::max(today, office.held.from.next());  // an office lasts a day at least
        if (last < office.held.to) end_office(change, office.id, last);
    }
    for (const Delegation& one : delegations_to(change, person.id))
        if (today < one.held.to) end_delegation(change, one.public_id, today);
}

}  // namespace

Answer add_person_with_office(const Desk& desk, const Request& request) {
    const auto reader = desk.store.read();
    signed_in(request);
    const bool office_wanted = !request.field("unit").empty();
    std::optional<UnitId> unit;
    if (office_wanted) unit = read_unit(reader, request.field("unit"), desk.today()).id;
    const auto permit = Gate::permit(reader, viewer_of(request), Action::manage_people, {.unit = unit});
    const auto name = read_name(request.field("name"));
    const auto aliases = wanted_aliases(request);
    std::optional<OfficeWish> office;
    if (office_wanted) office = read_office(request, unit, desk.today());

    auto change = desk.store.change(permit);
    const PersonId id = add_person(change, name, aliases);
    const Person added = person(change, id);
    json::object after = kept(added);
    if (office) {
        add_office(change, id, office->unit, office->title, office->held);
        after["office"] = kept(change, offices_of(change, id).front(), desk.today());
    }
    change.commit("person.added", added.public_id, {{"after", std::move(after)}});
    return at_person(desk, request, id, 201);
}

Answer rename(const Desk& desk, const Request& request) {
    const auto reader = desk.store.read();
    const Person before = visible_person(reader, request);
    const auto permit = permit_person(reader, viewer_of(request), Action::manage_people, before);
    if (before.erased) throw Problem("people.is-erased", {}, "", 409);
    web::must_match(request, std::to_string(before.since));
    const auto name = read_name(request.field("name"));
    const auto aliases = wanted_aliases(request);
    auto sorted = aliases;
    std::sort(sorted.begin(), sorted.end());
    if (name == before.name && sorted == before.aliases) return at_person(desk, request, before.id, 200);

    auto change = desk.store.change(permit);
    rename_person(change, before.id, name, aliases);
    change.commit("person.renamed", before.public_id,
                  {{"before", kept(before)}, {"after", kept(person(change, before.id))}});
    return at_person(desk, request, before.id, 200);
}

Answer erase(const Desk& desk, const Request& request) {
    const auto reader = desk.store.read();
    const Person before = visible_person(reader, request);
    const Viewer& viewer = signed_in(request);
    const auto permit = Gate::permit(reader, &viewer, Action::manage_people, {});
    if (!viewer.has(Role::administrator)) throw Gate::refusal(reader, &viewer, Action::manage_people, {});
    if (before.erased) throw Problem("people.is-erased", {}, "", 409);
    web::must_match(request, std::to_string(before.since));
    if (!confirmed(request.field("confirm")))
        throw Problem("people.not-confirmed", {{"word", say(request.language, "people.erase-word")}}, "confirm");

    const auto administrators = count_able_administrators(reader, desk.today());
    auto change = desk.store.change(permit);
    end_all_rights(change, before, desk.today());
    for (const PersonPart& part : desk.parts.persons)
        if (part.erase) part.erase(change, before);
    must_leave_an_administrator(change, administrators, desk.today());
    erase_person(change, before.id);
    change.commit("person.erased", before.public_id);
    return at_person(desk, request, before.id, 200);
}

Answer data_of(const Desk& desk, const Request& request) {
    const auto reader = desk.store.read();
    const Person wanted = visible_person(reader, request);
    const Viewer& viewer = signed_in(request);
    const bool own = viewer.person_id == wanted.id && !viewer.token;
    if (!own) permit_person(reader, &viewer, Action::manage_people, wanted);
    Answer answer;
    answer.document = person_data(desk, reader, wanted, desk.today());
    return answer;
}

}  // namespace guidon::people
