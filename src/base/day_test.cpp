#include "base/day.h"

#include <gtest/gtest.h>

namespace guidon {
namespace {

TEST(Day, ReadsIsoDaysThatExist) {
    EXPECT_EQ(Day::parse("2024-02-29")->text(), "2024-02-29");
    for (const auto* wrong : {"2023-02-29", "2024-13-01", "2024-1-1", "2024/01/01", "", "0000-01-01", "2024-01-0x"}) {
        EXPECT_FALSE(Day::parse(wrong)) << wrong;
    }
}

TEST(Day, AlwaysAndNeverLieOutsideEveryDayAndHaveNoText) {
    EXPECT_LT(Day::always(), *Day::parse("0001-01-01"));
    EXPECT_GT(Day::never(), *Day::parse("9999-12-31"));
    EXPECT_EQ(Day::always().text() + Day::never().text(), "");
}

TEST(Day, KnowsTheUtcDayOfAMoment) {
    EXPECT_EQ(Day::of_utc_ms(0).text(), "1970-01-01");
    EXPECT_EQ(Day::of_utc_ms(-1).text(), "1969-12-31");
    EXPECT_EQ(Day::of_utc_ms(1'709'251'199'999).text(), "2024-02-29");
}

TEST(Day, HasNeighboursOverTheEndsOfMonthsAndYears) {
    EXPECT_EQ(Day::parse("2024-03-01")->previous().text(), "2024-02-29");
    EXPECT_EQ(Day::parse("2024-12-31")->next().text(), "2025-01-01");
    EXPECT_EQ(Day::always().next(), Day::always());
    EXPECT_EQ(Day::never().previous(), Day::never());
}

TEST(Span, IsHalfOpen) {
    const Span year{*Day::parse("2024-01-01"), *Day::parse("2025-01-01")};
    EXPECT_TRUE(year.holds_on(year.from));
    EXPECT_FALSE(year.holds_on(year.to));
}

}  // namespace
}  // namespace guidon
