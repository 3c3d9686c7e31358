// Is the spread counted from what there was at the start?
#include "replications/spread.h"

#include <gtest/gtest.h>

namespace guidon::replications {
namespace {

using exemplars::State;

Counted counted(int id, int origin, int unit, State start, State end) {
    Counted one;
    one.id = ExemplarId(id);
    if (origin > 0) one.origin = ExemplarId(origin);
    one.unit = UnitId(unit);
    one.field = unit % 2 == 0 ? "economy" : "culture";
    one.at_start = start;
    one.at_end = end;
    return one;
}

TEST(Spread, FortyModelsBecomeFourHundredAndEleven) {
    std::vector<Counted> all;
    for (int i = 1; i <= 40; ++i) all.push_back(counted(i, 0, 1, State::running, State::running));
    for (int i = 41; i <= 411; ++i) all.push_back(counted(i, i - 40, 2, State::draft, State::registered));
    const Spread spread = spread_of(all, {});
    EXPECT_EQ(spread.all, (Growth{40, 411}));
    EXPECT_EQ(growth_factor(spread.all.total, spread.all.initial), "10.275");
    EXPECT_EQ(spread.by_unit.at(UnitId(2)), (Growth{0, 371}));
    EXPECT_EQ(spread.generations, 10);
}

TEST(Spread, WhatBeganLaterWithoutAnOriginIsNotInitial) {
    const std::vector<Counted> all{counted(1, 0, 1, State::running, State::running),
                                   counted(2, 0, 1, State::draft, State::running),
                                   counted(3, 2, 1, State::draft, State::running)};
    EXPECT_EQ(spread_of(all, {}).all, (Growth{1, 1}));
}

TEST(Spread, WhatEndedIsInTheFamilyButNotInTheTotal) {
    const std::vector<Counted> all{counted(1, 0, 1, State::running, State::ended),
                                   counted(2, 1, 2, State::draft, State::removed),
                                   counted(3, 2, 3, State::draft, State::kept)};
    EXPECT_EQ(spread_of(all, {UnitId(1)}).all, (Growth{1, 1}));
}

TEST(Spread, OnlyTheChosenUnitsBeginButTheirFamiliesGoAnywhere) {
    const std::vector<Counted> all{counted(1, 0, 1, State::running, State::running),
                                   counted(2, 0, 2, State::running, State::running),
                                   counted(3, 1, 3, State::draft, State::running)};
    EXPECT_EQ(spread_of(all, {UnitId(1)}).all, (Growth{1, 2}));
}

}  // namespace
}  // namespace guidon::replications
