// Who forgets what need not be kept? A thread of `guidon serve` that sweeps ended sessions, tokens and links and what
// was sent once, after the days that are set for the whole server.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "accounts/accounts_store.h"
#include "accounts/settings_store.h"
#include "store/store.h"

namespace guidon::accounts {

Retention retention_of(const store::Reader& reader);

class Caretaker {
public:
    /// Sweeps at once and then every hour.
    explicit Caretaker(store::Store& store);

private:
    void go_round(const std::stop_token& stop);

    store::Store& store_;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::jthread thread_;
};

}  // namespace guidon::accounts
