#include "web/connections.h"

#include <sys/resource.h>

#include <algorithm>

namespace guidon::web {

std::optional<Connections::Place> Connections::enter(const IpAddress& client) {
    if (client.is_loopback() || contains(uncounted_, client)) return Place();
    std::string key = client.client_key();
    const std::lock_guard lock(mutex_);
    std::size_t& held = held_[key];
    if (held >= most_) return std::nullopt;
    ++held;
    return Place(shared_from_this(), std::move(key));
}

void Connections::leave(const std::string& key) {
    const std::lock_guard lock(mutex_);
    const auto held = held_.find(key);
    if (held != held_.end() && --held->second == 0) held_.erase(held);
}

std::size_t Connections::clients() const {
    const std::lock_guard lock(mutex_);
    return held_.size();
}

std::size_t connections_granted(std::size_t wanted) {
    constexpr std::size_t others = 256;
    rlimit files{};
    if (getrlimit(RLIMIT_NOFILE, &files) != 0) return wanted;
    if (files.rlim_cur < wanted + others) {
        files.rlim_cur = std::min<rlim_t>(files.rlim_max, wanted + others);
        setrlimit(RLIMIT_NOFILE, &files);
    }
    return std::min<std::size_t>(wanted, files.rlim_cur > 2 * others ? files.rlim_cur - others : files.rlim_cur / 2);
}

}  // namespace guidon::web
