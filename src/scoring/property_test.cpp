// What holds for every movement? Random rulebooks over random fields.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

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

}  // namespace
}  // namespace guidon::scoring
