// What does an open store hold? Connections for reading in a pool, one connection for writing, and whose turn it is.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

#include "store/address.h"
#include "store/connection.h"
#include "store/journal_head.h"
#include "store/store.h"
#include "store/transaction.h"

namespace guidon::store {

class Pool {
public:
    Pool(Address address, const Options& options) : address_(std::move(address)), options_(options) {}

    /// Waits for a free connection; "store.busy" after the busy timeout.
    std::unique_ptr<Connection> take();
    void give_back(std::unique_ptr<Connection> connection);  // null: it was lost

private:
    Address address_;
    const Options& options_;
    std::mutex mutex_;
    std::condition_variable returned_;
    std::vector<std::unique_ptr<Connection>> idle_;
    int out_ = 0;
};

struct Store::State {
    Address address;
    Options options;
    Pool readers;
    std::timed_mutex turn;
    Sealer sealer;                                                    // used by whoever holds the turn
    std::unique_ptr<Connection> writer;                               // used by whoever holds the turn
    std::atomic<std::chrono::steady_clock::time_point> last_group{};  // when a Writer had one to begin or end

    State(Address address_, Options options_)
        : address(std::move(address_)),
          options(std::move(options_)),
          readers(address, options),
          sealer(journal_key_file(address, options.key_file), [this] { return now_utc_ms(); }) {}

    /// Waits for the turn; opens the connection again if it was lost.
    std::unique_ptr<Transaction> begin();
    Reader snapshot();
    std::int64_t now_utc_ms() const;
};

/// The transaction that a Writer runs on this thread for `state`; null elsewhere.
struct Group {
    Store::State* state = nullptr;
    Transaction* transaction = nullptr;
};
extern thread_local Group current_group;

}  // namespace guidon::store
