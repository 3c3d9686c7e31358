// Units through time, groups by period, and search in three scripts.
#include "units/units_store.h"

#include "contract.h"
#include "store/sql.h"
#include "units/groups_store.h"

namespace guidon::contract {
namespace {

using store::Tally;
using units::Unit;
using units::UnitId;
using units::UnitRow;

UnitRow row(std::string code, std::string parent = "", Texts names = {}, Span exists = {},
            std::string kind = "commune") {
    return {std::move(code), std::move(parent), std::move(kind), std::move(names), {}, exists};
}

std::string codes(const std::vector<Unit>& units) {
    std::string text;
    for (const auto& unit : units) text += (text.empty() ? "" : " ") + unit.code;
    return text;
}

/// "a -2024-01-01, b 2024-01-01-"
std::string text_of(const std::vector<units::History::Code>& history) {
    std::string text;
    for (const auto& code : history) {
        text += (text.empty() ? "" : ", ") + code.code + " " + code.held.from.text() + ".." + code.held.to.text();
    }
    return text;
}

class UnitsContract : public OnBoth {
protected:
    store::Store store = open();
    const Day today = day("2024-06-01");

    std::vector<UnitId> add(const std::vector<UnitRow>& rows) {
        auto change = store.change(permit());
        auto ids = units::add_units(change, rows);
        change.commit("units.added", "");
        return ids;
    }
    bool update(UnitId id, const UnitRow& wanted, Day since) {
        auto change = store.change(permit());
        const bool differs = units::update_unit(change, id, wanted, since);
        change.commit("unit.changed", "");
        return differs;
    }
    std::string found(std::string_view text, std::string_view kind = "") {
        return codes(units::search(store.read(), text, today, 50, kind));
    }
    void TearDown() override {
        for (const auto& problem : units::check_units(store.read())) ADD_FAILURE() << problem.code;
    }
};
ON_BOTH(UnitsContract);

TEST_P(UnitsContract, ARowComesBackAsAUnit) {
    auto wanted = row("HT-DT", "", {{"", "Đức Thọ"}, {"ur", "ڈک تھو"}}, {day("1990-01-01"), Day::never()}, "district");
    wanted.tags = {"rural", "pilot"};
    const auto id = add({wanted}).at(0);
    const auto reader = store.read();
    const auto unit = units::find_unit_by_code(reader, "HT-DT", today);
    ASSERT_TRUE(unit);
    EXPECT_EQ(unit->id, id);
    EXPECT_EQ(unit->public_id.size(), 16U);
    EXPECT_EQ(unit->kind, "district");
    EXPECT_EQ(unit->tags, wanted.tags);
    EXPECT_EQ(unit->names, wanted.names);
    EXPECT_EQ(unit->exists, wanted.exists);
    EXPECT_FALSE(unit->parent);
    EXPECT_EQ(units::find_unit(reader, unit->public_id, today)->id, id);
    EXPECT_FALSE(units::find_unit(reader, "nobody", today));
    EXPECT_FALSE(units::find_unit_by_code(reader, "HT-DT", day("1989-12-31")));
}

TEST_P(UnitsContract, RowsComeInAnyOrderAndTheTreeIsFound) {
    const auto ids = add({row("c2", "p"), row("g", "c1"), row("p"), row("c1", "p"), row("q")});
    const auto reader = store.read();
    EXPECT_EQ(codes(units::children(reader, std::nullopt, today)), "p q");
    EXPECT_EQ(codes(units::children(reader, ids[2], today)), "c1 c2");
    EXPECT_EQ(codes(units::children(reader, ids[2], today, 1, 1)), "c2");
    EXPECT_EQ(units::count_children(reader, ids[2], today), 2);
    EXPECT_EQ(units::count_children(reader, std::nullopt, today), 2);
    EXPECT_EQ(codes(units::path(reader, ids[1], today)), "p c1 g");
    EXPECT_EQ(codes(units::load_units(reader, today)), "c2 g p c1 q");
    EXPECT_EQ(units::count_units(reader, today), 5);
}

TEST_P(UnitsContract, AnOfficialCodeMayBeUsedAgainButNotOnTheSameDay) {
    const auto first = add({row("01", "", {{"", "old"}}, {Day::always(), day("2020-01-01")})}).at(0);
    EXPECT_EQ(refusal([&] { add({row("01", "", {}, {day("2019-12-31"), Day::never()})}); }), "unit.code-taken");
    const auto second = add({row("01", "", {{"", "new"}}, {day("2020-01-01"), Day::never()})}).at(0);
    const auto reader = store.read();
    EXPECT_EQ(units::find_unit_by_code(reader, "01", day("2019-12-31"))->id, first);
    EXPECT_EQ(units::find_unit_by_code(reader, "01", day("2020-01-01"))->id, second);
    EXPECT_EQ(refusal([&] { add({row("02"), row("02")}); }), "unit.code-taken");
}

TEST_P(UnitsContract, UnknownParentsAndCyclesAreRefused) {
    EXPECT_EQ(refusal([&] { add({row("a", "nowhere")}); }), "unit.parent-unknown");
    EXPECT_EQ(refusal([&] { add({row("a", "b"), row("b", "c"), row("c", "b")}); }), "unit.cycle");
    const auto ids = add({row("a"), row("b", "a")});
    EXPECT_EQ(refusal([&] { update(ids[0], row("a", "b"), Day::always()); }), "unit.cycle");
}

TEST_P(UnitsContract, ARenamedUnitIsFoundUnderTheNameOfTheDay) {
    const auto id = add({row("a", "", {{"", "Hà Tây"}})}).at(0);
    EXPECT_TRUE(update(id, row("a", "", {{"", "Hà Nội"}}), day("2008-08-01")));
    EXPECT_FALSE(update(id, row("a", "", {{"", "Hà Nội"}}), today));
    const auto reader = store.read();
    EXPECT_EQ(units::unit(reader, id, day("2008-07-31")).names.at(""), "Hà Tây");
    EXPECT_EQ(units::unit(reader, id, day("2008-08-01")).names.at(""), "Hà Nội");
    EXPECT_EQ(codes(units::search(reader, "ha tay", day("2008-07-31"))), "a");
    EXPECT_EQ(codes(units::search(reader, "ha tay", day("2008-08-01"))), "");
    EXPECT_EQ(units::history(reader, id).names.size(), 2U);
}

TEST_P(UnitsContract, ACorrectionChangesWhatHoldsLastWithoutANewSpan) {
    const auto id = add({row("a")}).at(0);
    update(id, row("b"), day("2020-01-01"));
    update(id, row("c"), Day::always());
    EXPECT_EQ(text_of(units::history(store.read(), id).codes), "a ..2020-01-01, c 2020-01-01..");
}

TEST_P(UnitsContract, AUnitMovesToAnotherParentFromADayOn) {
    const auto ids = add({row("p"), row("q"), row("a", "p")});
    update(ids[2], row("a", "q"), day("2021-07-01"));
    const auto reader = store.read();
    EXPECT_EQ(codes(units::path(reader, ids[2], day("2021-06-30"))), "p a");
    EXPECT_EQ(codes(units::path(reader, ids[2], day("2021-07-01"))), "q a");
    EXPECT_EQ(codes(units::children(reader, ids[0], day("2021-07-01"))), "");
}

TEST_P(UnitsContract, AUnitEndsAndIsFoundAsItStoodLast) {
    const auto ids = add({row("p"), row("a", "p", {{"", "Alder"}})});
    const auto end = [&](UnitId id, const char* on) {
        auto change = store.change(permit());
        units::end_unit(change, id, day(on));
        change.commit("unit.ended", "");
    };
    EXPECT_EQ(refusal([&] { end(ids[0], "2022-01-01"); }), "unit.has-children");
    end(ids[1], "2022-01-01");
    end(ids[0], "2022-01-01");
    const auto reader = store.read();
    const auto last = units::unit(reader, ids[1], today);
    EXPECT_EQ(last.code + " " + last.names.at(""), "a Alder");
    EXPECT_EQ(codes(units::path(reader, ids[1], today)), "p a");
    EXPECT_EQ(units::count_units(reader, today), 0);
    EXPECT_FALSE(units::find_unit_by_code(reader, "a", today));
}

TEST_P(UnitsContract, SearchFindsWhatWasTypedWithoutMarksOrWithAnotherKeyboard) {
    add({row("44", "", {{"", "Thành phố Đồng Hới"}}, {}, "city"), row("30", "", {{"", "Hà Tĩnh"}}, {}, "province"),
         row("PK", "", {{"ur", "کوئٹہ"}}), row("HT-CX", "", {{"", "Cẩm Xuyên"}, {"en", "Cam Xuyen"}})});
    EXPECT_EQ(found("dong hoi"), "44");
    EXPECT_EQ(found("ĐỒNG"), "44");
    EXPECT_EQ(found("ha tinh"), "30");
    EXPECT_EQ(found("كوئٹه"), "PK");  // Arabic kaf and heh
    EXPECT_EQ(found("ht-c"), "HT-CX");
    EXPECT_EQ(found("uye"), "HT-CX");
    EXPECT_EQ(found("ho"), "44");  // two letters: where words begin
    EXPECT_EQ(found("xuyen", "city"), "");
    EXPECT_EQ(found("100%_\"'\\"), "");
    EXPECT_EQ(found("  "), "");
}

TEST_P(UnitsContract, WhatBeginsWithTheLettersComesFirst) {
    add({row("3", "", {{"", "An Hà"}}), row("2", "", {{"", "Hà Tĩnh"}}), row("1", "", {{"", "Nhà Bè"}}),
         row("4", "", {{"", "Hà Nội"}}), row("HA", "", {{"", "Other"}})});
    EXPECT_EQ(found("ha"), "HA 4 2 3");
    EXPECT_EQ(found("nha"), "1");
}

TEST_P(UnitsContract, ManyUnitsAreAddedAtOnce) {
    std::vector<UnitRow> rows;
    for (int i = 0; i < 3000; ++i)
        rows.push_back(row("u" + std::to_string(i), i == 0 ? "" : "u" + std::to_string(i / 10)));
    rows[0].parent = "";
    add(rows);
    EXPECT_EQ(units::count_units(store.read(), today), 3000);
    EXPECT_EQ(codes(units::path(store.read(), units::find_unit_by_code(store.read(), "u2999", today)->id, today)),
              "u0 u2 u29 u299 u2999");
    EXPECT_EQ(refusal([&] { add(rows); }), "unit.code-taken");
}

// Groups --------------------------------------------------------------------------------------------------------

TEST_P(UnitsContract, GroupsHoldByPeriodAndWhatWasIsKept) {
    const auto ids = add({row("a"), row("b")});
    const auto put = [&](const std::vector<units::MembershipRow>& rows) {
        auto change = store.change(permit());
        const auto tally = units::put_memberships(change, rows);
        change.commit("groups.imported", "");
        return tally;
    };
    const std::vector<units::MembershipRow> rows{{"north", "North", ids[0], "", units::GroupRole::leader},
                                                 {"north", "", ids[1], "", units::GroupRole::none},
                                                 {"south", "", ids[1], "2024", units::GroupRole::none}};
    EXPECT_EQ(units::compare_memberships(store.read(), rows), (Tally{3, 0, 0}));
    EXPECT_EQ(put(rows), (Tally{3, 0, 0}));
    EXPECT_EQ(put(rows), (Tally{0, 0, 3}));
    const auto north = units::find_group(store.read(), "north")->id,
               south = units::find_group(store.read(), "south")->id;
    using Members = std::vector<units::Membership>;
    EXPECT_EQ(units::memberships(store.read(), "2023"),
              (Members{{ids[0], north, "", units::GroupRole::leader}, {ids[1], north, "", units::GroupRole::none}}));
    EXPECT_EQ(units::memberships(store.read(), "2024"), (Members{{ids[0], north, "", units::GroupRole::leader},
                                                                 {ids[1], south, "2024", units::GroupRole::none}}));
    EXPECT_EQ(put({{"south", "South", ids[0], "", units::GroupRole::none}}), (Tally{0, 1, 0}));
    EXPECT_EQ(units::memberships_of(store.read(), ids[0]), (Members{{ids[0], south, "", units::GroupRole::none}}));
    EXPECT_EQ(units::groups(store.read()).at(1).name, "South");
    EXPECT_EQ(store::one<int>(store.read(), "SELECT count(*) FROM membership WHERE until_seq > 0"), 1);
}

// The doctor ----------------------------------------------------------------------------------------------------

class UnitsDoctor : public UnitsContract {
protected:
    std::string after(const std::string& sql) {
        auto change = store.change(permit());
        change.connection().execute(sql);
        std::string codes_found;
        for (const auto& problem : units::check_units(change)) codes_found += problem.code + " ";
        return codes_found;
    }
};
ON_BOTH(UnitsDoctor);

TEST_P(UnitsDoctor, FindsWhatNobodyShouldHaveWritten) {
    add({row("p", "", {{"", "Hà"}}), row("a", "p"), row("b", "a", {}, {Day::always(), day("2020-01-01")})});
    EXPECT_EQ(after("SELECT 1"), "");
    EXPECT_EQ(after("UPDATE unit_code SET code = 'p', folded = 'p' WHERE code = 'a'"), "doctor.code-shared ");
    EXPECT_EQ(after("UPDATE unit_name SET folded = 'x'"), "doctor.folded ");
    EXPECT_EQ(after("UPDATE unit_name SET valid_to = 20200101, valid_from = 20190101;"
                    "UPDATE unit SET valid_from = 20190601 WHERE id = 3; UPDATE unit_code SET valid_from = 20190601"
                    " WHERE unit = 3"),
              "doctor.dates doctor.dates ");
    EXPECT_EQ(after("UPDATE unit_parent SET parent = 2 WHERE unit = 1"), "doctor.cycle ");
    EXPECT_EQ(after("UPDATE unit_parent SET parent = 3 WHERE unit = 2"), "doctor.parent-gone doctor.cycle ");
}

}  // namespace
}  // namespace guidon::contract
