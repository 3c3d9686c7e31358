// Is a family put in order, counted and drawn as it is – also a very deep, a very wide and a damaged one?
#include "replications/family.h"

#include <gtest/gtest.h>

#include "replications/drawing.h"

namespace guidon::replications {
namespace {

using exemplars::ExemplarId;
using exemplars::State;

Day day(const char* iso) {
    return *Day::parse(iso);
}

Member member(int id, int origin, const char* starts = "2024-01-01", State now = State::running,
              State later = State::running) {
    Member one;
    one.exemplar.id = ExemplarId(id);
    one.exemplar.state = now;
    one.exemplar.registered_on = day(starts);
    one.starts = day(starts);
    one.after_a_year = later;
    if (origin > 0) one.origin = ExemplarId(origin);
    return one;
}

std::string text_of(const Family& family) {
    std::string text;
    for (const auto& [who, parent, generation] : family.nodes)
        text += (text.empty() ? "" : " ") + std::to_string(who.exemplar.id.number()) + "/" + std::to_string(generation);
    return text;
}

TEST(Family, ParentsComeBeforeTheirChildrenAndTheseByTheDayOnWhichTheyBegan) {
    const auto family =
        arranged({member(4, 2), member(3, 1, "2023-05-01"), member(2, 1, "2023-06-01"), member(1, 0)}, ExemplarId(1));
    EXPECT_EQ(text_of(family), "1/0 3/1 2/1 4/2");
}

TEST(Family, AChainOfThousandsAndAFanOfThousandsAreNoTrouble) {
    std::vector<Member> chain{member(1, 0)}, fan{member(1, 0)};
    for (int i = 2; i <= 20'000; ++i) {
        chain.push_back(member(i, i - 1));
        fan.push_back(member(i, 1));
    }
    EXPECT_EQ(figures_of(arranged(chain, ExemplarId(1)), day("2024-02-01")).generations, 19'999);
    EXPECT_EQ(figures_of(arranged(fan, ExemplarId(1)), day("2024-02-01")).descendants, 19'999);
}

TEST(Family, ACircleInADamagedDatabaseEnds) {
    EXPECT_EQ(text_of(arranged({member(1, 2), member(2, 1)}, ExemplarId(1))), "1/0 2/1");
}

TEST(Family, WhatDescendsFromAHiddenOneHangsWhereThatHung) {
    const auto family = arranged({member(1, 0), member(2, 1), member(3, 2), member(4, 3)}, ExemplarId(1));
    EXPECT_EQ(text_of(left_of(family, {true, false, true, true})), "1/0 3/1 4/2");
}

TEST(Figures, AYearCountsOnlyForThoseThatAreOldEnough) {
    const auto family = arranged(
        {member(1, 0, "2022-01-01"), member(2, 1, "2022-07-01"), member(3, 1, "2023-02-01", State::ended, State::ended),
         member(4, 1, "2024-06-30", State::running, State::running)},
        ExemplarId(1));
    const Figures expected{
        .descendants = 3, .active = 2, .generations = 1, .months = "13", .old_enough = 2, .after = 1};
    EXPECT_EQ(figures_of(family, day("2025-06-29")), expected);
}

TEST(Figures, MonthsAreWholeAndTheMedianOfTwoLiesBetweenThem) {
    EXPECT_EQ(months_between(day("2024-01-31"), day("2024-02-29")), 0);
    EXPECT_EQ(months_between(day("2024-01-29"), day("2024-02-29")), 1);
    EXPECT_EQ(months_between(day("2024-02-29"), day("2023-01-01")), 0);
    const auto family =
        arranged({member(1, 0, "2022-01-01"), member(2, 1, "2022-02-01"), member(3, 1, "2022-05-01")}, ExemplarId(1));
    EXPECT_EQ(figures_of(family, day("2022-06-01")).months, "2.5");
}

TEST(Figures, FortyBecomeFourHundredAndEleven) {
    EXPECT_EQ(growth_factor(411, 40), "10.275");
    EXPECT_EQ(growth_factor(2, 3), "0.667");
    EXPECT_EQ(growth_factor(5, 0), "");
}

std::vector<Mark> marks_of(const Family& family) {
    std::vector<Mark> marks;
    for (const auto& [who, parent, generation] : family.nodes)
        marks.push_back({parent, generation, "<b>\"A & B\"</b>", "Unit", "/exemplars/x", Tone::active});
    return marks;
}

TEST(Drawing, IsMirroredWhereOneReadsFromTheRight) {
    const auto marks = marks_of(arranged({member(1, 0), member(2, 1)}, ExemplarId(1)));
    EXPECT_NE(drawn(marks, {}).find("cx=\"16\""), std::string::npos);
    EXPECT_NE(drawn(marks, {.direction = Direction::rtl, .place = Place::page, .label = ""}).find("cx=\"472\""),
              std::string::npos);
}

TEST(Drawing, TakesNoMarkupFromATitle) {
    const auto svg = drawn(marks_of(arranged({member(1, 0)}, ExemplarId(1))), {});
    EXPECT_EQ(svg.find("<b>"), std::string::npos);
    EXPECT_NE(svg.find("&lt;b&gt;&quot;A &amp; B"), std::string::npos);
}

TEST(Drawing, NamesAFewAndTurnsManyIntoAWheel) {
    std::vector<Member> fan{member(1, 0)};
    for (int i = 2; i <= 411; ++i) fan.push_back(member(i, 1));
    const auto svg = drawn(marks_of(arranged(fan, ExemplarId(1))), {});
    EXPECT_EQ(svg.find("<a "), std::string::npos);
    EXPECT_LT(svg.size(), 120'000U);
}

}  // namespace
}  // namespace guidon::replications
