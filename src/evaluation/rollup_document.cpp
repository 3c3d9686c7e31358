#include "evaluation/rollup_document.h"

#include <algorithm>

namespace guidon::evaluation {

namespace json = boost::json;
using scoring::RollupOutcome;

namespace {

bool is_below(const Board& board, int unit, int top) {
    for (int at = unit; at >= 0; at = board.engine.field().parents[static_cast<std::size_t>(at)])
        if (at == top) return true;
    return false;
}

json::array class_counts(const Board& board, const RollupOutcome& outcome, Language language) {
    json::array counts;
    for (std::size_t i = 0; i < outcome.classes.size(); ++i) {
        json::object part = class_part(board, static_cast<int>(i), language);
        part["count"] = outcome.classes[i];
        part["count_text"] = count_text(language, static_cast<std::size_t>(outcome.classes[i]));
        counts.push_back(std::move(part));
    }
    return counts;
}

/// A unit that has somebody below it, with its outcome if that may be seen.
struct Line {
    int unit;
    std::optional<RollupOutcome> outcome;
};

/// By code. Nothing is computed for what may not be seen.
std::vector<Line> lines_of(const Board& board, const Insight& insight) {
    std::vector<Line> lines;
    if (insight.everything()) {
        for (RollupOutcome& outcome : board.engine.rollup()) lines.push_back({outcome.unit, std::move(outcome)});
        return lines;
    }
    const auto& parents = board.engine.field().parents;
    std::vector<char> above(board.units.size());
    for (int unit = 0; unit < static_cast<int>(board.units.size()); ++unit) {
        if (!insight.listed(unit)) continue;
        for (int at = parents[static_cast<std::size_t>(unit)]; at >= 0; at = parents[static_cast<std::size_t>(at)])
            above[static_cast<std::size_t>(at)] = 1;
    }
    const auto& codes = board.engine.field().codes;
    for (int unit = 0; unit < static_cast<int>(board.units.size()); ++unit) {
        if (!above[static_cast<std::size_t>(unit)]) continue;
        if (!insight.rollup(unit)) {
            lines.push_back({unit, std::nullopt});
        } else {
            auto outcome = board.engine.rollup(unit);
            const bool itself = board.engine.takes_part(unit) && board.engine.ranked(unit);
            if (outcome.units > (itself ? 1 : 0)) lines.push_back({unit, std::move(outcome)});
        }
    }
    std::sort(lines.begin(), lines.end(), [&](const Line& one, const Line& other) {
        return codes[static_cast<std::size_t>(one.unit)] < codes[static_cast<std::size_t>(other.unit)];
    });
    return lines;
}

}  // namespace

json::object rollup_document(const Board& board, const Insight& insight, std::optional<int> under, Language language) {
    const auto& parents = board.engine.field().parents;
    const std::vector<Line> all = lines_of(board, insight);
    const std::string base = board.address() + "/rollup";
    const auto href = [&](int unit) {
        return base + query_text({{"under", board.units[static_cast<std::size_t>(unit)].id}});
    };
    std::vector<char> has_inside(board.units.size());
    for (const Line& line : all)
        if (const int parent = parents[static_cast<std::size_t>(line.unit)]; parent >= 0)
            has_inside[static_cast<std::size_t>(parent)] = 1;

    json::array rows;
    bool hidden = false;
    for (const auto& [unit, outcome] : all) {
        if (parents[static_cast<std::size_t>(unit)] != under.value_or(-1)) continue;
        const bool inside = has_inside[static_cast<std::size_t>(unit)] != 0;
        json::object row{
            {"unit", unit_part(board, unit, language)}, {"inside", inside}, {"hidden", !outcome.has_value()}};
        if (outcome) {
            row["units"] = outcome->units;
            row["units_text"] = count_text(language, static_cast<std::size_t>(outcome->units));
            row["mean_total"] = outcome->mean_total;
            row["mean_total_text"] = number_text(language, outcome->mean_total);
            row["classes"] = class_counts(board, *outcome, language);
        } else {
            row["hidden_text"] = insight.hidden_text(language);
            row["columns"] = board.engine.rules().classes.size() + 2;  // that the text stands for
            row["classes"] = json::array();
            hidden = true;
        }
        if (inside) row["inside_href"] = href(unit);
        rows.push_back(std::move(row));
    }

    json::array breadcrumb, classes;
    if (under)
        for (int at = parents[static_cast<std::size_t>(*under)]; at >= 0; at = parents[static_cast<std::size_t>(at)])
            breadcrumb.insert(breadcrumb.begin(),
                              json::object{{"name", unit_name(board, at, language)}, {"href", href(at)}});
    for (std::size_t i = 0; i < board.engine.rules().classes.size(); ++i)
        classes.push_back(class_part(board, static_cast<int>(i), language));

    const std::string query = under ? query_text({{"under", board.units[static_cast<std::size_t>(*under)].id}}) : "";
    json::object movement = movement_part(board, language);
    const std::size_t count = rows.size();
    json::object document{{"title", say(language, "evaluation.rollup")},
                          {"kicker", std::string(movement["title"].as_string()) + " · " + board.cycle.period},
                          {"lede", say(language, "evaluation.rollup-lede")},
                          {"movement", std::move(movement)},
                          {"href", board.address() + "/rollup"},
                          {"standings_href", board.address() + "/standings"},
                          {"breadcrumb", std::move(breadcrumb)},
                          {"classes", std::move(classes)},
                          {"count", count},
                          {"count_text", units_text(language, count)},
                          {"rollup", std::move(rows)},
                          {"links", json::object{{"csv", base + ".csv" + query},
                                                 {"xlsx", base + ".xlsx" + query},
                                                 {"json", base + ".json" + query}}}};
    tell_live(document, board, insight);
    if (hidden) document["hidden_text"] = insight.hidden_text(language);
    if (under) document["under"] = unit_part(board, *under, language);
    return document;
}

files::Table rollup_table(const Board& board, const Insight& insight, std::optional<int> under, Language language) {
    using files::ColumnKind;
    files::Table table{.columns = {{"unit"}, {"units", ColumnKind::number}, {"mean_total", ColumnKind::number}},
                       .rows = {}};
    for (const auto& its_class : board.engine.rules().classes)
        table.columns.push_back({"class:" + its_class.key, ColumnKind::number});
    table.columns.push_back({"name"});
    for (const auto& [unit, outcome] : lines_of(board, insight)) {
        if (under && !is_below(board, unit, *under)) continue;
        std::vector<std::string> cells{board.units[static_cast<std::size_t>(unit)].code,
                                       outcome ? std::to_string(outcome->units) : "",
                                       outcome ? outcome->mean_total : ""};
        for (std::size_t i = 0; i < board.engine.rules().classes.size(); ++i)
            cells.push_back(outcome ? std::to_string(outcome->classes[i]) : "");
        cells.push_back(unit_name(board, unit, language));
        table.rows.push_back(std::move(cells));
    }
    return table;
}

}  // namespace guidon::evaluation
