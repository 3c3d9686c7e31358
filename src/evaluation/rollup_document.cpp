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

}  // namespace

json::object rollup_document(const Board& board, std::optional<int> under, Language language) {
    const auto& parents = board.engine.field().parents;
    const std::vector<RollupOutcome> all = board.engine.rollup();
    const std::string base = board.address() + "/rollup";
    const auto href = [&](int unit) {
        return base + query_text({{"under", board.units[static_cast<std::size_t>(unit)].id}});
    };
    std::vector<char> has_inside(board.units.size());
    for (const RollupOutcome& outcome : all)
        if (const int parent = parents[static_cast<std::size_t>(outcome.unit)]; parent >= 0)
            has_inside[static_cast<std::size_t>(parent)] = 1;

    json::array rows;
    for (const RollupOutcome& outcome : all) {
        if (parents[static_cast<std::size_t>(outcome.unit)] != under.value_or(-1)) continue;
        const bool inside = has_inside[static_cast<std::size_t>(outcome.unit)] != 0;
        json::object row{{"unit", unit_part(board, outcome.unit, language)},
                         {"inside", inside},
                         {"units", outcome.units},
                         {"units_text", count_text(language, static_cast<std::size_t>(outcome.units))},
                         {"mean_total", outcome.mean_total},
                         {"mean_total_text", number_text(language, outcome.mean_total)},
                         {"classes", class_counts(board, outcome, language)}};
        if (inside) row["inside_href"] = href(outcome.unit);
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
    json::object document{
        {"title", say(language, "evaluation.rollup")},
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
        {"links",
         json::object{
             {"csv", base + ".csv" + query}, {"xlsx", base + ".xlsx" + query}, {"json", base + ".json" + query}}},
        {"live", json::object{{"topic", board.topic()}, {"href", "/live" + query_text({{"topic", board.topic()}})}}}};
    if (under) document["under"] = unit_part(board, *under, language);
    return document;
}

files::Table rollup_table(const Board& board, std::optional<int> under, Language language) {
    using files::ColumnKind;
    files::Table table{.columns = {{"unit"}, {"units", ColumnKind::number}, {"mean_total", ColumnKind::number}},
                       .rows = {}};
    for (const auto& its_class : board.engine.rules().classes)
        table.columns.push_back({"class:" + its_class.key, ColumnKind::number});
    table.columns.push_back({"name"});
    for (const RollupOutcome& outcome : board.engine.rollup()) {
        if (under && !is_below(board, outcome.unit, *under)) continue;
        std::vector<std::string> cells{board.units[static_cast<std::size_t>(outcome.unit)].code,
                                       std::to_string(outcome.units), outcome.mean_total};
        for (const int count : outcome.classes) cells.push_back(std::to_string(count));
        cells.push_back(unit_name(board, outcome.unit, language));
        table.rows.push_back(std::move(cells));
    }
    return table;
}

}  // namespace guidon::evaluation
