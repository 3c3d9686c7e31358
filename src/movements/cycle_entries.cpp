#include "movements/cycle_entries.h"

#include <algorithm>

#include "movements/cycle_rules.h"

namespace guidon::movements {

using namespace scoring;

namespace {

constexpr int most_entries = 1'000'000;

std::optional<int> whole_number(const TableReader& table, std::string_view key, int least) {
    const auto number = table.number(key, {Decimal::whole(least), Decimal::whole(most_entries)});
    if (!number) return std::nullopt;
    if (number->in_millionths() % Decimal::unit != 0) {
        table.report().fault(table.place(key), "movement.whole-number",
                             {{"key", std::string(key)}, {"value", number->text()}});
        return std::nullopt;
    }
    return static_cast<int>(number->in_millionths() / Decimal::unit);
}

}  // namespace

Keys entry_keys() {
    return {"entries",         "from",        "equals",       "at_least", "at_most", "bands",
            "lower_is_better", "drop_lowest", "drop_highest", "best",     "round"};
}

void read_entries(const TableReader& table, Indicator& indicator) {
    const auto keys = entry_keys();
    if (std::none_of(keys.begin(), keys.end(), [&](std::string_view key) { return table.has(key); })) return;
    EntryRule rule;
    rule.combine = table.choice("entries", rule.combine, names::combine_entries, Need::required);
    indicator.from = table.identifier("from", Need::optional);
    rule.equals = table.number("equals", any_number);
    rule.at_least = table.number("at_least", any_number);
    rule.at_most = table.number("at_most", any_number);
    rule.lower_is_better = table.yes("lower_is_better");
    if (table.has("bands")) rule.bands = read_bands(table, rule.lower_is_better);
    rule.drop_lowest = whole_number(table, "drop_lowest", 0).value_or(0);
    rule.drop_highest = whole_number(table, "drop_highest", 0).value_or(0);
    rule.best = whole_number(table, "best", 1);
    rule.round = read_rounding(table, rule.round);
    if (rule.round.step == Decimal()) {
        table.report().fault(table.place("round"), "movement.entries-step");
        rule.round = EntryRule().round;
    }
    indicator.entries = std::move(rule);
}

void check_sources(const std::vector<Indicator>& indicators, const std::vector<const Node*>& nodes, Report& report) {
    for (const auto* node : nodes) {
        const auto *from = node->find("from"), *key = node->find("key");
        if (!from || !key || from->text == key->text) continue;
        const auto source = std::find_if(indicators.begin(), indicators.end(),
                                         [&](const Indicator& other) { return other.key == from->text; });
        if (source != indicators.end() && !source->from.empty() && source->from != source->key)
            report.fault(from->place, "movement.entries-from", {{"from", from->text}, {"source", source->from}});
    }
}

}  // namespace guidon::movements
