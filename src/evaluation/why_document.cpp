#include "evaluation/why_document.h"

#include <algorithm>

#include "evaluation/why_sum.h"

namespace guidon::evaluation {

namespace json = boost::json;
using scoring::Cell;
using scoring::Explanation;

namespace {

std::string class_title(const Telling& telling, int class_index) {
    return std::string(class_part(telling.board, class_index, telling.language).at("title").as_string());
}

/// total of max in percent, cut to two digits, only shown: the engine compares exactly.
std::string share_text(const Telling& telling) {
    const auto total = Decimal::parse(telling.why.total), max = Decimal::parse(telling.why.max);
    if (!total || !max || max->in_millionths() <= 0) return "";
    const auto hundredths = static_cast<__int128>(total->in_millionths()) * 10'000 / max->in_millionths();
    return telling.number(Decimal::millionths(static_cast<std::int64_t>(hundredths) * 10'000).text(2)) + "%";
}

void tell_class(const Telling& telling, json::object& document) {
    json::array notes;
    const Explanation& why = telling.why;
    if (!telling.insight.standing_class(why.unit)) return;
    if (why.class_index >= 0) {
        document["class"] = class_part(telling.board, why.class_index, telling.language);
        document["class_text"] = telling.tell(
            "class",
            {{"total", telling.number(why.total)},
             {"max", telling.number(why.max)},
             {"share", share_text(telling)},
             {"class", class_title(telling, why.class_by_points >= 0 ? why.class_by_points : why.class_index)}});
    }
    if (why.capped_by_gate)
        for (std::size_t i = 0; i < why.gates.size(); ++i)
            if (!why.gates[i].passed && telling.insight.gate(why.unit, static_cast<int>(i))) {
                const auto& gate = telling.rules().gates[i];
                const std::string& title = pick(gate.title, telling.language);
                notes.push_back(
                    json::value(telling.tell("capped-by-gate", {{"gate", title.empty() ? gate.key : title},
                                                                {"class", class_title(telling, gate.caps_class)}})));
            }
    if (why.moved_by_quota)
        notes.push_back(json::value(telling.tell("moved-by-quota", {{"places", std::to_string(why.quota_places)}})));
    document["class_notes"] = std::move(notes);
}

std::string tie_name(const Telling& telling, int tie) {
    const auto& ties = telling.rules().ranking.ties;
    if (tie < 0 || static_cast<std::size_t>(tie) >= ties.size()) return "";
    return tie_title(telling.board, ties[static_cast<std::size_t>(tie)], telling.language);
}

json::object neighbour_part(const Telling& telling, int unit, const std::string& gap, int tie, bool above) {
    const Board& board = telling.board;
    const std::string name = unit_name(board, unit, telling.language);
    const std::string rank = count_text(telling.language, static_cast<std::size_t>(board.engine.rank(unit)));
    const std::string direction = above ? "above" : "below";
    const std::string text =
        tie < 0 ? telling.tell("gap-" + direction, {{"unit", name}, {"rank", rank}, {"gap", telling.number(gap)}})
        : !tie_name(telling, tie).empty()
            ? telling.tell("tie-" + direction, {{"unit", name}, {"rank", rank}, {"tie", tie_name(telling, tie)}})
            : telling.tell("level-" + direction, {{"unit", name}, {"rank", rank}});
    json::object part{{"unit", unit_part(board, unit, telling.language)},
                      {"rank_text", rank},
                      {"total_text", telling.number(board.engine.total(unit))},
                      {"text", text},
                      {"why_href", board.address() + "/units/" + board.units[static_cast<std::size_t>(unit)].id}};
    put_number(part, "gap", gap, telling);
    return part;
}

json::object missing_part(const Telling& telling) {
    json::array open;
    std::vector<std::pair<Decimal, std::size_t>> by_size;
    for (std::size_t i = 0; i < telling.why.open.size(); ++i)
        if (const auto points = Decimal::parse(telling.why.open[i]);
            points && *points > Decimal{} && telling.insight.points(telling.why.unit, static_cast<int>(i)))
            by_size.emplace_back(*points, i);
    std::stable_sort(by_size.begin(), by_size.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    for (const auto& [points, i] : by_size)
        open.push_back({{"title", criterion_title(telling.board, static_cast<int>(i), telling.language)},
                        {"open", points.text()},
                        {"open_text", telling.number(points.text())}});
    json::object part{{"leader", telling.why.rank == 1}, {"open", std::move(open)}};
    if (telling.why.rank == 1) {
        part["text"] = telling.tell("leader");
    } else {
        put_number(part, "points", telling.why.needed, telling);
        const int better = telling.why.above >= 0 ? telling.board.engine.rank(telling.why.above) : telling.why.rank - 1;
        part["text"] =
            telling.tell("needed", {{"points", telling.number(telling.why.needed)}, {"rank", std::to_string(better)}});
    }
    return part;
}

/// The indicators as a person meets them: those of the criteria in their order, then of the gates, then the others.
std::vector<std::size_t> in_reading_order(const scoring::Rulebook& rules) {
    std::vector<std::size_t> order;
    const auto add = [&order](std::size_t indicator) {
        if (std::find(order.begin(), order.end(), indicator) == order.end()) order.push_back(indicator);
    };
    for (const auto& criterion : rules.criteria) add(static_cast<std::size_t>(criterion.indicator));
    for (const auto& gate : rules.gates) add(static_cast<std::size_t>(gate.indicator));
    for (std::size_t i = 0; i < rules.indicators.size(); ++i) add(i);
    return order;
}

json::array values_part(const Telling& telling) {
    json::array values;
    const Board& board = telling.board;
    const std::string base =
        board.address() + "/units/" + board.units[static_cast<std::size_t>(telling.why.unit)].id + "/values/";
    const bool has_standing = telling.insight.standing(telling.why.unit);
    for (const std::size_t i : in_reading_order(telling.rules())) {
        const auto& indicator = telling.rules().indicators[i];
        const auto& column = board.engine.field().columns[i];
        const auto at = static_cast<std::size_t>(telling.why.unit);
        const Cell own = column.values.empty() ? Cell{} : column.values[at];
        const Cell target = column.targets.empty() ? Cell{} : column.targets[at];
        bool rolled_up = false, wants_target = target.reported();  // the second is only told where the value is
        Cell shown = own;
        for (std::size_t c = 0; c < telling.rules().criteria.size(); ++c) {
            const auto& criterion = telling.rules().criteria[c];
            if (criterion.indicator != static_cast<int>(i)) continue;
            if (has_standing && telling.why.criteria[c].rolled_up) {
                rolled_up = true;
                shown = telling.why.criteria[c].value;
            }
            if (const auto* ratio = std::get_if<scoring::Ratio>(&criterion.rule))
                wants_target = wants_target || std::holds_alternative<scoring::Target>(ratio->to);
            if (const auto* bands = std::get_if<scoring::Bands>(&criterion.rule))
                wants_target = wants_target || bands->on == scoring::BandsOn::share;
        }
        const bool editable = telling.reported.may_change && !indicator.entries;
        json::object part{{"indicator", indicator.key},
                          {"title", indicator_title(board, static_cast<int>(i), telling.language)},
                          {"has_target", wants_target},
                          {"editable", editable},
                          {"action", base + indicator.key}};
        if (!indicator.unit_of_measure.empty()) part["unit_of_measure"] = indicator.unit_of_measure;
        if (telling.insight.value(telling.why.unit, static_cast<int>(i))) {
            const auto version = telling.reported.versions.find(indicator.key);
            part["state"] = shown.reported() ? "reported" : shown.is_not_applicable() ? "not_applicable" : "missing";
            part["rolled_up"] = rolled_up;
            part["version"] = std::to_string(version == telling.reported.versions.end() ? 0 : version->second);
            put_cell(part, "value", shown, telling);
            put_cell(part, "target", target, telling);
            if (rolled_up) part["rolled_up_text"] = telling.tell("rolled-up");
        } else {
            part["state"] = "hidden";
            part["rolled_up"] = false;
            part["has_target"] = false;
            part["value_text"] = telling.insight.hidden_text(telling.language);
            part["editable"] = false;  // who may not see it cannot say which version they change
        }
        values.push_back(std::move(part));
    }
    return values;
}

void tell_place(const Telling& telling, json::object& document) {
    const Explanation& why = telling.why;
    const Board& board = telling.board;
    put_number(document, "total", why.total, telling);
    put_number(document, "max", why.max, telling);
    if (const std::string share = share_text(telling); !share.empty()) document["share_text"] = share;
    document["sum"] = sum_part(telling);
    document["sum_text"] = telling.words.total;
    if (!telling.insight.ranks(board.engine.peer_group(why.unit))) {
        document["rank_text"] = telling.insight.hidden_text(telling.language);
        return;
    }
    const int peers = board.engine.peers(why.unit);
    document["rank"] = why.rank;
    document["peers"] = peers;
    document["rank_text"] = rank_of_peers(telling.language, why.rank, peers);
    if (why.above >= 0) document["above"] = neighbour_part(telling, why.above, why.gap_above, why.tie_above, true);
    if (why.below >= 0) document["below"] = neighbour_part(telling, why.below, why.gap_below, why.tie_below, false);
    std::string level;
    for (const int other : why.shares_with) {
        if (level.empty()) document["tie_text"] = "";
        level += (level.empty() ? "" : ", ") + unit_name(board, other, telling.language);
    }
    if (!level.empty())
        document["tie_text"] = telling.tell("shares", {{"units", level}, {"total", telling.number(why.total)}});
    document["missing"] = missing_part(telling);
    for (const int other : why.shares_with)
        document["shares_with"].as_array().push_back(unit_part(board, other, telling.language));
}

std::string title(const Telling& telling) {
    const Board& board = telling.board;
    const int unit = telling.why.unit, group = board.engine.peer_group(unit);
    const std::string name = unit_name(board, unit, telling.language);
    if (!telling.insight.standing(unit) || (telling.why.ranked && !telling.insight.ranks(group)))
        return telling.tell("title-hidden", {{"unit", name}});
    if (!telling.why.ranked) return telling.tell("title-unranked", {{"unit", name}});
    return telling.tell(
        "title",
        {{"unit", name}, {"rank", rank_of_peers(telling.language, telling.why.rank, board.engine.peers(unit))}});
}

std::string lede(const Telling& telling) {
    const Explanation& why = telling.why;
    if (!telling.insight.standing(why.unit)) return telling.insight.hidden_text(telling.language);
    if (!why.ranked) return telling.tell("unranked");
    const std::string total = telling.number(why.total);
    const bool ranks = telling.insight.ranks(telling.board.engine.peer_group(why.unit));
    if (ranks && why.below >= 0 && why.tie_below < 0 && why.rank == 1)
        return telling.tell("lede-first", {{"total", total},
                                           {"gap", telling.number(why.gap_below)},
                                           {"unit", unit_name(telling.board, why.below, telling.language)}});
    return telling.tell("lede", {{"total", total}, {"max", telling.number(why.max)}});
}

}  // namespace

json::object why_document(const Board& board, const Insight& insight, int unit, const Reported& reported,
                          Language language) {
    const bool hidden = !insight.standing(unit);
    Explanation why{};
    if (hidden)
        why.unit = unit;
    else
        why = board.engine.explain(unit);
    const Telling telling{board, insight, why, reported, language, movements::in_words(board.cycle, language)};
    json::object movement = movement_part(board, language);
    const std::string query =
        query_text({{"group", std::string(board.engine.peer_group_code(board.engine.peer_group(unit)))}});
    const std::string standings = board.address() + "/standings" + query;
    json::object group = group_part(board, board.engine.peer_group(unit), language);
    group["href"] = standings;

    json::object document{
        {"title", title(telling)},
        {"kicker", std::string(movement["title"].as_string()) + " · " + board.cycle.period},
        {"lede", lede(telling)},
        {"movement", std::move(movement)},
        {"unit", unit_part(board, unit, language)},
        {"group", std::move(group)},
        {"standings_href", standings + "#" + board.units[static_cast<std::size_t>(unit)].id},
        {"ranked", why.ranked},
        {"hidden", hidden},
        {"shares_with", json::array()},
        {"values", values_part(telling)},
        {"json_href", board.address() + "/units/" + board.units[static_cast<std::size_t>(unit)].id + ".json"}};
    if (hidden) document["hidden_text"] = insight.hidden_text(language);
    tell_live(document, board, insight);
    if (!why.ranked) return document;
    document["sections"] = sections_part(telling);
    document["gates"] = gates_part(telling);
    tell_class(telling, document);
    tell_place(telling, document);
    return document;
}

}  // namespace guidon::evaluation
