#include "books/book_rules.h"

#include <algorithm>
#include <charconv>

#include "base/states.h"
#include "base/toml.h"

namespace guidon::books {
namespace {

using config::Entry;
using config::Node;

constexpr Names<By, 3> by_names{"field", "kind", "owner"};
constexpr Names<Line::Rule, 6> rule_names{"quota", "field", "kind", "owner", "most_each", "least_units"};

/// Reads one text of rules and remembers what is wrong with it.
class Reading {
public:
    Rules read(std::string_view toml);

private:
    void fault(const config::Place& place, const std::string& code, Arguments arguments = {}) {
        faults_.push_back({"", place.line, place.column, code, std::move(arguments)});
    }
    std::optional<int> count(const Node& node);
    void deadlines(const Node& table);
    void balance(const Node& table);
    void spread(const Node& table);
    template <class Each>
    void each(const Node& list, const Each& item) {
        if (list.kind != Node::Kind::list) return fault(list.place, "book.balance");
        for (const Node& one : list.items) item(one);
    }

    Rules rules_;
    std::vector<Fault> faults_;
};

std::optional<int> Reading::count(const Node& node) {
    int number = 0;
    const char* end = node.text.data() + node.text.size();
    const auto [stop, error] = std::from_chars(node.text.data(), end, number);
    const bool good = node.kind == Node::Kind::number && error == std::errc() && stop == end;
    if (good && number >= 0 && number <= 100'000) return number;
    fault(node.place, "book.number");
    return std::nullopt;
}

void Reading::deadlines(const Node& table) {
    for (const Entry& entry : table.entries) {
        const auto state = state_of(entry.key);
        const auto day = Day::parse(entry.node.text);
        if (!state || !day)
            fault(entry.place, "book.deadline", {{"key", entry.key}, {"known", state ? "yes" : "no"}});
        else
            rules_.deadlines[*state] = *day;
    }
}

void Reading::balance(const Node& table) {
    Balance balance;
    int named = 0;
    for (const Entry& entry : table.entries) {
        if (const auto by = by_names.find(entry.key); by && entry.node.kind == Node::Kind::text) {
            balance.by = *by;
            balance.key = entry.node.text;
            ++named;
        } else if (entry.key == "least") {
            balance.least = count(entry.node);
        } else if (entry.key == "most") {
            balance.most = count(entry.node);
        } else {
            fault(entry.place, "book.unknown-key", {{"key", entry.key}});
        }
    }
    if (named != 1 || (!balance.least && !balance.most)) return fault(table.place, "book.balance");
    if (balance.least && balance.most && *balance.most < *balance.least) return fault(table.place, "book.balance");
    rules_.balances.push_back(std::move(balance));
}

void Reading::spread(const Node& table) {
    Spread spread;
    for (const Entry& entry : table.entries) {
        if (entry.key == "unit_kind" && entry.node.kind == Node::Kind::text)
            spread.unit_kind = entry.node.text;
        else if (entry.key == "most_each")
            spread.most_each = count(entry.node);
        else if (entry.key == "least_units")
            spread.least_units = count(entry.node);
        else
            fault(entry.place, "book.unknown-key", {{"key", entry.key}});
    }
    if (spread.unit_kind.empty() || (!spread.most_each && !spread.least_units))
        return fault(table.place, "book.spread");
    rules_.spreads.push_back(std::move(spread));
}

Rules Reading::read(std::string_view toml) {
    if (const auto root = config::parse_toml(toml, "", "book", faults_)) {
        for (const Entry& entry : root->entries) {
            if (entry.key == "quota")
                rules_.quota = count(entry.node);
            else if (entry.key == "deadlines")
                deadlines(entry.node);
            else if (entry.key == "balance")
                each(entry.node, [&](const Node& table) { balance(table); });
            else if (entry.key == "spread")
                each(entry.node, [&](const Node& table) { spread(table); });
            else
                fault(entry.place, "book.unknown-key", {{"key", entry.key}});
        }
    }
    if (!faults_.empty()) {
        Fault& first = faults_.front();
        first.arguments["line"] = std::to_string(first.line);
        throw Problem(first.code, first.arguments, "rules");
    }
    return std::move(rules_);
}

Line::Rule rule_of(By by) {
    return by == By::field ? Line::Rule::field : by == By::kind ? Line::Rule::kind : Line::Rule::owner;
}

int count_of(const Balance& balance, const std::vector<Share>& choice) {
    return static_cast<int>(std::count_if(choice.begin(), choice.end(), [&](const Share& share) {
        const std::string& text = balance.by == By::field  ? share.field
                                  : balance.by == By::kind ? share.kind
                                                           : share.owner;
        return text == balance.key;
    }));
}

void weigh_spread(std::vector<Line>& lines, const Spread& spread, const std::vector<Share>& choice) {
    std::map<std::string, int> by_unit;
    for (const Share& share : choice)
        if (const auto unit = share.units.find(spread.unit_kind); unit != share.units.end()) ++by_unit[unit->second];
    if (spread.most_each) {
        const auto fuller = [](const auto& one, const auto& other) { return one.second < other.second; };
        const auto fullest = std::max_element(by_unit.begin(), by_unit.end(), fuller);
        bool any = false;
        for (const auto& [unit, count] : by_unit) {
            if (count <= *spread.most_each) continue;
            any = true;
            lines.push_back({Line::Rule::most_each, spread.unit_kind, unit, count, {}, spread.most_each});
        }
        if (!any)
            lines.push_back({Line::Rule::most_each,
                             spread.unit_kind,
                             fullest == by_unit.end() ? "" : fullest->first,
                             fullest == by_unit.end() ? 0 : fullest->second,
                             {},
                             spread.most_each});
    }
    if (spread.least_units)
        lines.push_back(
            {Line::Rule::least_units, spread.unit_kind, "", static_cast<int>(by_unit.size()), spread.least_units, {}});
}

Problem broken(const char* what, const Line& line) {
    const int apart = line.missing() + line.too_many();
    return Problem(what,
                   {{"rule", std::string(code(line.rule))},
                    {"key", line.key},
                    {"unit", line.unit},
                    {"count", std::to_string(line.count)},
                    {"limit", std::to_string(line.too_many() > 0 ? line.most.value() : line.least.value())},
                    {"apart", std::to_string(apart)}},
                   "", 409);
}

}  // namespace

std::string_view code(By by) {
    return by_names[by];
}

std::string_view code(Line::Rule rule) {
    return rule_names[rule];
}

Rules read_rules(std::string_view toml) {
    return Reading().read(toml);
}

std::vector<Line> weigh(const Rules& rules, const std::vector<Share>& choice) {
    std::vector<Line> lines;
    if (rules.quota)
        lines.push_back({Line::Rule::quota, "", "", static_cast<int>(choice.size()), rules.quota, rules.quota});
    for (const Balance& balance : rules.balances)
        lines.push_back({rule_of(balance.by), balance.key, "", count_of(balance, choice), balance.least, balance.most});
    for (const Spread& spread : rules.spreads) weigh_spread(lines, spread, choice);
    return lines;
}

void must_not_exceed(const Rules& rules, const std::vector<Share>& choice) {
    for (const Line& line : weigh(rules, choice))
        if (line.too_many() > 0) throw broken("book.too-many", line);
}

void must_suffice(const Rules& rules, const std::vector<Share>& choice) {
    for (const Line& line : weigh(rules, choice))
        if (line.missing() > 0) throw broken("book.too-few", line);
}

}  // namespace guidon::books
