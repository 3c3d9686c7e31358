#include "exemplars/life.h"

#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>
#include <string>

#include "base/language.h"

namespace guidon::exemplars {
namespace {

std::string steps_from(State state) {
    std::string text;
    for (const Move& move : moves_from(state))
        text.append(text.empty() ? "" : ", ").append(code(move.verb)).append(" → ").append(code(move.to));
    return text;
}

TEST(Life, LeadsFromTheDraftToRecognitionAndBackWithAReason) {
    EXPECT_EQ(steps_from(State::draft), "register → registered");
    EXPECT_EQ(steps_from(State::running),
              "propose → proposed, send_back → launched, end → ended, remove → removed, transfer → running");
    EXPECT_EQ(steps_from(State::council),
              "recognise → recognised, decline → not_recognised, send_back → proposed, remove → removed, "
              "transfer → council");
    EXPECT_EQ(steps_from(State::kept),
              "confirm → kept, recognise → recognised, end → ended, remove → removed, transfer → kept");
    EXPECT_EQ(steps_from(State::removed), "reactivate → running");
}

TEST(Life, EveryStateCanBeReachedAndEveryStepIsThereOnce) {
    std::set<State> reached{State::draft};
    std::set<std::pair<State, Verb>> seen;
    for (const Move& move : moves()) {
        reached.insert(move.to);
        EXPECT_TRUE(seen.emplace(move.from, move.verb).second) << code(move.from) << ' ' << code(move.verb);
    }
    EXPECT_EQ(reached.size(), std::size(states));
}

TEST(Life, WhatTakesSomethingBackOrAwaySaysWhy) {
    for (const Move& move : moves())
        if (move.verb == Verb::send_back || move.verb == Verb::remove || move.verb == Verb::decline ||
            move.verb == Verb::end || move.verb == Verb::reactivate) {
            EXPECT_TRUE(move.needs.reason) << code(move.from) << ' ' << code(move.verb);
        }
}

TEST(Life, NobodyRemovesWithoutADecisionAndOwnersDecideNothing) {
    for (const Move& move : moves()) {
        EXPECT_EQ(move.needs.decision, move.action == people::Action::recognise_exemplar) << code(move.verb);
        EXPECT_EQ(move.side == Side::owner, move.action == people::Action::register_exemplar) << code(move.verb);
    }
}

/// The row of a step in the handbook's table.
std::string handbook_row(const Move& move) {
    const auto word = [](const std::string& key) { return say(Language::en, "exemplars." + key); };
    std::string says;
    for (const auto& [wanted, what] : {std::pair{move.needs.level, "level"},
                                       {move.needs.reason, "reason"},
                                       {move.needs.decision, "decision"},
                                       {move.needs.unit, "unit"}})
        if (wanted) says += (says.empty() ? "" : ", ") + std::string(what);
    const char* by = move.side == Side::owner                            ? "owner"
                     : move.action == people::Action::recognise_exemplar ? "who decides above"
                                                                         : "reviewer above";
    return "| " + word("state." + std::string(code(move.from))) + " | " + word("verb." + std::string(code(move.verb))) +
           " | " + word("state." + std::string(code(move.to))) + " | " + by + " | " + says + " |";
}

TEST(Life, TheHandbooksTableIsThisTable) {
    std::ostringstream page;
    page << std::ifstream("docs/handbook/exemplars.md").rdbuf();
    std::string rows;
    for (const Move& move : moves()) rows += handbook_row(move) + "\n";
    const auto begin = page.str().find("|---|---|---|---|---|\n");
    ASSERT_NE(begin, std::string::npos);
    EXPECT_EQ(page.str().substr(begin + 22, rows.size() + 1), rows + "\n");
}

TEST(Life, NamesReadBack) {
    for (const State state : states) EXPECT_EQ(state_of(code(state)), state);
    for (const Verb verb : verbs) EXPECT_EQ(verb_of(code(verb)), verb);
    EXPECT_FALSE(state_of("Draft"));
}

}  // namespace
}  // namespace guidon::exemplars
