#include "reviews/review_document.h"

#include "exemplars/life.h"
#include "reviews/team.h"
#include "units/units_pages.h"

namespace guidon::reviews {

namespace json = boost::json;
using exemplars::Exemplar;
using people::Action;
using people::Gate;
using people::Viewer;

namespace {

json::array questions_part(const Review& review, const ReviewForm& form, Language language) {
    json::array all;
    for (const Question& question : form.questions) {
        json::object row{{"key", question.key},
                         {"title", pick(question.title, language)},
                         {"most", question.most.text()},
                         {"most_text", number_text(language, question.most.text())},
                         {"answered", false},
                         {"has_remark", false}};
        if (const auto found = review.answers.find(question.key); found != review.answers.end()) {
            row["answered"] = true;
            row["points"] = found->second.points.text();
            row["points_text"] = number_text(language, found->second.points.text());
            row["has_remark"] = !found->second.remark.empty();
            if (!found->second.remark.empty()) row["remark"] = found->second.remark;
        }
        all.push_back(std::move(row));
    }
    return all;
}

json::array choices_part(Language language) {
    json::array all;
    for (const Recommendation one : recommendations)
        all.push_back(json::object{{"key", code(one)}, {"title", recommendation_title(one, language)}});
    return all;
}

json::array reasons_part(const movements::ExemplarRules& rules, const std::string& chosen, Language language) {
    json::array all;
    for (const auto& reason : rules.reasons)
        all.push_back(json::object{
            {"key", reason.key}, {"title", pick(reason.title, language)}, {"selected", reason.key == chosen}});
    return all;
}

json::object unit_part(const store::Reader& reader, UnitId unit, Day today, Language language) {
    return units::unit_reference(units::unit(reader, unit, today), language);
}

/// The step of the exemplar's life that a finding leads to, filled in; for who may take it.
void tell_removal(json::object& document, const store::Reader& reader, const Viewer* viewer, const Survey& survey,
                  const movements::ExemplarRules& rules, Day today, Language language) {
    if (survey.review.recommendation != Recommendation::remove) return;
    if (!exemplars::find_move(survey.exemplar.state, exemplars::Verb::remove)) return;
    if (!Gate::may(reader, viewer, Action::recognise_exemplar, place_of(survey.exemplar))) return;
    document["removal"] = json::object{{"action", "/exemplars/" + survey.exemplar.public_id + "/steps"},
                                       {"version", std::to_string(survey.exemplar.since)},
                                       {"reasons", reasons_part(rules, survey.review.reason, language)},
                                       {"note", survey.review.findings},
                                       {"today", today.text()}};
}

}  // namespace

json::object review_document(const Desk& desk, const store::Reader& reader, const web::Request& request,
                             const Survey& survey) {
    const Language language = request.language;
    const Viewer* viewer = people::viewer_of(request);
    const Review& it = survey.review;
    const ReviewForm form = read_review_form(form_text(reader, it.form));
    Cycles cycles(reader, viewer);
    const auto& rules = cycles.rules(survey.exemplar.movement, survey.exemplar.period);
    const bool may = Gate::may(reader, viewer, Action::review_exemplar, place_of(survey.exemplar));
    json::object document{
        {"title", say(language, "reviews.review-title", {{"title", exemplars::title_in(survey.exemplar, language)}})},
        {"id", it.public_id},
        {"href", "/reviews/" + it.public_id},
        {"version", std::to_string(it.since)},
        {"state", code(it.state)},
        {"state_title", state_title(it.state, language)},
        {"done", it.state == State::done},
        {"exemplar", exemplars::exemplar_reference(survey.exemplar, language)},
        {"owner", unit_part(reader, survey.exemplar.unit, desk.today(), language)},
        {"unit", unit_part(reader, it.unit, desk.today(), language)},
        {"members", members_of(reader, it.id).size()},
        {"planned_on", it.planned_on.text()},
        {"planned_text", date_text(language, it.planned_on.text())},
        {"overdue", it.state == State::planned && it.planned_on < desk.today()},
        {"form_title", pick(form.title, language)},
        {"form_sample", form.sample},
        {"most", form.most().text()},
        {"questions", questions_part(it, form, language)},
        {"may_finish", may && it.state == State::planned},
        {"action", "/reviews/" + it.public_id + "/steps"},
        {"recommendations", choices_part(language)},
        {"reasons", reasons_part(rules, it.reason, language)},
        {"today", desk.today().text()}};
    if (!it.team.empty()) document["team"] = it.team;
    if (const auto members = members_of(reader, it.id).size(); members > 0)
        document["members_text"] = say(language, "reviews.members", {{"count", std::to_string(members)}});
    if (it.state != State::done) return document;
    document["done_on"] = it.done_on.text();
    document["done_text"] = date_text(language, it.done_on.text());
    document["score"] = it.score.text();
    document["score_text"] = score_text(it, form.most(), language);
    if (!it.findings.empty()) document["findings"] = it.findings;
    document["recommendation"] = code(it.recommendation.value());
    document["recommendation_title"] = recommendation_title(*it.recommendation, language);
    tell_removal(document, reader, viewer, survey, rules, desk.today(), language);
    return document;
}

namespace {

json::object chain_row(const store::Reader& reader, const Review& review, Language language) {
    json::object row{
        {"href", "/reviews/" + review.public_id},
        {"state_title", state_title(review.state, language)},
        {"done", review.state == State::done},
        {"has_findings", !review.findings.empty()},
        {"day_text", date_text(language, (review.state == State::done ? review.done_on : review.planned_on).text(),
                               DateStyle::medium)}};
    if (review.state != State::done) return row;
    row["score_text"] = score_text(review, read_review_form(form_text(reader, review.form)).most(), language);
    row["recommendation_title"] = recommendation_title(review.recommendation.value(), language);
    if (!review.findings.empty()) row["findings"] = review.findings;
    return row;
}

void tell_the_chain(json::object& part, const Exemplar& exemplar, const std::vector<Review>& all,
                    const exemplars::Looking& looking, Day today) {
    const Language language = looking.request.language;
    json::array rows;
    bool planned = false;
    for (const Review& review : all) {
        rows.push_back(chain_row(looking.reader, review, language));
        planned = planned || review.state == State::planned;
    }
    part["reviews"] = std::move(rows);
    const bool active = exemplars::is_active(exemplar.state);
    Cycles cycles(looking.reader, looking.viewer);
    const auto& rules = cycles.rules(exemplar.movement, exemplar.period);
    if (active) {
        const Day due = exemplars::review_due_on(exemplar, rules);
        part["due_on"] = due.text();
        part["due_text"] =
            say(language, exemplars::review_due(exemplar, rules, today) ? "reviews.is-due" : "reviews.due-on",
                {{"day", date_text(language, due.text())}});
    }
    part["may_plan"] =
        active && !planned && Gate::may(looking.reader, looking.viewer, Action::review_exemplar, place_of(exemplar));
    part["action"] = "/reviews";
    part["exemplar_id"] = exemplar.public_id;
    part["colleagues"] = colleagues_part(looking.reader, looking.viewer, language);
    part["today"] = today.text();
}

}  // namespace

void tell_reviews(json::object& document, const Exemplar& exemplar, const exemplars::Looking& looking, Day today) {
    const Language language = looking.request.language;
    const auto all = reviews_of(looking.reader, exemplar.id);
    json::object part{{"looked_at", exemplar.looked_on > Day::always()},
                      {"reviews", json::array()},
                      {"may_plan", false},
                      {"has_outcome", false}};
    if (exemplar.looked_on > Day::always()) {
        part["looked_on"] = exemplar.looked_on.text();
        part["looked_text"] =
            say(language, "reviews.looked-on", {{"day", date_text(language, exemplar.looked_on.text())}});
    }
    for (const Review& review : all) {
        if (review.state != State::done) continue;
        part["has_outcome"] = true;
        part["outcome"] = code(review.recommendation.value());
        part["outcome_text"] = say(language, "reviews.outcome." + std::string(code(*review.recommendation)));
        break;
    }
    const people::Sight sight(looking.reader, looking.viewer, exemplar.movement, exemplar.period);
    if (looking.viewer && sight.sees(exemplar.unit, people::Audience::chain))
        tell_the_chain(part, exemplar, all, looking, today);
    document["review"] = std::move(part);
}

}  // namespace guidon::reviews
