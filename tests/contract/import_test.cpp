#include "imports/import.h"

#include <rapidcheck.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <future>
#include <thread>

#include "contract.h"
#include "imports/export.h"
#include "imports/job.h"
#include "store/journal.h"
#include "units/units_store.h"
#include "values/values_store.h"

namespace guidon::contract {
namespace {

using namespace imports;

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

const auto day_one = *Day::parse("2026-01-01");
const auto day_two = *Day::parse("2026-07-01");

constexpr auto units_csv =
    "code,parent,kind,name,name:vi,valid_from,valid_to,tags\n"
    "QT,NC,province,Quang Tri,Quảng Trị,,,coast\n"
    "NC,,region,North Central,,,,\n"
    "HT,NC,province,Ha Tinh,Hà Tĩnh,1991-08-12,,coast|first\n"
    "BTT,NC,province,Binh Tri Thien,,1976-03-01,1989-07-01,\n";
constexpr auto groups_csv =
    "group,unit,period,role,name\n"
    "cluster,HT,2025,leader,North-Central cluster\ncluster,QT,2025,deputy,North-Central cluster\n";
constexpr auto values_csv =
    "unit,indicator,period,value,target,note\n"
    "HT,cases,2025,81.86,86,\"late, but complete\"\nHT,visits,2025,0,,\nQT,cases,2025,na,,\nQT,visits,2025,,12,\n"
    "BTT,cases,1988,7,,\n";
constexpr auto movement_toml =
    "format = \"guidon/movement/1\"\nkey = \"cases\"\nperiod = \"2025\"\nstarts = 2025-01-01\nends = 2025-12-31\n"
    "[title]\nen = \"Cases\"\n[[criteria]]\nkey = \"cases\"\nmax = 30\nrule = { kind = \"ratio\", to = \"target\" }\n";

class Database {
public:
    explicit Database(store::Backend backend) : fresh_(backend), store_(store::Store::open(fresh_.url())) {}

    const std::string& url() const { return fresh_.url(); }
    store::Store& store() { return store_; }

    Plan plan(Kind kind, std::string_view bytes, Day since = day_one, const std::string& ending = ".csv") {
        return Import(store_.read(), {kind, file(kind, ending), bytes, since, Rights::terminal()}).plan();
    }
    /// "new changed unchanged", or the faults a line each.
    std::string import(Kind kind, std::string_view bytes, Day since = day_one, const std::string& ending = ".csv") {
        Import import(store_.read(), {kind, file(kind, ending), bytes, since, Rights::terminal()});
        const auto& plan = import.plan();
        std::string text;
        for (const auto& fault : plan.faults) text += fault.code + "@" + std::to_string(fault.line) + "\n";
        if (plan.refused()) return text;
        import.apply(store_, plan.identity());
        const auto& tally = plan.comparison.tally();
        return text + std::to_string(tally.added) + " " + std::to_string(tally.changed) + " " +
               std::to_string(tally.unchanged);
    }
    void fill() {
        import(Kind::units, units_csv);
        import(Kind::groups, groups_csv);
        import(Kind::values, values_csv);
        import(Kind::movement, movement_toml, day_one, ".toml");
    }
    std::string exported(Kind kind, Day on = day_one) {
        const auto reader = store_.read();
        if (kind == Kind::movement) return meant_cycle(reader, "", "").toml;
        std::string text;
        CsvOut out([&](std::string_view piece) { text += piece; });
        fill_table(reader, kind, on, out);
        return text;
    }
    std::string exported_sheet(Kind kind, Day on = day_one) {
        XlsxOut out("Table");
        fill_table(store_.read(), kind, on, out);
        return out.bytes();
    }
    std::int64_t seq() { return store_.read().seq(); }
    std::string name_of(const char* code_text, Day on) {
        return units::find_unit_by_code(store_.read(), code_text, on)->names.at("");
    }

private:
    static std::string file(Kind kind, const std::string& ending) { return std::string(code(kind)) + ending; }
    static void fill_table(const store::Reader& reader, Kind kind, Day on, TableOut& out) {
        if (kind == Kind::units) export_units(reader, on, out);
        if (kind == Kind::groups) export_groups(reader, on, out);
        if (kind == Kind::values) export_values(reader, on, {}, out);
    }

    FreshDatabase fresh_;
    store::Store store_;
};

class Imports : public testing::TestWithParam<store::Backend> {
protected:
    Database db{GetParam()};
};

}  // namespace

TEST_P(Imports, StoresAllFourKindsAndASecondImportChangesNothing) {
    EXPECT_EQ(db.import(Kind::units, units_csv), "4 0 0");
    EXPECT_EQ(db.import(Kind::groups, groups_csv), "2 0 0");
    EXPECT_EQ(db.import(Kind::values, values_csv), "5 0 0");
    EXPECT_EQ(db.import(Kind::movement, movement_toml, day_one, ".toml"), "1 0 0");
    const auto seq = db.seq();
    EXPECT_EQ(seq, 4);
    EXPECT_EQ(db.import(Kind::units, units_csv), "0 0 4");
    EXPECT_EQ(db.import(Kind::groups, groups_csv), "0 0 2");
    EXPECT_THAT(db.import(Kind::values, values_csv), testing::EndsWith("0 0 5"));
    EXPECT_EQ(db.import(Kind::movement, movement_toml, day_one, ".toml"), "0 0 1");
    EXPECT_EQ(db.seq(), seq) << "nothing to journal";
}

TEST_P(Imports, TheJournalNamesFileHashAndCounts) {
    db.import(Kind::units, units_csv);
    const auto entries = store::entries_since(db.store().read(), 0);
    ASSERT_THAT(entries, SizeIs(1));
    EXPECT_EQ(entries[0].what, "units.imported");
    const auto document = boost::json::parse(entries[0].document).as_object();
    EXPECT_EQ(document.at("file"), "units.csv");
    EXPECT_EQ(document.at("sha256").as_string(), sha256(units_csv));
    EXPECT_EQ(document.at("new"), 4);
}

TEST_P(Imports, WhatIsExportedChangesNothing) {
    db.fill();
    const auto seq = db.seq();
    for (const auto kind : {Kind::units, Kind::groups, Kind::values}) {
        EXPECT_FALSE(db.plan(kind, db.exported(kind)).changes_anything()) << code(kind);
        const auto sheet = db.exported_sheet(kind);
        const auto plan = db.plan(kind, sheet, day_one, ".xlsx");
        EXPECT_FALSE(plan.refused());
        EXPECT_FALSE(plan.changes_anything()) << code(kind);
    }
    EXPECT_EQ(db.exported(Kind::movement), movement_toml);
    EXPECT_EQ(db.seq(), seq);
}

TEST_P(Imports, AnotherDatabaseFilledFromExportsExportsTheSame) {
    Database other(GetParam());
    db.fill();
    for (const auto kind : {Kind::units, Kind::groups}) other.import(kind, db.exported(kind));
    other.import(Kind::units,
                 "code,parent,kind,name,valid_from,valid_to\nBTT,NC,province,Binh Tri Thien,1976-03-01,1989-07-01\n");
    other.import(Kind::values, db.exported(Kind::values));
    for (const auto kind : {Kind::units, Kind::groups, Kind::values})
        EXPECT_EQ(db.exported(kind), other.exported(kind));
}

TEST_P(Imports, ANewNameHoldsFromTheDayGivenAndTheOldOneUntilThen) {
    db.import(Kind::units, units_csv);
    const std::string renamed = "code,parent,kind,name\nHT,,province,Ha Tinh and more\n";
    const auto plan = db.plan(Kind::units, renamed, day_two);
    EXPECT_THAT(plan.comparison.changed(),
                ElementsAre(Example{2, "HT", {{"parent", "NC", ""}, {"name", "Ha Tinh", "Ha Tinh and more"}}}));
    EXPECT_EQ(db.import(Kind::units, renamed, day_two), "0 1 0");
    EXPECT_EQ(db.name_of("HT", day_one), "Ha Tinh");
    EXPECT_EQ(db.name_of("HT", day_two), "Ha Tinh and more");
    EXPECT_TRUE(units::find_unit_by_code(db.store().read(), "HT", day_one)->parent);
    EXPECT_FALSE(units::find_unit_by_code(db.store().read(), "HT", day_two)->parent);
    EXPECT_EQ(db.import(Kind::units, renamed, day_two), "0 0 1");
    EXPECT_THAT(units::check_units(db.store().read()), IsEmpty());
}

TEST_P(Imports, AnEndedUnitsCodeCanBeUsedAgainFromThenOn) {
    db.import(Kind::units, units_csv);
    EXPECT_EQ(db.import(Kind::units, "code,parent,kind,name\nBTT,NC,port,New\n"), "import.code-held@2\n");
    EXPECT_EQ(db.import(Kind::units, "code,parent,kind,name,valid_from\nBTT,NC,port,New,2000-01-01\n"), "1 0 0");
    EXPECT_EQ(
        db.import(Kind::values, "unit,indicator,period,value\nBTT,cases,1988,1\nBTT,cases,2001,2\nBTT,cases,1995,3\n"),
        "import.unit-not-then@4\n");
    EXPECT_EQ(db.import(Kind::values, "unit,indicator,period,value\nBTT,cases,1988,1\nBTT,cases,2001,2\n"), "2 0 0");
    EXPECT_THAT(values::check_values(db.store().read()), IsEmpty());
    EXPECT_FALSE(db.plan(Kind::values, db.exported(Kind::values)).changes_anything());
}

TEST_P(Imports, FaultsStoreNothing) {
    db.import(Kind::units, units_csv);
    EXPECT_EQ(db.import(Kind::units, "code,parent,kind,name\nXX,nowhere,province,X\nYY,,province,Y\n"),
              "import.parent-unknown@2\n");
    EXPECT_EQ(db.import(Kind::units, "code,parent,kind,name\nNC,QT,region,N\n"), "import.cycle@2\n");
    EXPECT_EQ(
        db.import(Kind::values, "unit,indicator,period,value\nHT,cases,2025,1\nHT,cases,2025,2\nQT,cases,2025,x\n"),
        "value-file.twice@3\nvalue-file.number@4\n");
    EXPECT_EQ(db.seq(), 1);
}

TEST_P(Imports, AnIndicatorThatNoMovementReadsIsToldOnce) {
    db.import(Kind::units, units_csv);
    const auto misspelt = "unit,indicator,period,value\nHT,cases,2025,1\nHT,casses,2025,2\nQT,casses,2025,3\n";
    EXPECT_THAT(db.plan(Kind::values, misspelt).faults, IsEmpty()) << "there is no movement yet";
    db.import(Kind::movement, movement_toml, day_one, ".toml");
    EXPECT_EQ(db.import(Kind::values, misspelt), "import.indicator-unread@3\n3 0 0");
}

TEST_P(Imports, AStalePlanIsRefused) {
    Import import(db.store().read(), {Kind::units, "units.csv", units_csv, day_one, Rights::terminal()});
    EXPECT_THROW(import.apply(db.store(), "another"), Problem);
    db.import(Kind::units, "code,parent,kind,name\nNC,,region,N\n");
    EXPECT_THROW(import.apply(db.store(), import.plan().identity()), Problem);
    EXPECT_EQ(db.seq(), 1);
}

TEST_P(Imports, AFaultOfASpreadsheetNamesTheCell) {
    db.import(Kind::units, units_csv);
    XlsxOut out("Values");
    out.begin({{"unit"}, {"indicator"}, {"period"}, {"value"}});
    out.row({"HT", "cases", "2025", "1"});
    out.row({"QT", "cases", "2025", "many"});
    const auto plan = db.plan(Kind::values, out.bytes(), day_one, ".xlsx");
    ASSERT_THAT(plan.faults, SizeIs(1));
    const auto text = sentence(Language::en, plan.faults[0]);
    EXPECT_TRUE(text.starts_with("values.xlsx:3:4: ")) << text;
    EXPECT_TRUE(text.ends_with("(cell D3)")) << text;
}

TEST_P(Imports, AProcessThatDiesInTheMiddleLeavesNothingAndItsJobInterrupted) {
    const FreshDatabase fresh(GetParam());  // nobody but the child has it open: connections do not survive a fork
    const pid_t child = fork();
    if (child == 0) {
        auto store = store::Store::open(fresh.url());
        Import units(store.read(), {Kind::units, "units.csv", units_csv, day_one, Rights::terminal()});
        units.apply(store, units.plan().identity());
        store::Jobs jobs(store);
        const auto id = jobs.add("import.values", "test", {{"file", "values.csv"}}, "of-the-plan");
        jobs.start(id);
        if (!jobs.wait_until_kept(id, 10'000)) _exit(1);
        Import values(store.read(), {Kind::values, "values.csv", values_csv, day_one, Rights::terminal()});
        values.apply(store, values.plan().identity(), [](std::int64_t done, std::int64_t) {
            if (done > 0) raise(SIGKILL);
        });
        _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status));
    auto store = store::Store::open(fresh.url());
    EXPECT_EQ(units::count_units(store.read(), day_one), 3);
    EXPECT_EQ(values::count_values(store.read()), 0);
    EXPECT_EQ(store.read().seq(), 1);
    store::Jobs jobs(store);
    ASSERT_THAT(jobs.list(), SizeIs(1));
    EXPECT_EQ(jobs.list()[0].state, store::JobState::interrupted);
    EXPECT_EQ(jobs.list()[0].id, "of-the-plan");
    EXPECT_EQ(jobs.list()[0].result.at("file"), "values.csv");
}

namespace {

store::Job finished(store::Jobs& jobs, const std::string& id) {
    using store::JobState;
    while (true) {
        const auto job = jobs.find(id);
        if (job->state != JobState::queued && job->state != JobState::running) return *job;
        std::this_thread::yield();
    }
}

}  // namespace

TEST_P(Imports, AJobRunsOnTheWriterAndTellsItsResult) {
    store::Jobs jobs(db.store());
    store::Writer writer(db.store());
    const auto identity = db.plan(Kind::units, units_csv).identity();
    const auto id =
        start_job(db.store(), writer, jobs,
                  {Kind::units, "units.csv", units_csv, day_one, identity, Rights::terminal("test")}, Language::en);
    const auto job = finished(jobs, id);
    EXPECT_EQ(job.state, store::JobState::done);
    EXPECT_EQ(job.result.at("new"), 4);
    EXPECT_EQ(job.result.at("entry"), 1);
    const auto again =
        start_job(db.store(), writer, jobs,
                  {Kind::units, "units.csv", units_csv, day_one, identity, Rights::terminal("test")}, Language::en);
    const auto refused = finished(jobs, again);
    EXPECT_EQ(refused.state, store::JobState::failed);
    EXPECT_EQ(refused.faults.at(0).at("code"), "import.stale");
}

TEST_P(Imports, ACancelledJobStoresNothing) {
    store::Jobs jobs(db.store());
    store::Writer writer(db.store());
    db.import(Kind::units, units_csv);
    const auto identity = db.plan(Kind::values, values_csv).identity();
    std::promise<void> go;  // keeps the writer busy until the job is cancelled
    writer.submit_alone([&] { go.get_future().wait(); }, [](std::exception_ptr) {});
    const auto id =
        start_job(db.store(), writer, jobs,
                  {Kind::values, "values.csv", values_csv, day_one, identity, Rights::terminal("test")}, Language::en);
    jobs.cancel(id);
    go.set_value();
    EXPECT_EQ(finished(jobs, id).state, store::JobState::cancelled);
    EXPECT_EQ(db.seq(), 1);
}

TEST_P(Imports, RandomTreesAndValuesComeBackThroughCsvAndXlsx) {
    rc::check([this] {
        const int count = *rc::gen::inRange(1, 12);
        const auto prefix = "u" + std::to_string(db.seq()) + "-";
        std::string unit_text = "code,parent,kind,name,tags\n", value_text = "unit,indicator,period,value,target\n";
        for (int i = 0; i < count; ++i) {
            const auto code = prefix + std::to_string(i);
            const bool root = i == 0 || *rc::gen::inRange(0, 4) == 0;
            unit_text += code + "," + (root ? "" : prefix + std::to_string(*rc::gen::inRange(0, i))) + ",cell,\"Ô, " +
                         code + "\",\n";
            const auto value = Decimal::millionths(*rc::gen::inRange(1 - Decimal::limit, Decimal::limit));
            value_text += code + ",cases,2025," + value.text() + ",\n";
        }
        RC_ASSERT(db.import(Kind::units, unit_text) == std::to_string(count) + " 0 0");
        RC_ASSERT(db.import(Kind::values, value_text) == std::to_string(count) + " 0 0");
        for (const auto kind : {Kind::units, Kind::values}) {
            RC_ASSERT(!db.plan(kind, db.exported(kind)).changes_anything());
            RC_ASSERT(!db.plan(kind, db.exported_sheet(kind), day_one, ".xlsx").changes_anything());
        }
    });
}

ON_BOTH(Imports);

}  // namespace guidon::contract
