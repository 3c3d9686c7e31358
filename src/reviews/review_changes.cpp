#include "reviews/review_changes.h"

#include <algorithm>
#include <unordered_set>

#include "base/plain_text.h"
#include "base/problems.h"
#include "exemplars/life.h"
#include "people/gate.h"
#include "reviews/review_document.h"
#include "reviews/team.h"
#include "units/units_pages.h"
#include "web/precondition.h"

namespace guidon::reviews {

namespace json = boost::json;
using exemplars::Exemplar;
using people::Action;
using people::Gate;
using people::Viewer;
using web::Answer;
using web::Request;

namespace {

constexpr std::size_t longest_line = 500, longest_text = 10'000, most_planned = 5'000, most_shown = 200;

const Viewer& signed_in(const Request& request) {
    const Viewer* viewer = people::viewer_of(request);
    if (!viewer) throw Problem("gate.sign-in", {}, "", 401);
    return *viewer;
}

Day read_day(const Request& request, const std::string& field, Day earliest, Day latest) {
    const std::string text = request.field(field);
    const auto day = Day::parse(text);
    if (!day || *day < earliest || *day > latest)
        throw Problem("review.day", {{"day", text}, {"earliest", earliest.text()}, {"latest", latest.text()}}, field);
    return *day;
}

Day planned_day(const Desk& desk, const Request& request) {
    return read_day(request, "planned_on", desk.today(), Day::of_number(desk.today().number() + 100'000));
}

/// The questions: as typed, or those that ship. Read to see that they are sound.
std::string read_form(const Desk& desk, const Request& request) {
    std::string toml = request.field("form_toml");
    if (toml.find_first_not_of(" \r\n\t") == std::string::npos) toml = desk.sample_form;
    if (toml.size() > 50'000)
        throw Problem("text.too-long", {{"most", "50000"}, {"length", std::to_string(toml.size())}}, "form_toml");
    read_review_form(toml);
    return toml;
}

/// What a plan says of each survey; the form is kept with it.
Wish read_wish(const Desk& desk, store::Change& change, const Request& request, UnitId otherwise) {
    const Viewer& viewer = signed_in(request);
    Wish wish;
    wish.unit = viewer.capacity && viewer.capacity->unit ? *viewer.capacity->unit : otherwise;
    wish.team = clean_line(request.field("team"), longest_line, "team");
    wish.members = read_members(change, viewer, request);
    wish.planned_on = planned_day(desk, request);
    wish.form = keep_form(change, read_form(desk, request));
    return wish;
}

Answer at_review(const Desk& desk, const store::Reader& reader, const Request& request, const Survey& survey,
                 int status) {
    Answer answer{.status = status, .template_name = "reviews/review"};
    answer.location = "/reviews/" + survey.review.public_id;
    answer.document = review_document(desk, reader, request, survey);
    return answer;
}

}  // namespace

Answer plan_review(const Desk& desk, const Request& request) {
    const auto reader = desk.store.read();
    const Viewer& viewer = signed_in(request);
    const Exemplar exemplar = exemplars::must_find_exemplar(reader, &viewer, request.field("exemplar"));
    const auto permit = Gate::permit(reader, &viewer, Action::review_exemplar, place_of(exemplar));
    if (!exemplars::is_active(exemplar.state)) throw Problem("review.not-active", {}, "", 409);
    for (const Review& other : reviews_of(reader, exemplar.id))
        if (other.state == State::planned) throw Problem("review.planned-already", {}, "", 409);

    auto change = desk.store.change(permit);
    const Wish wish = read_wish(desk, change, request, exemplar.unit);
    const Review added = add_review(change, exemplar.id, wish);
    auto answer = at_review(desk, change, request, {added, exemplar}, 201);
    change.commit("review.planned", exemplar.public_id,
                  {{"review", added.public_id}, {"planned_on", wish.planned_on.text()}});
    return answer;
}

// Many at once ------------------------------------------------------------------------------------------------------

namespace {

struct Many {
    movements::StoredCycle cycle;
    units::Unit unit;
    std::string field, field_title;
    std::vector<Candidate> exemplars;
};

/// All active ones of the field at or below the unit for which no survey is planned.
Many read_many(const Desk& desk, const store::Reader& reader, const Request& request) {
    const std::string key = request.field("movement"), period = request.field("period");
    auto cycle = movements::find_cycle(reader, key, period);
    if (!cycle) throw Problem("review.unknown-cycle", {{"movement", key}, {"period", period}}, "movement");
    Many many{
        *std::move(cycle), must_find_unit(reader, request.field("unit"), desk.today()), request.field("field"), "", {}};
    Cycles cycles(reader, nullptr);
    if (!many.field.empty()) {
        const auto* field = cycles.rules(key, period).field(many.field);
        if (!field) throw Problem("review.unknown-field", {{"value", many.field}}, "field");
        many.field_title = pick(field->title, request.language);
    }
    std::unordered_set<UnitId> below;
    for (const UnitId unit : units::subtree(reader, many.unit.id, desk.today())) below.insert(unit);
    for (const Candidate& one : candidates(reader, many.cycle.id, Day::never()))
        if (below.contains(one.unit) && (many.field.empty() || one.field == many.field)) many.exemplars.push_back(one);
    if (many.exemplars.empty()) throw Problem("review.nothing", {}, "field");
    if (many.exemplars.size() > most_planned)
        throw Problem("review.too-many",
                      {{"count", std::to_string(many.exemplars.size())}, {"most", std::to_string(most_planned)}},
                      "field");
    return many;
}

/// What would be planned, with all that was typed, to be sent once more.
Answer shown_plan(const Desk& desk, const store::Reader& reader, const Request& request, const Many& many) {
    const Language language = request.language;
    json::array rows, members;
    for (const Candidate& one : many.exemplars) {
        if (rows.size() == most_shown) break;
        const Exemplar exemplar = exemplars::exemplar(reader, one.exemplar);
        rows.push_back(
            json::object{{"exemplar", exemplars::exemplar_reference(exemplar, language)},
                         {"unit", units::unit_reference(units::unit(reader, exemplar.unit, desk.today()), language)}});
    }
    for (auto [at, end] = request.fields.equal_range("member"); at != end; ++at) members.emplace_back(at->second);
    const Day day = planned_day(desk, request);
    Answer answer{.template_name = "reviews/plan"};
    answer.document = {{"title", say(language, "reviews.plan-title")},
                       {"lede", say(language, "reviews.plan-lede",
                                    {{"count", std::to_string(many.exemplars.size())},
                                     {"unit", pick(many.unit.names, language)},
                                     {"day", date_text(language, day.text())}})},
                       {"count", many.exemplars.size()},
                       {"shown", rows.size()},
                       {"cut", many.exemplars.size() > most_shown},
                       {"movement", many.cycle.key},
                       {"period", many.cycle.period},
                       {"unit_code", request.field("unit")},
                       {"field", many.field},
                       {"planned_on", day.text()},
                       {"team", request.field("team")},
                       {"members", std::move(members)},
                       {"form_toml", request.field("form_toml")},
                       {"action", "/reviews/plans"},
                       {"rows", std::move(rows)}};
    if (!many.field_title.empty()) answer.document["field_title"] = many.field_title;
    return answer;
}

}  // namespace

Answer plan_many(const Desk& desk, const Request& request) {
    const auto reader = desk.store.read();
    const Viewer& viewer = signed_in(request);
    const units::Unit unit = must_find_unit(reader, request.field("unit"), desk.today());
    const auto permit = Gate::permit(reader, &viewer, Action::review_exemplar,
                                     {.unit = unit.id, .movement = request.field("movement")});
    const Many many = read_many(desk, reader, request);
    read_form(desk, request);
    const std::string count = request.field("count");
    if (count.empty()) return shown_plan(desk, reader, request, many);
    if (count != std::to_string(many.exemplars.size()))
        throw Problem("review.plan-changed", {{"count", std::to_string(many.exemplars.size())}}, "", 409);

    auto change = desk.store.change(permit);
    const Wish wish = read_wish(desk, change, request, unit.id);
    const std::string public_id = store::new_public_id();
    const PlanId plan = add_plan(change, public_id, many.cycle.id, unit.id, many.field, wish.planned_on);
    for (const Candidate& one : many.exemplars) add_review(change, one.exemplar, wish, plan);
    change.commit("review.many-planned", unit.public_id,
                  {{"plan", public_id},
                   {"movement", many.cycle.key},
                   {"period", many.cycle.period},
                   {"field", many.field},
                   {"planned_on", wish.planned_on.text()},
                   {"count", many.exemplars.size()}});
    Answer answer{.status = 201, .template_name = "reviews/plan"};
    answer.location = "/reviews?state=planned&unit=" + unit.code;
    answer.document = {{"id", public_id}, {"count", many.exemplars.size()}, {"href", answer.location}};
    return answer;
}

// One step ----------------------------------------------------------------------------------------------------------

namespace {

void finish(const store::Reader& reader, const Request& request, const Survey& survey, Review& now, Day today) {
    FormFaults faults;
    const ReviewForm form = read_review_form(form_text(reader, now.form));
    std::map<std::string, std::string> points, remarks;
    for (const Question& question : form.questions) {
        points[question.key] = request.number("points_" + question.key);
        const std::string field = "remark_" + question.key;
        remarks[question.key] = faults.of([&] { return clean_line(request.field(field), longest_line, field); });
    }
    now.answers = faults.of([&] { return read_answers(form, points, remarks); });
    now.score = score_of(now.answers);
    const bool dated = !request.field("on").empty();
    now.done_on =
        dated ? faults.of([&] { return read_day(request, "on", survey.exemplar.registered_on, today); }) : today;
    now.recommendation = recommendation_of(request.field("recommendation"));
    if (!now.recommendation) faults.add(Problem("review.missing", {{"what", "recommendation"}}, "recommendation"));
    now.findings = faults.of([&] {
        std::string findings = clean_text(request.field("findings"), longest_text, "findings");
        if (findings.empty() && now.recommendation && now.recommendation != Recommendation::keep)
            throw Problem("review.missing", {{"what", "findings"}}, "findings");
        return findings;
    });
    now.reason = now.recommendation == Recommendation::remove ? request.field("reason") : "";
    Cycles cycles(reader, nullptr);
    if (!now.reason.empty() && !cycles.rules(survey.exemplar.movement, survey.exemplar.period).reason(now.reason))
        faults.add(Problem("review.unknown-reason", {{"value", now.reason}}, "reason"));
    faults.end();
}

}  // namespace

Answer take_step(const Desk& desk, const Request& request) {
    const auto reader = desk.store.read();
    const Viewer& viewer = signed_in(request);
    const Survey survey = must_find_survey(reader, &viewer, request.place.at("id"));
    const auto permit = Gate::permit(reader, &viewer, Action::review_exemplar, place_of(survey.exemplar));
    const auto verb = verb_of(request.field("verb"));
    const Move* move = verb ? find_move(survey.review.state, *verb) : nullptr;
    if (!move)
        throw Problem("review.step",
                      {{"verb", request.field("verb")}, {"state", std::string(code(survey.review.state))}}, "", 409);
    web::must_match(request, std::to_string(survey.review.since));

    auto change = desk.store.change(permit);
    Review now = survey.review;
    now.state = move->to;
    if (move->verb == Verb::finish) finish(change, request, survey, now, desk.today());
    if (move->verb == Verb::postpone) now.planned_on = planned_day(desk, request);
    store_review(change, now);
    now.since = change.next_seq();
    if (move->verb == Verb::finish && now.done_on > survey.exemplar.looked_on)
        exemplars::mark_looked_at(change, survey.exemplar.id, now.done_on);
    json::object document{{"review", now.public_id}};
    if (now.state == State::done) {
        document["score"] = now.score.text();
        document["recommendation"] = code(now.recommendation.value());
    }
    if (move->verb == Verb::postpone) document["planned_on"] = now.planned_on.text();
    auto answer = at_review(desk, change, request, {now, exemplars::exemplar(change, survey.exemplar.id)}, 200);
    change.commit("review." + std::string(code(move->verb)), survey.exemplar.public_id, document);
    return answer;
}

}  // namespace guidon::reviews
