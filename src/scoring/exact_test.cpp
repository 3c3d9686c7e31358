#include "scoring/exact.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "scoring/formula.h"

namespace guidon::scoring {
namespace {

std::string to_whole(const char* value, RoundMode mode) {
    return text(rounded(exact(*Decimal::parse(value)), {Decimal::whole(1), mode}));
}

TEST(Rounded, HalvesGoAwayFromZeroOrToTheEvenNeighbour) {
    EXPECT_EQ(to_whole("2.5", RoundMode::half_up), "3");
    EXPECT_EQ(to_whole("-2.5", RoundMode::half_up), "-3");
    EXPECT_EQ(to_whole("2.5", RoundMode::half_even), "2");
    EXPECT_EQ(to_whole("3.5", RoundMode::half_even), "4");
    EXPECT_EQ(to_whole("-2.500001", RoundMode::half_even), "-3");
}
TEST(Rounded, DownGoesTowardsZeroAndUpAwayFromIt) {
    EXPECT_EQ(to_whole("2.9", RoundMode::down), "2");
    EXPECT_EQ(to_whole("-2.9", RoundMode::down), "-2");
    EXPECT_EQ(to_whole("2.1", RoundMode::up), "3");
    EXPECT_EQ(to_whole("-2.1", RoundMode::up), "-3");
}
TEST(Rounded, GivesMultiplesOfAnyStepAndNothingElseOfStepZero) {
    const Exact third(1, 3);
    EXPECT_EQ(text(rounded(third * 10, {*Decimal::parse("2.5"), RoundMode::half_up})), "2.5");
    EXPECT_EQ(rounded(third, {Decimal(), RoundMode::up}), third);
}

TEST(TextOfExact, IsADecimalWhereItEndsElseAFraction) {
    EXPECT_EQ(text(Exact(243, 7)), "243/7");
    EXPECT_EQ(text(Exact(1, 8)), "0.125");
    EXPECT_EQ(text(Exact(-7, 2)), "-3.5");
    EXPECT_EQ(text(Exact(12)), "12");
}
TEST(TextOfExact, HasTheDecimalsOfTheStepAndNoSignAtZero) {
    EXPECT_EQ(text(Exact(1, 3), {*Decimal::parse("0.5"), RoundMode::half_up}), "0.3");
    EXPECT_EQ(text(Exact(2, 3), {Decimal(), RoundMode::half_up}), "0.666667");
    EXPECT_EQ(text(Exact(-1, 10'000'000), {Decimal(), RoundMode::half_up}), "0");
    EXPECT_EQ(text(Exact(-1, 10'000), {*Decimal::parse("0.001"), RoundMode::half_up}), "0.000");
}

RC_GTEST_PROP(NearestDouble, IsWhatDividingWouldGive, (std::int32_t top, std::int32_t bottom)) {
    RC_PRE(bottom != 0);
    Exact value(top, bottom);
    value.canonicalize();
    RC_ASSERT(nearest_double(value) == static_cast<double>(top) / static_cast<double>(bottom));
}
RC_GTEST_PROP(NearestDouble, ReadsADecimalLikeTheCompiler, (std::int64_t n)) {
    const auto decimal = Decimal::millionths(n % Decimal::limit);
    RC_ASSERT(nearest_double(exact(decimal)) == std::strtod(decimal.text().c_str(), nullptr));
}
RC_GTEST_PROP(NearestDouble, GivesBackADouble, (double value)) {
    RC_PRE(std::isfinite(value) && std::abs(value) > 1e-290);
    RC_ASSERT(nearest_double(exact(value)) == value);
}

double value_of(const std::string& expression, double v) {
    const CompiledFormula formula(expression);
    return formula.evaluate(v, 0, std::vector<double>(formula.names().size()));
}
TEST(Formula, KnowsItsFunctionsAndComparisons) {
    EXPECT_EQ(value_of("min(3, v, 2) + max(v, 4) + abs(-v)", 5), 12);
    EXPECT_EQ(value_of("floor(2.7) + ceil(2.1) + round(-2.5) + sqrt(9)", 0), 5);
    EXPECT_EQ(value_of("if(v >= 5, 10, 20) + (v == 5) + (v != 5) + (v < 5)", 5), 11);
    EXPECT_EQ(value_of("log10(1000) + ln(exp(2))", 0), 5);
}
TEST(Formula, APowerBindsTighterThanAMinusAndToTheRight) {
    EXPECT_EQ(value_of("-v^2", 3), -9);
    EXPECT_EQ(value_of("2^3^2", 0), 512);
    EXPECT_EQ(value_of("2^-1", 0), 0.5);
}
TEST(Formula, TellsTheNamesThatItUses) {
    const auto text = read_formula("v / t + wins - losses * wins");
    EXPECT_FALSE(text.wrong);
    EXPECT_TRUE(text.uses_value && text.uses_target);
    EXPECT_EQ(text.names, (std::vector<std::string>{"losses", "wins"}));
}
TEST(Formula, IsRefusedWithThePlaceWhereItIsWrong) {
    for (const char* wrong : {"", "v +", "(v", "sin(v)", "v = 3", "if(v, 1)", "1, 2", "'x'"})
        EXPECT_TRUE(read_formula(wrong).wrong) << wrong;
    EXPECT_EQ(read_formula("v + = 3").position, 4);
}

}  // namespace
}  // namespace guidon::scoring
