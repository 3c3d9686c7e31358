#include "mail/bell.h"

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace guidon::mail {
namespace {

struct Bell {
    std::mutex mutex;
    std::condition_variable rung;
    std::uint64_t rings = 0;
};

Bell& bell() {
    static Bell one;
    return one;
}

}  // namespace

void ring_bell() {
    {
        const std::lock_guard lock(bell().mutex);
        ++bell().rings;
    }
    bell().rung.notify_all();
}

std::uint64_t bell_rings() {
    const std::lock_guard lock(bell().mutex);
    return bell().rings;
}

void wait_at_bell(std::uint64_t heard, std::int64_t most_ms, const std::function<bool()>& enough) {
    std::unique_lock lock(bell().mutex);
    bell().rung.wait_for(lock, std::chrono::milliseconds(most_ms), [&] { return bell().rings != heard || enough(); });
}

}  // namespace guidon::mail
