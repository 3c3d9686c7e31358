// Values, their versions, cycles and jobs.
#include "values/values_store.h"

#include <random>

#include "contract.h"
#include "movements/movements_store.h"
#include "store/doctor.h"
#include "store/jobs.h"
#include "store/journal.h"
#include "store/sql.h"

namespace guidon::contract {
namespace {

using scoring::Cell;
using store::Tally;
using units::UnitId;
using values::Row;

Cell cell(const char* text) {
    const std::string_view view(text);
    if (view.empty()) return {};
    return view == "na" ? Cell::not_applicable() : Cell(*Decimal::parse(view));
}
Row row(UnitId unit, const char* value, const char* target = "", std::string note = "") {
    return {unit, cell(value), cell(target), std::move(note), 0};
}
std::string text_of(Cell c) {
    return c.missing() ? "-" : c.is_not_applicable() ? "na" : c.value().text();
}
std::string text_of(const Row& r) {
    return text_of(r.value) + "/" + text_of(r.target) + r.note;
}

class ValuesContract : public OnBoth {
protected:
    store::Store store = open();
    std::vector<UnitId> units;

    void SetUp() override {
        std::vector<units::UnitRow> rows;
        for (const char* code : {"a", "b", "c", "d"}) rows.push_back({code, "", "cell", {}, {}, {}});
        auto change = store.change(permit());
        units = units::add_units(change, rows);
        change.commit("units.added", "");
    }
    void TearDown() override {
        for (const auto& problem : values::check_values(store.read())) ADD_FAILURE() << problem.code;
    }
    Tally put(const std::string& indicator, const std::string& period, const std::vector<Row>& rows) {
        auto change = store.change(permit());
        const auto tally = values::put_values(change, indicator, period, rows);
        change.commit("values.imported", indicator);
        return tally;
    }
    bool put_one(const std::string& indicator, const std::string& period, const Row& one) {
        auto change = store.change(permit());
        const bool differs = values::put_value(change, indicator, period, one);
        change.commit("value.changed", indicator);
        return differs;
    }
    std::string stored(const std::string& indicator, const std::string& period) {
        std::string text;
        const auto reader = store.read();
        for (const auto& one : values::load_series(reader, *values::find_series(reader, indicator, period))) {
            text += "abcd"[one.unit.number() - units[0].number()] + (" " + text_of(one)) + " ";
        }
        return text;
    }
    std::string versions(UnitId unit, const std::string& indicator, const std::string& period) {
        std::string text;
        const auto reader = store.read();
        for (const auto& version : values::versions(reader, unit, *values::find_series(reader, indicator, period))) {
            text += text_of(version.row) + "@" + std::to_string(version.row.since) + ".." +
                    std::to_string(version.until) + " ";
        }
        return text;
    }
};
ON_BOTH(ValuesContract);

TEST_P(ValuesContract, ZeroNotReportedAndNotApplicableAreThreeThings) {
    put("x", "2024",
        {row(units[0], "0", "5"), row(units[1], "na", "na"), row(units[2], "", "7.5"),
         row(units[3], "", "", "not yet")});
    EXPECT_EQ(stored("x", "2024"), "a 0/5 b na/na c -/7.5 d -/-not yet ");
}

TEST_P(ValuesContract, TheSmallestAndTheLargestNumbersSurvive) {
    put("x", "",
        {row(units[0], "999999999999.999999"), row(units[1], "-999999999999.999999"), row(units[2], "0.000001"),
         row(units[3], "-0.000001")});
    EXPECT_EQ(stored("x", ""), "a 999999999999.999999/- b -999999999999.999999/- c 0.000001/- d -0.000001/- ");
}

TEST_P(ValuesContract, ASecondImportOfTheSameRowsChangesNothing) {
    const std::vector<Row> rows{row(units[2], "3"), row(units[0], "1", "2", "tab\t and\nline \\"), row(units[1], "")};
    EXPECT_EQ(values::compare_values(store.read(), "x", "2024", rows), (Tally{2, 0, 1}));
    EXPECT_EQ(put("x", "2024", rows), (Tally{2, 0, 1}));
    EXPECT_EQ(values::compare_values(store.read(), "x", "2024", rows), (Tally{0, 0, 3}));
    EXPECT_EQ(put("x", "2024", rows), (Tally{0, 0, 3}));
    EXPECT_EQ(values::count_values(store.read()), 2);
    EXPECT_EQ(stored("x", "2024"), "a 1/2tab\t and\nline \\ c 3/- ");
}

TEST_P(ValuesContract, WhatIsOverwrittenIsKeptWithTheEntriesBetweenWhichItHeld) {
    put("x", "2024", {row(units[0], "1"), row(units[1], "1")});           // entry 2
    EXPECT_EQ(put("x", "2024", {row(units[0], "2")}), (Tally{0, 1, 0}));  // 3
    EXPECT_TRUE(put_one("x", "2024", row(units[0], "3", "4")));           // 4
    EXPECT_FALSE(put_one("x", "2024", row(units[0], "3", "4")));          // 5
    EXPECT_TRUE(put_one("x", "2024", row(units[0], "")));                 // 6: taken back
    EXPECT_TRUE(put_one("x", "2024", row(units[0], "5")));                // 7
    EXPECT_EQ(versions(units[0], "x", "2024"), "5/-@7..0 3/4@4..6 2/-@3..4 1/-@2..3 ");
    EXPECT_EQ(versions(units[1], "x", "2024"), "1/-@2..0 ");
}

TEST_P(ValuesContract, AFewRowsAndManyRowsOfASeriesFollowTheSameRules) {
    std::vector<units::UnitRow> more;
    for (int i = 0; i < 300; ++i) more.push_back({"m" + std::to_string(i), "", "cell", {}, {}, {}});
    std::vector<Row> rows;
    {
        auto change = store.change(permit());
        for (const auto id : units::add_units(change, more)) rows.push_back(row(id, "1"));
        change.commit("units.added", "");
    }
    EXPECT_EQ(put("x", "", rows), (Tally{300, 0, 0}));
    for (std::size_t i = 0; i < rows.size(); i += 2) rows[i].value = cell("2");
    EXPECT_EQ(put("x", "", {rows[0], rows[1]}), (Tally{0, 1, 1}));
    EXPECT_EQ(put("x", "", rows), (Tally{0, 149, 151}));
    EXPECT_EQ(versions(rows[2].unit, "x", ""), "2/-@5..0 1/-@3..5 ");
}

TEST_P(ValuesContract, AChangeThatOverwritesItselfLeavesOneVersion) {
    auto change = store.change(permit());
    for (const char* value : {"1", "2", "3", "4"}) values::put_value(change, "x", "", row(units[0], value));
    values::put_values(change, "x", "", {row(units[0], "5")});
    change.commit("value.changed", "x");
    EXPECT_EQ(versions(units[0], "x", ""), "5/-@2..0 ");
}

TEST_P(ValuesContract, ColumnsComeInTheOrderOfTheUnitsThatAreAskedFor) {
    put("x", "2024", {row(units[0], "1"), row(units[1], "na"), row(units[3], "4")});
    put("y", "2024", {row(units[1], "", "8")});
    put("x", "2025", {row(units[0], "9")});
    const auto columns =
        values::load_columns(store.read(), "2024", {"y", "nothing", "x"}, {units[3], units[1], units[0]});
    ASSERT_EQ(columns.size(), 3U);
    EXPECT_EQ(columns[0].values, (std::vector<Cell>(3)));
    EXPECT_EQ(columns[0].targets, (std::vector<Cell>{cell(""), cell("8"), cell("")}));
    EXPECT_EQ(columns[1].values, (std::vector<Cell>(3)));
    EXPECT_EQ(columns[2].values, (std::vector<Cell>{cell("4"), cell("na"), cell("1")}));
    EXPECT_TRUE(columns[2].targets.empty());
}

TEST_P(ValuesContract, EntriesOfSeveralSourcesBecomeOneValue) {
    const auto put_from = [&](const char* source, std::vector<Row> rows) {
        auto change = store.change(permit());
        values::put_values(change, "mark", "2024", std::move(rows), source);
        change.commit("values.imported", "mark");
    };
    put_from("judge-1", {row(units[0], "1"), row(units[1], "4")});
    put_from("judge-2", {row(units[0], "2")});
    put_from("judge-1", {row(units[0], "3")});
    put("mark", "2024", {row(units[3], "9")});
    scoring::Indicator mean{.key = "mean", .title = {}, .entries = scoring::EntryRule{}, .from = "mark"};
    mean.entries->combine = scoring::CombineEntries::mean;
    const scoring::Indicator plain{.key = "mark", .title = {}};
    const auto columns = values::load_columns(store.read(), "2024", {mean, plain}, {units[0], units[1], units[3]},
                                              {"alder", "judge-2", "cedar"});
    EXPECT_EQ(columns[0].values, (std::vector<Cell>{cell("2.5"), cell("4"), cell("9")}));
    EXPECT_EQ(columns[1].values, (std::vector<Cell>{cell(""), cell(""), cell("9")}));
    EXPECT_EQ(columns[0].entries.size(), 4U);
    EXPECT_EQ(columns[0].entries[1].source, 1) << "a source that is a unit's code is that unit";
    std::string text;
    for (const auto& value : values::values_of(store.read(), units[0]))
        text += value.indicator + "/" + value.source + " " + text_of(value.row) + ", ";
    EXPECT_EQ(text, "mark/judge-1 3/-, mark/judge-2 2/-, ");
}

TEST_P(ValuesContract, EverythingThatAUnitReportedIsFoundByPeriod) {
    put("y", "2025", {row(units[0], "1")});
    put("z", "2024", {row(units[0], "2"), row(units[1], "3")});
    put("x", "2024", {row(units[0], "4")});
    std::string text;
    for (const auto& value : values::values_of(store.read(), units[0])) {
        text += value.period + " " + value.indicator + " " + text_of(value.row) + ", ";
    }
    EXPECT_EQ(text, "2024 x 4/-, 2024 z 2/-, 2025 y 1/-, ");
    EXPECT_EQ(values::series(store.read()).size(), 3U);
}

TEST_P(ValuesContract, RandomImportsEndAsThePlanSaidAndAsAMapWouldHaveThem) {
    std::mt19937 random(std::random_device{}());
    const auto seed = random();
    SCOPED_TRACE("seed " + std::to_string(seed));
    random.seed(seed);
    std::map<UnitId, std::string> expected;
    const char* const texts[] = {"", "na", "0", "1", "-2.5"};
    for (int round = 0; round < 12; ++round) {
        std::vector<Row> rows;
        for (const auto unit : units) {
            if (random() % 3 == 0) continue;
            rows.push_back(row(unit, texts[random() % 5], texts[random() % 5], random() % 4 == 0 ? "note" : ""));
        }
        std::shuffle(rows.begin(), rows.end(), random);
        const auto plan = values::compare_values(store.read(), "x", "", rows);
        EXPECT_EQ(put("x", "", rows), plan);
        for (const auto& one : rows) {
            one.says_nothing() ? void(expected.erase(one.unit)) : void(expected[one.unit] = text_of(one));
        }
        std::string text;
        for (const auto& [unit, value] : expected)
            text += "abcd"[unit.number() - units[0].number()] + (" " + value) + " ";
        EXPECT_EQ(stored("x", ""), text);
    }
}

// Cycles --------------------------------------------------------------------------------------------------------

movements::Cycle cycle(std::string key, std::string period) {
    movements::Cycle result;
    result.key = std::move(key);
    result.period = std::move(period);
    result.starts = "2024-01-01";
    result.ends = "2024-12-31";
    return result;
}

TEST_P(ValuesContract, ACycleIsKeptAsItsTextAndEarlierTextsStay) {
    const auto save = [&](const char* period, const char* toml) {
        auto change = store.change(permit());
        const auto saved = movements::save_cycle(change, cycle("four-good", period), toml);
        change.commit("movement.saved", "four-good");
        return saved;
    };
    using movements::Saved;
    EXPECT_EQ(movements::compare_cycle(store.read(), cycle("four-good", "2024"), "one"), Saved::added);
    EXPECT_EQ(save("2024", "one"), Saved::added);
    EXPECT_EQ(save("2024", "one"), Saved::unchanged);
    EXPECT_EQ(save("2024", "two"), Saved::changed);
    EXPECT_EQ(save("2025", "next"), Saved::added);
    const auto reader = store.read();
    const auto stored_cycle = movements::find_cycle(reader, "four-good", "2024");
    ASSERT_TRUE(stored_cycle);
    EXPECT_EQ(stored_cycle->toml + " " + stored_cycle->starts + " " + stored_cycle->ends, "two 2024-01-01 2024-12-31");
    EXPECT_EQ(stored_cycle->since, 4);
    const auto earlier = movements::cycle_versions(reader, stored_cycle->id);
    ASSERT_EQ(earlier.size(), 1U);
    EXPECT_EQ(earlier[0].toml + " " + std::to_string(earlier[0].since), "one 2");
    const auto all = movements::cycles(reader);
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].period + " " + all[1].period + all[0].toml, "2025 2024");
}

TEST_P(ValuesContract, ACycleTakesThePermittedStepsOnly) {
    using movements::CycleState;
    auto change = store.change(permit());
    movements::save_cycle(change, cycle("m", "2024"), "text", CycleState::planned);
    const auto id = movements::find_cycle(change, "m", "2024")->id;
    EXPECT_EQ(refusal([&] { movements::set_state(change, id, CycleState::closed); }), "movement.state");
    movements::set_state(change, id, CycleState::running);
    movements::set_state(change, id, CycleState::closed);
    movements::set_state(change, id, CycleState::running);
    EXPECT_EQ(movements::find_cycle(change, "m", "2024")->state, CycleState::running);
}

// Jobs ----------------------------------------------------------------------------------------------------------

TEST_P(ValuesContract, AJobIsFollowedToItsEndAndSurvivesARestart) {
    std::string id;
    {
        store::Jobs jobs(store);
        id = jobs.add("import.values", "An");
        EXPECT_EQ(jobs.find(id)->state, store::JobState::queued);
        jobs.start(id);
        jobs.progress(id, 5, 10);
        EXPECT_EQ(jobs.find(id)->progress, 5);
        jobs.cancel(id);
        EXPECT_TRUE(jobs.cancel_wanted(id));
        jobs.end(id, store::JobState::done, {{"added", 5}});
    }
    store::Jobs jobs(store);
    const auto job = jobs.find(id);
    ASSERT_TRUE(job);
    EXPECT_EQ(job->state, store::JobState::done);
    EXPECT_EQ(job->result, (boost::json::object{{"added", 5}}));
    EXPECT_EQ(job->kind + " " + job->who + " " + std::to_string(job->progress), "import.values An 5");
    EXPECT_EQ(jobs.list().size(), 1U);
    EXPECT_EQ(refusal([&] { jobs.start(id); }), "job.not-here");
}

TEST_P(ValuesContract, AJobWhoseProcessDiedIsFoundInterruptedAndOneThatRunsIsLeftAlone) {
    store::Jobs running(store);
    const auto alive = running.add("import.values", "An");
    {
        auto change = store.change(permit());
        store::run(change,
                   "INSERT INTO job (id, kind, state, progress, total, cancel_wanted, result, faults, who, process,"
                   " created_utc_ms, changed_utc_ms)"
                   " VALUES ('dead', 'import', 'running', 1, 2, 0, '{}', '[]', 'An', '4194305:1:gone', 0, 0)");
        change.commit("tried", "");
    }
    auto other_process = open();
    const store::Jobs jobs(other_process);
    EXPECT_EQ(jobs.find("dead")->state, store::JobState::interrupted);
    for (const auto& job : jobs.list()) EXPECT_TRUE(job.id == "dead" || job.state == store::JobState::queued);
    EXPECT_EQ(running.find(alive)->state, store::JobState::queued);
}

TEST_P(ValuesContract, AskingForJobsDoesNotWaitForALongChange) {
    store::Jobs jobs(store);
    const auto change = store.change(permit());  // holds the database
    const auto id = jobs.add("import.values", "An");
    jobs.start(id);
    EXPECT_EQ(jobs.find(id)->state, store::JobState::running);
    EXPECT_EQ(jobs.list().size(), 1U);
}

// The doctor ----------------------------------------------------------------------------------------------------

TEST_P(ValuesContract, TheDoctorFindsWhatNobodyShouldHaveWritten) {
    put("x", "2024", {row(units[0], "1")});
    put("x", "2024", {row(units[0], "2")});
    const auto after = [&](const std::string& sql) {
        auto change = store.change(permit());
        change.connection().execute(sql);
        std::string codes;
        for (const auto& problem : values::check_values(change)) codes += problem.code + " ";
        for (const auto& problem : store::check_store(change)) codes += problem.code + " ";
        return codes;
    };
    EXPECT_EQ(after("SELECT 1"), "");
    EXPECT_EQ(after("UPDATE value SET unit = 77"), "doctor.value-orphan ");
    EXPECT_EQ(after("UPDATE value SET since_seq = 77"), "doctor.value-unexplained ");
    EXPECT_EQ(after("UPDATE value_past SET until_seq = 77"), "doctor.value-versions ");
    EXPECT_EQ(after("UPDATE journal SET who = 'Binh' WHERE seq = 2"), "doctor.journal-hash ");
    EXPECT_EQ(after("DELETE FROM journal WHERE seq = 1"), "doctor.journal-gap ");
}

}  // namespace
}  // namespace guidon::contract
