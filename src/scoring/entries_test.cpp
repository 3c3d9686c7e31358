#include "scoring/entries.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "scoring/scene_test.h"

namespace guidon::scoring {
namespace {

using testing::cell;
using testing::number;

/// The value of entries written as "7.25 na - 3".
std::string combined(const EntryRule& rule, const std::string& entries) {
    std::istringstream words(entries);
    std::vector<Cell> cells;
    for (std::string word; words >> word;) cells.push_back(cell(word));
    const auto value = cell_of_entries(rule, cells);
    if (!value) return "too large";
    return value->missing() ? "-" : value->is_not_applicable() ? "na" : value->value().text();
}

EntryRule rule(CombineEntries combine) {
    EntryRule result;
    result.combine = combine;
    return result;
}

TEST(CombineEntries, TrimmedMeanLeavesOutOneHighestAndOneLowestMark) {
    auto trimmed = rule(CombineEntries::mean);
    trimmed.drop_lowest = trimmed.drop_highest = 1;
    trimmed.round.step = number("0.01");
    EXPECT_EQ(combined(trimmed, "6.75 6 6.5 6.75 5.75 5.75 6.25 5.75 5.75"), "6.11");
    EXPECT_EQ(combined(trimmed, "6 7"), "-");
}

TEST(CombineEntries, MeanIsRoundedToMillionthsUnlessTheRuleSaysOtherwise) {
    EXPECT_EQ(combined(rule(CombineEntries::mean), "1 0 1"), "0.666667");
}

TEST(CombineEntries, BestResultsCountAfterPlacesBecamePoints) {
    auto season = rule(CombineEntries::sum);
    season.lower_is_better = true;
    season.bands = {{number("1"), number("9")}, {number("2"), number("6")}, {number("3"), number("4")}};
    season.best = 2;
    EXPECT_EQ(combined(season, "3 1 2 2 14"), "15");
    EXPECT_EQ(combined(season, "14"), "0");
}

TEST(CombineEntries, BestOfTimesAreTheLowest) {
    auto times = rule(CombineEntries::sum);
    times.best = 2;
    EXPECT_EQ(combined(times, "50 48.5 49"), "99");
    times.lower_is_better = true;
    EXPECT_EQ(combined(times, "50 48.5 49"), "97.5");
}

TEST(CombineEntries, CountsWhatIsChosen) {
    auto twelves = rule(CombineEntries::count);
    twelves.equals = number("12");
    EXPECT_EQ(combined(twelves, "12 10 12 0"), "2");
    auto givers = rule(CombineEntries::count);
    givers.at_least = number("1");
    EXPECT_EQ(combined(givers, "12 10 12 0"), "3");
}

TEST(CombineEntries, NothingReportedNotApplicableAndNothingLeftAreThreeThings) {
    auto sum = rule(CombineEntries::sum), least = rule(CombineEntries::min);
    EXPECT_EQ(combined(sum, ""), "-");
    EXPECT_EQ(combined(sum, "- -"), "-");
    EXPECT_EQ(combined(sum, "- na"), "na");
    EXPECT_EQ(combined(sum, "3 na -"), "3");
    sum.at_least = least.at_least = number("5");
    EXPECT_EQ(combined(sum, "3 4"), "0");
    EXPECT_EQ(combined(least, "3 4"), "-");
}

TEST(CombineEntries, SumBeyondTwelveDigitsIsNoValue) {
    EXPECT_EQ(combined(rule(CombineEntries::sum), "999999999999 1"), "too large");
}

RC_GTEST_PROP(CombineEntriesProperty, OrderOfTheEntriesDoesNotMatter, (std::vector<int> numbers)) {
    EntryRule any = rule(*rc::gen::element(CombineEntries::sum, CombineEntries::mean, CombineEntries::max));
    any.drop_lowest = *rc::gen::inRange(0, 3);
    any.best = *rc::gen::inRange(1, 5);
    std::vector<Cell> cells;
    for (const int n : numbers) cells.emplace_back(Decimal::millionths(n));
    const auto before = cell_of_entries(any, cells);
    std::reverse(cells.begin(), cells.end());
    RC_ASSERT(cell_of_entries(any, cells) == before);
}

TEST(TieAmong, LooksOnlyAtTheEntriesAboutThoseStillTied) {
    Rulebook rules = testing::rulebook({testing::criterion("points", 0, "0", PerCase{Decimal::whole(1), {}, {}})});
    rules.indicators[0].entries = rule(CombineEntries::sum);
    rules.ranking.ties = {{Tie::By::among, 0, false}};
    // Everybody but dogwood has 3 points; between the three, alder has 0, birch 3 and cedar 3.
    Field field = testing::field(rules, "alder 3\nbirch 3\ncedar 3\ndogwood 0");
    const auto won = [](int unit, int against, int points) { return Entry{unit, against, Decimal::whole(points)}; };
    field.columns[0].entries = {won(0, 1, 0), won(0, 2, 0), won(0, 3, 3), won(1, 0, 3),
                                won(1, 2, 0), won(2, 1, 0), won(2, 0, 3), won(3, 0, 0)};
    EXPECT_EQ(testing::standings(Engine(rules, field)), "1 birch 3.000, 1 cedar 3.000, 3 alder 3.000, 4 dogwood 0.000");
    // A second step sees only birch and cedar.
    rules.ranking.ties.push_back({Tie::By::among, 0, false});
    field.columns[0].entries[4] = won(1, 2, 1);
    field.columns[0].entries[5] = won(2, 1, 2);
    field.columns[0].entries[3] = won(1, 0, 4);
    EXPECT_EQ(testing::standings(Engine(rules, field)), "1 cedar 3.000, 2 birch 3.000, 3 alder 3.000, 4 dogwood 0.000");
}

TEST(TieBySection, ComparesThePointsOfTheSection) {
    Rulebook rules = testing::rulebook(
        {testing::criterion("jumps", 0, "10", Graded{}), testing::criterion("marks", 1, "10", Graded{})});
    rules.sections = {{"elements", {}, Combine::sum, {}}};
    rules.criteria[0].section = 0;
    rules.ranking.ties = {{Tie::By::section, 0, false}};
    EXPECT_EQ(testing::standings(rules, "alder 4 6\nbirch 6 4"), "1 birch 10.000, 2 alder 10.000");
}

TEST(Classes, MayNeedAGateWithoutBeingCappedByIt) {
    Rulebook rules = testing::rulebook({testing::criterion("marks", 0, "42", Graded{})});
    rules.indicators.push_back(testing::indicator("solved"));
    rules.gates.push_back({"one-solved", {}, 1, Passes::at_least, Decimal::whole(1), false, -1});
    rules.classes.resize(3);
    rules.classes[0].key = "medal";
    rules.classes[0].at_least = number("50");
    rules.classes[1].key = "mention";
    rules.classes[1].needs = {0};
    rules.classes[2].key = "none";
    EXPECT_EQ(testing::standings(rules, "alder 30 0\nbirch 7 1\ncedar 7 0"),
              "1 alder 30.000 medal, 2 birch 7.000 mention, 2 cedar 7.000 none");
}

}  // namespace
}  // namespace guidon::scoring
