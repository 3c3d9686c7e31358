#include "store/transaction.h"

#include <iostream>

#include "base/assert.h"
#include "store/journal.h"
#include "store/sql.h"

namespace guidon::store {

// One number for all databases of PostgreSQL: whoever writes to the registry holds this lock, so that journal entries
// of several processes follow each other without a gap.
constexpr const char* postgresql_turn = "SELECT pg_advisory_xact_lock(5148072143220531301)";

Transaction::Transaction(Connection& connection, std::unique_lock<std::timed_mutex> turn, Sealer* sealer)
    : connection_(connection), turn_(std::move(turn)), sealer_(sealer) {
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

JournalEnd& Transaction::end() {
    GUIDON_ASSERT(sealer_);
    if (!end_) end_ = sealer_->end(connection_);
    return *end_;
}

std::int64_t Transaction::append(const Permit& permit, std::int64_t at_utc_ms, std::string_view what,
                                 std::string_view subject, const std::string& document) {
    auto& last = end();
    Entry entry{last.seq + 1, at_utc_ms, permit.who(), permit.capacity(), std::string(what), std::string(subject),
                document,     ""};
    entry.hash = entry_hash(entry, last.hash);
    run(connection_,
        "INSERT INTO journal (seq, at_utc_ms, who, capacity, what, subject, document, hash)"
        " VALUES (:seq, :at, :who, :capacity, :what, :subject, :document, :hash)",
        entry.seq, entry.at_utc_ms, entry.who, entry.capacity, entry.what, entry.subject, entry.document, entry.hash);
    leaves_.push_back(*digest_of(entry.hash));
    last = {entry.seq, entry.hash, entry.at_utc_ms};
    return entry.seq;
}

Transaction::Mark Transaction::mark() {
    connection_.execute_often("SAVEPOINT guidon");
    return {end_, leaves_.size(), after_commit.size()};
}

void Transaction::return_to(const Mark& mark) {
    connection_.execute("ROLLBACK TO guidon; RELEASE guidon");
    end_ = mark.end;
    leaves_.resize(mark.leaves);
    after_commit.resize(mark.hooks);
}

void Transaction::release_mark() {
    connection_.execute_often("RELEASE guidon");
}

void Transaction::commit() {
    if (!leaves_.empty()) sealer_->seal(connection_, leaves_, end().at_utc_ms);
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
