#include "imports/imports_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "imports/code_book.h"

namespace guidon::imports {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

units::UnitFile read(const std::string& csv) {
    std::vector<Fault> faults;
    auto file = units::read_units(csv, "units.csv", faults, units::Parents::anywhere);
    EXPECT_THAT(faults, IsEmpty());
    return file;
}

KnownUnit known(const std::string& name, const std::string& parent = "") {
    units::Unit unit;
    unit.id = units::UnitId(7);
    unit.code = "HT";
    unit.kind = "province";
    unit.names = {{"", name}, {"vi", "Hà Tĩnh"}};
    unit.tags = {"coast", "north-central"};
    unit.exists = {*Day::parse("1991-08-12"), Day::never()};
    return {unit, parent, *Day::parse("2026-01-01")};
}

const auto some_day = *Day::parse("2026-06-01");

units::HeldCode held(const char* code, int unit, const char* from, const char* to) {
    return {
        code, units::UnitId(unit), {Day::parse(from).value_or(Day::always()), Day::parse(to).value_or(Day::never())}};
}

}  // namespace

TEST(CompareUnits, WhatTheFileDoesNotSayStaysAsItIs) {
    Comparison comparison;
    const auto changes =
        compare_units(read("code,parent,kind,name\nHT,,province,Ha Tinh\n"), {}, {known("Ha Tinh")}, comparison);
    EXPECT_EQ(comparison.tally(), (store::Tally{0, 0, 1}));
    EXPECT_TRUE(changes.added.empty() && changes.changed.empty());
}

TEST(CompareUnits, EachDifferenceIsShownWithWhatItWas) {
    Comparison comparison;
    const auto file = read(
        "code,parent,kind,name,name:vi,name:ur,valid_from,tags\nHT,VN,province,Hà Tĩnh,,ہا "
        "ٹن,,coast\nVN,,state,Vietnam,,,,\n");
    const auto changes = compare_units(file, {true, false, true}, {known("Ha Tinh"), std::nullopt}, comparison);
    EXPECT_EQ(comparison.tally(), (store::Tally{1, 1, 0}));
    ASSERT_EQ(comparison.added().size(), 1U);
    EXPECT_EQ(comparison.added()[0].subject, "VN");
    EXPECT_THAT(comparison.changed(), ElementsAre(Example{2,
                                                          "HT",
                                                          {{"parent", "", "VN"},
                                                           {"name", "Ha Tinh", "Hà Tĩnh"},
                                                           {"name:ur", "", "ہا ٹن"},
                                                           {"tags", "coast|north-central", "coast"},
                                                           {"valid_from", "1991-08-12", ""}}}));
    EXPECT_EQ(changes.changed.at(0).since, *Day::parse("2026-01-01"));
}

TEST(CompareUnits, NewUnitsComeAfterTheirParents) {
    Comparison comparison;
    const auto file = read("code,parent,kind,name\nC,B,x,c\nB,A,x,b\nA,,x,a\nD,A,x,d\n");
    std::string order;
    for (const auto& row : compare_units(file, {}, {{}, {}, {}, {}}, comparison).added) order += row.code;
    EXPECT_EQ(order, "ABCD");
}

TEST(CycleOverBoth, AMoveBelowAStoredDescendantIsFound) {
    const auto file = read("code,parent,kind,name\nA,C,x,a\nE,A,x,e\n");
    EXPECT_THAT(cycle_over_both(file, {{"B", "A"}, {"C", "B"}}), ElementsAre("A", "C", "B", "A"));
    EXPECT_THAT(cycle_over_both(file, {{"C", ""}, {"B", "A"}}), IsEmpty());
}

TEST(CompareGroups, AMoveARoleAndANewNameAreChanges) {
    std::vector<Fault> faults;
    const std::string csv =
        "group,unit,period,role,name\nNC,HT,2024,leader,North-Central\nNC,QT,2024,,\nSC,QB,2024,,\nNC,NA,2025,,\n";
    const auto file = units::read_groups(csv, "groups.csv", nullptr, faults);
    const std::vector<units::UnitId> ids{units::UnitId(1), units::UnitId(2), units::UnitId(3), units::UnitId(4)};
    KnownGroups before;
    before.names = {{"NC", "North Central"}};
    before.memberships = {{membership_key(ids[0], "2024"), {"NC", units::GroupRole::none}},
                          {membership_key(ids[1], "2024"), {"NC", units::GroupRole::none}},
                          {membership_key(ids[2], "2024"), {"NC", units::GroupRole::none}}};
    Comparison comparison;
    files::FaultList list("groups.csv", faults);
    const auto rows = compare_groups(file, ids, before, comparison, list);
    EXPECT_THAT(faults, IsEmpty());
    EXPECT_EQ(comparison.tally(), (store::Tally{1, 2, 1}));
    EXPECT_THAT(
        comparison.changed(),
        ElementsAre(Example{2, "HT 2024", {{"role", "", "leader"}, {"group_name", "North Central", "North-Central"}}},
                    Example{4, "QB 2024", {{"group", "NC", "SC"}}}));
    EXPECT_EQ(rows.size(), 3U);
}

TEST(CompareGroups, AGroupWithTwoNamesIsRefusedBecauseItWouldChangeWithEachImport) {
    std::vector<Fault> faults;
    const auto file = units::read_groups("group,unit,name\nNC,HT,One\nNC,QT,Two\n", "g.csv", nullptr, faults);
    Comparison comparison;
    files::FaultList list("g.csv", faults);
    compare_groups(file, {units::UnitId(1), units::UnitId(2)}, {}, comparison, list);
    ASSERT_EQ(faults.size(), 1U);
    EXPECT_EQ(faults[0].code, "import.group-two-names");
    EXPECT_EQ(faults[0].line, 3);
}

TEST(CompareSeries, ZeroNothingAndNotApplicableAreThreeThings) {
    const auto row = [](int unit, scoring::Cell value) { return values::Row{units::UnitId(unit), value, {}, "", 0}; };
    const scoring::Cell zero(Decimal{}), none, na = scoring::Cell::not_applicable();
    Comparison comparison;
    const auto subject = [](units::UnitId unit) { return Example{static_cast<int>(unit.number()), "u", {}}; };
    EXPECT_TRUE(compare_series({row(1, zero), row(2, none), row(3, na), row(4, zero), row(5, none)},
                               {row(1, none), row(2, zero), row(3, zero), row(4, zero)}, subject, comparison));
    EXPECT_EQ(comparison.tally(), (store::Tally{0, 3, 2})) << "nothing reported and nothing stored is no change";
    EXPECT_THAT(comparison.changed(),
                ElementsAre(Example{1, "u", {{"value", "", "0"}}}, Example{2, "u", {{"value", "0", ""}}},
                            Example{3, "u", {{"value", "0", "na"}}}));
    EXPECT_FALSE(compare_series({row(4, zero)}, {row(3, zero), row(4, zero)}, subject, comparison));
}

RC_GTEST_PROP(CompareSeries, WhatIsStoredAlreadyNeverChanges, ()) {
    const auto ids = *rc::gen::container<std::set<int>>(rc::gen::inRange(1, 50));
    std::vector<values::Row> rows;
    for (const int id : ids) rows.push_back({units::UnitId(id), Decimal::whole(*rc::gen::inRange(0, 3)), {}, "", 0});
    Comparison comparison;
    RC_ASSERT(!compare_series(
        rows, rows, [](units::UnitId) { return Example{}; }, comparison));
    RC_ASSERT(comparison.tally() == (store::Tally{0, 0, static_cast<std::int64_t>(rows.size())}));
}

TEST(DaysOf, PeriodsAreHalfOpen) {
    const auto text = [](const char* period) { return days_of(period).from.text() + " " + days_of(period).to.text(); };
    EXPECT_EQ(text("2025"), "2025-01-01 2026-01-01");
    EXPECT_EQ(text("2025-H2"), "2025-07-01 2026-01-01");
    EXPECT_EQ(text("2025-Q3"), "2025-07-01 2025-10-01");
    EXPECT_EQ(text("2025-12"), "2025-12-01 2026-01-01");
    EXPECT_EQ(text(""), " ");
}

TEST(CodeBook, ACodeMeansTheUnitThatHeldItInThePeriod) {
    const CodeBook book(
        {held("30", 1, "", "2025-07-01"), held("30", 2, "2025-07-01", ""), held("31", 1, "2025-07-01", "")}, some_day);
    const auto unit = [&](const char* code, const char* period) {
        const auto found = book.unit(book.index().find(code), period);
        return found ? found->number() : 0;
    };
    EXPECT_EQ(unit("30", "2024"), 1);
    EXPECT_EQ(unit("30", "2025-H1"), 1);
    EXPECT_EQ(unit("30", "2025"), 2) << "who held it at the end of the year";
    EXPECT_EQ(unit("30", "2026"), 2);
    EXPECT_EQ(unit("30", ""), 2);
    EXPECT_EQ(unit("31", "2024"), 0);
    EXPECT_EQ(book.code(units::UnitId(1), "2024"), "30");
    EXPECT_EQ(book.code(units::UnitId(1), "2026"), "31");
}

TEST(CodeBook, AUnitThatEndedIsStillMeantInThePeriodInWhichItEnded) {
    const CodeBook book({held("A", 1, "2020-01-01", "2025-07-01")}, some_day);
    const auto unit = [&](const char* period) { return book.unit(0, period).has_value(); };
    EXPECT_TRUE(unit("2025"));
    EXPECT_TRUE(unit(""));
    EXPECT_FALSE(unit("2026"));
    EXPECT_FALSE(unit("2019"));
    EXPECT_FALSE(book.holder("A", some_day));
}

}  // namespace guidon::imports
