#include "reviews/review_desk.h"

#include <algorithm>

namespace guidon::reviews {

namespace {

/// No exemplar that was looked at after it is due on `today`: months are counted exactly afterwards.
Day cutoff(Day today, int months) {
    const int at = today.number() / 10'000 * 12 + today.number() / 100 % 100 - 1 - months;
    return Day::of_number(at / 12 * 10'000 + (at % 12 + 1) * 100 + 31);
}

}  // namespace

using people::Action;
using people::Audience;
using people::Gate;
using people::Viewer;

people::Where place_of(const exemplars::Exemplar& exemplar) {
    return {.unit = exemplar.unit, .movement = exemplar.movement};
}

bool sees_survey(const store::Reader& reader, const Viewer* viewer, const Survey& survey) {
    if (!viewer || !exemplars::sees(reader, viewer, survey.exemplar)) return false;
    if (Gate::may(reader, viewer, Action::review_exemplar, place_of(survey.exemplar))) return true;
    const people::Sight sight(reader, viewer, survey.exemplar.movement, survey.exemplar.period);
    if (sight.sees(survey.exemplar.unit, Audience::chain)) return true;
    if (viewer->token) return false;
    const auto members = members_of(reader, survey.review.id);
    return std::find(members.begin(), members.end(), viewer->person_id) != members.end();
}

Survey must_find_survey(const store::Reader& reader, const Viewer* viewer, std::string_view public_id) {
    const Problem unknown("review.unknown", {{"review", std::string(public_id)}}, "", 404);
    auto found = find_review(reader, public_id);
    if (!found) throw unknown;
    Survey survey{*std::move(found), {}};
    survey.exemplar = exemplars::exemplar(reader, survey.review.exemplar);
    if (!sees_survey(reader, viewer, survey)) throw unknown;
    return survey;
}

const movements::ExemplarRules& Cycles::rules(const std::string& movement, const std::string& period) {
    const auto [at, added] = rules_.try_emplace({movement, period});
    if (!added) return at->second;
    const auto stored = movements::find_cycle(reader_, movement, period);
    if (!stored) return at->second;
    std::vector<Fault> faults;
    const auto cycle = movements::read_cycle(stored->toml, movement, faults);
    if (cycle && cycle->exemplars) at->second = *cycle->exemplars;
    if (cycle) titles_[{movement, period}] = cycle->title;
    return at->second;
}

const Texts& Cycles::title(const std::string& movement, const std::string& period) {
    rules(movement, period);
    return titles_[{movement, period}];
}

bool Cycles::in_chain(const std::string& movement, const std::string& period, UnitId unit) {
    const auto [at, added] = sights_.try_emplace({movement, period});
    if (added) at->second = people::Sight(reader_, viewer_, movement, period);
    return at->second.sees(unit, Audience::chain);
}

void for_each_due(const store::Reader& reader, movements::CycleId cycle, const movements::ExemplarRules& rules,
                  Day today, const std::function<void(const Candidate& exemplar, Day due)>& take) {
    if (rules.fields.empty()) return;
    for (const Candidate& one : candidates(reader, cycle, cutoff(today, rules.review_months))) {
        exemplars::Exemplar known;
        known.state = one.state;
        known.registered_on = one.registered_on;
        known.looked_on = one.looked_on;
        if (exemplars::review_due(known, rules, today)) take(one, exemplars::review_due_on(known, rules));
    }
}

units::Unit must_find_unit(const store::Reader& reader, const std::string& text, Day today) {
    auto unit = units::find_unit_by_code(reader, text, today);
    if (!unit) unit = units::find_unit(reader, text, today);
    if (!unit || !unit->exists.holds_on(today)) throw Problem("review.unknown-unit", {{"unit", text}}, "unit");
    return *std::move(unit);
}

std::string state_title(State state, Language language) {
    return say(language, "reviews.state." + std::string(code(state)));
}

std::string recommendation_title(Recommendation recommendation, Language language) {
    return say(language, "reviews.recommendation." + std::string(code(recommendation)));
}

std::string score_text(const Review& review, Decimal most, Language language) {
    return say(language, "reviews.score",
               {{"score", number_text(language, review.score.text())}, {"most", number_text(language, most.text())}});
}

}  // namespace guidon::reviews
