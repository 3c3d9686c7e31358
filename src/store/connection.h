// How does SQL reach the database? One connection through SOCI, with its prepared statements; the native handles
// are for bulk work. Included by src/store and by *_store.cpp, by nothing else.
#pragma once

#include <soci/soci.h>

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "store/address.h"
#include "store/store.h"

struct pg_conn;

namespace sqlite_api {
struct sqlite3;
struct sqlite3_stmt;
}  // namespace sqlite_api

namespace guidon::store {

/// What a database answered to native calls; SOCI's own exceptions say the same for the others.
struct DatabaseError : std::runtime_error {
    DatabaseError(const std::string& message, int sqlite_code_, std::string sqlstate_)
        : std::runtime_error(message), sqlite_code(sqlite_code_), sqlstate(std::move(sqlstate_)) {}
    int sqlite_code;       // 0 = not SQLite
    std::string sqlstate;  // "" = not PostgreSQL
};

/// Throws it as the Problem that it means to people, if it means one.
[[noreturn]] void throw_as_problem(const DatabaseError& error);

/// A statement that was prepared once, with the variables to which it is bound (store/sql.h).
struct Prepared {
    virtual ~Prepared() = default;
};

enum class Purpose { read, write };

class Connection {
public:
    Connection(const Address& address, Purpose purpose, int busy_timeout_ms);
    ~Connection();
    Connection(const Connection&) = delete;

    Backend backend() const { return backend_; }
    soci::session& session() { return session_; }
    sqlite_api::sqlite3* sqlite();
    pg_conn* postgresql();

    /// Runs SQL without arguments and results ("BEGIN IMMEDIATE"), several statements with `;`.
    void execute(const std::string& sql);
    /// The same for the few statements that begin and end transactions: one statement, compiled once. `sql` must be a
    /// literal.
    void execute_often(const char* sql);
    bool in_transaction();
    /// Whether the server has gone away.
    bool lost();

    std::unordered_map<std::string, std::unique_ptr<Prepared>> prepared;

private:
    Backend backend_;
    soci::session session_;
    std::vector<std::pair<const char*, sqlite_api::sqlite3_stmt*>> often_;  // of SQLite
};

}  // namespace guidon::store
