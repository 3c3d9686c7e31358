#include "movements/cycle.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "movements/cycle_sample.h"
#include "movements/cycle_text.h"

namespace guidon::movements {
namespace {

using namespace scoring;

TEST(ReadCycle, EveryKeyOfTheFormatReachesTheRulebook) {
    std::vector<Fault> faults;
    const auto cycle = read_cycle(everything, "movement.toml", faults);
    ASSERT_TRUE(cycle) << told(faults);
    EXPECT_EQ(told(faults), "");
    EXPECT_EQ(cycle->key, "four-good-cells-2024");
    EXPECT_EQ(cycle->period, "2024");
    EXPECT_EQ(cycle->issuer, "HT-DT");
    EXPECT_EQ(cycle->starts, "2024-01-01");
    EXPECT_EQ(cycle->ends, "2024-12-31");
    EXPECT_EQ(cycle->title, (Texts{{"en", "Four-good party cells"}, {"vi", "Chi bộ 4 tốt"}}));
    EXPECT_EQ(cycle->theme.at("en"), "Every cell a good one");
    EXPECT_TRUE(cycle->sample);
    ASSERT_EQ(cycle->documents.size(), 1u);
    EXPECT_EQ(cycle->documents[0].number, "16-HD/BTCTW");
    EXPECT_EQ(cycle->documents[0].date, "2018-09-24");
    ASSERT_EQ(cycle->occasions.size(), 1u);
    EXPECT_EQ(cycle->occasions[0].date, "2025-09");
    ASSERT_TRUE(cycle->participants);
    EXPECT_EQ(cycle->participants->under, "HT-DT");
    EXPECT_EQ(cycle->participants->kinds, (std::vector<std::string>{"cell"}));

    const auto& rules = cycle->rules;
    ASSERT_EQ(rules.sections.size(), 2u);
    EXPECT_EQ(rules.sections[0].most, Decimal::whole(40));
    EXPECT_EQ(rules.sections[1].combine, Combine::weighted_mean);
    ASSERT_EQ(rules.criteria.size(), 7u);
    EXPECT_EQ(rules.criteria[0].max, Decimal::parse("30.1"));
    EXPECT_EQ(rules.criteria[0].section, 0);
    EXPECT_EQ(rules.criteria[0].missing, Missing::skip);
    EXPECT_EQ(rules.criteria[0].not_applicable, NotApplicable::full);
    EXPECT_EQ(rules.criteria[0].round, (Rounding{*Decimal::parse("0.5"), RoundMode::half_even}));
    EXPECT_TRUE(std::holds_alternative<Target>(std::get<Ratio>(rules.criteria[0].rule).to));
    const auto& bands = std::get<Bands>(rules.criteria[1].rule);
    EXPECT_EQ(bands.on, BandsOn::share);
    EXPECT_EQ(bands.bands[0].from, Decimal::parse("0.95"));
    EXPECT_EQ(bands.bands[1].points, Decimal::whole(24));
    const auto& bonus = std::get<PerCase>(rules.criteria[3].rule);
    EXPECT_EQ(bonus.each, Decimal::parse("-0.5"));
    EXPECT_EQ(bonus.least, Decimal::whole(-10));
    EXPECT_EQ(rules.criteria[3].max, Decimal());
    const auto& formula = std::get<Formula>(rules.criteria[5].rule);
    EXPECT_EQ(formula.expression, "floor(25.4347 * (18 - v)^1.81) + extra");
    EXPECT_EQ(formula.most, Decimal::whole(20));
    EXPECT_EQ(std::get<Relative>(rules.criteria[6].rule).method, RelativeMethod::rank);
    ASSERT_EQ(rules.gates.size(), 1u);
    EXPECT_EQ(rules.gates[0].passes, Passes::at_most);
    EXPECT_EQ(rules.gates[0].caps_class, 1);
    EXPECT_TRUE(rules.gates[0].missing_passes);
    ASSERT_EQ(rules.classes.size(), 2u);
    EXPECT_EQ(rules.classes[0].each_section_at_least, Decimal::whole(50));
    EXPECT_EQ(rules.classes[0].most_share, Decimal::parse("0.2"));
    EXPECT_EQ(rules.total.round.step, Decimal::parse("0.01"));
    EXPECT_EQ(rules.ranking.within, Within::parent);
    EXPECT_EQ(rules.ranking.rest, Rest::dense);
    ASSERT_EQ(rules.ranking.ties.size(), 3u);
    EXPECT_EQ(rules.ranking.ties[0].by, Tie::By::criterion);
    EXPECT_TRUE(rules.ranking.ties[2].lower_is_better);
}

TEST(ReadCycle, IndicatorsAreThoseListedAndThenThoseMentionedInOrder) {
    std::vector<Fault> faults;
    const auto cycle = read_cycle(everything, "movement.toml", faults);
    ASSERT_TRUE(cycle);
    std::string keys;
    for (const auto& indicator : cycle->rules.indicators) keys += indicator.key + " ";
    EXPECT_EQ(keys, "cases_settled meetings quality late flag run extra share violations goals_for penalties ");
    EXPECT_EQ(cycle->rules.indicators[0].rollup, Rollup::sum);
    EXPECT_EQ(cycle->rules.indicators[0].unit_of_measure, "cases");
    EXPECT_EQ(std::get<Formula>(cycle->rules.criteria[5].rule).indicators, (std::vector<int>{6}));
}

TEST(ReadCycle, NumbersAreExactlyThoseWritten) {
    const auto max = [](const std::string& number) {
        std::vector<Fault> faults;
        const auto cycle = read_cycle(
            std::string(head) + "[[criteria]]\nkey = 'k'\nmax = " + number + "\nrule = { kind = 'yes_no' }\n", "f",
            faults);
        return cycle ? cycle->rules.criteria[0].max.text() : told(faults);
    };
    EXPECT_EQ(max("0.1"), "0.1");
    EXPECT_EQ(max("999999999999.999999"), "999999999999.999999");
    EXPECT_EQ(max("1_000.500_001"), "1000.500001");
    EXPECT_EQ(max("+7"), "7");
    for (const char* wrong : {"1e3", "inf", "nan", "0x1F", "0.1234567", "1234567890123", "1234567890123.5"})
        EXPECT_EQ(max(wrong), "6:7 movement.number-form\n") << wrong;
    EXPECT_EQ(max("1e400"), "6:12 movement.number-form\n");
}

TEST(ReadCycle, BandsMayBeListedEitherWayAndComeOutBestFirst) {
    const auto first = [](const std::string& bands) {
        std::vector<Fault> faults;
        const auto cycle = read_cycle(
            std::string(head) + "[[criteria]]\nkey = 'k'\nmax = 9\nrule = { kind = 'bands', bands = [" + bands + " }\n",
            "f", faults);
        return cycle ? std::get<Bands>(cycle->rules.criteria[0].rule).bands[0].from.text() : told(faults);
    };
    EXPECT_EQ(first("{from=1,points=1},{from=2,points=2}]"), "2");
    EXPECT_EQ(first("{from=2,points=2},{from=1,points=1}]"), "2");
    EXPECT_EQ(first("{from=2,points=2},{from=1,points=1}], lower_is_better = true"), "1");
    EXPECT_EQ(first("{from=1,points=1},{from=2,points=2}], lower_is_better = true"), "1");
}

TEST(ReadCycle, TheByteOrderMarkIsAccepted) {
    std::vector<Fault> faults;
    EXPECT_TRUE(read_cycle("\xEF\xBB\xBF" + std::string(everything), "f", faults)) << told(faults);
}

TEST(ReadCycle, MovementsThatShipAreRead) {
    for (const auto& entry : std::filesystem::directory_iterator("movements")) {
        std::stringstream text;
        text << std::ifstream(entry.path()).rdbuf();
        std::vector<Fault> faults;
        EXPECT_TRUE(read_cycle(text.str(), "f", faults)) << entry.path();
        EXPECT_EQ(told(faults), "") << entry.path();
    }
}

/// Whatever happens to a valid file, reading tells faults or gives a cycle, never both and never something else.
RC_GTEST_PROP(ReadCycle, NoMutationOfAValidFileIsMoreThanRefused, ()) {
    std::string text(everything);
    const auto mutations = *rc::gen::inRange(1, 6);
    for (int i = 0; i < mutations; ++i) {
        const auto at = *rc::gen::inRange<std::size_t>(0, text.size());
        const auto length = *rc::gen::inRange<std::size_t>(0, 12);
        static const std::vector<std::string> pieces{"\"",  "[",   "]]",   "{",   "}",     "=",          "\n",
                                                     "-1",  "0.5", "true", "'x'", "\xff",  "{}",         "[]",
                                                     "nan", "1e9", ".",    "#",   "ratio", "2024-01-01", ""};
        text.replace(at, length, *rc::gen::elementOf(pieces));
    }
    std::vector<Fault> faults;
    const auto cycle = read_cycle(text, "f", faults);
    const bool refused = std::any_of(faults.begin(), faults.end(), [](const Fault& fault) { return !fault.warning; });
    RC_ASSERT(cycle.has_value() != refused);
    RC_ASSERT(faults.size() <= max_faults);
    for (const auto& fault : faults) RC_ASSERT(fault.line >= 1 && fault.column >= 1);
    for (const auto& fault : faults)
        for (const auto language : languages) RC_ASSERT(!sentence(language, fault).empty());
    if (!cycle) return;
    check_cycle(*cycle, text, "f");
    for (const auto language : languages) text_of(*cycle, language);
}

}  // namespace
}  // namespace guidon::movements
