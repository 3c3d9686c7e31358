#include "movements/cycle_exemplars.h"

#include <algorithm>
#include <map>

#include "movements/cycle_table.h"

namespace guidon::movements {
namespace {

const Keys exemplars_keys{"opens", "closes", "kinds", "fields", "topics", "levels", "reasons", "review_months"};
const Keys entry_keys{"key", "title"};
const Keys level_keys{"key", "title", "recognised_by", "after"};
const Range months{Decimal::whole(1), Decimal::whole(120)};

template <class Entry>
const Entry* found(const std::vector<Entry>& all, std::string_view key) {
    const auto it = std::find_if(all.begin(), all.end(), [&](const Entry& one) { return one.key == key; });
    return it == all.end() ? nullptr : &*it;
}

/// The tables of `[[exemplars.LIST]]`; a key twice is a fault at its second place.
template <class Entry, class Read>
std::vector<Entry> entries(const TableReader& table, const std::string& list, const Keys& keys, const Read& read) {
    std::vector<Entry> all;
    std::map<std::string, int> lines;
    for (const Node* node : table.tables(list)) {
        const TableReader entry(*node, "[[exemplars." + list + "]] " + std::to_string(all.size() + 1), keys,
                                table.report());
        Entry one;
        one.key = entry.identifier("key", Need::required);
        one.title = entry.texts("title");
        read(entry, one);
        const auto [first, added] = lines.try_emplace(one.key, entry.place("key").line);
        if (!added && !one.key.empty())
            table.report().fault(
                entry.place("key"), "movement.twice",
                {{"key", one.key}, {"list", "exemplars." + list}, {"line", std::to_string(first->second)}});
        all.push_back(std::move(one));
    }
    return all;
}

const auto nothing_more = [](const TableReader&, Entitled&) {};

void check_kinds(const TableReader& table, std::vector<std::string>& kinds) {
    for (const auto& kind : kinds)
        if (kind != "model" && kind != "example")
            table.report().fault(table.place("kinds"), "movement.exemplar-kind", {{"value", kind}});
    if (kinds.empty()) kinds = {"model", "example"};
}

void check_levels(const TableReader& table, const ExemplarRules& rules) {
    for (std::size_t i = 0; i < rules.levels.size(); ++i) {
        const Level& level = rules.levels[i];
        if (level.after.empty()) continue;
        const int before = rules.rank_of_level(level.after);
        if (before == 0 || before > static_cast<int>(i))
            table.report().fault(table.place("levels"), "movement.level-after",
                                 {{"level", level.key}, {"after", level.after}});
    }
}

}  // namespace

const Entitled* ExemplarRules::field(std::string_view key) const {
    return found(fields, key);
}
const Entitled* ExemplarRules::topic(std::string_view key) const {
    return found(topics, key);
}
const Entitled* ExemplarRules::reason(std::string_view key) const {
    return found(reasons, key);
}
const Level* ExemplarRules::level(std::string_view key) const {
    return found(levels, key);
}
int ExemplarRules::rank_of_level(std::string_view key) const {
    const Level* it = level(key);
    return it ? static_cast<int>(it - levels.data()) + 1 : 0;
}

ExemplarRules read_exemplar_rules(const config::Node& node, Report& report) {
    const TableReader table(node, "[exemplars]", exemplars_keys, report);
    ExemplarRules rules;
    rules.opens = table.date("opens");
    rules.closes = table.date("closes");
    if (!rules.opens.empty() && !rules.closes.empty() && rules.closes < rules.opens)
        report.fault(table.place("closes"), "movement.ends-before-starts",
                     {{"starts", rules.opens}, {"ends", rules.closes}});
    rules.kinds = table.words("kinds");
    check_kinds(table, rules.kinds);
    rules.fields = entries<Entitled>(table, "fields", entry_keys, nothing_more);
    rules.topics = entries<Entitled>(table, "topics", entry_keys, nothing_more);
    rules.reasons = entries<Entitled>(table, "reasons", entry_keys, nothing_more);
    rules.levels = entries<Level>(table, "levels", level_keys, [](const TableReader& entry, Level& level) {
        level.recognised_by = entry.words("recognised_by");
        level.after = entry.identifier("after", Need::optional);
    });
    check_levels(table, rules);
    for (const auto& [list, empty] : {std::pair{"fields", rules.fields.empty()}, {"levels", rules.levels.empty()}})
        if (empty) table.missing_key(list);
    if (const auto given = table.number("review_months", months)) rules.review_months = std::stoi(given->text());
    return rules;
}

}  // namespace guidon::movements
