#include "evaluation/live_cycles.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "evaluation/value_change.h"
#include "movements/movements_store.h"
#include "people/gate.h"
#include "units/units_store.h"
#include "values/values_store.h"

namespace guidon::evaluation {
namespace {

constexpr auto movement = R"(
format = "guidon/movement/1"
key = "cluster"
period = "2024"
starts = 2024-01-01
ends = 2024-12-31
[title]
en = "Cluster"
[[criteria]]
key = "meetings"
max = 40
rule = { kind = "graded" }
)";

/// Two provinces that reported 10 and 20 meetings.
class Follow : public testing::Test {
protected:
    Follow() {
        auto change = store.change(people::Gate::terminal());
        const units::UnitRow north{"N", "", "province", {{"", "North"}}, {}, {}};
        const units::UnitRow south{"S", "", "province", {{"", "South"}}, {}, {}};
        ids = units::add_units(change, {north, south});
        std::vector<Fault> faults;
        const auto cycle = movements::read_cycle(movement, "cluster.toml", faults);
        movements::save_cycle(change, *cycle, movement);
        values::put_values(change, "meetings", "2024",
                           {{ids[0], number("10"), {}, "", 0}, {ids[1], number("20"), {}, "", 0}});
        change.commit("import.finished", "cluster");
        const auto day = *Day::parse("2024-12-31");
        const auto reader = store.read();
        north_id = units::unit(reader, ids[0], day).public_id;
        south_id = units::unit(reader, ids[1], day).public_id;
    }
    ~Follow() override { std::filesystem::remove_all(folder); }

    static scoring::Cell number(const char* text) { return *Decimal::parse(text); }
    static std::filesystem::path new_folder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "guidon-live.XXXXXX").string();
        return mkdtemp(pattern.data());
    }
    static std::string ranks(LiveCycles& live) {
        return live.with("cluster", "2024", [](const Board& board) {
            std::string text;
            for (const auto& unit : board.units)
                text += unit.code + board.engine.total(board.unit_by_id.at(unit.id)) + " ";
            return text;
        });
    }
    web::Answer put(LiveCycles& live, const std::string& unit, const char* value) {
        web::Request request;
        request.place = {{"key", "cluster"}, {"period", "2024"}, {"id", unit}, {"indicator", "meetings"}};
        request.fields = {{"value", value}};
        request.headers = {{"if-match", "*"}};
        const auto reporter = std::make_shared<people::Viewer>();
        reporter->today = *Day::parse("2024-06-01");
        people::Grant everywhere;
        everywhere.role = people::Role::reporter;
        reporter->grants = {everywhere};
        request.caller = reporter;
        return change_value(live, store, request);
    }

    const std::filesystem::path folder = new_folder();
    store::Store store = store::Store::open("sqlite:" + (folder / "registry.sqlite").string());
    std::vector<units::UnitId> ids;
    std::string north_id, south_id;
    const LiveCycles::Tell nobody = [](const std::string&, const std::string&) {};
};

TEST_F(Follow, AChangeIsThereAtOnceAlsoAfterOthersHaveWritten) {
    LiveCycles here(store, nobody, 1), elsewhere(store, nobody, 1);
    EXPECT_EQ(ranks(here), "N10.000 S20.000 ");
    EXPECT_EQ(ranks(elsewhere), "N10.000 S20.000 ");
    put(here, north_id, "30");
    EXPECT_EQ(ranks(here), "N30.000 S20.000 ");
    EXPECT_EQ(ranks(elsewhere), "N10.000 S20.000 ");
    put(elsewhere, south_id, "25");  // one entry behind: that is read first
    EXPECT_EQ(ranks(elsewhere), "N30.000 S25.000 ");
    put(here, north_id, "5");
    EXPECT_EQ(ranks(here), "N5.000 S25.000 ");
}

TEST_F(Follow, TheAnswerTellsWhatWasTrueAtTheChange) {
    LiveCycles live(store, nobody, 1);
    const auto first = put(live, north_id, "30");
    const auto second = put(live, north_id, "1.5");
    const auto told = boost::json::serialize(first.fill());
    EXPECT_NE(told.find("\"rank_before_text\":\"2\",\"rank_after_text\":\"1\""), std::string::npos) << told;
    EXPECT_EQ(first.fill().at("before").at("value"), "10");
    EXPECT_EQ(first.fill().at("after").at("value"), "30");
    EXPECT_EQ(second.fill().at("before").at("rank_text"), "1");
    EXPECT_EQ(second.fill().at("moved").as_array().size(), 2U);
}

TEST_F(Follow, WhatTheRuleRefusesLeavesEverythingAsItWas) {
    LiveCycles live(store, nobody, 1);
    EXPECT_THROW(put(live, north_id, "40.5"), Faults);
    EXPECT_EQ(ranks(live), "N10.000 S20.000 ");
    EXPECT_EQ(store.read().seq(), 1);
}

}  // namespace
}  // namespace guidon::evaluation
