#include "reviews/review_rules.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace guidon::reviews {
namespace {

constexpr Move table[] = {
    {Verb::finish, State::planned, State::done},
    {Verb::postpone, State::planned, State::planned},
    {Verb::cancel, State::planned, State::cancelled},
};

constexpr std::array<std::string_view, 3> state_names{"planned", "done", "cancelled"};
constexpr std::array<std::string_view, 3> verb_names{"finish", "postpone", "cancel"};
constexpr std::array<std::string_view, 3> recommendation_names{"keep", "improve", "remove"};

template <class Enum, std::size_t n>
std::optional<Enum> found_in(const std::array<std::string_view, n>& names, std::string_view code) {
    for (std::size_t i = 0; i < n; ++i)
        if (names[i] == code) return static_cast<Enum>(i);
    return std::nullopt;
}

std::string at(const std::map<std::string, std::string>& all, const std::string& key) {
    const auto found = all.find(key);
    return found == all.end() ? std::string() : found->second;
}

}  // namespace

std::span<const Move> moves() {
    return table;
}

const Move* find_move(State from, Verb verb) {
    for (const Move& move : table)
        if (move.from == from && move.verb == verb) return &move;
    return nullptr;
}

Decimal score_of(const Answers& answers) {
    Decimal sum;
    for (const auto& [key, answer] : answers) sum = sum + answer.points;
    return sum;
}

Answers read_answers(const ReviewForm& form, const std::map<std::string, std::string>& points,
                     const std::map<std::string, std::string>& remarks) {
    Answers answers;
    for (const Question& question : form.questions) {
        const std::string text = at(points, question.key), field = "points_" + question.key;
        if (text.empty()) throw Problem("review.missing", {{"what", "points"}}, field);
        const auto given = Decimal::parse(text);
        if (!given || *given < Decimal() || *given > question.most)
            throw Problem("review.points", {{"value", text}, {"most", question.most.text()}}, field);
        answers[question.key] = {*given, at(remarks, question.key)};
    }
    return answers;
}

std::string_view code(State state) {
    return state_names[static_cast<std::size_t>(state)];
}
std::optional<State> state_of(std::string_view code) {
    return found_in<State>(state_names, code);
}
std::string_view code(Verb verb) {
    return verb_names[static_cast<std::size_t>(verb)];
}
std::optional<Verb> verb_of(std::string_view code) {
    return found_in<Verb>(verb_names, code);
}
std::string_view code(Recommendation recommendation) {
    return recommendation_names[static_cast<std::size_t>(recommendation)];
}
std::optional<Recommendation> recommendation_of(std::string_view code) {
    return found_in<Recommendation>(recommendation_names, code);
}

}  // namespace guidon::reviews
