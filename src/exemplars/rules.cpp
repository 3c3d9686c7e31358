#include "exemplars/rules.h"

#include <algorithm>

namespace guidon::exemplars {

using movements::ExemplarRules;
using movements::Level;

namespace {

void check_catalogue(const Writing& writing, const ExemplarRules& rules, std::vector<Problem>& found) {
    if (std::find(rules.kinds.begin(), rules.kinds.end(), code(writing.kind)) == rules.kinds.end())
        found.emplace_back("exemplar.kind", Arguments{{"kind", std::string(code(writing.kind))}}, "kind");
    if (!writing.field.empty() && !rules.field(writing.field))
        found.emplace_back("exemplar.unknown-field", Arguments{{"value", writing.field}}, "field");
    for (const auto& field : writing.side_fields)
        if (!rules.field(field) || field == writing.field)
            found.emplace_back("exemplar.unknown-field", Arguments{{"value", field}}, "side_fields");
    for (const auto& topic : writing.topics)
        if (!rules.topic(topic)) found.emplace_back("exemplar.unknown-topic", Arguments{{"value", topic}}, "topics");
}

void check_owner(const Writing& writing, std::vector<Problem>& found) {
    if ((writing.owner_kind == OwnerKind::individual) != writing.person.has_value())
        found.emplace_back("exemplar.owner", Arguments{}, "person");
}

void check_needs(const Step& step, const Needs& needs) {
    const auto need = [&](bool wanted, bool given, const char* field) {
        if (wanted && !given)
            throw Problem("exemplar.needs", {{"verb", std::string(code(step.verb))}, {"what", field}}, field);
    };
    need(needs.level, !step.level.empty(), "level");
    need(needs.reason, !step.reason.empty() || !step.note.empty(), "reason");
    need(needs.decision, !step.decision.empty(), "decision");
    need(needs.unit, step.unit.has_value(), "unit");
}

void check_level(const Exemplar& it, const Step& step, const ExemplarRules& rules, const Decider& decider) {
    const Level* level = rules.level(step.level);
    if (!level) throw Problem("exemplar.unknown-level", {{"value", step.level}}, "level");
    if (!decider.above || !decides(*level, decider.kind))
        throw Problem("exemplar.level-authority", {{"level", step.level}}, "by_unit", 403);
    if (rules.rank_of_level(it.level) >= rules.rank_of_level(step.level))
        throw Problem("exemplar.level-lower", {{"level", step.level}, {"reached", it.level}}, "level");
    if (!level->after.empty() && rules.rank_of_level(it.level) < rules.rank_of_level(level->after))
        throw Problem("exemplar.level-after", {{"level", step.level}, {"after", level->after}}, "level");
}

void check_authority(const Move& move, const ExemplarRules& rules, const Decider& decider) {
    const bool by_decision = move.action == people::Action::recognise_exemplar;
    if (!decider.above || (by_decision && !decides_some_level(rules, decider.kind)))
        throw Problem("exemplar.authority", {{"verb", std::string(code(move.verb))}}, "by_unit", 403);
}

/// Between the days on which the cycle registers; the unit above may take in what comes late.
void check_window(const Step& step, const ExemplarRules& rules, const Decider& decider) {
    const std::string day = step.on.text();
    if (!rules.opens.empty() && day < rules.opens)
        throw Problem("exemplar.not-open-yet", {{"opens", rules.opens}}, "on");
    if (!rules.closes.empty() && day > rules.closes && !decider.above)
        throw Problem("exemplar.deadline", {{"closes", rules.closes}}, "on");
}

Day months_later(Day day, int months) {
    const int at = day.number() / 10'000 * 12 + day.number() / 100 % 100 - 1 + months;
    return Day::of_number(at / 12 * 10'000 + (at % 12 + 1) * 100 + std::min(day.number() % 100, 28));
}

}  // namespace

std::vector<Problem> faults_of(const Writing& writing, const ExemplarRules& rules) {
    std::vector<Problem> found;
    const Content& content = writing.content;
    for (const auto& [field, text] : {std::pair{"title", &writing.title},
                                      {"field", &writing.field},
                                      {"situation", &content.situation},
                                      {"aim", &content.aim},
                                      {"result", &content.result},
                                      {"method", &content.method},
                                      {"place", &content.place},
                                      {"forces", &content.forces},
                                      {"starts", &content.starts},
                                      {"product", &content.product},
                                      {"upkeep", &content.upkeep}})
        if (text->empty()) found.emplace_back("exemplar.missing", Arguments{{"field", field}}, field);
    if (content.beneficiaries.who.empty())
        found.emplace_back("exemplar.missing", Arguments{{"field", "beneficiaries"}}, "beneficiaries");
    if (!content.ends.empty() && content.ends < content.starts)
        found.emplace_back("exemplar.dates", Arguments{{"starts", content.starts}, {"ends", content.ends}}, "ends");
    check_catalogue(writing, rules, found);
    check_owner(writing, found);
    return found;
}

std::vector<Problem> draft_faults_of(const Writing& writing, const ExemplarRules& rules) {
    std::vector<Problem> found;
    check_catalogue(writing, rules, found);
    return found;
}

bool decides(const Level& level, std::string_view kind) {
    const auto& by = level.recognised_by;
    return by.empty() || std::find(by.begin(), by.end(), kind) != by.end();
}

bool decides_some_level(const ExemplarRules& rules, std::string_view kind) {
    return std::any_of(rules.levels.begin(), rules.levels.end(),
                       [&](const Level& level) { return decides(level, kind); });
}

void check_step(const Exemplar& it, const Step& step, const ExemplarRules& rules, const Decider& decider, Day last_step,
                Day today) {
    const Move* move = find_move(it.state, step.verb);
    if (!move || move->to != step.to)
        throw Problem("exemplar.step", {{"verb", std::string(code(step.verb))}, {"state", std::string(code(it.state))}},
                      "", 409);
    check_needs(step, move->needs);
    if (step.on > today || step.on < last_step)
        throw Problem("exemplar.day",
                      {{"day", step.on.text()}, {"earliest", last_step.text()}, {"latest", today.text()}}, "on");
    if (step.verb == Verb::confirm && it.confirmed_year == step.on.number() / 10'000)
        throw Problem("exemplar.confirmed-already", {{"year", std::to_string(it.confirmed_year)}}, "on");
    if (!step.reason.empty() && !rules.reason(step.reason))
        throw Problem("exemplar.unknown-reason", {{"value", step.reason}}, "reason");
    if (step.verb == Verb::recognise)
        check_level(it, step, rules, decider);
    else if (move->side == Side::authority)
        check_authority(*move, rules, decider);
    if (step.verb == Verb::register_) check_window(step, rules, decider);
}

Day review_due_on(const Exemplar& it, const ExemplarRules& rules) {
    return months_later(std::max(it.looked_on, it.registered_on), rules.review_months);
}

bool review_due(const Exemplar& it, const ExemplarRules& rules, Day today) {
    return is_active(it.state) && review_due_on(it, rules) <= today;
}

}  // namespace guidon::exemplars
