#include "exemplars/steps.h"

#include <algorithm>

#include "base/plain_text.h"
#include "base/problems.h"
#include "exemplars/form.h"

namespace guidon::exemplars {

namespace json = boost::json;
using people::Action;
using people::Gate;
using web::Answer;
using web::Request;

namespace {

bool may_at(const store::Reader& reader, const people::Viewer* viewer, const Exemplar& exemplar, Action action,
            UnitId unit) {
    return Gate::may(reader, viewer, action, {.unit = unit, .group = {}, .council = {}, .movement = exemplar.movement});
}

/// Whether a unit may take this step at all, by what it is.
bool fits(const units::Unit& unit, const Move& move, const StepWish& wish, const movements::ExemplarRules& rules) {
    if (move.action != Action::recognise_exemplar) return true;
    const auto* level = move.verb == Verb::recognise ? rules.level(wish.level) : nullptr;
    return level ? decides(*level, unit.kind) : decides_some_level(rules, unit.kind);
}

/// The unit that decides: the one that was named, or the highest in the viewer's scope that fits.
units::Unit decider_of(const store::Reader& reader, const people::Viewer* viewer, const Exemplar& exemplar,
                       const Move& move, const StepWish& wish, const movements::ExemplarRules& rules, Day today) {
    const auto units = deciding_units(reader, viewer, exemplar, move.action, today);
    if (wish.by_unit) {
        const auto named =
            std::find_if(units.begin(), units.end(), [&](const auto& one) { return one.id == wish.by_unit; });
        if (named != units.end()) return *named;
        throw Gate::refusal(reader, viewer, move.action,
                            {.unit = wish.by_unit, .group = {}, .council = {}, .movement = exemplar.movement});
    }
    if (units.empty()) throw Gate::refusal(reader, viewer, move.action, owner_place(exemplar));
    const auto first =
        std::find_if(units.begin(), units.end(), [&](const auto& one) { return fits(one, move, wish, rules); });
    return first != units.end() ? *first : units.front();
}

/// A move ends at a unit that exists and stands below the one that decides it.
void check_target(const store::Reader& reader, const Exemplar& exemplar, const Step& step, Day today) {
    if (!step.unit) return;
    if (step.verb != Verb::transfer) throw Problem("exemplar.not-moved", {}, "unit");
    if (*step.unit == exemplar.unit) throw Problem("exemplar.same-unit", {}, "unit");
    if (!step.by_unit || !units::stands_below(reader, *step.unit, *step.by_unit, today))
        throw Problem("exemplar.beyond-scope", {}, "unit", 403);
}

/// The problem with the titles of levels in place of their keys.
Problem with_titles(Problem problem, const movements::ExemplarRules& rules, Language language) {
    for (const char* name : {"level", "reached", "after"}) {
        const auto told = problem.arguments.find(name);
        const auto* level = told == problem.arguments.end() ? nullptr : rules.level(told->second);
        if (level && !pick(level->title, language).empty()) told->second = pick(level->title, language);
    }
    return problem;
}

}  // namespace

StepWish read_step(const store::Reader& reader, const Request& request, Day today) {
    StepWish wish;
    const std::string verb = request.field("verb");
    const auto known = verb_of(verb);
    if (!known) throw Problem("exemplar.unknown-verb", {{"value", verb.substr(0, longest_line)}}, "verb");
    wish.verb = *known;
    wish.level = request.field("level");
    wish.reason = request.field("reason");
    wish.note = clean_text(request.field("note"), 2'000, "note");
    wish.decision = clean_line(request.field("decision"), longest_line, "decision");
    std::vector<Problem> faults;
    if (const std::string day = request.field("on"); !day.empty()) {
        const auto on = Day::parse(day);
        if (!on) faults.emplace_back("exemplar.bad-day", Arguments{{"value", day.substr(0, longest_line)}}, "on");
        wish.on = on.value_or(Day::always());
    }
    if (const std::string unit = request.field("by_unit"); !unit.empty())
        wish.by_unit = read_unit_field(reader, unit, "by_unit", today, faults);
    if (const std::string unit = request.field("unit"); !unit.empty())
        wish.unit = read_unit_field(reader, unit, "unit", today, faults);
    if (!faults.empty()) throw Problems(std::move(faults));
    return wish;
}

Day last_step_of(const store::Reader& reader, const Exemplar& exemplar) {
    const auto events = events_of(reader, exemplar.id);
    return events.empty() ? Day::always() : events.back().on;
}

std::vector<units::Unit> deciding_units(const store::Reader& reader, const people::Viewer* viewer,
                                        const Exemplar& exemplar, Action action, Day today) {
    if (!Gate::may_somewhere(viewer, action)) return {};
    auto units = units::path(reader, exemplar.unit, today);
    std::erase_if(units, [&](const auto& one) { return !may_at(reader, viewer, exemplar, action, one.id); });
    return units;
}

Decider registering_side(const store::Reader& reader, const people::Viewer& viewer, const Exemplar& draft,
                         const OpenCycle& cycle, const Step& step) {
    if (cycle.rules.closes.empty() || step.on.text() <= cycle.rules.closes) return {};
    const auto units = deciding_units(reader, &viewer, draft, Action::review_exemplar, step.on);
    const bool above = std::any_of(units.begin(), units.end(), [&](const auto& one) { return one.id != draft.unit; });
    return {.kind = "", .above = above};
}

Allowed allowed_step(const Desk& desk, const store::Reader& reader, const people::Viewer* viewer,
                     const Exemplar& exemplar, const StepWish& wish, Language language) {
    const Day today = desk.today();
    const auto cycle = desk.cycles.of(reader, exemplar);
    const Move* move = find_move(exemplar.state, wish.verb);
    if (!move) {
        if (!works_on(reader, viewer, exemplar))
            throw Gate::refusal(reader, viewer, Action::register_exemplar, owner_place(exemplar));
        Problem problem = overtaken(reader, exemplar, language, 409);
        if (problem.code == "exemplar.overtaken") throw problem;
        throw Problem("exemplar.step",
                      {{"verb", std::string(code(wish.verb))}, {"state", std::string(code(exemplar.state))}}, "", 409);
    }
    Step step{.verb = wish.verb,
              .to = move->to,
              .on = wish.on == Day::always() ? today : wish.on,
              .level = wish.level,
              .by_unit = {},
              .unit = wish.unit,
              .reason = wish.reason,
              .note = wish.note,
              .decision = wish.decision};
    Decider decider;
    people::Where where = owner_place(exemplar);
    if (move->side == Side::authority) {
        const auto unit = decider_of(reader, viewer, exemplar, *move, wish, cycle->rules, today);
        step.by_unit = where.unit = unit.id;
        decider = {.kind = unit.kind, .above = true};
    }
    auto permit = Gate::permit(reader, viewer, move->action, where);
    if (wish.verb == Verb::register_) {
        decider = registering_side(reader, *viewer, exemplar, *cycle, step);
        if (auto faults = faults_of(exemplar, cycle->rules); !faults.empty()) throw Problems(std::move(faults));
    }
    try {
        check_step(exemplar, step, cycle->rules, decider, last_step_of(reader, exemplar), today);
    } catch (const Problem& problem) {
        throw with_titles(problem, cycle->rules, language);
    }
    check_target(reader, exemplar, step, today);
    return {std::move(step), std::move(permit)};
}

json::object told_of_step(const store::Reader& reader, const Step& step, Day today) {
    json::object told{{"verb", code(step.verb)}, {"day", step.on.text()}};
    for (const auto& [name, text] : {std::pair{"level", &step.level},
                                     {"reason", &step.reason},
                                     {"note", &step.note},
                                     {"decision", &step.decision}})
        if (!text->empty()) told[name] = *text;
    if (step.by_unit) told["by"] = units::unit(reader, *step.by_unit, today).public_id;
    if (step.unit) told["unit"] = units::unit(reader, *step.unit, today).public_id;
    return told;
}

Answer take(const Desk& desk, const Request& request) {
    const auto reader = desk.store.read();
    const people::Viewer* viewer = &signed_in(request);
    const Exemplar was = must_find_exemplar(reader, viewer, request.place.at("id"));
    const StepWish wish = read_step(reader, request, desk.today());
    // a step that the new state does not have is a late one, too; whoever has no say here does not hear of either
    if (!find_move(was.state, wish.verb) && works_on(reader, viewer, was)) must_be_current(reader, request, was);
    const Allowed allowed = allowed_step(desk, reader, viewer, was, wish, request.language);
    must_be_current(reader, request, was);

    auto change = desk.store.change(allowed.permit);
    const Event event = take_step(change, was, allowed.step);
    json::object document = told_of_step(change, allowed.step, desk.today());
    for (const StepPart& part : desk.parts.steps) part(change, was, event, document);
    const auto seq = change.commit("exemplar.step", was.public_id, document);
    return at_exemplar(was, event.to, seq, 200);
}

}  // namespace guidon::exemplars
