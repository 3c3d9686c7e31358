// How does a postman hear that there is mail? Whoever queues a mail does not know who will send it; there is one bell
// in a process. Other processes look every minute.
#pragma once

#include <cstdint>
#include <functional>

namespace guidon::mail {

/// Wakes everybody who waits at the bell.
void ring_bell();
/// How often it was rung; to be asked before looking for mail, so that no ring is missed.
std::uint64_t bell_rings();
/// Until the bell is rung after the `heard`-th time, `enough` (asked at each ring) or for so long.
void wait_at_bell(std::uint64_t heard, std::int64_t most_ms, const std::function<bool()>& enough);

}  // namespace guidon::mail
