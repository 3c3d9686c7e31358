#include "evaluation/why_sum.h"

#include <charconv>

namespace guidon::evaluation {

namespace json = boost::json;
using scoring::CriterionOutcome;

namespace {

const movements::InWords::Line* line_of(const movements::InWords& words, const std::string& key) {
    for (const auto& part : words.parts)
        for (const auto& line : part.criteria)
            if (line.key == key) return &line;
    return nullptr;
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
    if (const auto* line = line_of(telling.words, rule.key)) part["rule_text"] = line->text;
    const int criterion = static_cast<int>(i), unit = telling.why.unit;
    if (!telling.insight.working(unit, criterion)) {
        part["state"] = "hidden";
        part["rolled_up"] = false;
        part["state_text"] = telling.insight.hidden_text(telling.language);
        const bool shown = telling.insight.points(unit, criterion) && counted;
        part["counted"] = shown;
        if (!shown) return part;
        put_number(part, "points", outcome.points, telling);
        put_number(part, "max", outcome.max, telling);
        part["has_max"] = has_max(outcome.max);
        return part;
    }
    put_cell(part, "value", outcome.value, telling);
    put_cell(part, "target", outcome.target, telling);
    if (outcome.value_text.find('/') != std::string::npos) part["value_text"] = exact_text(outcome.value_text, telling);
    if (outcome.target_text.find('/') != std::string::npos)
        part["target_text"] = exact_text(outcome.target_text, telling);
    if (outcome.rolled_up) part["rolled_up_text"] = telling.tell("rolled-up");
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

}  // namespace

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
        const bool seen = telling.insight.section(telling.why.unit, static_cast<int>(s));
        if (seen) {
            put_number(part, "points", outcome.points, telling);
            put_number(part, "max", outcome.max, telling);
        }
        part["has_max"] = seen && has_max(outcome.max);
        const bool capped = seen && !outcome.uncapped.empty() && outcome.uncapped != outcome.points;
        part["capped"] = capped;
        part["counted"] = seen && !outcome.points.empty();
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
        if (!telling.insight.section(telling.why.unit, static_cast<int>(s))) continue;
        const std::string& title = pick(rules.sections[s].title, telling.language);
        add(title.empty() ? rules.sections[s].key : title, telling.why.sections[s].points, telling.why.sections[s].max);
    }
    for (std::size_t i = 0; i < rules.criteria.size(); ++i)
        if (rules.criteria[i].section < 0 && telling.insight.points(telling.why.unit, static_cast<int>(i)))
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
        json::object part{{"key", gate.key}, {"title", title.empty() ? gate.key : title}};
        if (telling.insight.gate(telling.why.unit, static_cast<int>(i))) {
            part["passed"] = outcome.passed;
            part["tone"] = outcome.passed ? "good" : "flag";
            part["passed_text"] = telling.tell(outcome.passed ? "passed" : "failed");
        } else {
            part["passed_text"] = telling.insight.hidden_text(telling.language);
        }
        if (telling.insight.value(telling.why.unit, gate.indicator)) put_cell(part, "value", outcome.value, telling);
        if (i < telling.words.gates.size()) part["text"] = telling.words.gates[i].text;
        gates.push_back(std::move(part));
    }
    return gates;
}

}  // namespace guidon::evaluation
