// Do the numbers add up, whatever happens to exemplars, between whichever days and in whichever units?
#include "gallery/counts.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <map>

#include "gallery/figures.h"

namespace guidon::gallery {
namespace {

Day day(const char* iso) {
    return *Day::parse(iso);
}

/// Exemplars with steps, as somebody would enter them.
struct Lives {
    Columns all;
    std::map<std::uint32_t, std::int32_t> unit_of;

    Columns::Row add(std::int32_t unit, OwnerKind owner = OwnerKind::collective) {
        Facts facts;
        facts.id = ExemplarId(static_cast<std::int64_t>(all.size()) + 1);
        facts.public_id = "exemplar-" + std::to_string(all.size());
        facts.unit = UnitId(unit);
        facts.field = "economy";
        facts.owner_kind = owner;
        all.put(facts);
        const auto row = static_cast<Columns::Row>(all.size() - 1);
        unit_of[row] = unit;
        return row;
    }
    void step(Columns::Row row, Verb verb, Day on, std::int32_t to_unit = 0) {
        const auto* move = exemplars::find_move(all.state[row], verb);
        RC_ASSERT(move != nullptr);
        Step step;
        step.on = on;
        step.verb = verb;
        step.from = move->from;
        step.to = move->to;
        step.unit_before = unit_of[row];
        step.unit = to_unit ? to_unit : step.unit_before;
        all.add_step(ExemplarId(all.id[row]), step, verb == Verb::recognise ? "commune" : "");
        all.state[row] = move->to;
        unit_of[row] = step.unit;
    }
    void recognised(Columns::Row row, Day on) {
        for (const Verb verb :
             {Verb::register_, Verb::launch, Verb::start, Verb::propose, Verb::submit, Verb::recognise})
            step(row, verb, on);
    }
    Tally count(const Days& days, const Inside& inside) const {
        Tally tally;
        for (Columns::Row row = 0; row < all.size(); ++row)
            tally.add(share_of(all, row, days, inside), all.owner_kind[row]);
        return tally;
    }
};

bool everywhere(std::int32_t) {
    return true;
}

TEST(Counts, TellRegisteredFromRecognisedAndWhereTheRestStands) {
    Lives lives;
    lives.recognised(lives.add(1), day("2024-03-01"));
    lives.recognised(lives.add(1, OwnerKind::individual), day("2024-04-01"));
    lives.step(lives.add(1), Verb::register_, day("2024-05-01"));
    const auto before = lives.add(1);
    for (const Verb verb : {Verb::register_, Verb::launch, Verb::start, Verb::propose, Verb::submit})
        lives.step(before, verb, day("2023-05-01"));
    lives.step(before, Verb::recognise, day("2024-06-01"));
    const Tally tally = lives.count(year_of(2024), everywhere);
    EXPECT_EQ(tally[Count::registered], 3);
    EXPECT_EQ(tally[Count::recognised], 3);
    EXPECT_EQ(tally.recognised_individuals, 1);
    EXPECT_EQ(tally[Count::carried], 1);
    EXPECT_EQ(tally[Count::first_time], 2);
    EXPECT_EQ(tally.by_state[static_cast<std::size_t>(State::registered)], 1);
    EXPECT_EQ(tally.by_state[static_cast<std::size_t>(State::recognised)], 2);
    EXPECT_EQ(tally[Count::active_start], 1);
    EXPECT_EQ(tally[Count::new_], 3);
    EXPECT_EQ(tally[Count::active_end], 4);
}

TEST(Counts, WhoIsSentBackToBeADraftIsOneNewLess) {
    Lives lives;
    const auto row = lives.add(1);
    lives.step(row, Verb::register_, day("2023-12-01"));
    lives.step(row, Verb::send_back, day("2024-01-10"));
    const Tally tally = lives.count(year_of(2024), everywhere);
    EXPECT_EQ(tally[Count::new_], -1);
    EXPECT_EQ(tally[Count::registered], 0);
    EXPECT_EQ(tally[Count::active_start], 1);
    EXPECT_EQ(tally[Count::active_end], 0);
    EXPECT_EQ(lives.count(year_of(2023), everywhere)[Count::registered], 1) << "as of then it was there";
}

TEST(Counts, WhoMovesInsideOfWhatIsCountedNeitherComesNorGoes) {
    Lives lives;
    const auto row = lives.add(1);
    lives.step(row, Verb::register_, day("2023-12-01"));
    lives.step(row, Verb::transfer, day("2024-02-01"), 2);
    const auto of = [&](auto inside) { return lives.count(year_of(2024), inside); };
    EXPECT_EQ(of(everywhere)[Count::moved_in] + of(everywhere)[Count::moved_out], 0);
    EXPECT_EQ(of([](std::int32_t unit) { return unit == 1; })[Count::moved_out], 1);
    EXPECT_EQ(of([](std::int32_t unit) { return unit == 2; })[Count::moved_in], 1);
}

RC_GTEST_PROP(Counts, AlwaysAddUp, ()) {
    Lives lives;
    const int exemplars = *rc::gen::inRange(1, 12);
    for (int i = 0; i < exemplars; ++i) {
        const auto row = lives.add(*rc::gen::inRange(1, 5));
        int month = 0;
        for (const int steps = *rc::gen::inRange(0, 14); month < steps; ++month) {
            const auto moves = exemplars::moves_from(lives.all.state[row]);
            if (moves.empty()) break;
            const auto& move = moves[*rc::gen::inRange<std::size_t>(0, moves.size())];
            const Day on = Day::of_number((2022 + month / 5) * 10'000 + (month % 5 * 2 + 1) * 100 + 5);
            lives.step(row, move.verb, on, move.verb == Verb::transfer ? *rc::gen::inRange(1, 5) : 0);
        }
    }
    const int from = *rc::gen::inRange(2021, 2026);
    const Days days{Day::of_number(from * 10'000 + *rc::gen::inRange(1, 13) * 100 + 1),
                    Day::of_number((from + *rc::gen::inRange(1, 3)) * 10'000 + 615)};
    const int border = *rc::gen::inRange(0, 6);
    const Tally inside = lives.count(days, [&](std::int32_t unit) { return unit < border; });
    const Tally outside = lives.count(days, [&](std::int32_t unit) { return unit >= border; });
    const Tally all = lives.count(days, everywhere);
    for (const Tally& tally : {inside, outside, all}) {
        RC_ASSERT(tally.off() == 0);
        std::int64_t states = 0;
        for (const auto number : tally.by_state) states += number;
        RC_ASSERT(states == tally[Count::registered]);
        RC_ASSERT(tally[Count::recognised] == tally[Count::first_time] + tally[Count::carried]);
    }
    for (const Count count : {Count::registered, Count::new_, Count::reactivated, Count::removed, Count::ended,
                              Count::active_start, Count::active_end})
        RC_ASSERT(inside[count] + outside[count] == all[count]);
    RC_ASSERT(inside[Count::moved_in] == outside[Count::moved_out]);
    // what is active at the end of one span is active at the start of the next
    const Tally next = lives.count({days.last.next(), Day::of_number(20'301'231)}, everywhere);
    RC_ASSERT(next[Count::active_start] == all[Count::active_end]);
}

}  // namespace
}  // namespace guidon::gallery
