// What holds for every movement? Random rulebooks over random fields.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "scoring/board.h"
#include "scoring/random_test.h"

namespace guidon::scoring {
namespace {

using namespace testing;

RC_GTEST_PROP(AnyMovement, IntegersAndRationalsGiveTheSame, (unsigned seed)) {
    Random random(seed);
    const Rulebook rules = random.rulebook();
    const Field field = random.field(rules, 1 + random.below(40));
    RC_ASSERT(all_of(rules, field) == all_of(rules, field, 1, Arithmetic::rationals));
}

TEST(AnyMovement, ACriterionOfNoWeightMayStillDecideTies) {
    Random random(52'644'382);  // a weighted mean of two, and the one that weighs nothing decides among equals
    const Rulebook rules = random.rulebook();
    const Field field = random.field(rules, 1 + random.below(40));
    ASSERT_EQ(rules.criteria.at(static_cast<std::size_t>(rules.ranking.ties.at(0).index)).weight, Decimal());
    EXPECT_EQ(all_of(rules, field), all_of(rules, field, 1, Arithmetic::rationals));
}

RC_GTEST_PROP(AnyMovement, TheNumberOfThreadsDoesNotMatter, (unsigned seed)) {
    Random random(seed);
    const Rulebook rules = random.rulebook();
    const Field field = random.field(rules, 1 + random.below(600));
    RC_ASSERT(all_of(rules, field, 1) == all_of(rules, field, 3));
}

RC_GTEST_PROP(AnyMovement, AfterChangesItIsAsIfLoadedAnew, (unsigned seed)) {
    Random random(seed);
    const Rulebook rules = random.rulebook();
    Field field = random.field(rules, 1 + random.below(40));
    std::unique_ptr<Engine> engine;
    try {
        engine = std::make_unique<Engine>(rules, field);
    } catch (const Faults&) {
        RC_DISCARD("refused");
    }
    const auto snapshot = [&] { return all_of(*engine); };
    for (int i = 0; i < 12; ++i) {
        const int unit = random.below(static_cast<int>(field.codes.size()));
        const int indicator = random.below(static_cast<int>(rules.indicators.size()));
        const auto before = snapshot();
        try {
            engine->change(unit, indicator, random.report(), random.report());
        } catch (const Faults&) {
            RC_ASSERT(snapshot() == before);
        }
        RC_ASSERT(snapshot() == all_of(engine->rules(), engine->field()));
    }
}

RC_GTEST_PROP(AnyMovement, WhatAChangeDoesNotNameHasNotMoved, (unsigned seed)) {
    Random random(seed);
    const Rulebook rules = random.rulebook();
    const Field field = random.field(rules, 1 + random.below(30));
    try {
        Engine engine(rules, field);
        const auto places = [&] {
            std::vector<std::string> all;
            for (int u = 0; u < static_cast<int>(field.codes.size()); ++u)
                all.push_back(engine.total(u) + " " + std::to_string(engine.rank(u)) + " " +
                              std::to_string(engine.class_index(u)));
            return all;
        };
        const auto before = places();
        const auto moved = engine.change(random.below(static_cast<int>(field.codes.size())), 0, random.report(), {});
        const auto after = places();
        for (std::size_t u = 0; u < before.size(); ++u)
            if (before[u] != after[u])
                RC_ASSERT(std::count(moved.standings.begin(), moved.standings.end(), static_cast<int>(u)) == 1);
    } catch (const Faults&) {
        RC_DISCARD("refused");
    }
}

RC_GTEST_PROP(AnyMovement, ExplanationsAgreeWithTheStandings, (unsigned seed)) {
    Random random(seed);
    const Rulebook rules = random.rulebook();
    const Field field = random.field(rules, 1 + random.below(30));
    try {
        const Engine engine(rules, field);
        for (int u = 0; u < static_cast<int>(field.codes.size()); ++u) {
            if (!engine.takes_part(u)) continue;
            const auto why = engine.explain(u);
            RC_ASSERT(why.total == engine.total(u));
            RC_ASSERT(why.max == engine.max(u));
            RC_ASSERT(why.rank == engine.rank(u));
            for (std::size_t c = 0; c < why.criteria.size(); ++c)
                RC_ASSERT(why.criteria[c].points == engine.points(u, static_cast<int>(c)));
            if (why.above >= 0) RC_ASSERT(engine.rank(why.above) < why.rank);
            if (why.below >= 0) RC_ASSERT(engine.rank(why.below) > why.rank);
        }
    } catch (const Faults&) {
        RC_DISCARD("refused");
    }
}

RC_GTEST_PROP(AnyMovement, TheOrderOfTheUnitsDoesNotMatter, (unsigned seed)) {
    Random random(seed);
    const Rulebook rules = random.rulebook();
    const Field field = random.field(rules, 1 + random.below(40));
    std::vector<int> order(field.codes.size()), place(order.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<int>(i);
    for (std::size_t i = order.size(); i > 1; --i)
        std::swap(order[i - 1], order[static_cast<std::size_t>(random.below(static_cast<int>(i)))]);
    for (std::size_t i = 0; i < order.size(); ++i) place[static_cast<std::size_t>(order[i])] = static_cast<int>(i);

    Field shuffled = field;
    for (std::size_t i = 0; i < order.size(); ++i) {
        const auto from = static_cast<std::size_t>(order[i]);
        shuffled.codes[i] = field.codes[from];
        shuffled.parents[i] = field.parents[from] < 0 ? -1 : place[static_cast<std::size_t>(field.parents[from])];
        shuffled.kinds[i] = field.kinds[from];
        shuffled.groups[i] = field.groups[from];
        shuffled.takes_part[i] = field.takes_part[from];
        for (std::size_t c = 0; c < field.columns.size(); ++c) {
            shuffled.columns[c].values[i] = field.columns[c].values[from];
            if (!field.columns[c].targets.empty()) shuffled.columns[c].targets[i] = field.columns[c].targets[from];
        }
    }
    try {
        const Engine one(rules, field), other(rules, shuffled);
        RC_ASSERT(standings(one) == standings(other));
        for (std::size_t i = 0; i < order.size(); ++i) RC_ASSERT(one.max(order[i]) == other.max(static_cast<int>(i)));
    } catch (const Faults&) {
        RC_DISCARD("refused");
    }
}

RC_GTEST_PROP(AnyRatio, DoublingValuesAndTargetsChangesNothing, (unsigned seed)) {
    Random random(seed);
    const Rulebook rules = rulebook({criterion("c", 0, "37.5", Ratio{{}, Target{}})});
    Field field = random.field(rules, 30);
    const auto before = all_of(rules, field);
    const auto doubled = [](Cell cell) { return cell.reported() ? Cell(cell.value() + cell.value()) : cell; };
    for (auto& cell : field.columns[0].values) cell = doubled(cell);
    for (auto& cell : field.columns[0].targets) cell = doubled(cell);
    RC_ASSERT(all_of(rules, field) == before);
}

TEST(Workers, DoEachTaskOnceAndThrowWhatTheLowestThrew) {
    Workers workers;
    for (const int threads : {1, 2, 5, 3}) {
        std::vector<std::atomic<int>> done(1000);
        workers.share(threads, 1000, [&](int task, int) { ++done[static_cast<std::size_t>(task)]; });
        EXPECT_TRUE(std::all_of(done.begin(), done.end(), [](const auto& times) { return times == 1; }));
        try {
            workers.share(threads, 100, [](int task, int) {
                if (task % 10 == 7) throw std::runtime_error(std::to_string(task));
            });
            FAIL() << "nothing was thrown";
        } catch (const std::runtime_error& error) {
            EXPECT_STREQ(error.what(), "7");
        }
    }
}

TEST(IntegerBoard, IsWhatScoresAnOrdinaryMovement) {
    Rulebook rules = rulebook({criterion("a", 0, "30", Ratio{{}, Target{}}), criterion("b", 1, "10", Graded{})});
    rules.sections = {{"s", {}, Combine::weighted_mean, {}}};
    rules.criteria[0].section = rules.criteria[1].section = 0;
    rules.classes = {{"first", {}, Decimal::whole(90), Decimal::whole(50), number("0.2")}, {"second", {}, {}, {}, {}}};
    Loaded loaded(rules, field(rules, "x 3/4 7.5\n y 1/3 -"), 1);
    EXPECT_TRUE(make_fast_board(loaded, 1));
    loaded.rules.criteria[0].round.step = Decimal();
    EXPECT_FALSE(make_fast_board(loaded, 1));
}

}  // namespace
}  // namespace guidon::scoring
