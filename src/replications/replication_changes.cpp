#include "replications/replication_changes.h"

#include <algorithm>

#include "base/decimal.h"
#include "base/plain_text.h"
#include "exemplars/cycle_files.h"
#include "exemplars/life.h"
#include "replications/adoption_document.h"
#include "web/precondition.h"

namespace guidon::replications {

namespace json = boost::json;
using exemplars::Exemplar;
using people::Action;
using people::Gate;
using people::Viewer;
using web::Answer;
using web::Request;

namespace {

constexpr std::size_t longest_line = 300, longest_text = 5'000;

Day read_day(const Request& request, Day earliest, Day today) {
    const std::string text = request.field("on");
    if (text.empty()) return today;
    const auto day = Day::parse(text);
    if (!day || *day > today || *day < earliest)
        throw Problem("replication.day", {{"day", text}, {"earliest", earliest.text()}, {"latest", today.text()}},
                      "on");
    return *day;
}

std::string read_decimal(const Request& request, const std::string& field) {
    const std::string text = request.number(field);
    if (text.empty()) return "";
    const auto number = Decimal::parse(text);
    if (!number) throw Problem("replication.decimal", {{"value", text}}, field);
    return number->text();
}

/// What a form leaves out stays as it is.
void read_plan(const store::Reader& reader, const Request& request, Writing& writing, Day today) {
    if (const auto text = clean_text(request.field("adaptation"), longest_text, "adaptation"); !text.empty())
        writing.adaptation = text;
    if (const auto text = clean_line(request.field("mentor"), longest_line, "mentor"); !text.empty())
        writing.mentor = text;
    if (const std::string text = request.field("mentor_unit"); !text.empty())
        writing.mentor_unit = must_find_unit(reader, text, "mentor_unit", today).id;
}

void read_outcome(const Request& request, Writing& writing) {
    writing.outcome = clean_text(request.field("outcome"), longest_text, "outcome");
    if (writing.outcome.empty()) throw Problem("replication.needs", {{"what", "outcome"}}, "outcome");
    writing.measure = clean_line(request.field("measure"), longest_line, "measure");
    writing.origin_result = read_decimal(request, "origin_result");
    writing.own_result = read_decimal(request, "own_result");
    if (writing.origin_result.empty() != writing.own_result.empty())
        throw Problem("replication.needs", {{"what", "both"}},
                      writing.own_result.empty() ? "own_result" : "origin_result");
    if (!writing.own_result.empty() && writing.measure.empty())
        throw Problem("replication.needs", {{"what", "measure"}}, "measure");
}

/// In whose name a suggestion is made: of the adopter or the origin where the viewer's office belongs to it or they may
/// do no more than that; else of the superior.
Party suggests_as(const store::Reader& reader, const Viewer* viewer, const Adoption& adoption) {
    const auto office = viewer && viewer->capacity ? viewer->capacity->unit : std::nullopt;
    const auto may = [&](Party party) { return may_step(reader, viewer, party, adoption); };
    if (office == adoption.replication.unit && may(Party::adopter)) return Party::adopter;
    if (office == adoption.origin.unit && may(Party::origin)) return Party::origin;
    for (const Party party : {Party::superior, Party::adopter, Party::origin})
        if (may(party)) return party;
    return Party::adopter;  // which the gate refuses
}

void must_be_active(const Exemplar& origin) {
    if (!exemplars::is_active(origin.state))
        throw Problem("replication.not-active", {{"state", std::string(exemplars::code(origin.state))}}, "", 409);
}

void must_be_adoptable(const store::Reader& reader, const Exemplar& origin, UnitId unit) {
    must_be_active(origin);
    if (origin.unit == unit) throw Problem("replication.own-unit", {}, "unit");
    for (const Replication& other : replications_of(reader, origin.id))
        if (other.unit == unit && stands(other.state)) throw Problem("replication.twice", {}, "unit", 409);
}

/// The newest running cycle of the origin's movement in which the adopter takes part, else of another movement – of
/// those whose registration is over only where there is no other –; the origin's own, where there is none: what spreads
/// across the border of a movement is counted where it came from.
movements::CycleId cycle_for(const store::Reader& reader, const Exemplar& origin, UnitId unit, Day today) {
    const exemplars::CycleFiles files;
    exemplars::OpenCycleRef best;
    const auto rank = [&](const exemplars::OpenCycle& one) {
        return std::tuple(!is_over(one, today), one.stored.key == origin.movement, one.stored.starts);
    };
    for (const auto& one : files.taking(reader)) {
        if (one->stored.state != movements::CycleState::running || !takes_part(reader, *one, unit, today)) continue;
        if (!best || rank(*one) > rank(*best)) best = one;
    }
    return best ? best->stored.id : origin.cycle;
}

/// The adopter's own, to begin with: the origin's words, none of its figures.
ExemplarId add_own(store::Change& change, const Exemplar& origin, const Replication& now) {
    exemplars::Writing own = origin;
    own.owner_kind = exemplars::OwnerKind::collective;
    own.unit = now.unit;
    own.person.reset();
    own.place.reset();
    own.content.beneficiaries.number.reset();
    own.content.place.clear();
    own.content.money.clear();
    own.content.in_kind.clear();
    own.content.in_kind_note.clear();
    own.content.labour_days.clear();
    own.content.ends.clear();
    own.content.starts = now.starts_on.text();
    if (!now.adaptation.empty()) own.content.method += "\n\n" + now.adaptation;
    return exemplars::add_draft(change, cycle_for(change, origin, now.unit, Day::of_utc_ms(change.at_utc_ms())), own,
                                origin.sample);
}

/// An exemplar that the adopter has already; it has no origin yet, and the origin does not descend from it.
ExemplarId must_find_own(const store::Reader& reader, const Viewer* viewer, const std::string& public_id,
                         const Adoption& adoption) {
    const Exemplar own = exemplars::must_find_exemplar(reader, viewer, public_id);
    if (own.unit != adoption.replication.unit) throw Problem("replication.not-own", {}, "exemplar");
    if (origin_of(reader, own.id)) throw Problem("replication.has-origin", {}, "exemplar", 409);
    if (descends_from(reader, adoption.origin.id, own.id)) throw Problem("replication.cycle", {}, "exemplar", 409);
    return own.id;
}

void begin(store::Change& change, const Request& request, const Adoption& adoption, Replication& now, Day on) {
    if (adoption.replication.adopted) throw Problem("replication.has-exemplar", {}, "", 409);
    must_be_active(adoption.origin);
    now.starts_on = on;
    read_plan(change, request, now, on);
    const std::string own = request.field("exemplar");
    now.adopted = own.empty() ? add_own(change, adoption.origin, now)
                              : must_find_own(change, people::viewer_of(request), own, adoption);
}

void complete(const store::Reader& reader, const Replication& now) {
    if (!now.adopted || !exemplars::is_active(exemplars::exemplar(reader, *now.adopted).state))
        throw Problem("replication.not-registered", {}, "", 409);
}

json::object kept(const store::Reader& reader, const Adoption& adoption, const Replication& now, Day today) {
    json::object document{{"adoption", now.public_id},
                          {"unit", units::unit(reader, now.unit, today).public_id},
                          {"before", code(adoption.replication.state)},
                          {"after", code(now.state)}};
    if (now.adopted) document["adopted"] = exemplars::exemplar(reader, *now.adopted).public_id;
    return document;
}

Answer at_adoption(const Desk& desk, const store::Reader& reader, const Request& request, Adoption adoption,
                   int status) {
    Answer answer{.status = status, .template_name = "replications/adoption"};
    answer.location = "/adoptions/" + adoption.replication.public_id;
    answer.document = adoption_document(desk, reader, request, adoption);
    return answer;
}

}  // namespace

Answer suggest(const Desk& desk, const Request& request) {
    const Day today = desk.today();
    const auto reader = desk.store.read();
    const Viewer* viewer = people::viewer_of(request);
    if (!viewer) throw Problem("gate.sign-in", {}, "", 401);
    Adoption wish{{}, exemplars::must_find_exemplar(reader, viewer, request.place.at("id"))};
    wish.replication.unit = must_find_unit(reader, request.field("unit"), "unit", today).id;
    const Party party = suggests_as(reader, viewer, wish);
    const auto permit = permit_step(reader, viewer, party, wish);
    must_be_adoptable(reader, wish.origin, wish.replication.unit);
    Writing writing;
    read_plan(reader, request, writing, today);
    const std::string note = clean_text(request.field("note"), longest_text, "note");

    auto change = desk.store.change(permit);
    Agreement agreement;
    if (party == Party::adopter) agreement.adopter = today;
    if (party == Party::origin) agreement.origin = today;
    wish.replication = add_replication(change, wish.origin.id, wish.replication.unit, agreement, State::suggested,
                                       writing, note, today);
    auto answer = at_adoption(desk, change, request, wish, 201);
    change.commit("replication.suggested", wish.origin.public_id, kept(change, wish, wish.replication, today));
    return answer;
}

Answer take_step(const Desk& desk, const Request& request) {
    const Day today = desk.today();
    const auto reader = desk.store.read();
    const Viewer* viewer = people::viewer_of(request);
    if (!viewer) throw Problem("gate.sign-in", {}, "", 401);
    const Adoption adoption = must_find_adoption(reader, viewer, request.place.at("id"));
    const Replication& was = adoption.replication;
    const auto verb = verb_of(request.field("verb"));
    const Move* move = verb ? find_move(was.state, *verb) : nullptr;
    if (!move || given(was.agreement, *verb))
        throw Problem("replication.step", {{"verb", request.field("verb")}, {"state", std::string(code(was.state))}},
                      "", 409);
    const auto permit = permit_step(reader, viewer, move->party, adoption);
    web::must_match(request, std::to_string(was.since));
    const Day on = read_day(request, steps_of(reader, was.id).back().on, today);
    const std::string note = clean_text(request.field("note"), longest_text, "note");
    if (move->verb == Verb::decline && note.empty()) throw Problem("replication.needs", {{"what", "note"}}, "note");

    auto change = desk.store.change(permit);
    Replication now = was;
    now.agreement = with(was.agreement, move->verb, on);
    now.state = reached(*move, now.agreement);
    if (move->verb == Verb::begin) begin(change, request, adoption, now, on);
    if (move->verb == Verb::complete) complete(change, now);
    if (move->party == Party::superior) read_outcome(request, now);
    store_step(change, was, now, move->verb, note, on);
    now.since = change.next_seq();
    auto answer = at_adoption(desk, change, request, {now, adoption.origin}, 200);
    change.commit("replication." + std::string(code(move->verb)), adoption.origin.public_id,
                  kept(change, adoption, now, today));
    return answer;
}

Answer mark_seen(const Desk& desk, const Request& request) {
    const auto reader = desk.store.read();
    const Viewer* viewer = people::viewer_of(request);
    if (!viewer) throw Problem("gate.sign-in", {}, "", 401);
    const Exemplar exemplar = exemplars::must_find_exemplar(reader, viewer, request.place.at("id"));
    const auto permit =
        Gate::permit(reader, viewer, Action::register_exemplar, {.unit = exemplar.unit, .movement = exemplar.movement});
    Answer answer{.template_name = "replications/family"};
    answer.location = "/exemplars/" + exemplar.public_id + "/family";
    answer.document = {{"href", answer.location}};
    if (notices_of(reader, exemplar.id).empty()) return answer;
    auto change = desk.store.change(permit);
    mark_notices_seen(change, exemplar.id);
    change.commit("replication.seen", exemplar.public_id);
    return answer;
}

void tell_descendants(store::Change& change, const Exemplar& exemplar, const exemplars::Event& event,
                      json::object& document) {
    if (!exemplars::is_active(event.from) || exemplars::is_active(event.to) ||
        !(event.verb == exemplars::Verb::end || event.verb == exemplars::Verb::remove))
        return;
    json::array told;  // with those of the other steps of the same entry
    if (const auto* before = document.if_contains("told")) told = before->as_array();
    for (const Member& member : members_of(change, exemplar.id)) {
        if (member.exemplar.id == exemplar.id || !exemplars::is_active(member.exemplar.state)) continue;
        add_notice(change, {member.exemplar.id, exemplar.id, change.next_seq(),
                            std::string(exemplars::code(event.verb)), event.on});
        told.emplace_back(member.exemplar.public_id);
    }
    if (!told.empty()) document["told"] = std::move(told);
}

}  // namespace guidon::replications
