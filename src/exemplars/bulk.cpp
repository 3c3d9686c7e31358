#include "exemplars/bulk.h"

#include <algorithm>
#include <charconv>
#include <unordered_set>

#include "base/problems.h"
#include "exemplars/form.h"
#include "exemplars/steps.h"
#include "people/people_list_store.h"
#include "store/hash.h"
#include "units/units_pages.h"
#include "web/address.h"
#include "web/again.h"
#include "web/precondition.h"

namespace guidon::exemplars {

namespace json = boost::json;
using people::Action;
using people::Gate;
using web::Answer;
using web::Request;

namespace {

constexpr std::size_t most_shown = 300;

const people::Viewer& must_review(const store::Reader& reader, const Request& request) {
    const auto* viewer = people::viewer_of(request);
    for (const Action action : {Action::review_exemplar, Action::recognise_exemplar, Action::register_exemplar})
        if (Gate::may_somewhere(viewer, action)) return *viewer;
    throw Gate::refusal(reader, viewer, Action::review_exemplar, {});
}

/// What is chosen from: of a query, or of the fields that carry it on.
struct Filter {
    OpenCycleRef cycle;
    State state = State::council;
    std::optional<UnitId> unit;
    std::string unit_text;
};

std::string sent(const Request& request, const std::string& name) {
    return request.field(name, request.asked(name));
}

std::optional<Filter> filter_of(const Desk& desk, const store::Reader& reader, const Request& request) {
    Filter filter;
    std::string key = sent(request, "movement"), period = sent(request, "period");
    if (const std::string cycle = sent(request, "cycle"); !cycle.empty()) {  // KEY/PERIOD, of one list of choices
        const auto slash = std::min(cycle.find('/'), cycle.size() - 1);
        key = cycle.substr(0, slash);
        period = cycle.substr(slash + 1);
    }
    if (key.empty()) {
        const auto all = desk.cycles.taking(reader);
        if (all.empty()) return std::nullopt;
        filter.cycle = all.front();
    } else {
        filter.cycle = desk.cycles.find(reader, key, period);
        if (!filter.cycle) throw Problem("exemplar.no-cycle", {{"movement", key}, {"period", period}}, "movement", 404);
    }
    if (const std::string state = sent(request, "state"); !state.empty()) {
        const auto known = state_of(state);
        if (!known) throw Problem("exemplar.bad-choice", {{"value", state.substr(0, longest_line)}}, "state");
        filter.state = *known;
    }
    filter.unit_text = sent(request, "unit_below");
    if (!filter.unit_text.empty()) {
        std::vector<Problem> faults;
        filter.unit = read_unit_field(reader, filter.unit_text, "unit_below", desk.today(), faults);
        if (!faults.empty()) throw Problems(std::move(faults));
    }
    return filter;
}

/// Where the viewer works on exemplars, within the part that was asked for.
class Reach {
public:
    Reach(const store::Reader& reader, const people::Viewer& viewer, const Filter& filter, Day today)
        : reviews_(people::scope_of(reader, &viewer, Action::review_exemplar)),
          registers_(people::scope_of(reader, &viewer, Action::register_exemplar)) {
        if (!filter.unit) return;
        const auto below = units::subtree(reader, *filter.unit, today);
        below_.emplace(below.begin(), below.end());
    }
    bool holds(UnitId unit) const {
        return (reviews_.holds(unit) || registers_.holds(unit)) && (!below_ || below_->contains(unit));
    }

private:
    people::Scope reviews_, registers_;
    std::optional<std::unordered_set<UnitId>> below_;
};

std::vector<Listed> chosen_from(const store::Reader& reader, const people::Viewer& viewer, const Filter& filter,
                                Day today) {
    auto all = listed(reader, filter.cycle->stored.id, filter.state);
    const Reach reach(reader, viewer, filter, today);
    std::erase_if(all, [&](const Listed& one) { return !reach.holds(one.unit); });
    return all;
}

json::array state_choices(State chosen, Language language) {
    json::array rows;
    for (const State state : states)
        rows.push_back(
            json::object{{"key", code(state)}, {"title", state_title(state, language)}, {"chosen", state == chosen}});
    return rows;
}

json::array cycle_choices(const Desk& desk, const store::Reader& reader, const Filter& filter, Language language) {
    json::array rows;
    for (const auto& cycle : desk.cycles.taking(reader)) {
        json::object row = cycle_reference(*cycle, language);
        row["chosen"] = cycle->stored.id == filter.cycle->stored.id;
        rows.push_back(std::move(row));
    }
    return rows;
}

/// The steps that leave the state, as far as many may take them at once.
json::array verb_choices(const Filter& filter, const std::string& chosen, Language language) {
    json::array rows;
    for (const Move& move : moves_from(filter.state)) {
        if (move.verb == Verb::transfer) continue;
        const std::string verb(code(move.verb));
        rows.push_back(json::object{
            {"key", verb}, {"title", say(language, "exemplars.verb." + verb)}, {"chosen", verb == chosen}});
    }
    return rows;
}

template <class Entry>
json::array entry_rows(const std::vector<Entry>& entries, const std::string& chosen, Language language) {
    json::array rows;
    for (const auto& one : entries)
        rows.push_back(
            json::object{{"key", one.key}, {"title", pick(one.title, language)}, {"chosen", one.key == chosen}});
    return rows;
}

/// The title of an entry of a catalogue; its key where it has none, or is no entry.
template <class Entry>
std::string title_of_key(const std::vector<Entry>& entries, const std::string& key, Language language) {
    const auto found = std::find_if(entries.begin(), entries.end(), [&](const Entry& one) { return one.key == key; });
    return found == entries.end() || pick(found->title, language).empty() ? key : pick(found->title, language);
}

std::vector<std::string> wanted_ids(const Desk& desk, const store::Reader& reader, const people::Viewer& viewer,
                                    const Request& request) {
    std::vector<std::string> ids;
    if (request.field("all") == "1") {
        if (const auto filter = filter_of(desk, reader, request))
            for (const auto& one : chosen_from(reader, viewer, *filter, desk.today())) ids.push_back(one.public_id);
    } else {
        ids = all_sent(request, "ids");
    }
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    if (ids.empty()) throw Problem("exemplar.none-chosen", {}, "ids");
    if (ids.size() > most_at_once) throw Problem("exemplar.too-many", {{"most", std::to_string(most_at_once)}}, "ids");
    return ids;
}

struct Line {
    Exemplar exemplar;
    std::optional<Allowed> allowed;
    std::optional<Problem> why_not;
};

struct Plan {
    StepWish wish;
    std::vector<Line> lines;
    std::size_t able = 0;
    std::string version;  // changes when one of the exemplars does
};

Line line_of(const Desk& desk, const store::Reader& reader, const people::Viewer& viewer, Exemplar exemplar,
             const StepWish& wish, Language language) {
    Line line{std::move(exemplar), std::nullopt, std::nullopt};
    try {
        line.allowed = allowed_step(desk, reader, &viewer, line.exemplar, wish, language);
    } catch (const Problems& problems) {
        line.why_not = problems.list.front();
    } catch (const Problem& problem) {
        line.why_not = problem;
    }
    return line;
}

Plan plan_of(const Desk& desk, const store::Reader& reader, const Request& request) {
    const people::Viewer& viewer = must_review(reader, request);
    Plan plan{read_step(reader, request, desk.today()), {}, 0, {}};
    std::string all = request.field("verb") + request.field("level") + request.field("decision") + request.field("on");
    for (const std::string& id : wanted_ids(desk, reader, viewer, request)) {
        auto exemplar = must_find_exemplar(reader, &viewer, id);
        all += "\n" + id + " " + std::to_string(exemplar.since);
        plan.lines.push_back(line_of(desk, reader, viewer, std::move(exemplar), plan.wish, request.language));
        plan.able += plan.lines.back().allowed ? 1 : 0;
    }
    plan.version = store::sha256_hex(all).substr(0, 32);
    return plan;
}

json::object line_part(const store::Reader& reader, const Line& line, Day today, Language language) {
    json::object part = exemplar_reference(line.exemplar, language);
    part["unit"] = units::unit_reference(units::unit(reader, line.exemplar.unit, today), language);
    part["will"] = line.allowed.has_value();
    if (line.why_not) part["why_not"] = sentence(language, *line.why_not);
    return part;
}

/// The unit that decides a line.
json::object decider_part(const Desk& desk, const store::Reader& reader, const Line& line, Language language) {
    return units::unit_reference(units::unit(reader, line.allowed->step.by_unit.value(), desk.today()), language);
}

/// Whether it is the same one in every line.
bool one_decides(const Plan& plan) {
    std::optional<UnitId> one;
    for (const Line& line : plan.lines) {
        if (!line.allowed) continue;
        const auto by = line.allowed->step.by_unit;
        if (one && by != one) return false;
        one = by;
    }
    return true;
}

/// What is about to be decided, as it was typed: rows {name, title, text}.
json::array decided_parts(const Desk& desk, const store::Reader& reader, const Plan& plan, Language language) {
    const StepWish& wish = plan.wish;
    const auto cycle = desk.cycles.of(reader, plan.lines.front().exemplar);
    const auto able = std::find_if(plan.lines.begin(), plan.lines.end(), [](const Line& one) { return !!one.allowed; });
    json::array rows;
    const auto add = [&](const char* name, const char* title, const std::string& text) {
        if (!text.empty())
            rows.push_back(json::object{{"name", name}, {"title", say(language, title)}, {"text", text}});
    };
    if (able != plan.lines.end() && able->allowed->step.by_unit && one_decides(plan))
        add("by_unit", "t.ex_decided_by",
            std::string(decider_part(desk, reader, *able, language).at("name").as_string()));
    add("level", "t.ex_level", title_of_key(cycle->rules.levels, wish.level, language));
    add("decision", "t.ex_decision_number", wish.decision);
    add("on", "t.day", date_text(language, (wish.on == Day::always() ? desk.today() : wish.on).text()));
    add("reason", "t.ex_reason_choice", title_of_key(cycle->rules.reasons, wish.reason, language));
    add("note", "t.ex_note", wish.note);
    return rows;
}

/// The fields that the plan's page sends on.
json::array carried(const Request& request, const Plan& plan) {
    json::array rows;
    for (const char* name : {"verb", "level", "decision", "on", "reason", "note", "by_unit"})
        if (const std::string value = request.field(name); !value.empty())
            rows.push_back(json::object{{"name", name}, {"value", value}});
    for (const Line& line : plan.lines)
        rows.push_back(json::object{{"name", "ids"}, {"value", line.exemplar.public_id}});
    return rows;
}

Answer plan_answer(const Desk& desk, const store::Reader& reader, const Request& request, const Plan& plan) {
    const Language language = request.language;
    json::array lines;
    const bool together = one_decides(plan);
    for (const Line& line : plan.lines) {
        lines.push_back(line_part(reader, line, desk.today(), language));
        if (!together && line.allowed && line.allowed->step.by_unit)
            lines.back().as_object()["by"] = decider_part(desk, reader, line, language);
    }
    std::stable_partition(lines.begin(), lines.end(), [](const json::value& one) { return !one.at("will").as_bool(); });
    const std::string verb(code(plan.wish.verb));
    Answer answer{.template_name = "exemplars/plan"};
    answer.document = {
        {"title", say(language, "exemplars.plan-title")},
        {"lede", say(language, "exemplars.plan-lede",
                     {{"able", std::to_string(plan.able)}, {"count", std::to_string(plan.lines.size())}})},
        {"verb", verb},
        {"verb_title", say(language, "exemplars.verb." + verb)},
        {"count", plan.lines.size()},
        {"able", plan.able},
        {"all_can", plan.able == plan.lines.size()},
        {"some_can", plan.able > 0},
        {"version", plan.version},
        {"action", "/exemplars/bulk"},
        {"decided", decided_parts(desk, reader, plan, language)},
        {"carried", carried(request, plan)},
        {"lines", std::move(lines)}};
    return answer;
}

/// Everything or nothing, unless only those were asked for that can.
void must_be_able(const Plan& plan, bool only_able) {
    if (plan.able == 0 || (!only_able && plan.able < plan.lines.size()))
        throw Problem("exemplar.not-all-can",
                      {{"able", std::to_string(plan.able)}, {"count", std::to_string(plan.lines.size())}}, "mode", 409);
}

Answer carried_out(const Desk& desk, const Request& request) {
    const auto reader = desk.store.read();
    const Plan plan = plan_of(desk, reader, request);
    web::must_match(request, plan.version);
    const std::string mode = request.field("mode", "all");
    if (mode != "all" && mode != "able") throw Problem("exemplar.bad-choice", {{"value", mode.substr(0, 20)}}, "mode");
    must_be_able(plan, mode == "able");

    const auto first =
        std::find_if(plan.lines.begin(), plan.lines.end(), [](const Line& one) { return one.allowed.has_value(); });
    auto change = desk.store.change(first->allowed->permit);
    json::array ids;
    json::object told = told_of_step(change, first->allowed->step, desk.today());
    for (const Line& line : plan.lines) {
        if (!line.allowed) continue;
        const Event event = take_step(change, line.exemplar, line.allowed->step);
        for (const StepPart& part : desk.parts.steps) part(change, line.exemplar, event, told);
        ids.emplace_back(line.exemplar.public_id);
    }
    told["exemplars"] = std::move(ids);
    const auto entry = change.commit("exemplar.steps", request.field("decision"), told);
    Answer answer{.template_name = "web/done"};
    answer.location = "/exemplars/bulk?movement=" + web::percent_encoded(first->exemplar.movement) +
                      "&period=" + web::percent_encoded(first->exemplar.period) +
                      "&state=" + std::string(code(first->allowed->step.to)) + "&done=" + std::to_string(entry);
    answer.document = {{"title", say(request.language, "exemplars.plan-title")},
                       {"done", true},
                       {"changed", plan.able},
                       {"entry", entry},
                       {"href", answer.location}};
    return answer;
}

/// What the journal entry `asked` did with exemplars within reach, in one sentence; "" where it did nothing of the
/// kind.
std::string told_done(const store::Reader& reader, const Reach& reach, const std::string& asked, Language language) {
    std::int64_t seq = 0;
    const auto [end, fault] = std::from_chars(asked.data(), asked.data() + asked.size(), seq);
    if (fault != std::errc() || end != asked.data() + asked.size() || seq < 1) return {};
    auto events = events_after(reader, seq - 1, static_cast<int>(most_at_once));
    std::erase_if(events, [&](const Event& one) { return one.seq != seq || !reach.holds(one.unit); });
    if (events.empty()) return {};
    const Event& one = events.front();
    return say(language, "exemplars.many-done",
               {{"count", std::to_string(events.size())},
                {"step", say(language, "exemplars.verb." + std::string(code(one.verb)))},
                {"decided", one.decision.empty() ? "no" : "yes"},
                {"decision", one.decision},
                {"day", date_text(language, one.on.text())}});
}

/// What is wrong with the step's own form: the same for all of them. Null where one can, where each has its own reason,
/// and where it is the exemplars' texts that are not complete.
const Problem* wrong_for_all(const Plan& plan) {
    constexpr std::string_view of_the_step[] = {"level", "decision", "on", "reason", "note", "by_unit"};
    const auto& first = plan.lines.front().why_not;
    if (first && std::find(std::begin(of_the_step), std::end(of_the_step), first->field) == std::end(of_the_step))
        return nullptr;
    const bool all =
        first && first->status == 422 && std::all_of(plan.lines.begin(), plan.lines.end(), [&](const Line& line) {
            return line.why_not && line.why_not->code == first->code && line.why_not->field == first->field;
        });
    return all ? &*first : nullptr;
}

json::array rows_of(const Desk& desk, const store::Reader& reader, const Request& request,
                    const std::vector<Listed>& chosen) {
    const people::Viewer& viewer = *people::viewer_of(request);
    const auto ticked = all_sent(request, "ids");
    json::array rows;
    for (std::size_t i = 0; i < chosen.size() && i < most_shown; ++i) {
        const Exemplar one = must_find_exemplar(reader, &viewer, chosen[i].public_id);
        json::object row = exemplar_reference(one, request.language);
        row["unit"] = units::unit_reference(units::unit(reader, one.unit, desk.today()), request.language);
        row["ticked"] = std::find(ticked.begin(), ticked.end(), one.public_id) != ticked.end();
        rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace

Answer choose_many(const Desk& desk, const Request& request) {
    const auto reader = desk.store.read();
    const people::Viewer& viewer = must_review(reader, request);
    const Language language = request.language;
    Answer answer{.template_name = "exemplars/many"};
    json::object& document = answer.document;
    document = {{"title", say(language, "exemplars.many-title")},
                {"href", "/exemplars/bulk"},
                {"choosing", false},
                {"rows", json::array()}};
    const auto filter = filter_of(desk, reader, request);
    if (!filter) {
        document["lede"] = say(language, "exemplars.choose-cycle", {{"count", "0"}});
        return answer;
    }
    const Reach reach(reader, viewer, *filter, desk.today());
    if (const auto done = told_done(reader, reach, request.asked("done"), language); !done.empty())
        document["done_text"] = done;
    const auto chosen = chosen_from(reader, viewer, *filter, desk.today());
    json::array rows = rows_of(desk, reader, request, chosen);
    document["lede"] = say(language, "exemplars.many-lede",
                           {{"count", std::to_string(chosen.size())}, {"shown", std::to_string(rows.size())}});
    document["choosing"] = true;
    document["count"] = chosen.size();
    document["movement"] = cycle_reference(*filter->cycle, language);
    document["cycles"] = cycle_choices(desk, reader, *filter, language);
    document["states"] = state_choices(filter->state, language);
    document["state"] = code(filter->state);
    if (!filter->unit_text.empty()) document["unit_below"] = filter->unit_text;
    document["verbs"] = verb_choices(*filter, request.field("verb"), language);
    document["levels"] = entry_rows(filter->cycle->rules.levels, request.field("level"), language);
    document["reasons"] = entry_rows(filter->cycle->rules.reasons, request.field("reason"), language);
    document["rows"] = std::move(rows);
    return answer;
}

Answer plan_many(const Desk& desk, const Request& request) {
    const auto reader = desk.store.read();
    try {
        const Plan plan = plan_of(desk, reader, request);
        if (const auto* wrong = wrong_for_all(plan); wrong && !wants_json(request)) throw *wrong;
        return plan_answer(desk, reader, request, plan);
    } catch (const Problem& problem) {
        if (problem.status != 422) throw;
        Answer page = choose_many(desk, request);
        json::object& typed = page.document["typed"].emplace_object();
        for (const char* name : {"decision", "on", "note"}) typed[name] = request.field(name);
        return web::again(request, std::move(page), problem);
    }
}

Answer apply_many(const Desk& desk, const Request& request) {
    try {
        return carried_out(desk, request);
    } catch (const Problem& problem) {
        if (problem.status != 409 && problem.status != 412) throw;
        const auto reader = desk.store.read();
        return web::again(request, plan_answer(desk, reader, request, plan_of(desk, reader, request)), problem);
    }
}

}  // namespace guidon::exemplars
