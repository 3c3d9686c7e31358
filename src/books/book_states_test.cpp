#include "books/book_states.h"

#include <gtest/gtest.h>

#include <set>

namespace guidon::books {
namespace {

TEST(BookStates, TheWayLeadsFromNominationToPrint) {
    State state = State::nominated;
    std::string way;
    for (const Verb verb : {Verb::list, Verb::survey, Verb::select, Verb::request, Verb::deliver, Verb::edit,
                            Verb::check, Verb::approve, Verb::typeset, Verb::publish}) {
        const Move* move = find_move(state, verb);
        ASSERT_TRUE(move) << code(verb);
        state = move->to;
        way += std::string(code(state)) + " ";
    }
    EXPECT_EQ(way, "long_list surveyed selected requested delivered edited checked approved typeset published ");
}

TEST(BookStates, NothingLeavesPrintAndEverythingElseCanBeLeft) {
    for (const State state : states) EXPECT_EQ(moves_from(state).empty(), state == State::published) << code(state);
}

TEST(BookStates, AStepIsPermittedOnceAndWhatTakesBackSaysWhy) {
    std::set<std::pair<State, Verb>> seen;
    for (const Move& move : moves()) {
        EXPECT_TRUE(seen.insert({move.from, move.verb}).second) << code(move.from) << code(move.verb);
        const bool back = move.to < move.from || move.to == State::declined || move.to == State::withdrawn;
        EXPECT_TRUE(move.from > State::published || (move.needs == Needs::reason) == back) << code(move.verb);
    }
}

TEST(BookStates, ApprovingAndPublishingAreNotEditing) {
    for (const Move& move : moves())
        EXPECT_TRUE((move.to != State::published && move.verb != Verb::approve) ||
                    move.action == people::Action::approve_book);
    for (const State state : states) EXPECT_TRUE(!is_approved(state) || is_chosen(state));
}

TEST(BookStates, NamesReadBack) {
    for (const State state : states) EXPECT_EQ(state_of(code(state)), state);
    for (const Verb verb : verbs) EXPECT_EQ(verb_of(code(verb)), verb);
    EXPECT_FALSE(state_of("printed"));
}

}  // namespace
}  // namespace guidon::books
