#include "store/transaction.h"

#include <iostream>

#include "store/journal.h"
#include "store/sql.h"

namespace guidon::store {

// One number for all databases of PostgreSQL: whoever writes to the registry holds this lock, so that journal entries
// of several processes follow each other without a gap.
constexpr const char* postgresql_turn = "SELECT pg_advisory_xact_lock(5148072143220531301)";

Transaction::Transaction(Connection& connection, std::unique_lock<std::timed_mutex> turn)
    : connection_(connection), turn_(std::move(turn)) {
    if (connection_.backend() == Backend::sqlite) {
        connection_.execute_often("BEGIN IMMEDIATE");
    } else {
        connection_.execute("BEGIN");
        try {
            connection_.execute(postgresql_turn);
        } catch (...) {
            connection_.execute("ROLLBACK");
            throw;
        }
    }
    open_ = true;
}

Transaction::~Transaction() {
    roll_back();
}

void Transaction::find_end() {
    if (seq_ >= 0) return;
    const auto last = first_row<std::int64_t, std::string>(Borrowed(connection_),
                                                           "SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1");
    seq_ = last ? std::get<0>(*last) : 0;
    hash_ = last ? std::get<1>(*last) : "";
}

std::int64_t Transaction::last_seq() {
    find_end();
    return seq_;
}

std::int64_t Transaction::append(const Permit& permit, std::int64_t at_utc_ms, std::string_view what,
                                 std::string_view subject, const std::string& document) {
    find_end();
    Entry entry{seq_ + 1, at_utc_ms, permit.who(), permit.capacity(), std::string(what), std::string(subject),
                document, ""};
    entry.hash = entry_hash(entry, hash_);
    run(connection_,
        "INSERT INTO journal (seq, at_utc_ms, who, capacity, what, subject, document, hash)"
        " VALUES (:seq, :at, :who, :capacity, :what, :subject, :document, :hash)",
        entry.seq, entry.at_utc_ms, entry.who, entry.capacity, entry.what, entry.subject, entry.document, entry.hash);
    seq_ = entry.seq;
    hash_ = entry.hash;
    return seq_;
}

Transaction::Mark Transaction::mark() {
    connection_.execute_often("SAVEPOINT guidon");
    return {seq_, hash_, after_commit.size()};
}

void Transaction::return_to(const Mark& mark) {
    connection_.execute("ROLLBACK TO guidon; RELEASE guidon");
    seq_ = mark.seq;
    hash_ = mark.hash;
    after_commit.resize(mark.hooks);
}

void Transaction::release_mark() {
    connection_.execute_often("RELEASE guidon");
}

void Transaction::commit() {
    connection_.execute_often("COMMIT");
    open_ = false;
    if (turn_.owns_lock()) turn_.unlock();
    for (const auto& then : after_commit) {
        try {
            then();
        } catch (const std::exception& wrong) {
            // Nobody may be told that a change failed that is on disk; the log is told what did.
            std::cerr << "guidon: after a change was stored: " << wrong.what() << '\n';
        }
    }
}

void Transaction::roll_back() noexcept {
    if (!open_) return;
    open_ = false;
    try {
        if (connection_.in_transaction()) connection_.execute("ROLLBACK");
    } catch (...) {
        // The connection is gone, and the transaction with it; the next one opens another.
    }
}

}  // namespace guidon::store
