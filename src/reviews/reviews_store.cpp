#include "reviews/reviews_store.h"

#include <boost/json.hpp>

#include "store/sql.h"

namespace guidon::reviews {

namespace json = boost::json;
using store::first_of;
using store::first_row;
using store::next_id;
using store::one;
using store::rows;
using store::run;

namespace {

std::string as_text(const Answers& answers) {
    json::object kept;
    for (const auto& [key, answer] : answers) {
        json::object part{{"points", answer.points.text()}};
        if (!answer.remark.empty()) part["remark"] = answer.remark;
        kept[key] = std::move(part);
    }
    return json::serialize(kept);
}

Answers answers_of(const std::string& kept) {
    Answers answers;
    if (kept.empty()) return answers;
    const json::value all = json::parse(kept);
    for (const auto& [key, value] : all.as_object()) {
        const auto& part = value.as_object();
        AnswerToOne answer{Decimal::parse(part.at("points").as_string()).value_or(Decimal()), ""};
        if (const auto* remark = part.if_contains("remark")) answer.remark = std::string(remark->as_string());
        answers.emplace(std::string(key), std::move(answer));
    }
    return answers;
}

template <class... Arguments>
std::vector<Review> read_reviews(const store::Reader& reader, const std::string& condition,
                                 const Arguments&... arguments) {
    std::vector<Review> all;
    for (const auto& [id, public_id, exemplar, plan, form, unit, team, state, planned, done, answers, score, findings,
                      recommendation, reason, since] :
         rows<ReviewId, std::string, ExemplarId, std::optional<PlanId>, FormId, UnitId, std::string, std::string, Day,
              Day, std::string, std::int64_t, std::string, std::string, std::string, std::int64_t>(
             reader,
             "SELECT r.id, r.public_id, r.exemplar, r.plan, r.form, r.unit, r.team, r.state, r.planned_on, r.done_on,"
             " r.answers, r.score, r.findings, r.recommendation, r.reason, r.since_seq FROM review r " +
                 condition,
             arguments...))
        all.push_back({id, public_id, exemplar, plan, form, unit, team, state_of(state).value(), planned, done,
                       answers_of(answers), Decimal::millionths(score), findings, recommendation_of(recommendation),
                       reason, since});
    return all;
}

}  // namespace

std::optional<Review> find_review(const store::Reader& reader, std::string_view public_id) {
    return first_of(read_reviews(reader, "WHERE r.public_id = :id", public_id));
}

std::vector<Review> reviews_of(const store::Reader& reader, ExemplarId exemplar) {
    return read_reviews(reader, "WHERE r.exemplar = :exemplar ORDER BY r.id DESC", exemplar);
}

std::vector<Review> reviews_in(const store::Reader& reader, State state) {
    const std::string order = state == State::done ? "r.done_on DESC, r.id DESC" : "r.planned_on, r.id";
    return read_reviews(reader, "WHERE r.state = :state ORDER BY " + order, code(state));
}

std::vector<Review> planned_for(const store::Reader& reader, PersonId person) {
    return read_reviews(reader,
                        "JOIN review_member m ON m.review = r.id WHERE m.person = :person AND r.state = 'planned'"
                        " ORDER BY r.planned_on, r.id",
                        person);
}

std::vector<Review> planned_by(const store::Reader& reader, UnitId unit) {
    return read_reviews(reader,
                        "WHERE r.unit = :unit AND r.state = 'planned' AND NOT EXISTS (SELECT 1 FROM review_member m"
                        " WHERE m.review = r.id) ORDER BY r.planned_on, r.id",
                        unit);
}

std::vector<PersonId> members_of(const store::Reader& reader, ReviewId id) {
    std::vector<PersonId> all;
    for (const auto& [person] :
         rows<PersonId>(reader, "SELECT person FROM review_member WHERE review = :review ORDER BY person", id))
        all.push_back(person);
    return all;
}

std::string form_text(const store::Reader& reader, FormId id) {
    return one<std::string>(reader, "SELECT toml FROM review_form WHERE id = :id", id);
}

FormId keep_form(store::Change& change, std::string_view toml) {
    if (const auto found = first_row<FormId>(change, "SELECT id FROM review_form WHERE toml = :toml", toml))
        return std::get<0>(*found);
    const FormId id(next_id(change, "review_form"));
    run(change, "INSERT INTO review_form (id, toml) VALUES (:id, :toml)", id, toml);
    return id;
}

PlanId add_plan(store::Change& change, const std::string& public_id, movements::CycleId cycle, UnitId unit,
                std::string_view field, Day planned_on) {
    const PlanId id(next_id(change, "review_plan"));
    run(change,
        "INSERT INTO review_plan (id, public_id, cycle, unit, field, planned_on, since_seq)"
        " VALUES (:id, :public_id, :cycle, :unit, :field, :planned, :since)",
        id, public_id, cycle, unit, field, planned_on, change.next_seq());
    return id;
}

Review add_review(store::Change& change, ExemplarId exemplar, const Wish& wish, std::optional<PlanId> plan) {
    Review added;
    added.id = ReviewId(next_id(change, "review"));
    added.public_id = store::new_public_id();
    added.exemplar = exemplar;
    added.plan = plan;
    added.form = wish.form;
    added.unit = wish.unit;
    added.team = wish.team;
    added.planned_on = wish.planned_on;
    added.since = change.next_seq();
    run(change,
        "INSERT INTO review (id, public_id, exemplar, plan, form, unit, team, state, planned_on, done_on, answers,"
        " score, findings, recommendation, reason, since_seq) VALUES (:id, :public_id, :exemplar, :plan, :form, :unit,"
        " :team, 'planned', :planned, 0, '', 0, '', '', '', :since)",
        added.id, added.public_id, exemplar, plan, wish.form, wish.unit, wish.team, wish.planned_on, added.since);
    for (const PersonId person : wish.members)
        run(change, "INSERT INTO review_member (review, person) VALUES (:review, :person)", added.id, person);
    return added;
}

void store_review(store::Change& change, const Review& now) {
    run(change,
        "UPDATE review SET state = :state, planned_on = :planned, done_on = :done, answers = :answers, score = :score,"
        " findings = :findings, recommendation = :recommendation, reason = :reason, since_seq = :since WHERE id = :id",
        code(now.state), now.planned_on, now.done_on, as_text(now.answers), now.score.in_millionths(), now.findings,
        now.recommendation ? code(*now.recommendation) : std::string_view(), now.reason, change.next_seq(), now.id);
}

std::vector<Candidate> candidates(const store::Reader& reader, movements::CycleId cycle, Day cutoff) {
    std::vector<Candidate> all;
    for (const auto& [id, unit, field, state, registered, looked] :
         rows<ExemplarId, UnitId, std::string, std::string, Day, Day>(
             reader,
             "SELECT e.id, e.unit, e.field, e.state, e.registered_on, e.looked_on FROM exemplar e"
             " WHERE e.cycle = :cycle AND e.state NOT IN ('draft', 'ended', 'removed') AND e.registered_on <= :a"
             " AND e.looked_on <= :b AND NOT EXISTS (SELECT 1 FROM review v WHERE v.exemplar = e.id"
             " AND v.state = 'planned')"
             " ORDER BY CASE WHEN e.looked_on > e.registered_on THEN e.looked_on ELSE e.registered_on END, e.id",
             cycle, cutoff, cutoff))
        all.push_back({id, unit, field, exemplars::state_of(state).value(), registered, looked});
    return all;
}

std::vector<Problem> check_reviews(const store::Reader& reader) {
    std::vector<Problem> found;
    for (const auto& [public_id] :
         rows<std::string>(reader,
                           "SELECT r.public_id FROM review r WHERE (r.state = 'done') <> (r.done_on > 0)"
                           " OR (r.state = 'done' AND r.recommendation = '') ORDER BY r.id LIMIT 100"))
        found.emplace_back("doctor.review-done", Arguments{{"review", public_id}});
    for (const auto& [public_id, answers, score] : rows<std::string, std::string, std::int64_t>(
             reader, "SELECT public_id, answers, score FROM review WHERE state = 'done' ORDER BY id"))
        if (score_of(answers_of(answers)).in_millionths() != score)
            found.emplace_back("doctor.review-score", Arguments{{"review", public_id}});
    return found;
}

}  // namespace guidon::reviews
