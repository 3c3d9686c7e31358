#include "evaluation/publishing.h"

#include "base/moment.h"
#include "movements/publications_store.h"
#include "people/gate.h"
#include "units/units_store.h"
#include "web/precondition.h"

namespace guidon::evaluation {

namespace json = boost::json;
using movements::Act;
using movements::Publication;
using people::Action;
using people::Gate;

namespace {

/// The cycle of an address, with its file read.
struct Opened {
    movements::StoredCycle stored;
    movements::Cycle cycle;
};
Opened open_cycle(const store::Reader& reader, const web::Request& request) {
    const std::string key = request.place.at("key"), period = request.place.at("period");
    auto stored = movements::find_cycle(reader, key, period);
    if (!stored) throw Problem("movement.unknown-cycle", {{"movement", key}, {"period", period}}, "", 404);
    std::vector<Fault> faults;
    auto cycle = movements::read_cycle(stored->toml, key + "-" + period + ".toml", faults);
    if (!cycle) throw Faults(std::move(faults));
    return {*std::move(stored), *std::move(cycle)};
}

/// At the issuer's unit; without one, or where the unit is not known, everywhere.
people::Where where_of(const store::Reader& reader, const movements::Cycle& cycle) {
    const auto latest = Day::of_number(99'991'231);
    const auto issuer = cycle.issuer.empty() ? std::nullopt : units::find_unit_by_code(reader, cycle.issuer, latest);
    return {
        .unit = issuer ? std::optional(issuer->id) : std::nullopt, .group = {}, .council = {}, .movement = cycle.key};
}

json::object act_part(const Act& act, Language language) {
    return {{"entry", act.seq},
            {"at_utc_ms", act.at_utc_ms},
            {"at_text", moment_text(language, act.at_utc_ms, DateStyle::spelled)}};
}

/// What everybody may know: when, which entries, why taken back; who, the journal says to those who may read it.
json::object publication_part(const store::Reader& reader, movements::CycleId id, Language language) {
    json::array history;
    for (const Publication& one : movements::publications(reader, id)) {
        json::object part{{"number", one.version}, {"published", act_part(one.published, language)}};
        std::string text = say(language, "publication.published-on",
                               {{"number", std::to_string(one.version)},
                                {"moment", moment_text(language, one.published.at_utc_ms, DateStyle::spelled)},
                                {"entry", std::to_string(one.published.seq)}});
        if (!one.stands()) {
            part["withdrawn"] = act_part(one.withdrawn, language);
            part["reason"] = one.reason;
            text += " " + say(language, "publication.withdrawn-on",
                              {{"moment", moment_text(language, one.withdrawn.at_utc_ms, DateStyle::spelled)},
                               {"entry", std::to_string(one.withdrawn.seq)},
                               {"reason", one.reason}});
        }
        part["text"] = text;
        history.push_back(std::move(part));
    }
    const Publication last = movements::last_publication(reader, id);
    return {{"published", last.stands()},
            {"version", last.if_match()},
            {"state_text", say(language, last.stands()      ? "publication.stands"
                                         : last.version > 0 ? "publication.taken-back"
                                                            : "publication.not-yet")},
            {"history", std::move(history)}};
}

web::Answer answer_of(const store::Reader& reader, const Opened& opened, const web::Request& request) {
    const std::string address = "/movements/" + opened.cycle.key + "/" + opened.cycle.period;
    web::Answer answer;
    answer.location = address;
    answer.document = {{"title", opened.cycle.key + " · " + opened.cycle.period}, {"href", address}};
    tell_publication(answer.document, reader, people::viewer_of(request), opened.cycle, request.language);
    return answer;
}

/// Permit, load, decide, store and journal together: `act` gives what the journal says.
template <class Act>
web::Answer carry_out(LiveCycles& live, store::Store& store, const web::Request& request, const char* what, Act act) {
    const auto reader = store.read();
    const Opened opened = open_cycle(reader, request);
    auto change =
        store.change(Gate::permit(reader, people::viewer_of(request), Action::publish, where_of(reader, opened.cycle)));
    web::must_match(request, movements::last_publication(change, opened.stored.id).if_match());
    const Publication now = act(change, opened.stored.id);
    json::object document{{"publication", now.version}};
    if (!now.reason.empty()) document["reason"] = now.reason;
    change.after_commit([&live] { live.follow(); });
    auto answer = answer_of(change, opened, request);
    change.commit(what, opened.cycle.key + "/" + opened.cycle.period, document);
    return answer;
}

}  // namespace

web::Answer publish(LiveCycles& live, store::Store& store, const web::Request& request) {
    return carry_out(live, store, request, "standings.published", movements::publish_standings);
}

web::Answer withdraw(LiveCycles& live, store::Store& store, const web::Request& request) {
    return carry_out(live, store, request, "standings.withdrawn", [&](store::Change& change, movements::CycleId id) {
        return movements::withdraw_standings(change, id, request.field("reason"));
    });
}

void tell_publication(json::object& document, const store::Reader& reader, const people::Viewer* viewer,
                      const movements::Cycle& cycle, Language language) {
    const auto stored = movements::find_cycle(reader, cycle.key, cycle.period);
    if (!stored) return;
    json::object part = publication_part(reader, stored->id, language);
    const bool may = Gate::may(reader, viewer, Action::publish, where_of(reader, cycle));
    const bool published = part.at("published").as_bool();
    part["may_publish"] = may && !published;
    part["may_withdraw"] = may && published;
    part["action"] = "/movements/" + cycle.key + "/" + cycle.period + (published ? "/unpublish" : "/publish");
    document["publication"] = std::move(part);
}

people::WorkPart standings_to_publish(LiveCycles& live) {
    return [&live](std::vector<people::WorkItem>& work, const store::Reader& reader, const people::Viewer& viewer,
                   Language language) {
        if (!viewer.has(people::Role::publisher)) return;
        for (const auto& stored : movements::cycles(reader)) {
            const auto ends = Day::parse(stored.ends).value_or(Day::never());
            if (ends >= viewer.today || movements::last_publication(reader, stored.id).stands()) continue;
            try {
                live.with(stored.key, stored.period, [&](const Board& board) {
                    const auto& audience = board.cycle.audience;
                    if (audience.standings == audience.published) return;  // publishing would change nothing
                    if (!people::Gate::may(reader, &viewer, people::Action::publish, where_of(reader, board.cycle)))
                        return;
                    work.push_back({.title = say(language, "evaluation.to-publish"),
                                    .about = std::string(movement_part(board, language).at("title").as_string()),
                                    .count = 1,
                                    .due = ends,
                                    .href = board.address()});
                });
            } catch (const Faults&) {
                // a cycle that cannot be scored says so on its own page
            }
        }
    };
}

}  // namespace guidon::evaluation
