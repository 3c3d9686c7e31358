// Is the way of an adoption sound? Everything is reached, nothing is stuck, both have to agree.
#include "replications/course.h"

#include <gtest/gtest.h>

#include <set>

namespace guidon::replications {
namespace {

const Day monday = Day::of_number(20240311), tuesday = Day::of_number(20240312);

TEST(Course, EveryStateIsReachedFromASuggestion) {
    std::set<State> seen{State::suggested};
    for (std::size_t before = 0; before != seen.size();) {
        before = seen.size();
        for (const Move& move : moves())
            if (seen.contains(move.from)) seen.insert(move.to);
    }
    EXPECT_EQ(seen.size(), std::size(states));
}

TEST(Course, AVerbLeadsToOneStateFromEachState) {
    std::set<std::pair<State, Verb>> seen;
    for (const Move& move : moves()) EXPECT_TRUE(seen.insert({move.from, move.verb}).second) << code(move.verb);
}

TEST(Course, OnlyTheAgreementOfBothIsAnAgreement) {
    const Move& first = *find_move(State::suggested, Verb::agree_as_adopter);
    const Agreement by_adopter = with({}, Verb::agree_as_adopter, monday);
    EXPECT_EQ(reached(first, by_adopter), State::suggested);
    const Move& second = *find_move(State::suggested, Verb::agree_as_origin);
    EXPECT_EQ(reached(second, with(by_adopter, Verb::agree_as_origin, tuesday)), State::agreed);
}

TEST(Course, WhatBeganIsNotDeclinedAnyMoreButAssessed) {
    EXPECT_EQ(find_move(State::adopting, Verb::decline), nullptr);
    EXPECT_EQ(find_move(State::adopting, Verb::find_not_working)->to, State::does_not_work);
}

TEST(Course, NamesAreReadBack) {
    for (const State state : states) EXPECT_EQ(state_of(code(state)), state);
    for (const Verb verb : verbs) EXPECT_EQ(verb_of(code(verb)), verb);
    EXPECT_EQ(state_of("copied"), std::nullopt);
}

}  // namespace
}  // namespace guidon::replications
