#include "web/guard.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <random>

#include "base/problem.h"

namespace guidon::web {

namespace {

std::string value_of(const Headers& headers, const char* name) {
    const auto found = headers.find(name);
    return found == headers.end() ? std::string() : found->second;
}

bool is_this_machine(std::string_view host, std::uint16_t port) {
    for (const std::string_view name : {"localhost", "127.0.0.1", "[::1]"}) {
        if (!host.starts_with(name)) continue;
        const auto rest = host.substr(name.size());
        if (rest.empty()) return port == 0 || port == 80;
        if (rest[0] != ':') return false;
        return port == 0 ? rest.size() > 1 : rest.substr(1) == std::to_string(port);
    }
    return false;
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

void admit(const Incoming& incoming, std::uint16_t port) {
    if (incoming.target.size() > longest_target) {
        throw Problem("web.long-address", {{"limit", std::to_string(longest_target)}}, {}, 414);
    }
    if (incoming.header_size > largest_headers) {
        throw Problem("web.large-headers", {{"limit", std::to_string(largest_headers)}}, {}, 431);
    }
    const std::string host = value_of(incoming.headers, "host");
    if (host.empty()) throw Problem("web.no-host", {}, {}, 400);
    if (!is_this_machine(host, port)) throw Problem("web.wrong-host", {}, {}, 421);
}

void admit_change(const Headers& headers) {
    const std::string site = value_of(headers, "sec-fetch-site");
    const std::string origin = value_of(headers, "origin");
    const bool foreign_site = !site.empty() && site != "same-origin" && site != "none";
    const bool foreign_origin = !origin.empty() && origin != "http://" + value_of(headers, "host");
    if (foreign_site || foreign_origin) throw Problem("web.cross-site", {}, {}, 403);
}

std::string request_id(const Headers& headers) {
    std::string id = value_of(headers, "x-request-id");
    return is_sane_id(id) ? id : fresh_id();
}

void add_protection(Outgoing& outgoing) {
    outgoing.set("Content-Security-Policy",
                 "default-src 'self'; img-src 'self' data:; base-uri 'none'; object-src 'none'; form-action 'self'; "
                 "frame-ancestors 'none'");
    outgoing.set("X-Content-Type-Options", "nosniff");
    outgoing.set("Referrer-Policy", "same-origin");
    outgoing.set("Cross-Origin-Opener-Policy", "same-origin");
    outgoing.set("Cross-Origin-Resource-Policy", "same-origin");
    outgoing.set("Cross-Origin-Embedder-Policy", "require-corp");
}

}  // namespace guidon::web
