#include "evaluation/why_document.h"

#include <algorithm>
#include <charconv>

namespace guidon::evaluation {

namespace json = boost::json;
using scoring::Cell;
using scoring::CriterionOutcome;
using scoring::Explanation;

namespace {

/// What the parts of the document are made from.
struct Telling {
    const Board& board;
    const Explanation& why;
    Language language;
    movements::InWords words;

    std::string number(const std::string& decimal) const { return number_text(language, decimal); }
    std::string tell(const std::string& key, const Arguments& arguments = {}) const {
        return say(language, "why." + key, arguments);
    }
    const scoring::Rulebook& rules() const { return board.engine.rules(); }
};

const movements::InWords::Line* line_of(const movements::InWords& words, const std::string& key) {
    for (const auto& part : words.parts)
        for (const auto& line : part.criteria)
            if (line.key == key) return &line;
    return nullptr;
}

void put_number(json::object& into, const std::string& name, const std::string& decimal, const Telling& telling) {
    if (decimal.empty()) return;
    into[name] = decimal;
    into[name + "_text"] = telling.number(decimal);
}

void put_cell(json::object& into, const std::string& name, const Cell& cell, const Telling& telling) {
    if (cell.reported())
        put_number(into, name, cell.value().text(), telling);
    else if (cell.is_not_applicable())
        into[name] = "na", into[name + "_text"] = telling.tell("not-applicable");
    else if (name == "value")
        into["value_text"] = telling.tell("not-reported");
}

const char* state_name(CriterionOutcome::State state) {
    switch (state) {
        case CriterionOutcome::State::counted:
            return "counted";
        case CriterionOutcome::State::skipped_missing:
            return "skipped_missing";
        case CriterionOutcome::State::skipped_not_applicable:
            return "skipped_not_applicable";
        case CriterionOutcome::State::full_not_applicable:
            return "full_not_applicable";
        case CriterionOutcome::State::zero_not_applicable:
            return "zero_not_applicable";
        case CriterionOutcome::State::zero_missing:
            return "zero_missing";
    }
    return "";
}

/// "2430/43" → "2430/43 = 56.511627…": six digits show a person where the fraction lies.
std::string exact_text(const std::string& exact, const Telling& telling) {
    const std::size_t slash = exact.find('/');
    if (slash == std::string::npos) return telling.number(exact);
    std::int64_t top = 0, bottom = 0;
    const char* end = exact.data() + exact.size();
    if (std::from_chars(exact.data(), exact.data() + slash, top).ec != std::errc{}) return exact;
    if (std::from_chars(exact.data() + slash + 1, end, bottom).ec != std::errc{}) return exact;
    const __int128 millionths = static_cast<__int128>(top) * Decimal::unit / bottom;  // cut, not rounded: only shown
    if (millionths >= Decimal::limit || millionths <= -Decimal::limit) return exact;
    return exact + " = " + telling.number(Decimal::millionths(static_cast<std::int64_t>(millionths)).text(6)) + "…";
}

/// "of 0" says nothing: bonus and deduction have no maximum to show.
bool has_max(const std::string& max) {
    return !max.empty() && Decimal::parse(max) != Decimal{};
}

/// A calculation with decimals as the language writes them; where they have a comma, a semicolon parts arguments.
std::string working_text(std::string working, Language language) {
    const char point = number_text(language, "1.5").at(1);
    if (point != ',') return working;
    for (char& letter : working) letter = letter == ',' ? ';' : letter == '.' ? point : letter;
    return working;
}

json::object criterion_part(const Telling& telling, std::size_t i) {
    const auto& rule = telling.rules().criteria[i];
    const CriterionOutcome& outcome = telling.why.criteria[i];
    const bool counted = outcome.state != CriterionOutcome::State::skipped_missing &&
                         outcome.state != CriterionOutcome::State::skipped_not_applicable;
    json::object part{{"key", rule.key},
                      {"title", criterion_title(telling.board, static_cast<int>(i), telling.language)},
                      {"state", state_name(outcome.state)},
                      {"counted", counted},
                      {"indicator", telling.rules().indicators[static_cast<std::size_t>(rule.indicator)].key},
                      {"rolled_up", outcome.rolled_up},
                      {"rounded", false}};
    put_cell(part, "value", outcome.value, telling);
    put_cell(part, "target", outcome.target, telling);
    if (outcome.value_text.find('/') != std::string::npos) part["value_text"] = exact_text(outcome.value_text, telling);
    if (outcome.target_text.find('/') != std::string::npos)
        part["target_text"] = exact_text(outcome.target_text, telling);
    if (outcome.rolled_up) part["rolled_up_text"] = telling.tell("rolled-up");
    if (const auto* line = line_of(telling.words, rule.key)) part["rule_text"] = line->text;
    if (outcome.state != CriterionOutcome::State::counted)
        part["state_text"] = telling.tell(std::string("state-") + state_name(outcome.state));
    if (!counted) return part;
    if (outcome.state == CriterionOutcome::State::counted && !outcome.working.empty()) {
        part["working"] = working_text(outcome.working, telling.language);
        part["exact"] = outcome.exact;
        part["exact_text"] = exact_text(outcome.exact, telling);
        const auto exact = Decimal::parse(outcome.exact), points = Decimal::parse(outcome.points);
        part["rounded"] = !exact || exact != points;
    }
    put_number(part, "points", outcome.points, telling);
    put_number(part, "max", outcome.max, telling);
    part["has_max"] = has_max(outcome.max);
    if (i < telling.why.open.size()) put_number(part, "open", telling.why.open[i], telling);
    if (outcome.peers > 0)
        part["peers_text"] = telling.tell("peers", {{"best", telling.number(outcome.best)},
                                                    {"worst", telling.number(outcome.worst)},
                                                    {"peers", std::to_string(outcome.peers)}});
    return part;
}

json::array sections_part(const Telling& telling) {
    json::array sections;
    const auto& rules = telling.rules();
    const auto criteria_of = [&](int section) {
        json::array criteria;
        for (std::size_t i = 0; i < rules.criteria.size(); ++i)
            if (rules.criteria[i].section == section) criteria.push_back(criterion_part(telling, i));
        return criteria;
    };
    for (std::size_t s = 0; s < rules.sections.size(); ++s) {
        const auto& section = rules.sections[s];
        const auto& outcome = telling.why.sections[s];
        const std::string& title = pick(section.title, telling.language);
        json::object part{{"key", section.key}, {"title", title.empty() ? section.key : title}, {"named", true}};
        for (const auto& words : telling.words.parts)
            if (words.title == part["title"].as_string() && !words.text.empty()) part["text"] = words.text;
        put_number(part, "points", outcome.points, telling);
        put_number(part, "max", outcome.max, telling);
        part["has_max"] = has_max(outcome.max);
        const bool capped = !outcome.uncapped.empty() && outcome.uncapped != outcome.points;
        part["capped"] = capped;
        part["counted"] = !outcome.points.empty();
        if (capped) {
            part["uncapped"] = outcome.uncapped;
            part["capped_text"] =
                telling.tell("capped", {{"uncapped", telling.number(outcome.uncapped)},
                                        {"most", section.most ? telling.number(section.most->text()) : ""}});
        }
        part["criteria"] = criteria_of(static_cast<int>(s));
        sections.push_back(std::move(part));
    }
    if (json::array rest = criteria_of(-1); !rest.empty())
        sections.push_back(
            json::object{{"key", ""},
                         {"title", telling.tell(rules.sections.empty() ? "criteria" : "beside-sections")},
                         {"named", !rules.sections.empty()},
                         {"counted", false},
                         {"capped", false},
                         {"criteria", std::move(rest)}});
    return sections;
}

json::array sum_part(const Telling& telling) {
    json::array sum;
    const auto& rules = telling.rules();
    const auto add = [&](const std::string& title, const std::string& points, const std::string& max) {
        if (points.empty()) return;
        json::object row{{"title", title}, {"points_text", telling.number(points)}, {"has_max", has_max(max)}};
        if (has_max(max)) row["max_text"] = telling.number(max);
        sum.push_back(std::move(row));
    };
    for (std::size_t s = 0; s < rules.sections.size(); ++s) {
        const std::string& title = pick(rules.sections[s].title, telling.language);
        add(title.empty() ? rules.sections[s].key : title, telling.why.sections[s].points, telling.why.sections[s].max);
    }
    for (std::size_t i = 0; i < rules.criteria.size(); ++i)
        if (rules.criteria[i].section < 0)
            add(criterion_title(telling.board, static_cast<int>(i), telling.language), telling.why.criteria[i].points,
                telling.why.criteria[i].max);
    return sum;
}

json::array gates_part(const Telling& telling) {
    json::array gates;
    for (std::size_t i = 0; i < telling.rules().gates.size(); ++i) {
        const auto& gate = telling.rules().gates[i];
        const auto& outcome = telling.why.gates[i];
        const std::string& title = pick(gate.title, telling.language);
        json::object part{{"key", gate.key},
                          {"title", title.empty() ? gate.key : title},
                          {"passed", outcome.passed},
                          {"passed_text", telling.tell(outcome.passed ? "passed" : "failed")}};
        put_cell(part, "value", outcome.value, telling);
        if (i < telling.words.gates.size()) part["text"] = telling.words.gates[i].text;
        gates.push_back(std::move(part));
    }
    return gates;
}

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
            if (!why.gates[i].passed) {
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
        if (const auto points = Decimal::parse(telling.why.open[i]); points && *points > Decimal{})
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
    for (const std::size_t i : in_reading_order(telling.rules())) {
        const auto& indicator = telling.rules().indicators[i];
        const auto& column = board.engine.field().columns[i];
        const auto at = static_cast<std::size_t>(telling.why.unit);
        const Cell own = column.values.empty() ? Cell{} : column.values[at];
        const Cell target = column.targets.empty() ? Cell{} : column.targets[at];
        bool rolled_up = false, wants_target = target.reported();
        Cell shown = own;
        for (std::size_t c = 0; c < telling.rules().criteria.size(); ++c) {
            const auto& criterion = telling.rules().criteria[c];
            if (criterion.indicator != static_cast<int>(i)) continue;
            rolled_up = rolled_up || telling.why.criteria[c].rolled_up;
            if (telling.why.criteria[c].rolled_up) shown = telling.why.criteria[c].value;
            if (const auto* ratio = std::get_if<scoring::Ratio>(&criterion.rule))
                wants_target = wants_target || std::holds_alternative<scoring::Target>(ratio->to);
            if (const auto* bands = std::get_if<scoring::Bands>(&criterion.rule))
                wants_target = wants_target || bands->on == scoring::BandsOn::share;
        }
        json::object part{{"indicator", indicator.key},
                          {"title", indicator_title(board, static_cast<int>(i), telling.language)},
                          {"state", shown.reported()            ? "reported"
                                    : shown.is_not_applicable() ? "not_applicable"
                                                                : "missing"},
                          {"rolled_up", rolled_up},
                          {"has_target", wants_target},
                          {"editable", !indicator.entries},
                          {"action", base + indicator.key}};
        if (!indicator.unit_of_measure.empty()) part["unit_of_measure"] = indicator.unit_of_measure;
        put_cell(part, "value", shown, telling);
        put_cell(part, "target", target, telling);
        if (rolled_up) part["rolled_up_text"] = telling.tell("rolled-up");
        values.push_back(std::move(part));
    }
    return values;
}

void tell_place(const Telling& telling, json::object& document) {
    const Explanation& why = telling.why;
    const Board& board = telling.board;
    const int peers = board.engine.peers(why.unit);
    document["rank"] = why.rank;
    document["peers"] = peers;
    document["rank_text"] = rank_of_peers(telling.language, why.rank, peers);
    put_number(document, "total", why.total, telling);
    put_number(document, "max", why.max, telling);
    if (const std::string share = share_text(telling); !share.empty()) document["share_text"] = share;
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
    document["sum"] = sum_part(telling);
    document["sum_text"] = telling.words.total;
}

std::string lede(const Telling& telling) {
    const Explanation& why = telling.why;
    if (!why.ranked) return telling.tell("unranked");
    const std::string total = telling.number(why.total);
    if (why.below >= 0 && why.tie_below < 0 && why.rank == 1)
        return telling.tell("lede-first", {{"total", total},
                                           {"gap", telling.number(why.gap_below)},
                                           {"unit", unit_name(telling.board, why.below, telling.language)}});
    return telling.tell("lede", {{"total", total}, {"max", telling.number(why.max)}});
}

}  // namespace

json::object why_document(const Board& board, int unit, Language language) {
    const Explanation why = board.engine.explain(unit);
    const Telling telling{board, why, language, movements::in_words(board.cycle, language)};
    json::object movement = movement_part(board, language);
    const std::string name = unit_name(board, unit, language);
    const std::string query =
        query_text({{"group", std::string(board.engine.peer_group_code(board.engine.peer_group(unit)))}});
    const std::string standings = board.address() + "/standings" + query;
    json::object group = group_part(board, board.engine.peer_group(unit), language);
    group["href"] = standings;

    json::object document{
        {"title", why.ranked
                      ? telling.tell("title", {{"unit", name},
                                               {"rank", rank_of_peers(language, why.rank, board.engine.peers(unit))}})
                      : telling.tell("title-unranked", {{"unit", name}})},
        {"kicker", std::string(movement["title"].as_string()) + " · " + board.cycle.period},
        {"lede", lede(telling)},
        {"movement", std::move(movement)},
        {"unit", unit_part(board, unit, language)},
        {"group", std::move(group)},
        {"standings_href", standings + "#" + board.units[static_cast<std::size_t>(unit)].id},
        {"ranked", why.ranked},
        {"shares_with", json::array()},
        {"values", values_part(telling)},
        {"json_href", board.address() + "/units/" + board.units[static_cast<std::size_t>(unit)].id + ".json"},
        {"live", json::object{{"topic", board.topic()}, {"href", "/live" + query_text({{"topic", board.topic()}})}}}};
    for (const int other : why.shares_with)
        document["shares_with"].as_array().push_back(unit_part(board, other, language));
    if (!why.ranked) return document;
    document["sections"] = sections_part(telling);
    document["gates"] = gates_part(telling);
    tell_class(telling, document);
    tell_place(telling, document);
    return document;
}

}  // namespace guidon::evaluation
