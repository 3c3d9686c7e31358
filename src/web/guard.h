// Which requests are turned away before anything looks at them, and which headers protect every answer?
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "web/http.h"
#include "web/negotiation.h"
#include "web/peers.h"
#include "web/rate_limit.h"

namespace guidon::web {

constexpr std::size_t longest_target = 8 << 10;
constexpr std::size_t largest_headers = 32 << 10;

/// How many requests one client may send (IPv6: one /64).
struct Rates {
    double all_per_s = 200;
    double changes_per_s = 20;  // POST, PUT, PATCH, DELETE; they count as requests, too
    int burst_s = 5;            // so many seconds' worth may come at once
    bool for_this_machine = false;

    /// `--rate`: all requests; a tenth of them may change something, and this machine itself is counted, too.
    static Rates at_most(double all_per_s);
};

struct GuardOptions {
    std::vector<std::string> hosts;  // names besides localhost, in lower case; with a port: only at that one
    IpRanges trusted_proxies;
    bool plain_beyond = true;    // other machines may speak plain HTTP to us without a trusted proxy between
    std::optional<Rates> rates;  // nothing: not counted
};

/// Knows this server's names, its proxies, and how often each client came lately. Safe from any thread.
class Guard {
public:
    explicit Guard(GuardOptions options = {});

    /// From then on names of this machine are answered at this port only; 0 takes any.
    void listen_on(std::uint16_t port) { port_ = port; }

    /// Says who asks (client, secure, host), and refuses what must not be answered. Problems: web.long-address (414),
    /// web.large-headers (431), web.no-host (400), web.wrong-host (421): another name means that a page elsewhere made
    /// its own name point here (DNS rebinding); web.plain-http (403); web.too-many-requests (429, argument seconds).
    void admit(Incoming& incoming, std::int64_t now_ms);

private:
    IpAddress see_who_asks(Incoming& incoming) const;
    void count(const IpAddress& client, const Incoming& incoming, std::int64_t now_ms);
    bool is_ours(std::string_view host, bool secure) const;

    GuardOptions options_;
    std::atomic<std::uint16_t> port_{0};
    std::unique_ptr<TokenBuckets> all_, changes_;
};

/// A request that changes something must come from our own pages, or from a program that is no browser:
/// Problem web.cross-site (403).
void admit_change(const Incoming& incoming);

/// The incoming X-Request-Id if it is 8–64 letters, digits, `-` or `_`; otherwise a fresh one.
std::string request_id(const Headers& headers);

/// Content-Security-Policy, unless the answer brings its own, and its kin; Strict-Transport-Security (RFC 6797) when
/// the client speaks https.
void add_protection(Outgoing& outgoing, bool secure);

}  // namespace guidon::web
