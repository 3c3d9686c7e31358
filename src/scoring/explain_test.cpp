// Does an explanation say what a person needs to check a place by hand?
#include <gtest/gtest.h>

#include "scoring/scene_test.h"

namespace guidon::scoring {
namespace {

using namespace testing;

/// The working of the first unit on the only criterion.
std::string working(const Criterion& only, const std::string& table) {
    Rulebook rules = rulebook({only});
    Field units = field(rules, table);
    return Engine(std::move(rules), std::move(units)).explain(0).criteria[0].working;
}

TEST(Working, IsTheRuleWithItsNumbersFilledIn) {
    const auto ratio = criterion("c", 0, "30", Ratio{{}, Target{}});
    EXPECT_EQ(working(ratio, "a 81/86"), "30 × (81 − 0) / (86 − 0)");
    EXPECT_EQ(working(ratio, "a 90/86"), "30 × min(1, (90 − 0) / (86 − 0))");
    EXPECT_EQ(working(ratio, "a -2/86"), "30 × max(0, ((-2) − 0) / (86 − 0))");
    EXPECT_EQ(working(ratio, "a 0/0"), "0 ≥ 0 → 30");
    EXPECT_EQ(working(ratio, "a 5"), "");
    const Bands bands{{{number("0.95"), number("30")}, {number("0.8"), number("24")}}, BandsOn::share, false};
    EXPECT_EQ(working(criterion("c", 0, "30", bands), "a 81/86"), "81 / 86 ≥ 0.8 → 24");
    EXPECT_EQ(working(criterion("c", 0, "30", bands), "a 1/86"), "1 / 86 < 0.8 → 0");
    EXPECT_EQ(working(criterion("c", 0, "30", Graded{}), "a 7.5"), "7.5");
    EXPECT_EQ(working(criterion("c", 0, "0", PerCase{number("-1.5"), number("-5"), {}}), "a 4"), "max(-5, (-1.5) × 4)");
    EXPECT_EQ(working(criterion("c", 0, "5", YesNo{}), "a 1"), "1 ≠ 0 → 5");
    EXPECT_EQ(working(criterion("c", 0, "0", Formula{"floor(25.4347 * (18 - v)^1.81)", {}, {}, {}}), "a 11.2"),
              "floor(25.4347 * (18 - 11.2)^1.81)");
    const auto compared = [](RelativeMethod method, bool lower) {
        return criterion("c", 0, "12", Relative{method, lower});
    };
    EXPECT_EQ(working(compared(RelativeMethod::min_max, false), "a 4\n b 9\n d 2"), "12 × (4 − 2) / (9 − 2)");
    EXPECT_EQ(working(compared(RelativeMethod::min_max, true), "a 4\n b 9\n d 2"), "12 × (9 − 4) / (9 − 2)");
    EXPECT_EQ(working(compared(RelativeMethod::rank, false), "a 4\n b 9\n d 2"), "12 × (3 − 2 + 1) / 3");
    EXPECT_EQ(working(compared(RelativeMethod::share_of_best, false), "a 4\n b 9"), "12 × 4 / 9");
}

TEST(Explanation, TellsPointsBeforeAndAfterRoundingAndWhatIsOpen) {
    Rulebook rules = rulebook({criterion("c", 0, "30", Ratio{{}, Target{}}), criterion("d", 1, "5", YesNo{})});
    const Engine engine(rules, field(rules, "a 81/86 1"));
    const auto why = engine.explain(0);
    EXPECT_EQ(why.criteria[0].exact, "1215/43");
    EXPECT_EQ(why.criteria[0].points, "28.256");
    EXPECT_EQ(why.open, (std::vector<std::string>{"1.744", ""}));
    EXPECT_EQ(why.total + " of " + why.max, "33.256 of 35.000");
}

Rulebook with_tie() {
    Rulebook rules = rulebook({criterion("c", 0, "100", Graded{}), criterion("d", 1, "100", Graded{})});
    rules.ranking.ties = {{Tie::By::criterion, 1, false}};
    return rules;
}
TEST(Explanation, NamesTheNeighboursAndTheTieThatDecided) {
    const auto rules = with_tie();
    const Engine engine(rules, field(rules, "a 50 10\n b 40 20\n c 30 5\n d 30 5\n e 10 0"));
    const auto first = engine.explain(unit(engine, "b")), second = engine.explain(unit(engine, "a"));
    EXPECT_EQ(first.above, -1);
    EXPECT_EQ(first.needed, "");
    EXPECT_EQ(first.tie_below, 0);
    EXPECT_EQ(second.above, unit(engine, "b"));
    EXPECT_EQ(second.gap_above, "0.000");
    EXPECT_EQ(second.tie_above, 0);
    EXPECT_EQ(second.needed, "0.001");  // the tie is lost, so that it takes one step more
    EXPECT_EQ(second.gap_below, "25.000");
    EXPECT_EQ(second.tie_below, -1);
    const auto shared = engine.explain(unit(engine, "c"));
    EXPECT_EQ(shared.shares_with, std::vector<int>{unit(engine, "d")});
    EXPECT_EQ(shared.needed, "25.001");
    const auto last = engine.explain(unit(engine, "e"));
    EXPECT_EQ(last.rank, 5);
    EXPECT_EQ(last.above, unit(engine, "d"));
}

TEST(Explanation, TellsWhichGateOrQuotaMovedTheClass) {
    Rulebook rules = rulebook({criterion("c", 0, "100", Graded{})});
    rules.indicators.push_back(indicator("violations"));
    rules.classes = {{"first", {}, Decimal::whole(90), {}, number("0.5")}, {"second", {}, {}, {}, {}}};
    rules.gates = {{"none", {}, 1, Passes::at_most, Decimal(), false, 1}};
    const Engine engine(rules, field(rules, "a 99 1\n b 98 0\n c 97 0"));
    const auto capped = engine.explain(0), fallen = engine.explain(2);
    EXPECT_TRUE(capped.capped_by_gate && !capped.moved_by_quota && !capped.gates[0].passed);
    EXPECT_EQ(capped.class_by_points, 0);
    EXPECT_TRUE(fallen.moved_by_quota && !fallen.capped_by_gate);
    EXPECT_EQ(fallen.quota_places, 1);
    EXPECT_EQ(fallen.class_index, 1);
}

TEST(Explanation, OfAnUnrankedUnitHasNoPoints) {
    const auto rules = with_tie();
    const Engine engine(rules, field(rules, "a 1 2\n b - -"));
    const auto why = engine.explain(1);
    EXPECT_FALSE(why.ranked);
    EXPECT_EQ(why.rank, 0);
    EXPECT_EQ(why.total + why.max + why.criteria[0].points + why.criteria[0].max, "");
}

TEST(RollUp, ASumMayBeWiderThanAnyReportedNumber) {
    Rulebook rules = rulebook({criterion("c", 0, "10", Ratio{{}, Target{}})});
    rules.indicators[0].rollup = Rollup::sum;
    const Engine engine(rules, field(rules,
                                     "p -\n p>a 999999999999/999999999999\n p>b 999999999999/-\n p>q -/-\n"
                                     " q>x 0.5/999999999999\n q>y 999999999999/1"));
    const auto why = engine.explain(0);
    EXPECT_EQ(why.criteria[0].value_text, "2999999999997.5");
    EXPECT_EQ(why.criteria[0].target_text, "1999999999999");
    EXPECT_EQ(why.criteria[0].points, "10.000");
}

}  // namespace
}  // namespace guidon::scoring
