#include "replications/replications_pages.h"

#include <memory>
#include <set>

#include "exemplars/life.h"
#include "replications/adoption_document.h"
#include "replications/family_document.h"
#include "replications/replication_changes.h"
#include "replications/spread_page.h"
#include "units/units_pages.h"
#include "web/again.h"

namespace guidon::replications {

namespace json = boost::json;
using exemplars::Exemplar;
using people::Action;
using people::Gate;
using people::Viewer;
using web::Answer;
using web::Method;
using web::Request;

namespace {

Exemplar asked_exemplar(const store::Reader& reader, const Request& request) {
    return exemplars::must_find_exemplar(reader, people::viewer_of(request), request.place.at("id"));
}

Answer family_page(const Desk& desk, const Request& request) {
    const auto reader = desk.store.read();
    const Exemplar root = asked_exemplar(reader, request);
    Answer answer{.template_name = "replications/family"};
    if (request.asked("format") == "csv")
        answer.download = web::Download{family_csv(desk, reader, request, root), "text/csv; charset=utf-8",
                                        "family-" + root.public_id + ".csv"};
    else
        answer.document = family_document(desk, reader, request, root);
    return answer;
}

Answer family_file(const Desk& desk, const Request& request) {
    const auto reader = desk.store.read();
    Answer answer;
    answer.download =
        web::Download{family_drawing(desk, reader, request, asked_exemplar(reader, request)), "image/svg+xml", ""};
    return answer;
}

Answer adoption_page(const Desk& desk, const Request& request) {
    const auto reader = desk.store.read();
    Answer answer{.template_name = "replications/adoption"};
    answer.document = adoption_document(desk, reader, request,
                                        must_find_adoption(reader, people::viewer_of(request), request.place.at("id")));
    return answer;
}

json::object typed(const Request& request, std::initializer_list<const char*> names) {
    json::object all;
    for (const char* name : names) all[name] = request.field(name);
    return all;
}

/// A form that was refused comes back with what was typed.
Answer take_suggestion(const Desk& desk, const Request& request) {
    try {
        return suggest(desk, request);
    } catch (const Problem& problem) {
        if (problem.status != 422 && problem.status != 409) throw;
        Answer form = family_page(desk, request);
        form.document["typed"] = typed(request, {"unit", "adaptation", "mentor", "mentor_unit", "note"});
        return web::again(request, std::move(form), problem);
    }
}

Answer take_asked_step(const Desk& desk, const Request& request) {
    try {
        return take_step(desk, request);
    } catch (const Problem& problem) {
        if (problem.status != 422 && problem.status != 409) throw;
        Answer form = adoption_page(desk, request);
        form.document["typed"] = typed(request, {"verb", "on", "exemplar", "adaptation", "mentor", "mentor_unit",
                                                 "note", "outcome", "measure", "origin_result", "own_result"});
        for (auto& move : form.document.at("moves").as_array())
            move.as_object()["open"] = move.at("verb").as_string() == request.field("verb");
        for (auto& move : form.document.at("moves").as_array())
            if (auto* own = move.as_object().if_contains("own"))
                for (auto& one : own->as_array())
                    one.as_object()["chosen"] = one.at("id").as_string() == request.field("exemplar");
        return web::again(request, std::move(form), problem);
    }
}

/// The units in whose name the viewer registers exemplars: those of their office and of their grants themselves. Who
/// may do so for a whole province is not told of every commune in it.
std::set<UnitId> own_units(const Viewer& viewer) {
    std::set<UnitId> units;
    for (const auto& grant : viewer.grants)
        if (grant.unit && grant.held.holds_on(viewer.today) && permits(grant.role, Action::register_exemplar))
            units.insert(*grant.unit);
    return units;
}

/// The step that `unit` has to take; "" = it waits for the other one.
std::string waits_for(const Replication& one, const Exemplar& origin, UnitId unit) {
    const bool adopter = one.unit == unit;
    switch (one.state) {
        case State::suggested:
            if (adopter && one.agreement.adopter == Day::always()) return "agree_as_adopter";
            if (origin.unit == unit && one.agreement.origin == Day::always()) return "agree_as_origin";
            return "";
        case State::agreed:
            return adopter ? "begin" : "";
        case State::adopting:
            return adopter ? "complete" : "";
        default:
            return "";
    }
}

void add_adoptions(std::vector<people::WorkItem>& work, const store::Reader& reader, UnitId unit, Language language) {
    for (const Replication& one : waiting_at(reader, unit)) {
        const Exemplar origin = exemplars::exemplar(reader, one.origin);
        const std::string step = waits_for(one, origin, unit);
        if (step.empty()) continue;
        work.push_back({.title = say(language, "replications.work." + step),
                        .about = exemplars::title_in(origin, language),
                        .count = 1,
                        .due = Day::never(),
                        .href = "/adoptions/" + one.public_id});
    }
}

void add_notices(std::vector<people::WorkItem>& work, const store::Reader& reader, UnitId unit, Language language) {
    for (const Notice& notice : notices_at(reader, unit)) {
        const Exemplar exemplar = exemplars::exemplar(reader, notice.exemplar);
        const Exemplar ancestor = exemplars::exemplar(reader, notice.ancestor);
        work.push_back({.title = say(language, "replications.told",
                                     {{"title", exemplars::title_in(ancestor, language)},
                                      {"done", say(language, "exemplars.done." + notice.verb)},
                                      {"day", date_text(language, notice.on.text())}}),
                        .about = exemplars::title_in(exemplar, language),
                        .count = 1,
                        .due = Day::never(),
                        .href = "/exemplars/" + exemplar.public_id + "/family"});
    }
}

}  // namespace

void add_routes(web::Routes& routes, store::Store& store, Version version) {
    const auto desk = std::make_shared<const Desk>(Desk{store});
    const auto by = [desk](auto handler) {
        return [desk, handler](const Request& request) { return handler(*desk, request); };
    };
    routes.get("/exemplars/spread", [page = std::make_shared<SpreadPage>(*desk, std::move(version))](
                                        const Request& request) { return page->answer(request); });
    routes.get("/exemplars/:id/family", by(family_page));
    routes.get("/exemplars/:id/family.svg", by(family_file));
    routes.change(Method::post, "/exemplars/:id/family/seen", by(mark_seen));
    routes.change(Method::post, "/exemplars/:id/adoptions", by(take_suggestion));
    routes.get("/adoptions/:id", by(adoption_page));
    routes.change(Method::post, "/adoptions/:id/steps", by(take_asked_step));
}

exemplars::ExemplarPart exemplar_part(const store::Store& store) {
    return [&store](json::object& document, const Exemplar& exemplar, const exemplars::Looking& looking) {
        const Language language = looking.request.language;
        const std::string address = "/exemplars/" + exemplar.public_id;
        const auto adopters = count_adopters(looking.reader, exemplar.id);
        json::object part{
            {"family_href", address + "/family"},
            {"adopters", adopters},
            {"has_adopters", adopters > 0},
            {"adopters_text", say(language, "replications.adopters", {{"count", std::to_string(adopters)}})},
            {"action", address + "/adoptions"},
            {"may_suggest",
             exemplars::is_active(exemplar.state) && (Gate::may_somewhere(looking.viewer, Action::register_exemplar) ||
                                                      Gate::may_somewhere(looking.viewer, Action::review_exemplar))},
            {"own_unit", own_unit_code(looking.reader, looking.viewer)}};
        if (const auto from = origin_of(looking.reader, exemplar.id)) {
            const Exemplar origin = exemplars::exemplar(looking.reader, from->origin);
            if (exemplars::sees(looking.reader, looking.viewer, origin)) {
                json::object& told = part["origin"].emplace_object();
                told = exemplars::exemplar_reference(origin, language);
                told["unit"] = units::unit_reference(
                    units::unit(looking.reader, origin.unit, Day::of_utc_ms(store.now_utc_ms())), language);
            }
        }
        document["replication"] = std::move(part);
    };
}

people::WorkPart adoptions_waiting() {
    return
        [](std::vector<people::WorkItem>& work, const store::Reader& reader, const Viewer& viewer, Language language) {
            for (const UnitId unit : own_units(viewer)) {
                add_adoptions(work, reader, unit, language);
                add_notices(work, reader, unit, language);
            }
        };
}

}  // namespace guidon::replications
