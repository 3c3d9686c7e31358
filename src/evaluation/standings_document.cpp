#include "evaluation/standings_document.h"

#include <algorithm>

namespace guidon::evaluation {

namespace json = boost::json;
using scoring::Engine;

namespace {

constexpr std::size_t rows_per_page = 200;

int group_index(const Board& board, const Insight& insight, const std::string& code) {
    for (const int group : insight.groups())
        if (board.engine.peer_group_code(group) == code) return group;
    throw Problem("standings.unknown-group", {{"group", code}}, "group", 404);
}

int class_index(const Board& board, const std::string& key) {
    const auto& classes = board.engine.rules().classes;
    for (std::size_t i = 0; i < classes.size(); ++i)
        if (classes[i].key == key) return static_cast<int>(i);
    throw Problem("standings.unknown-class", {{"class", key}}, "class", 404);
}

bool turned(const Selection& selection) {
    return selection.sort.starts_with('-');
}
std::string sort_key(const Selection& selection) {
    const std::string key = selection.sort.substr(turned(selection) ? 1 : 0);
    if (key.empty()) return "rank";
    if (key != "rank" && key != "unit" && key != "total")
        throw Problem("standings.unknown-sort", {{"sort", key}}, "sort");
    return key;
}

/// Members come in rank order; by total across groups needs a number, by unit the language's order.
void sort_units(const Board& board, const Insight& insight, const Selection& selection, Language language,
                std::vector<int>& units) {
    const std::string key = sort_key(selection);
    const Engine& engine = board.engine;
    if (key == "unit") {
        std::vector<std::pair<std::string, int>> keyed;
        keyed.reserve(units.size());
        for (const int unit : units)
            keyed.emplace_back(collation_key(language, unit_name(board, unit, language)), unit);
        std::stable_sort(keyed.begin(), keyed.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
        std::transform(keyed.begin(), keyed.end(), units.begin(), [](const auto& pair) { return pair.second; });
    } else if (key == "total") {
        std::vector<std::pair<Decimal, int>> keyed;
        for (const int unit : units) {
            const auto total = insight.standing(unit) ? Decimal::parse(engine.total(unit)) : std::nullopt;
            keyed.emplace_back(total.value_or(Decimal::millionths(INT64_MIN)), unit);
        }
        std::stable_sort(keyed.begin(), keyed.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
        std::transform(keyed.begin(), keyed.end(), units.begin(), [](const auto& pair) { return pair.second; });
    }
    if (!turned(selection)) return;
    std::reverse(units.begin(), units.end());
    std::stable_partition(units.begin(), units.end(),
                          [&](int unit) { return insight.standing(unit) && engine.ranked(unit); });
}

json::object sort_part(const Board& board, const Selection& selection, const std::string& key) {
    const bool current = sort_key(selection) == key;
    Selection next = selection;
    // a total is asked for from the best down, everything else from the first up; a second click turns it round
    next.sort = current ? (turned(selection) ? key : "-" + key) : key == "total" ? "-total" : key;
    if (next.sort == "rank") next.sort.clear();
    const std::string query = next.query();
    return {{"href", query.empty() ? board.address() + "/standings" : query},
            {"current", current},
            {"descending", current && turned(selection)},
            {"aria", !current            ? "none"
                     : turned(selection) ? "descending"
                                         : "ascending"}};
}

json::object filters_part(const Board& board, const Insight& insight, const Selection& selection, Language language) {
    json::array groups, classes;
    for (const int group : insight.groups()) {
        json::object part = group_part(board, group, language);
        part["selected"] = selection.group && *selection.group == board.engine.peer_group_code(group);
        groups.push_back(std::move(part));
    }
    for (std::size_t i = 0; i < board.engine.rules().classes.size(); ++i) {
        json::object part = class_part(board, static_cast<int>(i), language);
        part["selected"] = board.engine.rules().classes[i].key == selection.class_key;
        classes.push_back(std::move(part));
    }
    json::object filters{{"active", selection.group || !selection.class_key.empty() || !selection.find.empty()},
                         {"q", selection.find},
                         {"sort", sort_key(selection)},
                         {"sort_asked", selection.sort},
                         {"descending", turned(selection)},
                         {"clear_href", board.address() + "/standings"}};
    if (groups.size() > 1) filters["groups"] = std::move(groups);
    if (!classes.empty()) filters["classes"] = std::move(classes);
    return filters;
}

/// The most points that a bar shows: the largest maximum or total of the units shown.
Decimal bar_limit(const Board& board, const Insight& insight, const std::vector<int>& units) {
    Decimal limit = Decimal::millionths(1);
    for (const int unit : units) {
        if (!insight.standing(unit) || !board.engine.ranked(unit)) continue;
        limit = std::max(limit, Decimal::parse(board.engine.max(unit)).value_or(limit));
        limit = std::max(limit, Decimal::parse(board.engine.total(unit)).value_or(limit));
    }
    return limit;
}

json::object row(const Board& board, const Insight& insight, int unit, Decimal limit, Language language) {
    const Engine& engine = board.engine;
    const bool hidden = !insight.standing(unit);
    const bool ranked = !hidden && engine.ranked(unit);
    const bool has_rank = ranked && insight.ranks(engine.peer_group(unit));
    json::object row{{"ranked", ranked},
                     {"hidden", hidden},
                     {"first", has_rank && engine.rank(unit) == 1},
                     {"unit", unit_part(board, unit, language)},
                     {"group", group_part(board, engine.peer_group(unit), language)},
                     {"group_heading", false},
                     {"why_href", board.address() + "/units/" + board.units[static_cast<std::size_t>(unit)].id}};
    if (hidden) row["hidden_text"] = insight.hidden_text(language);
    if (!ranked) return row;
    const std::string total = engine.total(unit);
    if (has_rank) {
        row["rank"] = engine.rank(unit);
        row["rank_text"] = count_text(language, static_cast<std::size_t>(engine.rank(unit)));
    }
    row["total"] = total;
    row["total_text"] = number_text(language, total);
    row["max"] = engine.max(unit);
    const Decimal value = std::max(Decimal{}, Decimal::parse(total).value_or(Decimal{}));
    row["bar"] = json::object{{"value", value.text()}, {"max", limit.text()}};
    if (insight.standing_class(unit) && engine.class_index(unit) >= 0)
        row["class"] = class_part(board, engine.class_index(unit), language);
    return row;
}

/// Marks the rows that share their rank; the members of a group stand in rank order, so neighbours tell.
void tell_ties(const Board& board, int peer_group, const std::vector<int>& units, json::array& rows,
               Language language) {
    const auto& members = board.engine.members(peer_group);
    std::map<int, std::vector<int>> by_rank;
    for (const int unit : members)
        if (board.engine.ranked(unit)) by_rank[board.engine.rank(unit)].push_back(unit);
    for (std::size_t i = 0; i < units.size(); ++i) {
        if (board.engine.peer_group(units[i]) != peer_group || !board.engine.ranked(units[i])) continue;
        const auto& level = by_rank[board.engine.rank(units[i])];
        if (level.size() < 2) continue;
        const int other = level[0] == units[i] ? level[1] : level[0];
        rows[i].as_object()["tied_text"] =
            say(language, "evaluation.level-with",
                {{"unit", unit_name(board, other, language)}, {"others", std::to_string(level.size() - 2)}});
    }
}

std::string ties_in_words(const Board& board, Language language) {
    const auto& ranking = board.engine.rules().ranking;
    std::string titles;
    for (const auto& tie : ranking.ties) {
        titles += (titles.empty() ? "" : say(language, "evaluation.then")) + tie_title(board, tie, language);
    }
    const char* rest = ranking.rest == scoring::Rest::code    ? "code"
                       : ranking.rest == scoring::Rest::dense ? "dense"
                                                              : "share";
    return say(language, titles.empty() ? "evaluation.ties-none" : "evaluation.ties",
               {{"ties", titles}, {"rest", rest}});
}

json::object group_facts(const Board& board, const Insight& insight, int group, const Selection& selection,
                         Language language) {
    const Engine& engine = board.engine;
    json::object facts = group_part(board, group, language);
    if (const auto known = board.groups.find(std::string(engine.peer_group_code(group))); known != board.groups.end())
        for (const auto& [role, code] : {std::pair{"leader", known->second.leader}, {"deputy", known->second.deputy}})
            if (const auto unit = board.unit_by_code.find(code); unit != board.unit_by_code.end())
                facts[role] = unit_part(board, unit->second, language);
    if (!insight.ranks(group)) return facts;
    std::size_t ranked = 0, unranked = 0;
    std::vector<std::size_t> classes(engine.rules().classes.size());
    for (const int unit : engine.members(group)) {
        ++(engine.ranked(unit) ? ranked : unranked);
        if (engine.class_index(unit) >= 0) ++classes[static_cast<std::size_t>(engine.class_index(unit))];
    }
    facts["ranked"] = ranked;
    facts["ranked_text"] = count_text(language, ranked);
    facts["unranked"] = unranked;
    facts["unranked_text"] = count_text(language, unranked);
    json::array counts;
    for (std::size_t i = 0; i < classes.size(); ++i) {
        json::object part = class_part(board, static_cast<int>(i), language);
        Selection only{.group = selection.group, .class_key = engine.rules().classes[i].key, .find = {}, .sort = {}};
        part["count"] = classes[i];
        part["count_text"] = count_text(language, classes[i]);
        part["href"] = only.query();
        counts.push_back(std::move(part));
    }
    if (!counts.empty()) facts["classes"] = std::move(counts);
    return facts;
}

json::object pages_part(const Selection& selection, std::size_t from, std::size_t to, std::size_t total,
                        Language language) {
    json::object pages{{"from", total ? from + 1 : 0},
                       {"to", to},
                       {"total", total},
                       {"text", say(language, "evaluation.pages",
                                    {{"from", std::to_string(total ? from + 1 : 0)},
                                     {"to", std::to_string(to)},
                                     {"total", std::to_string(total)}})}};
    const auto href = [&](std::size_t page) {
        const std::string query = selection.query();
        return query + (query.empty() ? "?" : "&") + "page=" + std::to_string(page);
    };
    if (selection.page > 1) pages["previous_href"] = href(selection.page - 1);
    if (to < total) pages["next_href"] = href(selection.page + 1);
    return pages;
}

json::object check_part(const Board& board) {
    const std::string query = query_text({{"movement", board.cycle.key}, {"period", board.cycle.period}});
    json::array files;
    files.push_back({{"name", "movement.toml"}, {"href", board.address() + ".toml"}});
    for (const char* name : {"units", "groups", "values"})
        files.push_back(
            {{"name", std::string(name) + ".csv"}, {"href", std::string("/export/") + name + ".csv" + query}});
    return {{"files", std::move(files)},
            {"spreadsheet", {{"name", "values.xlsx"}, {"href", "/export/values.xlsx" + query}}},
            {"command",
             "guidon score --units units.csv --groups groups.csv --movement movement.toml --values values.csv "
             "--out standings.csv"}};
}

json::object links_part(const Board& board, const Selection& selection) {
    const std::string base = board.address() + "/standings", query = selection.query();
    return {{"selection", base + query},
            {"csv", base + ".csv" + query},
            {"xlsx", base + ".xlsx" + query},
            {"json", base + ".json" + query}};
}

std::size_t count_listed(const Insight& insight, const std::vector<int>& groups) {
    std::size_t all = 0;
    for (const int group : groups) all += insight.members(group).size();
    return all;
}

/// One cell for each: the group, place and points of a unit, as far as they may be seen.
std::vector<std::string> cells_of(const Board& board, const Insight& insight, int unit, Language language) {
    const Engine& engine = board.engine;
    const int group = engine.peer_group(unit);
    const bool seen = insight.standing(unit), ranked = seen && engine.ranked(unit), has_rank = insight.ranks(group);
    const int its_class = insight.standing_class(unit) ? engine.class_index(unit) : -1;
    std::vector<std::string> cells{std::string(engine.peer_group_code(group)),
                                   ranked && has_rank ? std::to_string(engine.rank(unit)) : "",
                                   board.units[static_cast<std::size_t>(unit)].code,
                                   seen ? engine.total(unit) : "",
                                   seen ? engine.max(unit) : "",
                                   its_class < 0 ? "" : engine.rules().classes[static_cast<std::size_t>(its_class)].key,
                                   has_rank ? std::to_string(engine.peers(unit)) : "",
                                   unit_name(board, unit, language)};
    for (int i = 0; i < static_cast<int>(engine.rules().criteria.size()); ++i)
        cells.push_back(insight.points(unit, i) ? engine.points(unit, i) : "");
    for (int i = 0; i < static_cast<int>(engine.rules().gates.size()); ++i)
        cells.push_back(!ranked || !insight.gate(unit, i) ? "" : engine.passes(unit, i) ? "pass" : "fail");
    return cells;
}

}  // namespace

std::string Selection::query() const {
    return query_text({{"group", group.value_or("")}, {"class", class_key}, {"q", find}, {"sort", sort}});
}

std::vector<int> selected_units(const Board& board, const Insight& insight, const Selection& selection,
                                Language language) {
    const int only_class = selection.class_key.empty() ? -1 : class_index(board, selection.class_key);
    const std::string find = folded(selection.find);
    std::vector<int> units;
    if (board.cycle.rules.criteria.empty()) return units;
    const auto take = [&](int group) {
        for (const int unit : insight.members(group)) {
            if (only_class >= 0 && !(insight.standing_class(unit) && board.engine.class_index(unit) == only_class))
                continue;
            if (!find.empty() && board.units[static_cast<std::size_t>(unit)].folded.find(find) == std::string::npos)
                continue;
            units.push_back(unit);
        }
    };
    if (selection.group && !selection.group->empty())
        take(group_index(board, insight, *selection.group));
    else
        for (const int group : insight.groups()) take(group);
    sort_units(board, insight, selection, language, units);
    return units;
}

json::object standings_document(const Board& board, const Insight& insight, const Selection& selection,
                                Language language) {
    std::vector<int> units = selected_units(board, insight, selection, language);
    const std::size_t total = units.size();
    const std::size_t from = std::min((std::max<std::size_t>(selection.page, 1) - 1) * rows_per_page, total);
    const std::size_t to = std::min(from + rows_per_page, total);
    const Decimal limit = bar_limit(board, insight, units);
    units = {units.begin() + static_cast<std::ptrdiff_t>(from), units.begin() + static_cast<std::ptrdiff_t>(to)};

    const auto groups = insight.groups();
    const bool show_groups = groups.size() > 1 && !selection.group;
    const bool by_group = show_groups && sort_key(selection) == "rank";
    json::array rows;
    std::vector<int> groups_shown;
    for (const int unit : units) {
        json::object one = row(board, insight, unit, limit, language);
        const int group = board.engine.peer_group(unit);
        if (groups_shown.empty() || groups_shown.back() != group) {
            if (by_group) one["group_heading"] = true;
            groups_shown.push_back(group);
        }
        rows.push_back(std::move(one));
    }
    std::sort(groups_shown.begin(), groups_shown.end());
    groups_shown.erase(std::unique(groups_shown.begin(), groups_shown.end()), groups_shown.end());
    for (const int group : groups_shown)
        if (insight.ranks(group)) tell_ties(board, group, units, rows, language);

    json::object movement = movement_part(board, language);
    json::object document{
        {"title", say(language, "evaluation.standings")},
        {"kicker", std::string(movement["title"].as_string()) + " · " + board.cycle.period},
        {"lede",
         say(language, "evaluation.lede",
             {{"units", std::to_string(count_listed(insight, groups))}, {"groups", std::to_string(groups.size())}})},
        {"movement", std::move(movement)},
        {"scored", !board.cycle.rules.criteria.empty()},
        {"href", board.address() + "/standings"},
        {"filters", filters_part(board, insight, selection, language)},
        {"links", links_part(board, selection)},
        {"sorts", json::object{{"rank", sort_part(board, selection, "rank")},
                               {"unit", sort_part(board, selection, "unit")},
                               {"total", sort_part(board, selection, "total")}}},
        {"caption", ties_in_words(board, language)},
        {"show_groups", show_groups},
        {"count", total},
        {"count_text", units_text(language, total)},
        {"standings", std::move(rows)},
        {"pages", pages_part(selection, from, to, total, language)},
        {"rules", json::object{{"text", say(language, "evaluation.rules",
                                            {{"criteria", std::to_string(board.engine.rules().criteria.size())},
                                             {"gates", std::to_string(board.engine.rules().gates.size())},
                                             {"classes", std::to_string(board.engine.rules().classes.size())}})},
                               {"href", board.address() + "#criteria"}}},
        {"check", check_part(board)}};
    tell_live(document, board, insight);
    if (!insight.all_ranks()) document["hidden_text"] = insight.hidden_text(language);
    if (selection.group || groups.size() == 1)
        document["group"] =
            group_facts(board, insight, selection.group ? group_index(board, insight, *selection.group) : groups[0],
                        selection, language);
    return document;
}

files::Table standings_table(const Board& board, const Insight& insight, const Selection& selection,
                             Language language) {
    using files::ColumnKind;
    const Engine& engine = board.engine;
    files::Table table{.columns = {{"group"},
                                   {"rank", ColumnKind::number},
                                   {"unit"},
                                   {"total", ColumnKind::number},
                                   {"max", ColumnKind::number},
                                   {"class"},
                                   {"peers", ColumnKind::number},
                                   {"name"}},
                       .rows = {}};
    for (const auto& criterion : engine.rules().criteria)
        table.columns.push_back({"points:" + criterion.key, ColumnKind::number});
    for (const auto& gate : engine.rules().gates) table.columns.push_back({"gate:" + gate.key});
    for (const int unit : selected_units(board, insight, selection, language))
        table.rows.push_back(cells_of(board, insight, unit, language));
    return table;
}

}  // namespace guidon::evaluation
