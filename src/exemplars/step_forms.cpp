#include "exemplars/step_forms.h"

#include <algorithm>

#include "exemplars/steps.h"
#include "units/units_pages.h"

namespace guidon::exemplars {

namespace json = boost::json;
using people::Action;
using people::Gate;

namespace {

template <class Entry>
json::array choices(const std::vector<Entry>& entries, Language language) {
    json::array rows;
    for (const auto& one : entries) {
        const std::string& title = pick(one.title, language);
        rows.push_back(json::object{{"key", one.key}, {"title", title.empty() ? one.key : title}});
    }
    return rows;
}

/// Levels above the one that is reached and behind no other that is not, which one of the units decides.
std::vector<movements::Level> levels_for(const Exemplar& it, const movements::ExemplarRules& rules,
                                         const std::vector<units::Unit>& units) {
    std::vector<movements::Level> open;
    const int reached = rules.rank_of_level(it.level);
    for (const auto& level : rules.levels) {
        if (rules.rank_of_level(level.key) <= reached) continue;
        if (!level.after.empty() && rules.rank_of_level(level.after) > reached) continue;
        if (std::any_of(units.begin(), units.end(), [&](const auto& unit) { return decides(level, unit.kind); }))
            open.push_back(level);
    }
    return open;
}

/// The units in whose name the viewer may take this step.
std::vector<units::Unit> units_for(const Looking& looking, const Exemplar& it, const Move& move,
                                   const movements::ExemplarRules& rules, Day today) {
    auto units = deciding_units(looking.reader, looking.viewer, it, move.action, today);
    if (move.action == Action::recognise_exemplar)
        std::erase_if(units, [&](const auto& unit) { return !decides_some_level(rules, unit.kind); });
    return units;
}

json::object form_of(const Move& move, Language language) {
    const std::string verb(code(move.verb));
    const auto& needs = move.needs;
    return {{"verb", verb},
            {"title", say(language, "exemplars.verb." + verb)},
            {"to", code(move.to)},
            {"needs_level", needs.level},
            {"needs_reason", needs.reason},
            {"needs_decision", needs.decision},
            {"needs_unit", needs.unit},
            {"by_authority", move.side == Side::authority},
            {"quick", !needs.level && !needs.reason && !needs.decision && !needs.unit},
            {"levels", json::array()},
            {"reasons", json::array()},
            {"units", json::array()}};
}

/// Marks the rows of a list whose `key` is `value`.
void choose(json::value& rows, const char* key, const std::string& value) {
    for (auto& row : rows.as_array()) row.as_object()["chosen"] = !value.empty() && row.at(key).as_string() == value;
}

}  // namespace

void put_back(json::value& forms, const web::Request& request) {
    for (auto& one : forms.as_array()) {
        json::object& form = one.as_object();
        if (form.at("verb").as_string() != request.field("verb")) continue;
        form["unfolded"] = true;
        json::object& typed = form["typed"].emplace_object();
        for (const char* name : {"decision", "unit", "on", "note"}) typed[name] = request.field(name);
        choose(form.at("units"), "id", request.field("by_unit"));
        choose(form.at("levels"), "key", request.field("level"));
        choose(form.at("reasons"), "key", request.field("reason"));
    }
}

json::array step_forms(const Desk& desk, const Looking& looking, const Exemplar& exemplar, const OpenCycle& cycle) {
    json::array forms;
    if (!looking.viewer) return forms;
    const Language language = looking.request.language;
    const bool owner = Gate::may(looking.reader, looking.viewer, Action::register_exemplar, owner_place(exemplar));
    for (const Move& move : moves_from(exemplar.state)) {
        json::object form = form_of(move, language);
        if (move.side == Side::owner) {
            if (!owner) continue;
        } else {
            const auto units = units_for(looking, exemplar, move, cycle.rules, desk.today());
            if (units.empty()) continue;
            json::array rows;
            for (const auto& unit : units) rows.push_back(units::unit_reference(unit, language));
            form["units"] = std::move(rows);
            if (move.needs.level) {
                form["levels"] = choices(levels_for(exemplar, cycle.rules, units), language);
                if (form["levels"].as_array().empty()) continue;
            }
        }
        if (move.needs.reason && move.needs.decision) form["reasons"] = choices(cycle.rules.reasons, language);
        forms.push_back(std::move(form));
    }
    return forms;
}

}  // namespace guidon::exemplars
