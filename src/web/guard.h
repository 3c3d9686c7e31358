// Which requests are turned away before anything looks at them, and which headers protect every answer?
#pragma once

#include <cstdint>
#include <string>

#include "web/http.h"
#include "web/negotiation.h"

namespace guidon::web {

constexpr std::size_t longest_target = 8 << 10;
constexpr std::size_t largest_headers = 32 << 10;

/// Problems: web.long-address (414), web.large-headers (431), web.no-host (400), web.wrong-host (421).
/// The server speaks to this machine only, so a Host of any other name means that a page elsewhere made its own
/// name point here (DNS rebinding). `port` 0 takes any port.
void admit(const Incoming& incoming, std::uint16_t port);

/// A request that changes something must come from our own pages, or from a program that is no browser:
/// Problem web.cross-site (403).
void admit_change(const Headers& headers);

/// The incoming X-Request-Id if it is 8–64 letters, digits, `-` or `_`; otherwise a fresh one.
std::string request_id(const Headers& headers);

/// Content-Security-Policy and its kin.
void add_protection(Outgoing& outgoing);

}  // namespace guidon::web
