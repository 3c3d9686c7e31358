// How many connections may there be, and how many of one client? So many that an office behind one address works, and
// so few that nobody takes all of them.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "web/peers.h"

namespace guidon::web {

/// Counts by IpAddress::client_key. Remembers nobody who has no connection. Safe from any thread.
class Connections : public std::enable_shared_from_this<Connections> {
public:
    /// This machine and `uncounted` (proxies, behind which are many) may hold any number.
    Connections(std::size_t most_per_client, IpRanges uncounted)
        : most_(most_per_client), uncounted_(std::move(uncounted)) {}

    /// One connection; it counts until this goes.
    class Place {
    public:
        Place() = default;
        Place(std::shared_ptr<Connections> in, std::string key) : in_(std::move(in)), key_(std::move(key)) {}
        Place(Place&& other) noexcept = default;
        Place& operator=(Place&& other) noexcept {
            std::swap(in_, other.in_);
            std::swap(key_, other.key_);
            return *this;
        }
        ~Place() {
            if (in_) in_->leave(key_);
        }

    private:
        std::shared_ptr<Connections> in_;
        std::string key_;
    };
    /// Nothing when the client holds as many as it may.
    std::optional<Place> enter(const IpAddress& client);
    std::size_t clients() const;

private:
    void leave(const std::string& key);

    const std::size_t most_;
    const IpRanges uncounted_;
    mutable std::mutex mutex_;
    std::map<std::string, std::size_t> held_;
};

/// As many connections as were asked for need as many open files, and the rest of the program some. Raises the limit of
/// this process, and gives how many there can be: RESTinio accepts nobody any more after it ran out of files.
std::size_t connections_granted(std::size_t wanted);

}  // namespace guidon::web
