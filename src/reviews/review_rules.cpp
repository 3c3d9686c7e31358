#include "reviews/review_rules.h"

#include <iterator>

#include "base/problems.h"
#include "base/states.h"

namespace guidon::reviews {
namespace {

constexpr Move table[] = {
    {Verb::finish, State::planned, State::done},
    {Verb::postpone, State::planned, State::planned},
    {Verb::cancel, State::planned, State::cancelled},
};

constexpr Names<State, 3> state_names{"planned", "done", "cancelled"};
constexpr Names<Verb, 3> verb_names{"finish", "postpone", "cancel"};
constexpr Names<Recommendation, std::size(recommendations)> recommendation_names{"keep", "improve", "remove"};

std::string at(const std::map<std::string, std::string>& all, const std::string& key) {
    const auto found = all.find(key);
    return found == all.end() ? std::string() : found->second;
}

}  // namespace

std::span<const Move> moves() {
    return table;
}

const Move* find_move(State from, Verb verb) {
    return guidon::find_move(moves(), from, verb);
}

Decimal score_of(const Answers& answers) {
    Decimal sum;
    for (const auto& [key, answer] : answers) sum = sum + answer.points;
    return sum;
}

Answers read_answers(const ReviewForm& form, const std::map<std::string, std::string>& points,
                     const std::map<std::string, std::string>& remarks) {
    FormFaults faults;
    Answers answers;
    for (const Question& question : form.questions) {
        const std::string text = at(points, question.key), field = "points_" + question.key;
        const auto given = Decimal::parse(text);
        if (text.empty())
            faults.add(Problem("review.missing", {{"what", "points"}}, field));
        else if (!given || *given < Decimal() || *given > question.most)
            faults.add(Problem("review.points", {{"value", text}, {"most", question.most.text()}}, field));
        else
            answers[question.key] = {*given, at(remarks, question.key)};
    }
    faults.end();
    return answers;
}

std::string_view code(State state) {
    return state_names[state];
}
std::optional<State> state_of(std::string_view code) {
    return state_names.find(code);
}
std::string_view code(Verb verb) {
    return verb_names[verb];
}
std::optional<Verb> verb_of(std::string_view code) {
    return verb_names.find(code);
}
std::string_view code(Recommendation recommendation) {
    return recommendation_names[recommendation];
}
std::optional<Recommendation> recommendation_of(std::string_view code) {
    return recommendation_names.find(code);
}

}  // namespace guidon::reviews
