#include "store/connection.h"

#include <libpq-fe.h>
#include <soci/postgresql/soci-postgresql.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <algorithm>

#include "base/assert.h"
#include "base/problem.h"

namespace guidon::store {
namespace {

/// As SOCI's SQLite back end reads it; a quote cannot be written there.
std::string sqlite_parameters(const std::string& file) {
    if (file.find('"') != std::string::npos) throw Problem("store.address", {{"url", "sqlite:" + file}}, "db");
    return "dbname=\"" + file + "\"";
}

}  // namespace

Connection::Connection(const Address& address, Purpose purpose, int busy_timeout_ms) : backend_(address.backend) {
    if (backend_ == Backend::sqlite) {
        // Each connection is used by one thread at a time: SQLite need not lock every call, nor all threads each other
        // to count the bytes of every allocation.
        [[maybe_unused]] static const int once = sqlite_api::sqlite3_config(SQLITE_CONFIG_MULTITHREAD) +
                                                 sqlite_api::sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
        session_.open(soci::sqlite3, sqlite_parameters(address.target));
        sqlite_api::sqlite3_extended_result_codes(sqlite(), 1);
        sqlite_api::sqlite3_busy_timeout(sqlite(), busy_timeout_ms);
        execute("PRAGMA foreign_keys = ON");
        if (purpose == Purpose::write) {
            // with 32 MiB of log a page that many changes touch goes into the file once for all of them
            execute(
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -16384;"
                " PRAGMA wal_autocheckpoint = 8000");
        } else {
            execute("PRAGMA query_only = ON; PRAGMA cache_size = -2048");
        }
        return;
    }
    session_.open(soci::postgresql, address.target);
    PQsetNoticeProcessor(
        postgresql(), [](void*, const char*) {}, nullptr);
    execute("SET client_min_messages = warning; SET standard_conforming_strings = on; SET lock_timeout = " +
            std::to_string(busy_timeout_ms));
    if (purpose == Purpose::read) {
        execute("SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
    }
}

Connection::~Connection() {
    prepared.clear();
    for (const auto& [sql, statement] : often_) sqlite_api::sqlite3_finalize(statement);
}

sqlite_api::sqlite3* Connection::sqlite() {
    GUIDON_ASSERT(backend_ == Backend::sqlite);
    return static_cast<soci::sqlite3_session_backend*>(session_.get_backend())->conn_;
}

pg_conn* Connection::postgresql() {
    GUIDON_ASSERT(backend_ == Backend::postgresql);
    return static_cast<soci::postgresql_session_backend*>(session_.get_backend())->conn_;
}

void Connection::execute(const std::string& sql) {
    if (backend_ == Backend::sqlite) {
        if (const int code = sqlite_api::sqlite3_exec(sqlite(), sql.c_str(), nullptr, nullptr, nullptr)) {
            throw_as_problem({sqlite_api::sqlite3_errmsg(sqlite()), code, ""});
        }
        return;
    }
    const std::unique_ptr<PGresult, decltype(&PQclear)> result(PQexec(postgresql(), sql.c_str()), &PQclear);
    const auto status = PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
        const char* state = PQresultErrorField(result.get(), PG_DIAG_SQLSTATE);
        throw_as_problem({PQerrorMessage(postgresql()), 0, state ? state : "08006"});
    }
}

void Connection::execute_often(const char* sql) {
    if (backend_ != Backend::sqlite) return execute(sql);
    auto known = std::find_if(often_.begin(), often_.end(), [&](const auto& one) { return one.first == sql; });
    const auto check = [this](int code) {
        if (code != SQLITE_OK) throw_as_problem({sqlite_api::sqlite3_errmsg(sqlite()), code, ""});
    };
    if (known == often_.end()) {
        sqlite_api::sqlite3_stmt* statement = nullptr;
        check(sqlite_api::sqlite3_prepare_v3(sqlite(), sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr));
        known = often_.insert(often_.end(), {sql, statement});
    }
    sqlite_api::sqlite3_step(known->second);
    check(sqlite_api::sqlite3_reset(known->second));  // says again how the step ended
}

bool Connection::in_transaction() {
    if (backend_ == Backend::sqlite) return sqlite_api::sqlite3_get_autocommit(sqlite()) == 0;
    const auto status = PQtransactionStatus(postgresql());
    return status == PQTRANS_INTRANS || status == PQTRANS_INERROR || status == PQTRANS_ACTIVE;
}

bool Connection::lost() {
    return backend_ == Backend::postgresql && PQstatus(postgresql()) != CONNECTION_OK;
}

}  // namespace guidon::store
