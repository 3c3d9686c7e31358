// Where is everything kept, and how is it read and changed? One SQLite file (the default) or a PostgreSQL
// database. Reading gives a consistent snapshot; a change needs a permit and is undone unless it is committed,
// which writes its journal entry in the same transaction.
//
//     auto reader = store.read();
//     const auto unit = units::find_unit_by_code(reader, "HT", on);
//
//     auto change = store.change(permit);
//     values::put_value(change, …);
//     change.commit("value.changed", unit.public_id, {{"indicator", "settled"}, {"value", "81"}});
//
// What people can act on (no such file, disk full, busy, damaged, newer than the program) is a Problem
// "store.*" with HTTP status 503.
#pragma once

#include <boost/json.hpp>
#include <chrono>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "store/journal_key.h"

namespace guidon::people {
class Gate;
}

namespace guidon::store {

class Connection;  // store/connection.h, for *_store.cpp alone
class Pool;

enum class Backend { sqlite, postgresql };

/// Who changes something, and in which capacity. Made by the gate alone (people/gate.h): without it no write
/// transaction can be opened.
class Permit {
public:
    const std::string& who() const { return who_; }
    const std::string& capacity() const { return capacity_; }

private:
    friend class people::Gate;
    Permit(std::string who, std::string capacity) : who_(std::move(who)), capacity_(std::move(capacity)) {}
    std::string who_, capacity_;
};

/// A consistent view of the database: everything read through one Reader belongs to the same moment. Keep it short
/// and on one thread; the connection goes back to the pool at the end.
class Reader {
public:
    Reader(Reader&& other) noexcept;
    Reader& operator=(Reader&&) = delete;
    ~Reader();

    Connection& connection() const { return *connection_; }
    Backend backend() const;
    /// Number of the newest journal entry in this view; 0 = none.
    std::int64_t seq() const;

protected:
    friend class Store;
    Reader(Connection* connection, Pool* home) : connection_(connection), home_(home) {}
    Connection* connection_;
    Pool* home_;  // null: borrowed, whoever lent it ends the transaction
};

/// A write transaction; sees its own writes. Undone unless committed. One at a time for the whole database.
class Change : public Reader {
public:
    Change(Change&& other) noexcept;
    ~Change();

    /// The number that this change's journal entry will have.
    std::int64_t next_seq() const { return next_seq_; }
    /// By the server's clock, for all that this change stamps; never before the entry before it.
    std::int64_t at_utc_ms() const { return at_utc_ms_; }
    const Permit& permit() const { return permit_; }

    /// Appends the journal entry (`what` = "noun.verb", `subject` = the public id or key of what it is about) and
    /// makes the change durable. Inside a Writer it is durable when the group is, before anybody is told. Gives the
    /// entry's number. Once only.
    std::int64_t commit(std::string_view what, std::string_view subject, const boost::json::object& document = {});
    /// Makes the change durable without a journal entry: for book-keeping that says nothing about the registry (when a
    /// session was last seen, whether a mail has gone). Instead of commit().
    void keep();
    /// Runs `then` when the change is on disk, on this thread; never if it is undone. Call before commit().
    void after_commit(std::function<void()> then);

private:
    friend class Store;
    friend class Writer;
    void end();
    struct Turn;  // the right to write: the store's lock, or a place in the Writer's group
    Change(std::unique_ptr<Turn> turn, Permit permit);
    std::unique_ptr<Turn> turn_;
    Permit permit_;
    std::int64_t next_seq_ = 0;
    std::int64_t at_utc_ms_ = 0;
};

/// What a bulk change did, or would do.
struct Tally {
    std::int64_t added = 0, changed = 0, unchanged = 0;
    bool operator==(const Tally&) const = default;
};

struct Options {
    int readers = 8;                           // connections for reading at most, opened when needed
    int busy_timeout_ms = 10'000;              // how long another process may hold the database
    bool create = true;                        // false: a missing SQLite file is refused
    std::string key_file;                      // with what the journal is signed; empty: see store/journal_head.h
    std::function<std::int64_t()> now_utc_ms;  // empty: the system's clock
};

class Store {
public:
    /// `sqlite:FILE` or `postgresql://…`. Brings the schema up to date; a database that is newer than the program
    /// is refused ("store.newer").
    static Store open(const std::string& url, Options options = {});
    ~Store();
    Store(Store&&) noexcept;

    Backend backend() const;
    std::int64_t now_utc_ms() const;

    /// A secret for `purpose` that whoever only has the database does not have; nothing if the key's file cannot be
    /// read here.
    std::optional<std::string> secret(std::string_view purpose) const;
    /// The public half of the key in the key's file; nothing if that cannot be read here. Checking the journal against
    /// it finds a key that was replaced in the database.
    std::optional<PublicKey> trusted_key() const;

    /// On a Writer's thread this is a view that sees the group's changes so far.
    Reader read();
    /// Waits for its turn. On a Writer's thread it becomes part of the group.
    Change change(const Permit& permit);
    /// Waits until the Writers of this store have had nothing to do for a moment, `most` at the longest: for work that
    /// nobody waits for, before it takes the turn.
    void give_way(std::chrono::milliseconds most, const std::stop_token& stop) const;

private:
    friend class Writer;
    friend class Jobs;
    friend class Change;
    friend struct Group;
    struct State;
    explicit Store(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

/// 16 characters of Crockford's base 32 in lower case (80 random bits): opaque, the same in URLs, JSON and files.
std::string new_public_id();

/// If `thrown` is an error of the database, the Problem that says so ("store.disk-full", "store.busy", …);
/// otherwise `thrown` itself. Everything in store/ throws what it gives.
std::exception_ptr as_problem(std::exception_ptr thrown);

}  // namespace guidon::store
