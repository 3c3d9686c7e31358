#include "web/guard.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <random>

#include "base/problem.h"

namespace guidon::web {

namespace {

std::string value_of(const Headers& headers, const char* name) {
    const auto found = headers.find(name);
    return found == headers.end() ? std::string() : found->second;
}

constexpr std::size_t most_clients = 50'000;  // counted at a time, some ten megabytes

std::string lower(std::string text) {
    for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return text;
}

bool names_this_machine(std::string_view host, std::uint16_t port, bool secure) {
    const std::uint16_t usual = secure ? 443 : 80;
    for (const std::string_view name : {"localhost", "127.0.0.1", "[::1]"}) {
        if (!host.starts_with(name)) continue;
        const auto rest = host.substr(name.size());
        if (rest.empty()) return port == 0 || port == usual;
        if (rest[0] != ':') return false;
        return port == 0 ? rest.size() > 1 : rest.substr(1) == std::to_string(port);
    }
    return false;
}

/// `name:port` without the port.
std::string_view bare_name(std::string_view host) {
    const auto colon = host.rfind(':');
    const bool has_port =
        colon != std::string_view::npos && host.find_first_not_of("0123456789", colon + 1) == std::string_view::npos;
    return has_port ? host.substr(0, colon) : host;
}

/// Nothing between sockets and tests comes from ::.
bool is_here(const IpAddress& address) {
    return address.is_loopback() || address.is_any();
}

bool may_change(const std::string& method) {
    return method != "GET" && method != "HEAD" && method != "OPTIONS";
}

std::unique_ptr<TokenBuckets> buckets(double per_s, int burst_s) {
    const auto burst = std::max<std::int64_t>(1, std::llround(per_s * burst_s));
    return std::make_unique<TokenBuckets>(burst, per_s, most_clients);
}

bool is_sane_id(std::string_view id) {
    return id.size() >= 8 && id.size() <= 64 && std::all_of(id.begin(), id.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                      c == '_';
           });
}

std::string fresh_id() {
    static const std::uint64_t start = (std::uint64_t{std::random_device{}()} << 32) | std::random_device{}();
    static std::atomic<std::uint64_t> count{0};
    // An odd multiplier walks through all 64-bit numbers before one comes again.
    std::uint64_t number = start + 0x9E3779B97F4A7C15u * ++count;
    constexpr char digits[] = "0123456789abcdefghijklmnopqrstuv";
    std::string id(13, '0');
    for (auto& c : id) {
        c = digits[number & 31];
        number >>= 5;
    }
    return id;
}

}  // namespace

Rates Rates::at_most(double all_per_s) {
    constexpr double changes = 0.1;
    return {all_per_s, all_per_s * changes, Rates().burst_s, true};
}

Guard::Guard(GuardOptions options) : options_(std::move(options)) {
    if (!options_.rates) return;
    all_ = buckets(options_.rates->all_per_s, options_.rates->burst_s);
    changes_ = buckets(options_.rates->changes_per_s, options_.rates->burst_s);
}

void Guard::admit(Incoming& incoming, std::int64_t now_ms) {
    const IpAddress client = see_who_asks(incoming);
    incoming.client = client.text();
    if (all_) count(client, incoming, now_ms);
    if (incoming.target.size() > longest_target) {
        throw Problem("web.long-address", {{"limit", std::to_string(longest_target)}}, {}, 414);
    }
    if (incoming.header_size > largest_headers) {
        throw Problem("web.large-headers", {{"limit", std::to_string(largest_headers)}}, {}, 431);
    }
    if (incoming.host.empty()) throw Problem("web.no-host", {}, {}, 400);
    if (!is_ours(incoming.host, incoming.secure)) throw Problem("web.wrong-host", {}, {}, 421);
}

IpAddress Guard::see_who_asks(Incoming& incoming) const {
    incoming.host = lower(value_of(incoming.headers, "host"));
    const auto told = read_forwarded(incoming.headers, incoming.peer, options_.trusted_proxies);
    if (told) {
        if (told->scheme) incoming.secure = told->scheme == "https";
        if (told->host) incoming.host = *told->host;
        return told->client;
    }
    if (!options_.plain_beyond && !incoming.secure && !is_here(incoming.peer))
        throw Problem("web.plain-http", {}, {}, 403);
    return incoming.peer;
}

void Guard::count(const IpAddress& client, const Incoming& incoming, std::int64_t now_ms) {
    const bool direct = client == incoming.peer;
    if (direct && is_here(client) && !options_.rates->for_this_machine) return;
    const std::string key = client.client_key();
    auto verdict = all_->take(key, now_ms);
    if (verdict.allowed && may_change(incoming.method)) verdict = changes_->take(key, now_ms);
    if (verdict.allowed) return;
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(verdict.wait).count();
    throw Problem("web.too-many-requests", {{"seconds", std::to_string(seconds)}}, {}, 429);
}

bool Guard::is_ours(std::string_view host, bool secure) const {
    if (names_this_machine(host, port_, secure)) return true;
    return std::any_of(options_.hosts.begin(), options_.hosts.end(),
                       [&](const std::string& name) { return host == name || bare_name(host) == name; });
}

void admit_change(const Incoming& incoming) {
    const std::string site = value_of(incoming.headers, "sec-fetch-site");
    const std::string origin = value_of(incoming.headers, "origin");
    const bool foreign_site = !site.empty() && site != "same-origin" && site != "none";
    const bool foreign_origin = !origin.empty() && origin != incoming.origin();
    if (foreign_site || foreign_origin) throw Problem("web.cross-site", {}, {}, 403);
}

std::string request_id(const Headers& headers) {
    std::string id = value_of(headers, "x-request-id");
    return is_sane_id(id) ? id : fresh_id();
}

void add_protection(Outgoing& outgoing, bool secure) {
    const bool has_policy = std::any_of(outgoing.headers.begin(), outgoing.headers.end(),
                                        [](const auto& header) { return header.first == "Content-Security-Policy"; });
    if (!has_policy)
        outgoing.set(
            "Content-Security-Policy",
            "default-src 'self'; img-src 'self' data:; base-uri 'none'; object-src 'none'; form-action 'self'; "
            "frame-ancestors 'none'");
    outgoing.set("X-Content-Type-Options", "nosniff");
    outgoing.set("X-Frame-Options", "DENY");
    outgoing.set("Permissions-Policy",
                 "camera=(), geolocation=(), microphone=(), payment=(), usb=(), publickey-credentials-create=(self), "
                 "publickey-credentials-get=(self)");
    outgoing.set("Referrer-Policy", "same-origin");
    outgoing.set("Cross-Origin-Opener-Policy", "same-origin");
    outgoing.set("Cross-Origin-Resource-Policy", "same-origin");
    outgoing.set("Cross-Origin-Embedder-Policy", "require-corp");
    if (secure) outgoing.set("Strict-Transport-Security", "max-age=31536000");
}

}  // namespace guidon::web
