#include "store/bulk.h"

#include <libpq-fe.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <bit>
#include <cstring>

#include "base/assert.h"
#include "store/connection.h"

namespace guidon::store {
namespace {

using sqlite_api::sqlite3_stmt;

struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite_api::sqlite3_finalize(statement); }
};
using SqliteStatement = std::unique_ptr<sqlite3_stmt, Finalize>;

[[noreturn]] void sqlite_error(sqlite_api::sqlite3* database) {
    throw_as_problem({sqlite_api::sqlite3_errmsg(database), sqlite_api::sqlite3_extended_errcode(database), ""});
}

SqliteStatement sqlite_statement(sqlite_api::sqlite3* database, const std::string& sql) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite_api::sqlite3_prepare_v2(database, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK) {
        sqlite_error(database);
    }
    return SqliteStatement(statement);
}

[[noreturn]] void postgresql_error(pg_conn* connection, const PGresult* result) {
    const char* state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : nullptr;
    throw_as_problem({PQerrorMessage(connection), 0, state ? state : "08006"});
}

using Result = std::unique_ptr<PGresult, decltype(&PQclear)>;

/// The command must answer with `wanted`.
void begin_copy(pg_conn* connection, const std::string& sql, ExecStatusType wanted) {
    const Result result(PQexec(connection, sql.c_str()), &PQclear);
    if (PQresultStatus(result.get()) != wanted) postgresql_error(connection, result.get());
}

/// Takes what follows a COPY, so that the connection is free again.
void end_copy(pg_conn* connection) {
    std::unique_ptr<DatabaseError> wrong;
    while (PGresult* next = PQgetResult(connection)) {
        const Result result(next, &PQclear);
        if (PQresultStatus(next) != PGRES_COMMAND_OK && !wrong) {
            const char* state = PQresultErrorField(next, PG_DIAG_SQLSTATE);
            wrong = std::make_unique<DatabaseError>(PQresultErrorMessage(next), 0, state ? state : "08006");
        }
    }
    if (wrong) throw_as_problem(*wrong);
}

std::string comma_list(const std::vector<std::string>& words) {
    std::string list;
    for (const auto& word : words) list += (list.empty() ? "" : ", ") + word;
    return list;
}

}  // namespace

// Into the database ---------------------------------------------------------------------------------------------

struct BulkInsert::State {
    virtual ~State() = default;
    virtual void integer(std::int64_t value) = 0;
    virtual void text(std::string_view value) = 0;
    virtual void null() = 0;
    virtual void end_row() = 0;
    virtual void finish() = 0;

    struct Sqlite;
    struct Postgresql;
};

struct BulkInsert::State::Sqlite : BulkInsert::State {
    sqlite_api::sqlite3* database;
    SqliteStatement statement;
    Triggers triggers;
    int column = 0;

    Sqlite(sqlite_api::sqlite3* database_, const std::string& table, const std::vector<std::string>& columns,
           Triggers triggers_)
        : database(database_), triggers(triggers_) {
        switch_triggers(0);
        std::string marks;
        for (std::size_t i = 0; i < columns.size(); ++i) marks += i == 0 ? "?" : ", ?";
        statement = sqlite_statement(database,
                                     "INSERT INTO " + table + " (" + comma_list(columns) + ") VALUES (" + marks + ")");
    }
    ~Sqlite() override { switch_triggers(1); }
    void switch_triggers(int on) const {
        if (triggers == Triggers::fired) return;
        sqlite_api::sqlite3_db_config(database, SQLITE_DBCONFIG_ENABLE_TRIGGER, on, nullptr);
    }
    void integer(std::int64_t value) override { sqlite_api::sqlite3_bind_int64(statement.get(), ++column, value); }
    void text(std::string_view value) override {
        // The caller's text lives until end_row(); an empty view may have no address, which would be NULL.
        sqlite_api::sqlite3_bind_text(statement.get(), ++column, value.empty() ? "" : value.data(),
                                      static_cast<int>(value.size()), SQLITE_STATIC);
    }
    void null() override { sqlite_api::sqlite3_bind_null(statement.get(), ++column); }
    void end_row() override {
        column = 0;
        if (sqlite_api::sqlite3_step(statement.get()) != SQLITE_DONE) sqlite_error(database);
        sqlite_api::sqlite3_reset(statement.get());
    }
    void finish() override {
        statement.reset();
        switch_triggers(1);
    }
};

struct BulkInsert::State::Postgresql : BulkInsert::State {
    static constexpr std::size_t buffer_size = 1 << 16;
    pg_conn* connection;
    std::string buffer;
    bool first = true, open = true;

    Postgresql(pg_conn* connection_, const std::string& table, const std::vector<std::string>& columns)
        : connection(connection_) {
        begin_copy(connection, "COPY " + table + " (" + comma_list(columns) + ") FROM STDIN", PGRES_COPY_IN);
    }
    ~Postgresql() override {
        if (!open) return;
        PQputCopyEnd(connection, "given up");
        while (PGresult* result = PQgetResult(connection)) PQclear(result);
    }
    void separate() {
        if (!first) buffer += '\t';
        first = false;
    }
    void integer(std::int64_t value) override {
        separate();
        buffer += std::to_string(value);
    }
    void text(std::string_view value) override {
        separate();
        for (const char c : value) {
            switch (c) {
                case '\\':
                    buffer += "\\\\";
                    break;
                case '\t':
                    buffer += "\\t";
                    break;
                case '\n':
                    buffer += "\\n";
                    break;
                case '\r':
                    buffer += "\\r";
                    break;
                default:
                    buffer += c;
            }
        }
    }
    void null() override {
        separate();
        buffer += "\\N";
    }
    void send() {
        if (PQputCopyData(connection, buffer.data(), static_cast<int>(buffer.size())) != 1) {
            postgresql_error(connection, nullptr);
        }
        buffer.clear();
    }
    void end_row() override {
        buffer += '\n';
        first = true;
        if (buffer.size() >= buffer_size) send();
    }
    void finish() override {
        if (!buffer.empty()) send();
        open = false;
        PQputCopyEnd(connection, nullptr);
        end_copy(connection);
    }
};

BulkInsert::BulkInsert(Change& change, const std::string& table, const std::vector<std::string>& columns,
                       Triggers triggers) {
    auto& connection = change.connection();
    if (connection.backend() == Backend::sqlite) {
        state_ = std::make_unique<State::Sqlite>(connection.sqlite(), table, columns, triggers);
    } else {
        state_ = std::make_unique<State::Postgresql>(connection.postgresql(), table, columns);
    }
}
BulkInsert::~BulkInsert() = default;
void BulkInsert::integer(std::int64_t value) {
    state_->integer(value);
}
void BulkInsert::text(std::string_view value) {
    state_->text(value);
}
void BulkInsert::null() {
    state_->null();
}
void BulkInsert::end_row() {
    state_->end_row();
}
void BulkInsert::finish() {
    state_->finish();
}

// Out of the database -------------------------------------------------------------------------------------------

namespace {

class SqliteRow : public BulkRow {
public:
    explicit SqliteRow(sqlite3_stmt* statement) : statement_(statement) {}
    bool is_null(int column) const override {
        return sqlite_api::sqlite3_column_type(statement_, column) == SQLITE_NULL;
    }
    std::int64_t integer(int column) const override { return sqlite_api::sqlite3_column_int64(statement_, column); }
    std::string_view text(int column) const override {
        const auto* begin = reinterpret_cast<const char*>(sqlite_api::sqlite3_column_text(statement_, column));
        if (!begin) return {};
        return {begin, static_cast<std::size_t>(sqlite_api::sqlite3_column_bytes(statement_, column))};
    }

private:
    sqlite3_stmt* statement_;
};

/// A row of COPY … (FORMAT binary): a count of columns, then each as its length (-1 = NULL) and its bytes.
class CopiedRow : public BulkRow {
public:
    /// False if `bytes` is the mark behind the last row.
    bool read(std::string_view bytes) {
        const auto count = static_cast<std::int16_t>(number(bytes.substr(0, 2)));
        if (count < 0) return false;
        columns_.resize(static_cast<std::size_t>(count));
        std::size_t at = 2;
        for (auto& column : columns_) {
            const auto length = static_cast<std::int32_t>(number(bytes.substr(at, 4)));
            at += 4;
            column.null = length < 0;
            column.bytes = length < 0 ? std::string_view() : bytes.substr(at, static_cast<std::size_t>(length));
            at += column.bytes.size();
        }
        return true;
    }
    bool is_null(int column) const override { return columns_[static_cast<std::size_t>(column)].null; }
    std::int64_t integer(int column) const override { return number(columns_[static_cast<std::size_t>(column)].bytes); }
    std::string_view text(int column) const override { return columns_[static_cast<std::size_t>(column)].bytes; }

private:
    struct Place {
        bool null;
        std::string_view bytes;
    };
    /// Two's complement, most significant byte first.
    static std::int64_t number(std::string_view bytes) {
        if (bytes.empty()) return 0;
        auto value = static_cast<std::uint64_t>(static_cast<std::int64_t>(static_cast<signed char>(bytes[0])));
        for (const char c : bytes.substr(1)) value = value << 8 | static_cast<unsigned char>(c);
        return static_cast<std::int64_t>(value);
    }
    std::vector<Place> columns_;
};

void scan_sqlite(sqlite_api::sqlite3* database, const std::string& sql,
                 const std::function<void(const BulkRow&)>& each) {
    const auto statement = sqlite_statement(database, sql);
    const SqliteRow row(statement.get());
    for (;;) {
        const int code = sqlite_api::sqlite3_step(statement.get());
        if (code == SQLITE_DONE) return;
        if (code != SQLITE_ROW) sqlite_error(database);
        each(row);
    }
}

void scan_postgresql(pg_conn* connection, const std::string& sql, const std::function<void(const BulkRow&)>& each) {
    constexpr std::size_t signature_size = 19;  // "PGCOPY\n\377\r\n\0", flags, length of the extension
    begin_copy(connection, "COPY (" + sql + ") TO STDOUT (FORMAT binary)", PGRES_COPY_OUT);
    CopiedRow row;
    std::exception_ptr thrown;
    bool signature = true;
    for (;;) {
        char* raw = nullptr;
        const int length = PQgetCopyData(connection, &raw, 0);
        if (length < 0) break;
        const std::unique_ptr<char, decltype(&PQfreemem)> owner(raw, &PQfreemem);
        std::string_view bytes(raw, static_cast<std::size_t>(length));
        if (std::exchange(signature, false)) bytes.remove_prefix(signature_size);
        if (bytes.empty() || thrown)
            continue;  // after a throw the rest is read and dropped: the connection stays usable
        try {
            if (row.read(bytes)) each(row);
        } catch (...) {
            thrown = std::current_exception();
        }
    }
    end_copy(connection);
    if (thrown) std::rethrow_exception(thrown);
}

}  // namespace

void scan(const Reader& reader, const std::string& sql, const std::function<void(const BulkRow&)>& each) {
    auto& connection = reader.connection();
    if (connection.backend() == Backend::sqlite) return scan_sqlite(connection.sqlite(), sql, each);
    scan_postgresql(connection.postgresql(), sql, each);
}

}  // namespace guidon::store
