#include <algorithm>
#include <boost/json.hpp>

#include "base/threads.h"
#include "cli/result_files.h"

namespace guidon::cli {
namespace {

namespace json = boost::json;
using scoring::Cell;
using scoring::CriterionOutcome;
using scoring::Engine;
using scoring::Explanation;

/// Figures are text, so that no reader of JSON makes binary floating point of them; what there is none of is null.
json::value text_or_null(const std::string& text) {
    return text.empty() ? json::value(nullptr) : json::value(text);
}

json::value cell_part(Cell cell, const std::string& text) {
    if (cell.is_not_applicable()) return "na";
    return text_or_null(text);
}

json::value cell_part(Cell cell) {
    return cell_part(cell, cell.reported() ? cell.value().text() : "");
}

json::value code_part(const Engine& engine, int unit) {
    return unit < 0 ? json::value(nullptr) : json::value(engine.field().codes[static_cast<std::size_t>(unit)]);
}

const char* rule_name(const scoring::Rule& rule) {
    constexpr const char* names[] = {"ratio", "bands", "graded", "per_case", "yes_no", "formula", "relative"};
    return names[rule.index()];
}

const char* state_name(CriterionOutcome::State state) {
    constexpr const char* names[] = {
        "counted",     "skipped-missing", "skipped-not-applicable", "full-not-applicable", "zero-not-applicable",
        "zero-missing"};
    return names[static_cast<int>(state)];
}

json::object criterion_part(const scoring::Rulebook& rules, std::size_t i, const CriterionOutcome& outcome) {
    const auto& criterion = rules.criteria[i];
    json::object part = {{"key", criterion.key},
                         {"indicator", rules.indicators[static_cast<std::size_t>(criterion.indicator)].key},
                         {"state", state_name(outcome.state)},
                         {"value", cell_part(outcome.value, outcome.value_text)},
                         {"target", cell_part(outcome.target, outcome.target_text)},
                         {"rolled_up", outcome.rolled_up},
                         {"rule", rule_name(criterion.rule)},
                         {"working", text_or_null(outcome.working)},
                         {"points_exact", text_or_null(outcome.exact)},
                         {"points", text_or_null(outcome.points)},
                         {"max", text_or_null(outcome.max)}};
    if (!outcome.limit.empty()) part["to"] = outcome.limit;
    if (std::holds_alternative<scoring::Relative>(criterion.rule) && outcome.peers > 0)
        part["peers"] = json::object{{"count", outcome.peers},
                                     {"place", outcome.place},
                                     {"best", text_or_null(outcome.best)},
                                     {"worst", text_or_null(outcome.worst)}};
    return part;
}

/// What decided between the unit and a neighbour: the total, one of the ties by its position, or nothing.
json::value decided_by(const Engine& engine, int neighbour, int tie) {
    const auto& rules = engine.rules();
    if (neighbour < 0) return nullptr;
    if (tie < 0) return "total";
    if (tie >= static_cast<int>(rules.ranking.ties.size())) return "rest";
    const auto& decisive = rules.ranking.ties[static_cast<std::size_t>(tie)];
    const auto index = static_cast<std::size_t>(decisive.index);
    const std::string sign = decisive.lower_is_better ? "-" : "";
    switch (decisive.by) {
        case scoring::Tie::By::criterion:
            return json::value(sign + "criterion:" + rules.criteria[index].key);
        case scoring::Tie::By::section:
            return json::value(sign + "section:" + rules.sections[index].key);
        case scoring::Tie::By::among:
            return json::value(sign + "among:" + rules.indicators[index].key);
        case scoring::Tie::By::indicator:
            break;
    }
    return json::value(sign + "indicator:" + rules.indicators[index].key);
}

json::value class_part(const Engine& engine, int class_index) {
    if (class_index < 0) return nullptr;
    return json::value(engine.rules().classes[static_cast<std::size_t>(class_index)].key);
}

void add_sheet(const Engine& engine, const Explanation& why, json::object& line) {
    const auto& rules = engine.rules();
    json::array criteria, sections, gates;
    for (std::size_t i = 0; i < why.criteria.size(); ++i) criteria.push_back(criterion_part(rules, i, why.criteria[i]));
    for (std::size_t i = 0; i < why.sections.size(); ++i)
        sections.push_back(json::object{{"key", rules.sections[i].key},
                                        {"points", text_or_null(why.sections[i].points)},
                                        {"max", text_or_null(why.sections[i].max)},
                                        {"before_cap", text_or_null(why.sections[i].uncapped)}});
    for (std::size_t i = 0; i < why.gates.size(); ++i)
        gates.push_back(json::object{
            {"key", rules.gates[i].key}, {"value", cell_part(why.gates[i].value)}, {"passed", why.gates[i].passed}});
    line["criteria"] = std::move(criteria);
    line["sections"] = std::move(sections);
    line["gates"] = std::move(gates);
}

std::string explanation(const Engine& engine, int unit) {
    const Explanation why = engine.explain(unit);
    json::object line = {{"unit", code_part(engine, unit)},
                         {"group", engine.peer_group_code(engine.peer_group(unit))},
                         {"rank", why.ranked ? json::value(why.rank) : json::value(nullptr)},
                         {"peers", engine.peers(unit)}};
    if (why.ranked) {
        line["total"] = why.total;
        line["total_exact"] = text_or_null(why.total_exact);
        line["max"] = why.max;
        line["class"] = class_part(engine, why.class_index);
        line["class_by_points"] = class_part(engine, why.class_by_points);
        line["capped_by_gate"] = why.capped_by_gate;
        line["moved_by_quota"] = why.moved_by_quota;
        add_sheet(engine, why, line);
        line["above"] = json::object{{"unit", code_part(engine, why.above)},
                                     {"gap", text_or_null(why.gap_above)},
                                     {"decided_by", decided_by(engine, why.above, why.tie_above)},
                                     {"needed", text_or_null(why.needed)}};
        line["below"] = json::object{{"unit", code_part(engine, why.below)},
                                     {"gap", text_or_null(why.gap_below)},
                                     {"decided_by", decided_by(engine, why.below, why.tie_below)}};
        json::array same;
        for (const int other : why.shares_with) same.push_back(code_part(engine, other));
        line["shares_rank_with"] = std::move(same);
    }
    return json::serialize(line) + "\n";
}

}  // namespace

void write_explanations(const Engine& engine, int threads, const Sink& sink) {
    std::vector<int> units;
    for (const int group : engine.peer_group_order()) {
        const auto& members = engine.members(group);
        units.insert(units.end(), members.begin(), members.end());
    }
    // A nation's explanations are a gigabyte: they are made and written batch by batch.
    const std::size_t workers = static_cast<std::size_t>(std::max(threads, 1)), share = 512;
    for (std::size_t from = 0; from < units.size(); from += workers * share) {
        std::vector<std::string> texts(workers);
        on_threads(static_cast<int>(workers), [&](int i) {
            const std::size_t begin = from + static_cast<std::size_t>(i) * share;
            for (std::size_t k = begin; k < std::min(begin + share, units.size()); ++k)
                texts[static_cast<std::size_t>(i)] += explanation(engine, units[k]);
        });
        for (const std::string& text : texts) sink(text);
    }
}

}  // namespace guidon::cli
