// What happens on a bad day: wrong files, a full disk, a killed process, a server that goes away.
#include <signal.h>
#include <unistd.h>

#include <soci/sqlite3/soci-sqlite3.h>

#include <filesystem>
#include <fstream>

#include "contract.h"
#include "people/gate.h"
#include "store/doctor.h"
#include "store/sql.h"
#include "store/writer.h"
#include "units/units_store.h"

namespace guidon::contract {
namespace {

using store::Store;

std::vector<units::UnitRow> many_units(int count, const std::string& prefix) {
    std::vector<units::UnitRow> rows;
    for (int i = 0; i < count; ++i) {
        rows.push_back({prefix + std::to_string(i), "", "cell", {{"", std::string(40, 'x')}}, {}, {}});
    }
    return rows;
}

class BadDays : public OnBoth {};
ON_BOTH(BadDays);

TEST_P(BadDays, AProcessKilledInTheMiddleOfAnImportLeavesNothingHalfDone) {
    const int status = in_child([this] {
        auto store = open();
        {
            auto change = store.change(permit());
            units::add_units(change, many_units(10, "kept"));
            change.commit("units.added", "");
        }
        auto change = store.change(permit());
        units::add_units(change, many_units(20'000, "lost"));
        kill(getpid(), SIGKILL);
    });
    ASSERT_TRUE(WIFSIGNALED(status));
    auto store = open();
    {
        auto change = store.change(permit());  // the dead process holds nothing up
        units::add_units(change, many_units(1, "after"));
        change.commit("units.added", "");
    }
    const auto reader = store.read();
    EXPECT_EQ(units::count_units(reader, day("2024-01-01")), 11);
    EXPECT_EQ(reader.seq(), 2);
    EXPECT_TRUE(store::check_store(reader).empty());
    EXPECT_TRUE(units::check_units(reader).empty());
}

TEST_P(BadDays, AnAddressThatIsNoneIsRefused) {
    for (const char* url : {"", "sqlite:", "registry.sqlite", "mysql://localhost/x", "http://user:secret@host/"}) {
        EXPECT_EQ(refusal([&] { Store::open(url); }), "store.address") << url;
    }
    try {
        Store::open("http://user:secret@host/");
    } catch (const Problem& problem) {
        EXPECT_EQ(problem.arguments.at("url"), "http://user@host/");
    }
}

TEST_P(BadDays, WhatADatabaseRefusesIsToldWithoutTheValuesThatWereToBeStored) {
    auto store = open();
    const auto told = [&](int id) -> std::string {
        try {
            auto change = store.change(permit());
            store::run(change,
                       "INSERT INTO person (id, public_id, name, folded, salt, erased, since_seq)"
                       " VALUES (:id, :public, :name, :folded, 'pinch', 0, 0)",
                       id, std::string("same"), std::string("Nguyen"), std::string("nguyen"));
            change.commit("person.added", "");
        } catch (const std::exception& wrong) {
            return wrong.what();
        }
        return "";
    };
    EXPECT_EQ(told(1), "");
    const auto wrong = told(2);  // the public id is there already
    EXPECT_THAT(wrong, testing::HasSubstr("INSERT INTO person"));
    EXPECT_THAT(wrong, testing::Not(testing::HasSubstr("Nguyen")));
    EXPECT_THAT(wrong, testing::Not(testing::HasSubstr("nguyen")));
    EXPECT_THAT(wrong, testing::Not(testing::HasSubstr("=(same)")));
}

// SQLite's file -------------------------------------------------------------------------------------------------

class BadFiles : public testing::Test {
protected:
    FreshDatabase database{store::Backend::sqlite};
    std::string file = database.url().substr(7);

    Store open(store::Options options = {}) { return Store::open(database.url(), std::move(options)); }
    void write(const std::string& bytes) const { std::ofstream(file, std::ios::binary) << bytes; }
    void add(Store& store, int count, const std::string& prefix) const {
        auto change = store.change(people::Gate::terminal());
        units::add_units(change, many_units(count, prefix));
        change.commit("units.added", prefix);
    }
};

TEST_F(BadFiles, ANewDatabaseIsForItsOwnerAlone) {
    auto store = open();
    add(store, 1, "a");
    for (const char* part : {"", "-wal", "-shm", ".key"})
        EXPECT_EQ(std::filesystem::status(file + part).permissions() & std::filesystem::perms::all,
                  std::filesystem::perms::owner_read | std::filesystem::perms::owner_write)
            << part;
}

TEST_F(BadFiles, AFileThatIsNoDatabaseIsLeftAsItIs) {
    const std::string text = "code,parent,kind,name\n" + std::string(5000, 'x');
    write(text);
    EXPECT_EQ(refusal([&] { open(); }), "store.not-a-database");
    std::ifstream in(file, std::ios::binary);
    EXPECT_EQ(std::string(std::istreambuf_iterator<char>(in), {}), text);
}

TEST_F(BadFiles, TheDatabaseOfAnotherProgramIsLeftAlone) {
    {
        soci::session other(*soci::factory_sqlite3(), "dbname=\"" + file + "\"");
        other << "CREATE TABLE theirs (x TEXT)";
    }
    EXPECT_EQ(refusal([&] { open(); }), "store.foreign");
}

TEST_F(BadFiles, WhatIsMissingIsNamed) {
    EXPECT_EQ(refusal([&] { open({.create = false}); }), "store.missing");
    EXPECT_EQ(refusal([&] { Store::open(database.url() + ".folder/registry.sqlite"); }), "store.no-folder");
    EXPECT_EQ(refusal([&] { Store::open("sqlite:/tmp"); }), "store.is-folder");
}

TEST_F(BadFiles, WhoMayNotWriteIsToldSo) {
    open();
    const int status = in_child([this] {
        if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0)) _exit(98);
        if (geteuid() != 65534) std::filesystem::permissions(file, std::filesystem::perms::owner_read);
        if (refusal([&] { open(); }) != "store.no-permission") _exit(97);
    });
    EXPECT_EQ(WEXITSTATUS(status), 0);
}

TEST_F(BadFiles, AFullDiskUndoesTheChangeAndTheNextOneWorks) {
    auto store = open();
    add(store, 10, "a");
    {
        auto change = store.change(people::Gate::terminal());
        const auto pages = store::one<int>(change, "SELECT page_count FROM pragma_page_count");
        change.connection().execute("PRAGMA max_page_count = " + std::to_string(pages + 20));
    }
    EXPECT_EQ(refusal([&] { add(store, 5000, "b"); }), "store.disk-full");
    add(store, 1, "c");
    EXPECT_EQ(units::count_units(store.read(), day("2024-01-01")), 11);
    EXPECT_TRUE(store::check_store(store.read()).empty());
}

TEST_F(BadFiles, AFullDiskInAGroupIsToldToEverybodyWhoLostSomething) {
    auto store = open();
    store::Writer writer(store);
    writer.run([&] {
        auto change = store.change(people::Gate::terminal());
        const auto pages = store::one<int>(change, "SELECT page_count FROM pragma_page_count");
        change.connection().execute("PRAGMA max_page_count = " + std::to_string(pages + 20));
    });
    EXPECT_EQ(refusal([&] { writer.run([&] { add(store, 5000, "b"); }); }), "store.disk-full");
    writer.run([&] { add(store, 1, "c"); });
    EXPECT_EQ(units::count_units(store.read(), day("2024-01-01")), 1);
}

TEST_F(BadFiles, DamageIsFoundByTheDoctor) {
    {
        auto store = open();
        add(store, 2000, "a");
    }
    const auto size = std::filesystem::file_size(file);
    ASSERT_GT(size, 200'000U);
    {
        std::fstream bytes(file, std::ios::in | std::ios::out | std::ios::binary);
        bytes.seekp(static_cast<std::streamoff>(size / 4096 / 2 * 4096));
        bytes << std::string(40'000, '\x5a');
    }
    std::string code;
    const auto refused = refusal([&] {
        auto store = open();
        const auto found = store::check_store(store.read());
        code = found.empty() ? "" : found[0].code;
    });
    if (!refused.empty()) code = refused;
    EXPECT_THAT(code, testing::AnyOf("doctor.file", "store.damaged"));
}

// PostgreSQL's server -------------------------------------------------------------------------------------------

TEST(BadServers, AServerThatIsNotThereIsNamedWithoutThePassword) {
    try {
        Store::open("postgresql://an:secret@localhost:1/registry");
        FAIL();
    } catch (const Problem& problem) {
        EXPECT_EQ(problem.code, "store.cannot-open");
        EXPECT_EQ(problem.status, 503);
        EXPECT_EQ(problem.arguments.at("database"), "postgresql://an@localhost:1/registry");
        EXPECT_EQ(problem.arguments.at("reason").find("secret"), std::string::npos);
    }
}

TEST(BadServers, ConnectionsThatWereCutAreOpenedAgain) {
    const FreshDatabase database(store::Backend::postgresql);
    auto store = Store::open(database.url());
    auto other = Store::open(database.url());
    { const auto reader = store.read(); }
    {
        const auto reader = other.read();
        store::rows<int>(reader,
                         "SELECT CASE WHEN pg_terminate_backend(pid) THEN 1 ELSE 0 END FROM pg_stat_activity"
                         " WHERE datname = current_database() AND pid <> pg_backend_pid()");
    }
    EXPECT_EQ(store.read().seq(), 0);
    std::string code = refusal([&] { store.change(people::Gate::terminal()); });
    EXPECT_EQ(code, "store.unreachable");
    auto change = store.change(people::Gate::terminal());
    EXPECT_EQ(change.commit("tried", ""), 1);
}

}  // namespace
}  // namespace guidon::contract
