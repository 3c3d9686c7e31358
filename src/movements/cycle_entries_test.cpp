// Reading of what several entries amount to, and of ties and classes that look at sections, the tied and gates.
#include <gtest/gtest.h>

#include "movements/cycle.h"
#include "movements/cycle_sample.h"

namespace guidon::movements {
namespace {

using namespace scoring;

std::string faults_in(const std::string& body) {
    std::vector<Fault> faults;
    read_cycle(std::string(head) + body, "f", faults);
    return told(faults);
}

const char* season = R"([[indicators]]
key = "season"
from = "finish"
entries = "sum"
lower_is_better = true
bands = [{ from = 1, points = 9 }, { from = 2, points = 6 }]
best = 11
[[indicators]]
key = "panel"
entries = "mean"
drop_lowest = 1
drop_highest = 2
round = { step = 0.01 }
[[sections]]
key = "races"
[[criteria]]
key = "season"
section = "races"
rule = { kind = "per_case", each = 1 }
[[gates]]
key = "licensed"
passes = { at_least = 1 }
[[classes]]
key = "champion"
needs = ["licensed"]
[[classes]]
key = "driver"
[ranking]
ties = ["section:races", "-among:season"]
)";

TEST(MovementEntries, AreReadWithTheirDefaults) {
    std::vector<Fault> faults;
    const auto cycle = read_cycle(std::string(head) + season, "f", faults);
    ASSERT_TRUE(cycle) << told(faults);
    const auto& indicators = cycle->rules.indicators;
    EXPECT_EQ(indicators[0].from, "finish");
    const auto& sum = *indicators[0].entries;
    EXPECT_EQ(sum.combine, CombineEntries::sum);
    ASSERT_EQ(sum.bands.size(), 2u);
    EXPECT_EQ(sum.bands[0].points, Decimal::whole(9));
    EXPECT_EQ(sum.best, 11);
    EXPECT_EQ(sum.round.step, Decimal::millionths(1));
    const auto& mean = *indicators[1].entries;
    EXPECT_EQ(std::pair(mean.drop_lowest, mean.drop_highest), std::pair(1, 2));
    EXPECT_EQ(mean.round.step, Decimal::millionths(10'000));
    ASSERT_EQ(cycle->rules.ranking.ties.size(), 2u);
    EXPECT_EQ(cycle->rules.ranking.ties[0].by, Tie::By::section);
    EXPECT_EQ(cycle->rules.ranking.ties[1].by, Tie::By::among);
    EXPECT_TRUE(cycle->rules.ranking.ties[1].lower_is_better);
    EXPECT_EQ(cycle->rules.classes[0].needs, std::vector<int>{0});
}

TEST(MovementEntries, FaultsHaveTheirPlace) {
    const std::string indicator = "[[indicators]]\nkey = 'i'\n";
    EXPECT_EQ(faults_in(indicator + "best = 3\n"), "4:1 movement.missing-key\n");
    EXPECT_EQ(faults_in(indicator + "entries = 'median'\n"), "6:11 movement.unknown-choice\n");
    EXPECT_EQ(faults_in(indicator + "entries = 'sum'\nbest = 0\n"), "7:8 movement.number-too-small\n");
    EXPECT_EQ(faults_in(indicator + "entries = 'sum'\ndrop_lowest = 1.5\n"), "7:15 movement.whole-number\n");
    EXPECT_EQ(faults_in(indicator + "entries = 'mean'\nround = { step = 0 }\n"), "7:9 movement.entries-step\n");
    EXPECT_EQ(faults_in("[[indicators]]\nkey = 'a'\nentries = 'sum'\nfrom = 'b'\n"
                        "[[indicators]]\nkey = 'b'\nentries = 'sum'\nfrom = 'c'\n"),
              "7:8 movement.entries-from\n");
    EXPECT_EQ(faults_in(indicator + "[ranking]\nties = ['among:i']\n"), "7:9 movement.among-entries\n");
    EXPECT_EQ(faults_in("[ranking]\nties = ['section:s']\n"), "5:9 movement.unknown-section\n");
    EXPECT_EQ(faults_in("[[classes]]\nkey = 'a'\nneeds = ['g']\n[[classes]]\nkey = 'b'\n"),
              "6:9 movement.unknown-gate\n");
}

}  // namespace
}  // namespace guidon::movements
