// Which way does a survey go, and what does it have to say when it is done? Pure.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "reviews/review_form.h"

namespace guidon::reviews {

/// Wire form = name.
enum class State { planned, done, cancelled };
/// Wire form = name.
enum class Verb {
    finish,    // with points, findings and a recommendation
    postpone,  // to another day
    cancel
};
struct Move {
    Verb verb;
    State from, to;
};
/// All permitted steps: what is done stays as it is; another survey is another one.
std::span<const Move> moves();
const Move* find_move(State from, Verb verb);

/// What who looked at it advises. Wire form = name. Removing is a step of the exemplar's own life, by decision.
enum class Recommendation { keep, improve, remove };
constexpr Recommendation recommendations[] = {Recommendation::keep, Recommendation::improve, Recommendation::remove};

struct AnswerToOne {
    Decimal points;
    std::string remark;
    bool operator==(const AnswerToOne&) const = default;
};
using Answers = std::map<std::string, AnswerToOne>;  // by the question's key

/// The sum, exactly.
Decimal score_of(const Answers& answers);
/// Points as they were typed, by the question's key → answers; throws Problem "review.missing" for a question without
/// points, "review.points" for what is no decimal from 0 to the question's most.
Answers read_answers(const ReviewForm& form, const std::map<std::string, std::string>& points,
                     const std::map<std::string, std::string>& remarks);

std::string_view code(State state);
std::optional<State> state_of(std::string_view code);
std::string_view code(Verb verb);
std::optional<Verb> verb_of(std::string_view code);
std::string_view code(Recommendation recommendation);
std::optional<Recommendation> recommendation_of(std::string_view code);

}  // namespace guidon::reviews
