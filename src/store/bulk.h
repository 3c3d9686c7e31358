// How do millions of rows go in and out? Past SOCI: SQLite's own statements, PostgreSQL's COPY. For src/store and
// *_store.cpp alone.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "store/store.h"

namespace guidon::store {

/// On SQLite a trigger costs a savepoint a row, which makes a full-text index write a piece of itself each time.
/// Whoever skips the triggers does their work himself, for all rows at once.
enum class Triggers { fired, skipped };

/// Appends rows to a table: give the columns of a row in order, then end_row(). finish() after the last.
class BulkInsert {
public:
    BulkInsert(Change& change, const std::string& table, const std::vector<std::string>& columns,
               Triggers triggers = Triggers::fired);
    ~BulkInsert();
    BulkInsert(const BulkInsert&) = delete;

    void integer(std::int64_t value);
    void text(std::string_view value);
    void null();
    void end_row();
    void finish();

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// One row of a scan; columns from 0. Texts are valid until the next row.
class BulkRow {
public:
    virtual ~BulkRow() = default;
    virtual bool is_null(int column) const = 0;
    virtual std::int64_t integer(int column) const = 0;
    virtual std::string_view text(int column) const = 0;
};

/// Calls `each` with every row of a query without arguments.
void scan(const Reader& reader, const std::string& sql, const std::function<void(const BulkRow&)>& each);

}  // namespace guidon::store
