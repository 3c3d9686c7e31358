// How are surveys kept? One row each, planned or done; the questions of a plan are kept with it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "exemplars/exemplars_store.h"
#include "reviews/review_rules.h"

namespace guidon::reviews {

using ReviewId = Id<struct ReviewTag>;
using FormId = Id<struct ReviewFormTag>;
using PlanId = Id<struct ReviewPlanTag>;
using exemplars::ExemplarId;
using people::PersonId;
using units::UnitId;

struct Review {
    ReviewId id;
    std::string public_id;
    ExemplarId exemplar;
    std::optional<PlanId> plan;
    FormId form;
    UnitId unit;       // that carries it out
    std::string team;  // offices and persons, in words
    State state = State::planned;
    Day planned_on, done_on;  // done_on: always() = not yet
    Answers answers;
    Decimal score;
    std::string findings;
    std::optional<Recommendation> recommendation;
    std::string reason;  // for removing: key in the movement's catalogue
    std::int64_t since = 0;
};

/// What a plan says of each survey.
struct Wish {
    FormId form;
    UnitId unit;
    std::string team;
    std::vector<PersonId> members;
    Day planned_on;
};

std::optional<Review> find_review(const store::Reader& reader, std::string_view public_id);
/// Of one exemplar, newest first.
std::vector<Review> reviews_of(const store::Reader& reader, ExemplarId exemplar);
/// In a state, by the day planned; done ones newest first.
std::vector<Review> reviews_in(const store::Reader& reader, State state);
/// Planned, in whose team the person is; planned by a unit without naming persons.
std::vector<Review> planned_for(const store::Reader& reader, PersonId person);
std::vector<Review> planned_by(const store::Reader& reader, UnitId unit);
std::vector<PersonId> members_of(const store::Reader& reader, ReviewId id);

std::string form_text(const store::Reader& reader, FormId id);
/// The form with exactly this text; added where there is none.
FormId keep_form(store::Change& change, std::string_view toml);
PlanId add_plan(store::Change& change, const std::string& public_id, movements::CycleId cycle, UnitId unit,
                std::string_view field, Day planned_on);
/// The journal entry is the caller's to commit, here and below.
Review add_review(store::Change& change, ExemplarId exemplar, const Wish& wish, std::optional<PlanId> plan = {});
/// State, days, answers, findings.
void store_review(store::Change& change, const Review& now);

/// An active exemplar without a planned survey.
struct Candidate {
    ExemplarId exemplar;
    UnitId unit;
    std::string field;
    exemplars::State state;
    Day registered_on, looked_on;
};
/// Those of a cycle that nobody looked at after `cutoff`, the longest ago first.
std::vector<Candidate> candidates(const store::Reader& reader, movements::CycleId cycle, Day cutoff);

/// Scores are sums, done ones have a day and an outcome: codes "doctor.review-*".
std::vector<Problem> check_reviews(const store::Reader& reader);

}  // namespace guidon::reviews
