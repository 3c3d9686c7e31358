// Whose turn is it to write? One transaction on the connection for writing, with the end of the journal in hand.
#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "store/connection.h"
#include "store/journal_head.h"
#include "store/store.h"

namespace guidon::store {

/// A view through a connection whose transaction somebody else ends.
class Borrowed : public Reader {
public:
    explicit Borrowed(Connection& connection) : Reader(&connection, nullptr) {}
};

/// Begins at once, holding the database's right to write; undone unless committed.
class Transaction {
public:
    /// `turn` keeps this process's other threads out, where there are any. Without a `sealer` no journal entry can be
    /// appended.
    Transaction(Connection& connection, std::unique_lock<std::timed_mutex> turn, Sealer* sealer = nullptr);
    ~Transaction();
    Transaction(const Transaction&) = delete;

    Connection& connection() const { return connection_; }
    std::int64_t last_seq() { return end().seq; }
    /// When the newest entry was made, or the head was signed: what is stamped now is not earlier.
    std::int64_t last_utc_ms() { return end().at_utc_ms; }
    /// Appends a journal entry; gives its number.
    std::int64_t append(const Permit& permit, std::int64_t at_utc_ms, std::string_view what, std::string_view subject,
                        const std::string& document);

    /// A point to which to return; gives what to return with.
    struct Mark {
        std::optional<JournalEnd> end;
        std::size_t leaves, hooks;
    };
    Mark mark();
    void return_to(const Mark& mark);
    void release_mark();

    /// Signs the journal's new head; durable afterwards; then runs `after_commit`.
    void commit();
    void roll_back() noexcept;
    /// False once the database itself has given up the transaction (disk full, connection lost).
    bool alive() { return open_ && connection_.in_transaction(); }

    std::vector<std::function<void()>> after_commit;
    bool change_open = false;  // one Change at a time

private:
    JournalEnd& end();
    Connection& connection_;
    std::unique_lock<std::timed_mutex> turn_;
    Sealer* sealer_;
    bool open_ = false;
    std::optional<JournalEnd> end_;  // read when it is needed
    std::vector<Digest> leaves_;     // of the entries of this transaction
};

}  // namespace guidon::store
