// Whose turn is it to write? One transaction on the connection for writing, with the end of the journal in hand.
#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "store/connection.h"
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
    /// `turn` keeps this process's other threads out, where there are any.
    Transaction(Connection& connection, std::unique_lock<std::timed_mutex> turn);
    ~Transaction();
    Transaction(const Transaction&) = delete;

    Connection& connection() const { return connection_; }
    std::int64_t last_seq();
    /// Appends a journal entry; gives its number.
    std::int64_t append(const Permit& permit, std::int64_t at_utc_ms, std::string_view what, std::string_view subject,
                        const std::string& document);

    /// A point to which to return; gives what to return with.
    struct Mark {
        std::int64_t seq;
        std::string hash;
        std::size_t hooks;
    };
    Mark mark();
    void return_to(const Mark& mark);
    void release_mark();

    /// Durable afterwards; then runs `after_commit`.
    void commit();
    void roll_back() noexcept;
    /// False once the database itself has given up the transaction (disk full, connection lost).
    bool alive() { return open_ && connection_.in_transaction(); }

    std::vector<std::function<void()>> after_commit;
    bool change_open = false;  // one Change at a time

private:
    void find_end();
    Connection& connection_;
    std::unique_lock<std::timed_mutex> turn_;
    bool open_ = false;
    std::int64_t seq_ = -1;  // not read yet
    std::string hash_;
};

}  // namespace guidon::store
