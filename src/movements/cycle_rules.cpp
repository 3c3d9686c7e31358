#include "movements/cycle_rules.h"

#include <algorithm>

#include "movements/cycle_formula.h"

namespace guidon::movements {

using namespace scoring;

namespace {

// What the tables may hold. An optional key of the format is added here and read below.
const Keys criterion_keys{"key",    "section", "title",   "value",          "max",
                          "weight", "rule",    "missing", "not_applicable", "round"};
const Keys gate_keys{"key", "title", "value", "passes", "caps_class", "missing"};
const Keys ranking_keys{"within", "order", "ties", "rest"};
const Keys rounding_keys{"step", "mode"};
const Keys band_keys{"from", "points"};

const Keys& rule_keys(names::RuleKind kind) {
    static const Keys ratio{"kind", "from", "to"}, bands{"kind", "bands", "on", "lower_is_better"}, graded{"kind"},
        per_case{"kind", "each", "least", "most"}, yes_no{"kind"}, formula{"kind", "expression", "least", "most"},
        relative{"kind", "method", "lower_is_better"};
    switch (kind) {
        case names::RuleKind::ratio:
            return ratio;
        case names::RuleKind::bands:
            return bands;
        case names::RuleKind::graded:
            return graded;
        case names::RuleKind::per_case:
            return per_case;
        case names::RuleKind::yes_no:
            return yes_no;
        case names::RuleKind::formula:
            return formula;
        case names::RuleKind::relative:
            return relative;
    }
    return graded;
}

/// A number, "target" or an indicator's key.
Limit read_limit(const Node& rule, const TableReader& table, RuleContext& context) {
    const auto* to = rule.find("to");
    if (!to)
        table.missing_key("to");
    else if (to->kind == Node::Kind::number) {
        if (const auto number = table.number_in(*to, "to", any_number)) return *number;
    } else if (to->kind != Node::Kind::text)
        table.wrong_type(*to, "to", "limit");
    else if (to->text != "target") {
        const auto key = table.identifier("to", Need::required);
        if (!key.empty()) return IndicatorRef{context.indicators.of(key)};
    }
    return Target{};
}

void check_least_most(const TableReader& table, const std::optional<Decimal>& least,
                      const std::optional<Decimal>& most) {
    if (least && most && *most < *least)
        table.report().fault(table.place("least"), "movement.least-above-most",
                             {{"least", least->text()}, {"most", most->text()}});
}

/// Where in the file byte `offset` of a one-line text stands; the text's place where that cannot be told.
Place place_in(const Node& text, std::size_t offset) {
    if (text.text.find_first_of("\n\r\"\\\t") != std::string::npos) return text.place;
    Place place = text.place;
    ++place.column;  // the opening quote
    for (std::size_t i = 0; i < std::min(offset, text.text.size()); ++i)
        place.column += (static_cast<unsigned char>(text.text[i]) & 0xC0) != 0x80;
    return place;
}

Formula read_formula_rule(const Node& rule, const TableReader& table, RuleContext& context) {
    Formula formula;
    formula.least = table.number("least", any_number);
    formula.most = table.number("most", any_number);
    check_least_most(table, formula.least, formula.most);
    formula.expression = table.text("expression", Need::required);
    if (formula.expression.empty()) return formula;
    auto reading = read_expression(formula.expression, context.known_keys);
    if (reading.wrong) {
        auto arguments = reading.wrong->arguments;
        arguments["expression"] = formula.expression;
        arguments["position"] = std::to_string(reading.wrong->offset + 1);
        table.report().fault(place_in(*rule.find("expression"), reading.wrong->offset), reading.wrong->code, arguments);
        return formula;
    }
    for (const auto& name : reading.names) formula.indicators.push_back(context.indicators.of(name));
    return formula;
}

PerCase read_per_case(const TableReader& table) {
    PerCase rule;
    rule.each = table.number("each", any_number, Need::required).value_or(Decimal());
    rule.least = table.number("least", any_number);
    rule.most = table.number("most", any_number);
    check_least_most(table, rule.least, rule.most);
    return rule;
}

std::optional<names::RuleKind> rule_kind(const Node& rule, const std::string& name, Report& report) {
    // Which keys are allowed depends on the kind, so the kind is read before unknown keys are told.
    Keys any;
    for (const auto& entry : rule.entries) any.push_back(entry.key);
    const TableReader table(rule, name + ": rule", any, report);
    const auto* kind = rule.find("kind");
    const auto chosen = table.choice("kind", names::RuleKind::graded, names::rule_kinds, Need::required);
    if (!kind || kind->kind != Node::Kind::text || written(names::rule_kinds, chosen) != kind->text)
        return std::nullopt;
    return chosen;
}

Rule read_rule(const Node& rule, names::RuleKind kind, const std::string& name, RuleContext& context) {
    const TableReader table(rule, name + ": " + std::string(written(names::rule_kinds, kind)), rule_keys(kind),
                            context.report);
    switch (kind) {
        case names::RuleKind::ratio: {
            const auto from = table.number("from", any_number).value_or(Decimal());
            return Ratio{from, read_limit(rule, table, context)};
        }
        case names::RuleKind::bands: {
            Bands bands;
            bands.on = table.choice("on", BandsOn::value, names::bands_on);
            bands.lower_is_better = table.yes("lower_is_better");
            bands.bands = read_bands(table, bands.lower_is_better);
            return bands;
        }
        case names::RuleKind::graded:
            return Graded{};
        case names::RuleKind::per_case:
            return read_per_case(table);
        case names::RuleKind::yes_no:
            return YesNo{};
        case names::RuleKind::formula:
            return read_formula_rule(rule, table, context);
        case names::RuleKind::relative: {
            const auto method = table.choice("method", RelativeMethod::min_max, names::relative_methods);
            return Relative{method, table.yes("lower_is_better")};
        }
    }
    return Graded{};
}

void read_passes(const TableReader& owner, Gate& gate) {
    const auto* passes = owner.find("passes", Node::Kind::table, Need::required);
    if (!passes) return;
    const TableReader table(*passes, owner.name() + ": passes", {"at_most", "at_least", "equals"}, owner.report());
    int conditions = 0;
    for (const auto& [key, condition] : names::passes) {
        if (!table.has(key)) continue;
        ++conditions;
        gate.passes = condition;
        gate.bound = table.number(key, any_number).value_or(Decimal());
    }
    if (conditions != 1) owner.report().fault(passes->place, "movement.passes-one", {{"table", owner.name()}});
}

void read_tie(const Node& node, Ranking& ranking, RuleContext& context) {
    std::string_view text = node.text;
    Tie tie{Tie::By::criterion, -1, !text.empty() && text[0] == '-'};
    if (tie.lower_is_better) text.remove_prefix(1);
    const auto colon = text.find(':');
    const auto by = text.substr(0, colon);
    const std::string key(colon == std::string_view::npos ? "" : text.substr(colon + 1));
    const auto known = std::find_if(names::tie_kinds.begin(), names::tie_kinds.end(),
                                    [&](const auto& kind) { return kind.first == by; });
    if (key.empty() || known == names::tie_kinds.end()) {
        context.report.fault(node.place, "movement.tie-form", {{"value", node.text}});
        return;
    }
    tie.by = known->second;
    if (tie.by == Tie::By::criterion)
        tie.index = index_of(context.rules.criteria, key, node.place, "movement.unknown-criterion", context.report);
    else if (tie.by == Tie::By::section)
        tie.index = index_of(context.rules.sections, key, node.place, "movement.unknown-section", context.report);
    else
        tie.index = context.indicators.of(key);
    if (tie.index < 0) return;
    if (tie.by == Tie::By::among && !context.rules.indicators[static_cast<std::size_t>(tie.index)].entries) {
        context.report.fault(node.place, "movement.among-entries", {{"key", key}});
        return;
    }
    ranking.ties.push_back(tie);
}

}  // namespace

std::vector<Band> read_bands(const TableReader& table, bool lower_is_better) {
    std::vector<Band> bands;
    const auto nodes = table.tables("bands");
    bool complete = true;
    for (const auto* node : nodes) {
        const TableReader reader(*node, "bands", band_keys, table.report());
        const auto from = reader.number("from", any_number, Need::required);
        const auto points = reader.number("points", any_number, Need::required);
        complete = complete && from && points;
        bands.push_back({from.value_or(Decimal()), points.value_or(Decimal())});
    }
    if (!table.has("bands"))
        table.missing_key("bands");
    else if (bands.empty() && complete)
        table.report().fault(table.place("bands"), "movement.empty", {{"key", "bands"}});
    if (!complete || bands.size() < 2) return bands;

    const bool upwards = bands[0].from < bands[1].from;
    for (std::size_t i = 1; i < bands.size(); ++i) {
        const auto before = bands[i - 1].from, from = bands[i].from;
        if (upwards ? before < from : from < before) continue;
        table.report().fault(nodes[i]->place, "movement.bands-order",
                             {{"before", before.text()}, {"from", from.text()}});
        return bands;
    }
    if (upwards != lower_is_better) std::reverse(bands.begin(), bands.end());
    return bands;
}

int IndicatorIndex::of(const std::string& key) {
    const auto [at, added] = index_.try_emplace(key, static_cast<int>(indicators_.size()));
    if (added) indicators_.push_back({.key = key, .title = {}, .rollup = Rollup::none, .unit_of_measure = {}});
    return at->second;
}

Rounding read_rounding(const TableReader& owner, Rounding rounding) {
    const auto* node = owner.find("round", Node::Kind::table, Need::optional);
    if (!node) return rounding;
    const TableReader table(*node, owner.name() + ": round", rounding_keys, owner.report());
    rounding.step = table.number("step", not_negative).value_or(rounding.step);
    rounding.mode = table.choice("mode", rounding.mode, names::round_modes);
    return rounding;
}

Criterion read_criterion(const Node& node, const std::string& name, RuleContext& context) {
    const TableReader table(node, name, criterion_keys, context.report);
    Criterion criterion;
    criterion.key = table.identifier("key", Need::required);
    criterion.title = table.texts("title");
    if (const auto section = table.text("section"); !section.empty())
        criterion.section = index_of(context.rules.sections, section, table.place("section"),
                                     "movement.unknown-section", context.report);
    const auto indicator = table.identifier("value", Need::optional);
    criterion.indicator = context.indicators.of(indicator.empty() ? criterion.key : indicator);
    criterion.weight = table.number("weight", not_negative).value_or(criterion.weight);
    criterion.missing = table.choice("missing", criterion.missing, names::missing);
    criterion.not_applicable = table.choice("not_applicable", criterion.not_applicable, names::not_applicable);
    criterion.round = read_rounding(table);

    std::optional<names::RuleKind> kind;
    if (const auto* rule = table.find("rule", Node::Kind::table, Need::required)) {
        kind = rule_kind(*rule, name, context.report);
        if (kind) criterion.rule = read_rule(*rule, *kind, name, context);
    }
    const bool may_lack_max = !kind || *kind == names::RuleKind::per_case;
    criterion.max =
        table.number("max", not_negative, may_lack_max ? Need::optional : Need::required).value_or(Decimal());
    return criterion;
}

Gate read_gate(const Node& node, const std::string& name, RuleContext& context) {
    const TableReader table(node, name, gate_keys, context.report);
    Gate gate;
    gate.key = table.identifier("key", Need::required);
    gate.title = table.texts("title");
    const auto indicator = table.identifier("value", Need::optional);
    gate.indicator = context.indicators.of(indicator.empty() ? gate.key : indicator);
    read_passes(table, gate);
    gate.missing_passes = table.choice("missing", false, names::gate_missing);
    if (const auto caps = table.text("caps_class"); !caps.empty())
        gate.caps_class =
            index_of(context.rules.classes, caps, table.place("caps_class"), "movement.unknown-class", context.report);
    return gate;
}

Ranking read_ranking(const Node& node, RuleContext& context) {
    const TableReader table(node, "[ranking]", ranking_keys, context.report);
    Ranking ranking;
    ranking.within = table.choice("within", ranking.within, names::withins);
    ranking.order = table.choice("order", ranking.order, names::orders);
    ranking.rest = table.choice("rest", ranking.rest, names::rests);
    const auto* ties = table.find("ties", Node::Kind::list, Need::optional, "texts_list");
    if (!ties) return ranking;
    for (const auto& tie : ties->items) {
        if (tie.kind == Node::Kind::text)
            read_tie(tie, ranking, context);
        else
            table.wrong_type(tie, "ties", "texts_list");
    }
    return ranking;
}

}  // namespace guidon::movements
