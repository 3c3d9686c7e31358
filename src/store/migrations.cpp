#include "store/migrations.h"

#include <algorithm>
#include <charconv>

#include "base/assert.h"
#include "base/embedded.h"
#include "base/problem.h"
#include "store/hash.h"
#include "store/sql.h"
#include "store/transaction.h"

namespace guidon::store {
namespace {

// Says to the `file` command and to us whose file it is: "Guid".
constexpr int application_id = 0x47756964;

void refuse_foreign_file(Connection& connection, const std::string& database) {
    const Borrowed reader(connection);
    const auto id = one<int>(reader, "SELECT application_id FROM pragma_application_id");
    if (id == application_id || (id == 0 && one<int>(reader, "SELECT count(*) FROM sqlite_schema") == 0)) return;
    throw Problem("store.foreign", {{"database", database}}, "db", 503);
}

void check_known(const Migration* known, int number, const std::string& checksum, int newest,
                 const std::string& database) {
    if (number > newest) {
        throw Problem("store.newer",
                      {{"database", database}, {"theirs", std::to_string(number)}, {"ours", std::to_string(newest)}},
                      "db", 503);
    }
    if (!known || known->checksum != checksum) {
        throw Problem("store.other-schema", {{"database", database}, {"number", std::to_string(number)}}, "db", 503);
    }
}

/// The number of the newest migration that was applied; refuses a schema that is not ours.
int applied(Connection& connection, const std::vector<Migration>& migrations, const std::string& database) {
    int newest = 0;
    for (const auto& [number, checksum] : rows<int, std::string>(
             Borrowed(connection), "SELECT number, checksum FROM schema_migration ORDER BY number")) {
        const auto known = std::find_if(migrations.begin(), migrations.end(),
                                        [n = number](const Migration& m) { return m.number == n; });
        check_known(known == migrations.end() ? nullptr : &*known, number, checksum, migrations.back().number,
                    database);
        newest = number;
    }
    return newest;
}

bool has_schema(Connection& connection) {
    const std::string tables = connection.backend() == Backend::sqlite
                                   ? "SELECT count(*) FROM sqlite_schema WHERE name = 'schema_migration'"
                                   : "SELECT count(*) FROM pg_tables WHERE tablename = 'schema_migration'"
                                     " AND schemaname = current_schema()";
    return one<int>(Borrowed(connection), tables) > 0;
}

}  // namespace

std::vector<Migration> migrations_for(Backend backend) {
    const std::string_view other = backend == Backend::sqlite ? ".postgres.sql" : ".sqlite.sql";
    std::vector<Migration> result;
    for (const auto& [name, sql] : embedded::migrations()) {
        if (!name.ends_with(".sql") || name.ends_with(other)) continue;
        int number = 0;
        std::from_chars(name.data(), name.data() + name.size(), number);
        GUIDON_ASSERT(number > (result.empty() ? 0 : result.back().number));
        result.push_back({number, std::string(name), std::string(sql), sha256_hex(sql)});
    }
    return result;
}

void migrate(Connection& connection, const std::vector<Migration>& migrations, const std::string& database,
             std::int64_t now_utc_ms) {
    if (connection.backend() == Backend::sqlite) refuse_foreign_file(connection, database);
    // Whoever only reads must not wait for somebody's long transaction.
    if (has_schema(connection) && applied(connection, migrations, database) == migrations.back().number) return;
    Transaction transaction(connection, {});
    if (connection.backend() == Backend::sqlite) {
        connection.execute("PRAGMA application_id = " + std::to_string(application_id));
    }
    connection.execute(
        "CREATE TABLE IF NOT EXISTS schema_migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL,"
        " checksum TEXT NOT NULL, at_utc_ms BIGINT NOT NULL)");
    const int done = applied(connection, migrations, database);
    for (const auto& migration : migrations) {
        if (migration.number <= done) continue;
        connection.execute(migration.sql);
        run(connection, "INSERT INTO schema_migration (number, name, checksum, at_utc_ms) VALUES (:n, :m, :c, :t)",
            migration.number, migration.name, migration.checksum, now_utc_ms);
    }
    transaction.commit();
}

}  // namespace guidon::store
