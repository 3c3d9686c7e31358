#include "people/council_pages.h"

#include "people/people_rules.h"
#include "people/person_document.h"
#include "units/span_words.h"

namespace guidon::people {

namespace json = boost::json;
using web::Answer;
using web::Request;

namespace {

/// Its members – not by a token that may not read people –, and who may read people or manage councils where it is.
bool sees_council(const store::Reader& reader, const Viewer& viewer, const Council& council) {
    const Where where{.unit = council.unit, .council = council.id};
    for (const Action action : {Action::read_people, Action::manage_councils})
        if (Gate::may(reader, &viewer, action, where)) return true;
    if (viewer.token) return false;
    for (const Grant& grant : viewer.grants)
        if (grant.council == council.id && grant.held.holds_on(viewer.today)) return true;
    return false;
}

json::object council_part(const store::Reader& reader, const Council& council, Day today, Language language) {
    return {{"code", council.code},
            {"name", pick(council.title, language)},
            {"href", "/councils/" + council.code},
            {"unit", units::unit_reference(units::unit(reader, council.unit, today), language)}};
}

json::object document_of(const Desk& desk, const store::Reader& reader, const Viewer& viewer, const Council& council,
                         Language language) {
    json::array members;
    for (const Grant& grant : grants_in(reader, council.id)) {
        const Office of = office(reader, grant.office);
        const Span held{std::max(grant.held.from, of.held.from), std::min(grant.held.to, of.held.to)};
        if (held.to <= held.from) continue;
        members.push_back(
            json::object{{"person", person_reference(reader, &viewer, person(reader, of.person), language)},
                         {"office_text", office_text(reader, of, desk.today(), language)},
                         {"role", code(grant.role)},
                         {"role_title", role_title(grant.role, language)},
                         {"valid_text", units::span_text(held, language)},
                         {"holds", held.holds_on(desk.today())}});
    }
    const json::object part = council_part(reader, council, desk.today(), language);
    return {
        {"title", part.at("name")},
        {"kicker", say(language, "people.councils")},
        {"lede", say(language, "people.council-lede", {{"unit", std::string(part.at("unit").at("name").as_string())}})},
        {"council", part},
        {"members", std::move(members)}};
}

}  // namespace

Answer councils_page(const Desk& desk, const Request& request) {
    const Viewer& viewer = signed_in(request);
    const auto reader = desk.store.read();
    json::array rows;
    for (const Council& one : councils(reader))
        if (sees_council(reader, viewer, one))
            rows.push_back(council_part(reader, one, desk.today(), request.language));
    Answer answer{.template_name = "people/councils"};
    answer.document = {{"title", say(request.language, "people.councils")},
                       {"lede", say(request.language, "people.councils-lede")},
                       {"councils", std::move(rows)},
                       {"may_found", Gate::may_somewhere(&viewer, Action::manage_councils)}};
    return answer;
}

Answer council_page(const Desk& desk, const Request& request) {
    const Viewer& viewer = signed_in(request);
    const auto reader = desk.store.read();
    const std::string& key = request.place.at("code");
    const auto found = find_council(reader, key);
    if (!found || !sees_council(reader, viewer, *found))
        throw Problem("people.unknown-council", {{"council", key}}, "", 404);
    Answer answer{.template_name = "people/council"};
    answer.document = document_of(desk, reader, viewer, *found, request.language);
    return answer;
}

Answer found_council(const Desk& desk, const Request& request) {
    const Viewer& viewer = signed_in(request);
    const auto reader = desk.store.read();
    const auto unit = read_unit(reader, request.field("unit"), desk.today());
    const auto permit = Gate::permit(reader, &viewer, Action::manage_councils, {.unit = unit.id});
    const auto key = read_code(request.field("code"));
    const Texts title = read_titles(request.field("title_en"), request.field("title_vi"), request.field("title_ur"));

    auto change = desk.store.change(permit);
    add_council(change, key, unit.id, title);
    json::object titles;
    for (const auto& [language, text] : title) titles[language] = text;
    const Council added = find_council(change, key).value();
    change.commit("council.added", added.public_id,
                  {{"after", json::object{{"code", key}, {"unit", unit.public_id}, {"title", std::move(titles)}}}});
    Answer answer{.status = 201, .template_name = "people/council"};
    answer.location = "/councils/" + key;
    answer.document = document_of(desk, desk.store.read(), viewer, added, request.language);
    return answer;
}

}  // namespace guidon::people
