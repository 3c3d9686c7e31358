// Fields and standings as text, so that a test reads like a table.
#pragma once

#include <algorithm>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "base/assert.h"
#include "scoring/engine.h"

namespace guidon::scoring::testing {

inline Decimal number(const std::string& text) {
    const auto value = Decimal::parse(text);
    if (!value) throw BrokenPromise("no number: " + text);
    return *value;
}

/// "-" = not reported, "na", or a number.
inline Cell cell(const std::string& text) {
    if (text == "-") return {};
    if (text == "na") return Cell::not_applicable();
    return number(text);
}

inline Indicator indicator(const std::string& key, Rollup rollup = Rollup::none) {
    return {key, {}, rollup, ""};
}

/// A criterion of the indicator at `index`, with points to thousandths, outside any section.
inline Criterion criterion(const std::string& key, int index, const std::string& max, Rule rule) {
    Criterion result;
    result.key = key;
    result.indicator = index;
    result.max = number(max);
    result.rule = std::move(rule);
    return result;
}

/// A rulebook of the criteria alone, the indicator of each named like it.
inline Rulebook rulebook(std::vector<Criterion> criteria) {
    Rulebook rules;
    for (auto& line : criteria) {
        line.indicator = static_cast<int>(rules.indicators.size());
        rules.indicators.push_back(indicator(line.key));
    }
    rules.criteria = std::move(criteria);
    return rules;
}

inline int index_of(std::vector<std::string>& known, const std::string& code) {
    const auto found = std::find(known.begin(), known.end(), code);
    if (found != known.end()) return static_cast<int>(found - known.begin());
    known.push_back(code);
    return static_cast<int>(known.size()) - 1;
}

/// One unit a line: `[parent>]code[@group][#kind][!] cell …`, a cell for each indicator, `value/target` where it has
/// one; `!` = takes no part. Parents stand above their children.
inline Field field(const Rulebook& rules, const std::string& table) {
    Field result;
    result.columns.resize(rules.indicators.size());
    std::istringstream lines(table);
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string head, word, group, kind;
        if (!(words >> head)) continue;
        const bool takes_part = head.back() != '!';
        if (!takes_part) head.pop_back();
        const auto cut = [&head](char mark) {
            const auto at = head.find(mark);
            std::string tail = at == std::string::npos ? "" : head.substr(at + 1);
            if (at != std::string::npos) head.resize(at);
            return tail;
        };
        kind = cut('#');
        group = cut('@');
        int parent = -1;
        if (const auto at = head.find('>'); at != std::string::npos) {
            parent = index_of(result.codes, head.substr(0, at));
            head = head.substr(at + 1);
        }
        result.codes.push_back(head);
        result.parents.push_back(parent);
        result.kinds.push_back(index_of(result.kind_codes, kind));
        result.groups.push_back(group.empty() ? -1 : index_of(result.group_codes, group));
        result.takes_part.push_back(takes_part);
        for (auto& column : result.columns) {
            if (!(words >> word)) word = "-";
            const auto slash = word.find('/');
            column.values.push_back(cell(word.substr(0, slash)));
            column.targets.push_back(slash == std::string::npos ? Cell() : cell(word.substr(slash + 1)));
        }
    }
    return result;
}

inline int unit(const Engine& engine, const std::string& code) {
    const auto& codes = engine.field().codes;
    return static_cast<int>(std::find(codes.begin(), codes.end(), code) - codes.begin());
}

/// "1 cedar 9.500, 2 birch 8.000, - alder"; groups parted by " | ", classes behind the total where there are any.
inline std::string standings(const Engine& engine) {
    std::string text;
    for (const int group : engine.peer_group_order()) {
        if (!text.empty()) text += " | ";
        std::string sign;
        for (const int member : engine.members(group)) {
            text += sign + (engine.ranked(member) ? std::to_string(engine.rank(member)) : "-");
            text += " " + engine.field().codes[static_cast<std::size_t>(member)];
            if (engine.ranked(member)) text += " " + engine.total(member);
            if (const int c = engine.class_index(member); c >= 0)
                text += " " + engine.rules().classes[static_cast<std::size_t>(c)].key;
            sign = ", ";
        }
    }
    return text;
}
inline std::string standings(Rulebook rules, const std::string& table) {
    Field units = field(rules, table);
    return standings(Engine(std::move(rules), std::move(units)));
}

/// "code:unit:criterion …" of what is refused; empty if nothing is.
inline std::string refused(Rulebook rules, const std::string& table) {
    try {
        standings(std::move(rules), table);
    } catch (const Faults& faults) {
        std::string text;
        for (const auto& fault : faults.list)
            text += (text.empty() ? "" : " ") + fault.code + ":" + fault.arguments.at("unit") + ":" +
                    fault.arguments.at("criterion");
        return text;
    }
    return "";
}

/// The points of each unit on the only criterion, rounded: "a 3.000  b 2.500".
inline std::string points(const Criterion& only, const std::string& table) {
    Rulebook rules = rulebook({only});
    Field units = field(rules, table);
    const Engine engine(std::move(rules), std::move(units));
    std::string text;
    for (std::size_t i = 0; i < engine.field().codes.size(); ++i) {
        const auto earned = engine.points(static_cast<int>(i), 0);
        text += (text.empty() ? "" : "  ") + engine.field().codes[i] + " " + (earned.empty() ? "-" : earned);
    }
    return text;
}

}  // namespace guidon::scoring::testing
