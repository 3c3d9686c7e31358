// What is set for the whole server, what was sent to it before, and how long does it remember what has ended?
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "store/store.h"

namespace guidon::accounts {

// What was sent before ------------------------------------------------------------------------------------------------

struct SentOnce {
    std::string request;  // hash of what was sent
    int status = 0;
    std::string location, document;
};
std::optional<SentOnce> find_sent(const store::Reader& reader, std::string_view caller, std::string_view once);
void remember_sent(store::Change& change, std::string_view caller, std::string_view once, const SentOnce& sent);

// Settings ------------------------------------------------------------------------------------------------------------

/// "" when it was never set.
std::string setting(const store::Reader& reader, const std::string& key);
void set_setting(store::Change& change, const std::string& key, const std::string& value);

/// Ended sessions, tokens and links, and what was sent, are forgotten after these days. Gives how many rows went.
struct Retention {
    int sessions_days = 90;
    int sent_days = 2;
    int links_days = 30;
};
std::int64_t sweep(store::Change& change, const Retention& retention);

}  // namespace guidon::accounts
