#include "scoring/engine.h"

#include <gtest/gtest.h>

#include "scoring/scene_test.h"

namespace guidon::scoring {
namespace {

using namespace testing;

Criterion ratio_to_target(const std::string& max) {
    return criterion("c", 0, max, Ratio{{}, Target{}});
}

TEST(Ratio, GivesTheShareOfTheMaximumAndNoMoreThanIt) {
    EXPECT_EQ(points(ratio_to_target("60"), "a 47/50\n b 62/62\n c 90/62\n d 0/10\n e -3/10"),
              "a 56.400  b 60.000  c 60.000  d 0.000  e 0.000");
}
TEST(Ratio, WithoutATargetGivesNothing) {
    EXPECT_EQ(points(ratio_to_target("60"), "a 5\n b 5/na\n c 5/0\n d -1/0"), "a 0.000  b 0.000  c 60.000  d 0.000");
}
TEST(Ratio, RunsDownwardsWhereLowerIsBetter) {
    EXPECT_EQ(points(criterion("c", 0, "10", Ratio{Decimal::whole(20), Decimal::whole(5)}), "a 20\n b 5\n c 10\n d 99"),
              "a 0.000  b 10.000  c 6.667  d 0.000");
}
TEST(Ratio, MeasuresAgainstAnotherIndicator) {
    Rulebook rules = rulebook({criterion("settled", 0, "30", Ratio{{}, IndicatorRef{1}})});
    rules.indicators.push_back(indicator("received"));
    EXPECT_EQ(standings(rules, "a 81 86\n b 20 47\n c 3 -"), "1 a 28.256, 2 b 12.766, 3 c 0.000");
}

const Bands quarters{
    {{Decimal::millionths(950000), Decimal::whole(30)}, {Decimal::millionths(800000), Decimal::whole(24)}},
    BandsOn::share,
    false};
TEST(Bands, GiveThePointsOfTheHighestBandReached) {
    EXPECT_EQ(points(criterion("c", 0, "30", quarters), "a 95/100\n b 19/20\n c 94/100\n d 79/100\n e 5\n f 5/0"),
              "a 30.000  b 30.000  c 24.000  d 0.000  e 0.000  f 0.000");
}
TEST(Bands, TurnWhereLowerIsBetter) {
    const Bands days{{{Decimal(), Decimal::whole(5)}, {Decimal::whole(3), Decimal::whole(2)}}, BandsOn::value, true};
    EXPECT_EQ(points(criterion("c", 0, "5", days), "a 0\n b 0.000001\n c 3\n d 4"),
              "a 5.000  b 2.000  c 2.000  d 0.000");
}

TEST(Graded, IsTheValueItselfAndRefusesWhatIsBeyondItsRange) {
    EXPECT_EQ(points(criterion("c", 0, "8", Graded{}), "a 7.5\n b 0\n c 8"), "a 7.500  b 0.000  c 8.000");
    EXPECT_EQ(refused(rulebook({criterion("c", 0, "8", Graded{})}), "a 8.1\n b 8\n d -1"),
              "scoring.beyond-range:a:c scoring.beyond-range:d:c");
}

TEST(PerCase, CountsAndIsKeptWithinItsLimits) {
    const PerCase late{number("-1.5"), number("-5"), {}};
    EXPECT_EQ(points(criterion("c", 0, "0", late), "a 4\n b 2\n c 0"), "a -5.000  b -3.000  c 0.000");
}

TEST(YesNo, IsAnythingButZero) {
    EXPECT_EQ(points(criterion("c", 0, "5", YesNo{}), "a 1\n b 0\n c -0.5"), "a 5.000  b 0.000  c 5.000");
}

TEST(FormulaRule, IsEvaluatedInDoubleAndRounded) {
    Criterion sprint = criterion("c", 0, "0", Formula{"floor(25.4347 * (18 - v)^1.81)", {}, {}, {}});
    sprint.round.step = Decimal::whole(1);
    EXPECT_EQ(points(sprint, "a 10.395\n b 11.2"), "a 1000  b 817");
}
TEST(FormulaRule, RefusesWhatIsNotFinite) {
    EXPECT_EQ(refused(rulebook({criterion("c", 0, "0", Formula{"1 / v", {}, {}, {}})}), "a 0\n b 1"),
              "scoring.not-finite:a:c");
    EXPECT_EQ(points(criterion("c", 0, "0", Formula{"if(v == 0, 7, 1 / v)", {}, {}, {}}), "a 0\n b 4"),
              "a 7.000  b 0.250");
}

Criterion relative(RelativeMethod method, bool lower_is_better) {
    return criterion("c", 0, "12", Relative{method, lower_is_better});
}
TEST(RelativeRule, ComparesWithThePeersWhoReported) {
    EXPECT_EQ(points(relative(RelativeMethod::min_max, false), "a 9\n b 2\n c 4\n d -"),
              "a 12.000  b 0.000  c 3.429  d -");
    EXPECT_EQ(points(relative(RelativeMethod::min_max, true), "a 9\n b 2\n c 4"), "a 0.000  b 12.000  c 8.571");
    EXPECT_EQ(points(relative(RelativeMethod::rank, false), "a 9\n b 9\n c 4\n d 1"),
              "a 12.000  b 12.000  c 6.000  d 3.000");
    EXPECT_EQ(points(relative(RelativeMethod::share_of_best, false), "a 9\n b 3\n c -1"), "a 12.000  b 4.000  c 0.000");
    EXPECT_EQ(points(relative(RelativeMethod::share_of_best, true), "a 9\n b 3"), "a 4.000  b 12.000");
}
TEST(RelativeRule, PointsAreInLowestTerms) {
    Rulebook rules = rulebook({relative(RelativeMethod::rank, false)});
    Field two = field(rules, "a 9\nb 3");
    EXPECT_EQ(Engine(rules, two).explain(0).criteria[0].exact, "12");
}
TEST(RelativeRule, OneAloneAndAllEqualAreTheBest) {
    EXPECT_EQ(points(relative(RelativeMethod::min_max, false), "a 9"), "a 12.000");
    EXPECT_EQ(points(relative(RelativeMethod::min_max, false), "a 9\n b 9"), "a 12.000  b 12.000");
    EXPECT_EQ(points(relative(RelativeMethod::share_of_best, false), "a 0\n b 0"), "a 0.000  b 0.000");
    EXPECT_EQ(points(relative(RelativeMethod::share_of_best, true), "a 0\n b 2"), "a 12.000  b 0.000");
}

TEST(NotReported, IsZeroOrLeftOutOrRefusedAsTheCriterionSays) {
    Criterion line = criterion("c", 0, "10", Graded{});
    Rulebook rules = rulebook({line, criterion("d", 1, "10", Graded{})});
    EXPECT_EQ(standings(rules, "a - 5\n b 4 4\n x - -"), "1 b 8.000, 2 a 5.000, - x");
    rules.criteria[0].missing = Missing::skip;
    Field units = field(rules, "a - 5\n b 4 4");
    const Engine engine(rules, units);
    EXPECT_EQ(engine.max(0), "10.000");
    EXPECT_EQ(engine.max(1), "20.000");
    EXPECT_EQ(engine.points(0, 0), "");
    rules.criteria[0].missing = Missing::refuse;
    EXPECT_EQ(refused(rules, "a - 5\n b 4 4\n x - -"), "scoring.missing-refused:a:c");
}

TEST(Change, AsksAUnitForEverythingOnceItReportsAnything) {
    Rulebook rules = rulebook({criterion("asked", 0, "8", Graded{}), criterion("other", 1, "8", Graded{})});
    rules.criteria[0].missing = Missing::refuse;
    Engine engine(rules, field(rules, "a - -\n b 4 4"));
    const auto refused_now = [&](int indicator, const char* value) {
        try {
            engine.change(unit(engine, "a"), indicator, cell(value), {});
        } catch (const Faults& faults) {
            return faults.list.at(0).code;
        }
        return std::string();
    };
    EXPECT_EQ(refused_now(1, "5"), "scoring.missing-refused");
    EXPECT_EQ(standings(engine), "1 b 8.000, - a");
    EXPECT_EQ(refused_now(0, "3"), "");
    EXPECT_EQ(refused_now(1, "5"), "");
    EXPECT_EQ(refused_now(1, "8.5"), "scoring.beyond-range");
    EXPECT_EQ(refused_now(0, "-"), "scoring.missing-refused");
    EXPECT_EQ(refused_now(1, "-"), "");
    EXPECT_EQ(refused_now(0, "-"), "");
}
TEST(NotApplicable, LeavesOutOrGivesAllOrNothing) {
    Rulebook rules = rulebook({criterion("c", 0, "5", Graded{}), criterion("d", 1, "95", Graded{})});
    const auto sheet = [&](NotApplicable policy) {
        rules.criteria[0].not_applicable = policy;
        const Engine engine(rules, field(rules, "a na 86"));
        return engine.total(0) + " of " + engine.max(0);
    };
    EXPECT_EQ(sheet(NotApplicable::skip), "86.000 of 95.000");
    EXPECT_EQ(sheet(NotApplicable::full), "91.000 of 100.000");
    EXPECT_EQ(sheet(NotApplicable::zero), "86.000 of 100.000");
}
TEST(NotApplicable, CanChangeTheClassOfACellMeeting) {  // a month without a thematic meeting
    Rulebook rules = rulebook({criterion("meeting", 0, "95", Graded{}), criterion("theme", 1, "5", Graded{})});
    rules.classes = {{"good", {}, Decimal::whole(90), {}, {}}, {"fair", {}, Decimal::whole(70), {}, {}}};
    EXPECT_EQ(standings(rules, "cell 86 na"), "1 cell 86.000 good");
    rules.criteria[1].not_applicable = NotApplicable::zero;
    EXPECT_EQ(standings(rules, "cell 86 na"), "1 cell 86.000 fair");
}

TEST(RollUp, TakesTheChildrenWhereTheUnitReportedNothing) {
    Rulebook rules = rulebook({ratio_to_target("30")});
    rules.indicators[0].rollup = Rollup::sum;
    const auto* table =
        "province -\n province>one -/50\n one>x 10/20\n one>y 5/25\n province>two 7/8\n two>z 99/99\n province>three "
        "na";
    const Engine engine(rules, field(rules, table));
    // one = 10 + 5 of its own target 50; two reported itself; three does not apply
    EXPECT_EQ(engine.points(unit(engine, "one"), 0), "9.000");
    EXPECT_EQ(engine.points(unit(engine, "province"), 0), "11.379");  // 30 × 22 / 58
    EXPECT_TRUE(engine.explain(unit(engine, "one")).criteria[0].rolled_up);
    EXPECT_EQ(engine.explain(unit(engine, "province")).criteria[0].working, "30 × (22 − 0) / (58 − 0)");
}
TEST(RollUp, AMeanIsAnExactFraction) {
    Rulebook rules = rulebook({criterion("c", 0, "10", PerCase{Decimal::whole(3), {}, {}})});
    rules.indicators[0].rollup = Rollup::mean;
    rules.criteria[0].round.step = Decimal();
    const Engine engine(rules, field(rules, "p -\n p>a 1\n p>b 1\n p>c 0"));
    const auto why = engine.explain(0);
    EXPECT_EQ(why.criteria[0].value_text, "2/3");
    EXPECT_EQ(why.criteria[0].points, "2");
}

TEST(Sections, CombineAndCapPointsAndMaximaAlike) {
    Rulebook rules = rulebook({criterion("c", 0, "10", Graded{}), criterion("d", 1, "20", Graded{})});
    rules.criteria[0].section = rules.criteria[1].section = 0;
    rules.criteria[1].weight = Decimal::whole(3);
    const auto sheet = [&](Combine how, std::optional<Decimal> most) {
        rules.sections = {{"s", {}, how, most}};
        const Engine engine(rules, field(rules, "a 4 9"));
        return engine.total(0) + " of " + engine.max(0);
    };
    EXPECT_EQ(sheet(Combine::sum, {}), "13.000 of 30.000");
    EXPECT_EQ(sheet(Combine::sum, Decimal::whole(12)), "12.000 of 12.000");
    EXPECT_EQ(sheet(Combine::mean, {}), "6.500 of 15.000");
    EXPECT_EQ(sheet(Combine::weighted_mean, {}), "7.750 of 17.500");
    EXPECT_EQ(sheet(Combine::min, {}), "4.000 of 10.000");
    EXPECT_EQ(sheet(Combine::geometric_mean, {}), "7.348 of 16.818");
}

TEST(ClusterTable, TheBonusCapDecidesWhoLeads) {
    Rulebook rules =
        rulebook({criterion("base", 0, "960", Graded{}), criterion("bonus", 1, "0", PerCase{Decimal::whole(1), {}, {}}),
                  criterion("deduction", 2, "0", PerCase{Decimal::whole(-1), {}, {}})});
    rules.criteria[1].section = 0;
    rules.sections = {{"bonus", {}, Combine::sum, Decimal::whole(40)}};
    rules.total.round.step = number("0.01");
    const auto* table = "P 927.50 14 6\n Q 917.75 20 2\n R 903.50 9 0";
    EXPECT_EQ(standings(rules, table), "1 Q 935.75, 2 P 935.50, 3 R 912.50");
    rules.sections[0].most = Decimal::whole(15);
    EXPECT_EQ(standings(rules, table), "1 P 935.50, 2 Q 930.75, 3 R 912.50");
}

TEST(FourGoodCell, NeedsEachGoodAndNotOnlyTheTotal) {
    Rulebook rules;
    for (int i = 0; i < 4; ++i) {
        const std::string key = "good" + std::to_string(i);
        rules.indicators.push_back(indicator(key));
        rules.sections.push_back({key, {}, Combine::sum, {}});
        rules.criteria.push_back(criterion(key, i, "25", Graded{}));
        rules.criteria.back().section = i;
    }
    rules.classes = {{"good", {}, Decimal::whole(90), Decimal::whole(80), {}}, {"completed", {}, {}, {}, {}}};
    EXPECT_EQ(standings(rules, "a 24 22 19 25\n b 24 22 20 24"), "1 a 90.000 completed, 1 b 90.000 good");
}

Rulebook one_number(const std::string& max = "100") {
    return rulebook({criterion("c", 0, max, Graded{})});
}

TEST(Gates, CapTheClassOfWhoFails) {
    Rulebook rules = one_number();
    rules.indicators.push_back(indicator("violations"));
    rules.classes = {{"first", {}, Decimal::whole(90), {}, {}},
                     {"second", {}, Decimal::whole(70), {}, {}},
                     {"third", {}, {}, {}, {}}};
    rules.gates = {{"none", {}, 1, Passes::at_most, Decimal(), false, 1}};
    const auto* table = "a 95 0\n b 95 1\n c 95 -\n d 95 na\n e 20 1";
    EXPECT_EQ(standings(rules, table),
              "1 a 95.000 first, 1 b 95.000 second, 1 c 95.000 second, 1 d 95.000 first, 5 e 20.000 third");
    rules.gates[0].missing_passes = true;
    EXPECT_TRUE(Engine(rules, field(rules, table)).passes(2, 0));
}

TEST(Quota, WhoIsOverItFallsAndTiedUnitsFallTogether) {
    Rulebook rules = one_number();
    rules.classes = {{"first", {}, Decimal::whole(50), {}, number("0.4")}, {"second", {}, {}, {}, {}}};
    EXPECT_EQ(standings(rules, "a 90\n b 80\n c 70\n d 60\n e 10"),
              "1 a 90.000 first, 2 b 80.000 first, 3 c 70.000 second, 4 d 60.000 second, 5 e 10.000 second");
    EXPECT_EQ(standings(rules, "a 90\n b 80\n c 80\n d 60\n e 10"),
              "1 a 90.000 first, 2 b 80.000 second, 2 c 80.000 second, 4 d 60.000 second, 5 e 10.000 second");
    EXPECT_EQ(standings(rules, "a 90"), "1 a 90.000 first");
}

TEST(Ranks, TiedUnitsShareOrFollowAtOnceOrGoByCode) {
    Rulebook rules = one_number();
    const auto* table = "dogwood 7.25\n birch 8\n cedar 9.5\n alder 8\n elm -";
    EXPECT_EQ(standings(rules, table), "1 cedar 9.500, 2 alder 8.000, 2 birch 8.000, 4 dogwood 7.250, - elm");
    rules.ranking.rest = Rest::dense;
    EXPECT_EQ(standings(rules, table), "1 cedar 9.500, 2 alder 8.000, 2 birch 8.000, 3 dogwood 7.250, - elm");
    rules.ranking.rest = Rest::code;
    EXPECT_EQ(standings(rules, table), "1 cedar 9.500, 2 alder 8.000, 3 birch 8.000, 4 dogwood 7.250, - elm");
    rules.ranking.order = Order::low_first;
    EXPECT_EQ(standings(rules, table), "1 dogwood 7.250, 2 alder 8.000, 3 birch 8.000, 4 cedar 9.500, - elm");
}
TEST(Ranks, TiesAreDecidedInTurn) {
    Rulebook rules = rulebook({criterion("c", 0, "10", Graded{}), criterion("d", 1, "10", Graded{})});
    rules.indicators.push_back(indicator("penalties"));
    rules.ranking.ties = {{Tie::By::criterion, 0, false}, {Tie::By::indicator, 2, true}};
    EXPECT_EQ(standings(rules, "a 4 6 1\n b 6 4 9\n c 4 6 0\n d 4 6 -\n e 4 6 na"),
              "1 b 10.000, 2 c 10.000, 3 a 10.000, 4 d 10.000, 4 e 10.000");
}
TEST(Ranks, AreGivenWithinGroupsInTheOrderOfTheirCodes) {
    EXPECT_EQ(standings(one_number(), "a@west 5\n b@east 7\n c 1\n d@west 6"),
              "1 c 1.000 | 1 b 7.000 | 1 d 6.000, 2 a 5.000");
    Rulebook rules = one_number();
    rules.ranking.within = Within::parent;
    EXPECT_EQ(standings(rules, "p! 5\n p>x 1\n p>y 2\n q 3"), "1 q 3.000 | 1 y 2.000, 2 x 1.000");
}

TEST(RollUpOfResults, CountsTheWholeSubtree) {
    Rulebook rules = one_number();
    rules.classes = {{"first", {}, Decimal::whole(50), {}, {}}, {"second", {}, {}, {}, {}}};
    const Engine engine(rules, field(rules, "p! -\n p>q 60\n q>x 10\n q>y 21\n p>r -\n r>s -"));
    std::string rows;
    for (const auto& row : engine.rollup())
        rows += engine.field().codes[static_cast<std::size_t>(row.unit)] + " " + std::to_string(row.units) + " " +
                row.mean_total + " " + std::to_string(row.classes[0]) + "+" + std::to_string(row.classes[1]) + "; ";
    EXPECT_EQ(rows, "p 3 30.333 1+2; q 3 30.333 1+2; ");
}

TEST(Faults, AreAllToldUpToTheLimit) {
    std::string table;
    for (int i = 0; i < 150; ++i) table += "u" + std::to_string(i) + " 101\n";
    try {
        standings(one_number(), table);
        FAIL() << "nothing was refused";
    } catch (const Faults& faults) {
        EXPECT_EQ(faults.list.size(), max_faults);
        EXPECT_EQ(faults.list[0].arguments.at("value"), "101");
        EXPECT_EQ(faults.list[0].arguments.at("max"), "100");
    }
}

}  // namespace
}  // namespace guidon::scoring
