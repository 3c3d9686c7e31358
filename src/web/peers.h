// Where does a request come from? Addresses of the network, ranges of them, and what proxies that we trust say about
// who stands behind them (X-Forwarded-*, and RFC 7239 Forwarded).
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace guidon::web {

/// An IPv4 or IPv6 address; IPv4 is kept as IPv6 writes it (::ffff:a.b.c.d), so that both spellings are equal.
struct IpAddress {
    std::array<std::uint8_t, 16> bytes{};

    /// Reads `192.0.2.1`, `2001:db8::1`, `[2001:db8::1]`; nothing if it is none. A zone (%eth0) is dropped.
    static std::optional<IpAddress> parse(std::string_view text);
    static IpAddress v4(const std::array<std::uint8_t, 4>& bytes);
    bool is_v4() const;
    bool is_loopback() const;
    /// 0.0.0.0 or ::
    bool is_any() const;
    std::string text() const;
    /// Under which a client is counted: an IPv4 address, or the /64 of an IPv6 one, as one household or office has
    /// all addresses of that.
    std::string client_key() const;

    auto operator<=>(const IpAddress&) const = default;
};

struct IpRange {
    IpAddress first;
    int bits = 128;  // of the 128

    /// Reads `10.0.0.0/8`, `fd00::/8`, or a single address. Problem web.bad-range (argument range).
    static IpRange parse(std::string_view text);
    bool contains(const IpAddress& address) const;
};
using IpRanges = std::vector<IpRange>;

bool contains(const IpRanges& ranges, const IpAddress& address);

/// Reads `10.0.0.0/8,fd00::/8`. Problem web.bad-range.
IpRanges read_ranges(std::string_view list);

/// What trusted proxies told; what they did not tell is absent.
struct Forwarded {
    IpAddress client;
    std::optional<std::string> scheme;  // "http" or "https"
    std::optional<std::string> host;    // lower case, with port if there is one
};

/// Believes nothing unless `peer` is in `trusted`. Then the addresses of X-Forwarded-For are read from the right, as
/// each proxy adds the one that it saw: the first that is in no trusted range is the client. What stands left of it
/// anybody could have written. -Proto and -Host count from the right by as many proxies, too. Header Forwarded is
/// read when there is no X-Forwarded-For.
std::optional<Forwarded> read_forwarded(const std::map<std::string, std::string>& headers, const IpAddress& peer,
                                        const IpRanges& trusted);

}  // namespace guidon::web
