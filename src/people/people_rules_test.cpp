#include "people/people_rules.h"

#include <gtest/gtest.h>

#include "base/problem.h"

namespace guidon::people {
namespace {

template <class F>
std::string refusal(F work) {
    try {
        work();
        return "";
    } catch (const Problem& problem) {
        return problem.code;
    }
}

Day day(const char* iso) {
    return *Day::parse(iso);
}

TEST(Names, AreOneLineWithSingleBlanks) {
    EXPECT_EQ(read_name("  Secretary \t of\nKy  Anh "), "Secretary of Ky Anh");
    EXPECT_EQ(refusal([] { read_name(" \n "); }), "people.name");
    EXPECT_EQ(read_name("Ky\u202E Anh"), "Ky Anh");
    EXPECT_EQ(refusal([] { read_name("\u202E"); }), "people.name");
    EXPECT_EQ(refusal([] { read_name("a\x01"); }), "text.control");
    EXPECT_EQ(read_name(std::string(longest_name, 'x')).size(), longest_name);
    EXPECT_EQ(refusal([] { read_name(std::string(longest_name + 1, 'x')); }), "text.too-long");
}

TEST(Aliases, StandOneALineOrAfterASemicolonAndOnce) {
    EXPECT_EQ(read_aliases("a\r\n b ;; a\n"), (std::vector<std::string>{"a", "b"}));
    std::string many;
    for (std::size_t i = 0; i <= most_aliases; ++i) many += std::to_string(i) + ";";
    EXPECT_EQ(refusal([&] { read_aliases(many); }), "people.too-many-aliases");
}

TEST(Titles, NeedOneLanguageAtLeast) {
    EXPECT_EQ(read_titles("", " Bí thư ", ""), (Texts{{"vi", "Bí thư"}}));
    EXPECT_EQ(refusal([] { read_titles(" ", "", ""); }), "people.no-title");
}

TEST(Spans, BeginTodayUnlessSaidOtherwiseAndEndLater) {
    const Day today = day("2026-05-01");
    EXPECT_EQ(read_span("", "", today), (Span{today, Day::never()}));
    EXPECT_EQ(read_span("2020-01-01", "2021-01-01", today), (Span{day("2020-01-01"), day("2021-01-01")}));
    EXPECT_EQ(refusal([&] { read_span("", "2026-05-01", today); }), "people.span");
    EXPECT_EQ(refusal([&] { read_span("1 May", "", today); }), "people.day");
    EXPECT_EQ(refusal([&] { must_not_be_dated_back({day("2026-04-30"), Day::never()}, today); }), "people.day-past");
    EXPECT_EQ(refusal([&] { must_not_be_dated_back({today, Day::never()}, today); }), "");
}

TEST(Endings, AreNotBeforeTodayNotBeforeTheBeginningAndNotTwice) {
    const Day today = day("2026-05-01");
    const Span held{day("2026-01-01"), day("2026-06-01")};
    EXPECT_EQ(refusal([&] { must_be_able_to_end(held, today, today); }), "");
    EXPECT_EQ(refusal([&] { must_be_able_to_end(held, day("2026-04-30"), today); }), "people.day-past");
    EXPECT_EQ(refusal([&] { must_be_able_to_end(held, day("2026-06-01"), today); }), "people.has-ended");
    EXPECT_EQ(refusal([&] { must_be_able_to_end({today, Day::never()}, today, today); }), "people.span");
}

TEST(Places, FitTheRole) {
    const auto fits = [](Role role, bool unit, bool group, bool council) {
        Grant grant;
        grant.role = role;
        if (unit) grant.unit = UnitId(1);
        if (group) grant.group = GroupId(1);
        if (council) grant.council = CouncilId(1);
        return refusal([&] { must_fit(grant); }).empty();
    };
    for (const Role role : roles) {
        EXPECT_EQ(fits(role, false, true, false), takes_group(role)) << code(role);
        EXPECT_EQ(fits(role, false, false, true), takes_council(role)) << code(role);
        EXPECT_EQ(fits(role, true, false, false),
                  !takes_group(role) && !takes_council(role) && role != Role::administrator)
            << code(role);
        EXPECT_EQ(fits(role, false, false, false), !takes_group(role) && !takes_council(role)) << code(role);
    }
}

TEST(Overlap, IsTheSameRightInTheSamePlaceOnOneDay) {
    Grant one;
    one.unit = UnitId(1);
    one.held = {day("2026-01-01"), day("2026-06-01")};
    Grant other = one;
    EXPECT_TRUE(overlap(one, other));
    other.held = {day("2026-06-01"), Day::never()};
    EXPECT_FALSE(overlap(one, other));
    other = one;
    other.reach = Reach::unit;
    EXPECT_FALSE(overlap(one, other));
    other = one;
    other.movement = "cells";
    EXPECT_FALSE(overlap(one, other));
}

TEST(Codes, AreSmallLettersDigitsAndHyphens) {
    EXPECT_EQ(read_code("ky-anh-2"), "ky-anh-2");
    for (const char* wrong : {"", "a", "Ky", "ky anh", "hội", "a/b"})
        EXPECT_EQ(refusal([&] { read_code(wrong); }), "people.code") << wrong;
}

}  // namespace
}  // namespace guidon::people
