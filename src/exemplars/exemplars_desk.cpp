#include "exemplars/exemplars_desk.h"

#include "people/people_list_store.h"
#include "people/people_pages.h"
#include "store/hash.h"
#include "web/negotiation.h"
#include "web/precondition.h"

namespace guidon::exemplars {

using people::Action;
using people::Gate;

const people::Viewer& signed_in(const web::Request& request) {
    const auto* viewer = people::viewer_of(request);
    if (!viewer) throw Problem("gate.sign-in", {}, "", 401);
    return *viewer;
}

bool wants_json(const web::Request& request) {
    return web::wanted_representation(request.asked("format"), request.header("accept")) == web::Representation::json;
}

people::Where owner_place(const Exemplar& exemplar) {
    return {.unit = exemplar.unit, .group = {}, .council = {}, .movement = exemplar.movement};
}

bool works_on(const store::Reader& reader, const people::Viewer* viewer, const Exemplar& exemplar) {
    return viewer && (Gate::may(reader, viewer, Action::register_exemplar, owner_place(exemplar)) ||
                      Gate::may(reader, viewer, Action::review_exemplar, owner_place(exemplar)));
}

std::string office_of(const store::Reader& reader, const std::string& capacity, Day day, Language language) {
    const auto at = capacity.find('@');
    if (at == std::string::npos) return {};
    const auto id = capacity.substr(at + 1, capacity.find('/', at) - at - 1);
    const auto office = people::find_office(reader, id);
    return office ? people::office_text(reader, *office, day, language) : std::string();
}

Problem overtaken(const store::Reader& reader, const Exemplar& exemplar, Language language, int status) {
    const auto events = events_of(reader, exemplar.id);
    const std::string state(code(exemplar.state));
    if (events.empty() || events.back().seq != exemplar.since)
        return Problem("exemplar.rewritten-meanwhile", {{"state", state}}, "", status);
    const Event& last = events.back();
    std::string who = office_of(reader, last.capacity, last.on, language);
    if (who.empty()) who = say(language, "exemplars.somebody");
    return Problem(
        "exemplar.overtaken",
        {{"who", who}, {"verb", std::string(code(last.verb))}, {"state", state}, {"decision", last.decision}}, "",
        status);
}

void must_be_current(const store::Reader& reader, const web::Request& request, const Exemplar& exemplar) {
    constexpr int precondition_failed = 412;
    if (!web::matches(request, std::to_string(exemplar.since)))
        throw overtaken(reader, exemplar, request.language, precondition_failed);
}

web::Answer at_exemplar(const Exemplar& now, State state, std::int64_t since, int status) {
    web::Answer answer{.status = status, .template_name = "web/done"};
    answer.location = "/exemplars/" + now.public_id;
    answer.document = {{"title", now.title},
                       {"id", now.public_id},
                       {"href", answer.location},
                       {"version", std::to_string(since)},
                       {"state", code(state)}};
    return answer;
}

std::string text_hash(const store::Reader& reader, const Writing& writing) {
    const std::string document = as_document(writing);
    if (writing.person) return people::personal_hash(people::person(reader, *writing.person).salt, document);
    return "sha256:" + store::sha256_hex(document);
}

}  // namespace guidon::exemplars
