#include "exemplars/exemplar_changes.h"

#include <algorithm>

#include "base/problems.h"
#include "exemplars/form.h"
#include "exemplars/form_document.h"
#include "exemplars/steps.h"
#include "units/units_pages.h"

namespace guidon::exemplars {

namespace json = boost::json;
using people::Action;
using people::Gate;
using web::Answer;
using web::Request;

namespace {

bool hands_in(const Request& request) {
    return request.field("then") == "register";
}

/// What is wrong with it as a draft, or – handed in, or registered already – as an exemplar.
void must_be_sound(const Typed& typed, const movements::ExemplarRules& rules, bool complete) {
    std::vector<Problem> faults = typed.faults;
    Writing writing = typed.writing;
    if (!typed.new_person.empty()) writing.person = PersonId(0);  // who will be added
    for (auto& fault : complete ? faults_of(writing, rules) : draft_faults_of(writing, rules)) {
        const auto same = [&](const Problem& one) { return one.field == fault.field; };
        if (std::none_of(faults.begin(), faults.end(), same)) faults.push_back(std::move(fault));
    }
    if (!faults.empty()) throw Problems(std::move(faults));
}

/// The owner of an individual's exemplar who is not known yet.
void add_owner(store::Change& change, Typed& typed, json::object& told) {
    if (typed.new_person.empty()) return;
    typed.writing.person = people::add_person(change, typed.new_person, {});
    const auto added = people::person(change, *typed.writing.person);
    told["added"] = json::object{{"person", added.public_id}, {"name", people::personal_hash(added.salt, added.name)}};
}

json::object told_of(const store::Reader& reader, const Writing& writing, json::object told) {
    told["kind"] = code(writing.kind);
    told["field"] = writing.field;
    told["text"] = text_hash(reader, writing);
    if (writing.person) told["person"] = people::person(reader, *writing.person).public_id;
    return told;
}

store::Permit permit_writing(const store::Reader& reader, const Request& request, UnitId unit,
                             const std::string& movement) {
    return Gate::permit(reader, people::viewer_of(request), Action::register_exemplar,
                        {.unit = unit, .group = {}, .council = {}, .movement = movement});
}

/// The step of handing it in.
Step registering(store::Change& change, const Desk& desk, const Request& request, const Exemplar& draft,
                 const OpenCycle& cycle) {
    Step step{.verb = Verb::register_, .to = State::registered, .on = desk.today()};
    const Decider decider = registering_side(change, *people::viewer_of(request), draft, cycle, step);
    check_step(draft, step, cycle.rules, decider, last_step_of(change, draft), desk.today());
    return step;
}

/// An exemplar belongs to a movement in which its unit takes part.
void must_take_part(const Desk& desk, const store::Reader& reader, const OpenCycle& cycle, UnitId unit,
                    Language language) {
    const Day today = desk.today();
    if (takes_part(reader, cycle, unit, today)) return;
    const auto named = [&](UnitId id) {
        return std::string(units::unit_reference(units::unit(reader, id, today), language).at("name").as_string());
    };
    throw Problem(
        "exemplar.not-taking-part",
        {{"unit", named(unit)}, {"root", named(*root_of(reader, cycle))}, {"movement", title_of(cycle, language)}},
        "unit");
}

Answer stored_new(const Desk& desk, const Request& request) {
    const auto reader = desk.store.read();
    signed_in(request);
    const auto cycle = asked_cycle(desk, reader, request.field("movement"), request.field("period"));
    Typed typed = read_form(reader, request, desk.today());
    if (typed.writing.unit == UnitId{}) must_be_sound(typed, cycle->rules, hands_in(request));
    const auto permit = permit_writing(reader, request, typed.writing.unit, cycle->stored.key);
    must_take_part(desk, reader, *cycle, typed.writing.unit, request.language);
    must_be_sound(typed, cycle->rules, hands_in(request));

    auto change = desk.store.change(permit);
    json::object told;
    add_owner(change, typed, told);
    Exemplar draft;
    static_cast<Writing&>(draft) = typed.writing;
    draft.public_id = store::new_public_id();
    draft.movement = cycle->stored.key;
    draft.period = cycle->stored.period;
    draft.cycle = cycle->stored.id;
    draft.sample = cycle->cycle.sample;
    if (hands_in(request))
        add_registered(change, draft, registering(change, desk, request, draft, *cycle));
    else
        add_draft(change, draft.cycle, draft, draft.sample, draft.public_id);
    const auto seq = change.commit(hands_in(request) ? "exemplar.registered" : "exemplar.drafted", draft.public_id,
                                   told_of(change, typed.writing, std::move(told)));
    return at_exemplar(draft, hands_in(request) ? State::registered : State::draft, seq, 201);
}

/// Whose exemplar it is changes by a step that says why, not by writing another unit into the form.
void must_stay_there(const store::Reader& reader, const Exemplar& was, const Writing& writing) {
    if (writing.unit == was.unit || (was.state == State::draft && events_of(reader, was.id).empty())) return;
    throw Problem("exemplar.unit-fixed", {}, "unit");
}

Answer stored_anew(const Desk& desk, const Request& request) {
    const auto reader = desk.store.read();
    const Exemplar was = must_find_exemplar(reader, &signed_in(request), request.place.at("id"));
    const auto permit = permit_writing(reader, request, was.unit, was.movement);
    must_be_current(reader, request, was);
    if (was.state == State::ended || was.state == State::removed)
        throw Problem("exemplar.closed-text", {{"state", std::string(code(was.state))}}, "", 409);
    const auto cycle = desk.cycles.of(reader, was);
    Typed typed = read_form(reader, request, desk.today());
    const bool registers = hands_in(request) && was.state == State::draft;
    if (typed.writing.unit == UnitId{}) must_be_sound(typed, cycle->rules, registers || was.state != State::draft);
    if (typed.writing.unit != was.unit) {
        permit_writing(reader, request, typed.writing.unit, was.movement);
        must_take_part(desk, reader, *cycle, typed.writing.unit, request.language);
    }
    must_stay_there(reader, was, typed.writing);
    must_be_sound(typed, cycle->rules, registers || was.state != State::draft);

    auto change = desk.store.change(permit);
    json::object told;
    add_owner(change, typed, told);
    Exemplar now = was;
    static_cast<Writing&>(now) = typed.writing;
    if (!registers && static_cast<const Writing&>(now) == was) return at_exemplar(was, was.state, was.since, 200);
    rewrite(change, was, now);
    if (registers) take_step(change, now, registering(change, desk, request, now, *cycle));
    const auto seq = change.commit(registers ? "exemplar.registered" : "exemplar.written", now.public_id,
                                   told_of(change, now, std::move(told)));
    return at_exemplar(now, registers ? State::registered : was.state, seq, 200);
}

/// A browser gets its form back, a program the problems.
template <class Store>
Answer or_form_again(const Desk& desk, const Request& request, Store stored) {
    try {
        return stored(desk, request);
    } catch (const Problems& problems) {
        if (wants_json(request)) throw;
        return form_again(desk, request, problems.list, 422);
    } catch (const Problem& problem) {
        const bool can_be_mended = problem.status == 422 || problem.status == 412;
        if (!can_be_mended || wants_json(request)) throw;
        return form_again(desk, request, {problem}, problem.status);
    }
}

}  // namespace

Answer write_new(const Desk& desk, const Request& request) {
    return or_form_again(desk, request, stored_new);
}

Answer write_anew(const Desk& desk, const Request& request) {
    return or_form_again(desk, request, stored_anew);
}

Answer discard(const Desk& desk, const Request& request) {
    const auto reader = desk.store.read();
    const Exemplar draft = must_find_exemplar(reader, &signed_in(request), request.place.at("id"));
    const auto permit = permit_writing(reader, request, draft.unit, draft.movement);
    must_be_current(reader, request, draft);
    if (draft.state != State::draft || !events_of(reader, draft.id).empty())
        throw Problem("exemplar.not-discarded", {{"state", std::string(code(draft.state))}}, "", 409);
    auto change = desk.store.change(permit);
    discard_draft(change, draft);
    change.commit("exemplar.discarded", draft.public_id);
    Answer answer{.template_name = "web/done"};
    answer.location = "/me";
    answer.document = {{"title", draft.title}, {"done", true}, {"href", "/me"}};
    return answer;
}

}  // namespace guidon::exemplars
