#include "web/peers.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/problem.h"

namespace guidon::web {

namespace {

constexpr std::array<std::uint8_t, 12> v4_prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
constexpr std::size_t most_hops = 32;  // a request passes two or three; a longer list is not worth its reading

using Headers = std::map<std::string, std::string>;

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    while (!text.empty()) {
        const auto end = text.find(separator);
        parts.push_back(trimmed(text.substr(0, end)));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return parts;
}

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return out;
}

std::string_view value_of(const Headers& headers, const char* name) {
    const auto found = headers.find(name);
    return found == headers.end() ? std::string_view() : std::string_view(found->second);
}

/// The address of `192.0.2.1:4711` or `[2001:db8::1]:4711`, with or without port.
std::optional<IpAddress> address_of_node(std::string_view node) {
    if (node.starts_with('[')) return IpAddress::parse(node.substr(0, node.find(']') + 1));
    if (std::count(node.begin(), node.end(), ':') == 1) node = node.substr(0, node.find(':'));
    return IpAddress::parse(node);
}

/// One list for each thing told, a place for each proxy, the nearest last.
struct Told {
    std::vector<std::string_view> nodes, schemes, hosts;
};

/// RFC 7239: `for=192.0.2.1;proto=https;host=name, for="[2001:db8::1]"`
Told read_rfc7239(std::string_view header) {
    Told told;
    for (const auto element : split(header, ',')) {
        std::string_view node, scheme, host;
        for (const auto pair : split(element, ';')) {
            const auto equals = pair.find('=');
            if (equals == std::string_view::npos) continue;
            std::string_view value = trimmed(pair.substr(equals + 1));
            if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
                value = value.substr(1, value.size() - 2);
            const std::string name = lower(trimmed(pair.substr(0, equals)));
            if (name == "for") node = value;
            if (name == "proto") scheme = value;
            if (name == "host") host = value;
        }
        told.nodes.push_back(node);
        told.schemes.push_back(scheme);
        told.hosts.push_back(host);
    }
    return told;
}

Told read_headers(const Headers& headers) {
    if (headers.contains("x-forwarded-for") || !headers.contains("forwarded")) {
        return {split(value_of(headers, "x-forwarded-for"), ','), split(value_of(headers, "x-forwarded-proto"), ','),
                split(value_of(headers, "x-forwarded-host"), ',')};
    }
    return read_rfc7239(value_of(headers, "forwarded"));
}

/// What the outermost of `proxies` said. A shorter list was written by fewer of them, and its first entry is theirs.
std::optional<std::string> told_by(const std::vector<std::string_view>& list, std::size_t proxies) {
    if (list.empty()) return std::nullopt;
    const std::string value = lower(list[list.size() - std::min(proxies, list.size())]);
    return value.empty() ? std::nullopt : std::optional(value);
}

}  // namespace

std::optional<IpAddress> IpAddress::parse(std::string_view text) {
    if (text.size() >= 2 && text.front() == '[' && text.back() == ']') text = text.substr(1, text.size() - 2);
    const std::string plain(text.substr(0, text.find('%')));
    IpAddress address;
    if (inet_pton(AF_INET6, plain.c_str(), address.bytes.data()) == 1) return address;
    if (inet_pton(AF_INET, plain.c_str(), address.bytes.data() + v4_prefix.size()) != 1) return std::nullopt;
    std::copy(v4_prefix.begin(), v4_prefix.end(), address.bytes.begin());
    return address;
}

bool IpAddress::is_v4() const {
    return std::equal(v4_prefix.begin(), v4_prefix.end(), bytes.begin());
}

bool IpAddress::is_loopback() const {
    constexpr std::uint8_t net = 127;
    if (is_v4()) return bytes[v4_prefix.size()] == net;
    IpAddress one;
    one.bytes.back() = 1;
    return *this == one;
}

bool IpAddress::is_any() const {
    return std::all_of(bytes.begin() + (is_v4() ? v4_prefix.size() : 0), bytes.end(),
                       [](auto byte) { return byte == 0; });
}

IpAddress IpAddress::v4(const std::array<std::uint8_t, 4>& bytes) {
    IpAddress address;
    std::copy(v4_prefix.begin(), v4_prefix.end(), address.bytes.begin());
    std::copy(bytes.begin(), bytes.end(), address.bytes.begin() + v4_prefix.size());
    return address;
}

std::string IpAddress::text() const {
    if (is_v4()) return fmt::format("{}.{}.{}.{}", bytes[12], bytes[13], bytes[14], bytes[15]);
    char text[INET6_ADDRSTRLEN];
    return inet_ntop(AF_INET6, bytes.data(), text, sizeof text);
}

std::string IpAddress::client_key() const {
    if (is_v4()) return text();
    constexpr std::size_t network_bytes = 8;
    IpAddress network = *this;
    std::fill(network.bytes.begin() + network_bytes, network.bytes.end(), std::uint8_t{0});
    return network.text() + "/64";
}

IpRange IpRange::parse(std::string_view text) {
    const Problem wrong("web.bad-range", {{"range", std::string(text)}});
    const auto slash = text.find('/');
    const auto address = IpAddress::parse(trimmed(text.substr(0, slash)));
    if (!address) throw wrong;
    IpRange range{*address, 128};
    if (slash == std::string_view::npos) return range;
    const std::string_view digits = text.substr(slash + 1);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), range.bits);
    const int before = address->is_v4() ? 96 : 0;
    if (error != std::errc() || end != digits.data() + digits.size() || range.bits < 0 || range.bits > 128 - before)
        throw wrong;
    range.bits += before;
    return range;
}

bool IpRange::contains(const IpAddress& address) const {
    const auto whole = static_cast<std::size_t>(bits) / 8;
    const int rest = bits % 8;
    if (!std::equal(first.bytes.begin(), first.bytes.begin() + whole, address.bytes.begin())) return false;
    return rest == 0 || ((first.bytes[whole] ^ address.bytes[whole]) >> (8 - rest)) == 0;
}

bool contains(const IpRanges& ranges, const IpAddress& address) {
    return std::any_of(ranges.begin(), ranges.end(), [&](const IpRange& range) { return range.contains(address); });
}

IpRanges read_ranges(std::string_view list) {
    IpRanges ranges;
    for (const auto part : split(list, ',')) ranges.push_back(IpRange::parse(part));
    if (ranges.empty()) throw Problem("web.bad-range", {{"range", std::string(list)}});
    return ranges;
}

std::optional<Forwarded> read_forwarded(const Headers& headers, const IpAddress& peer, const IpRanges& trusted) {
    if (!contains(trusted, peer)) return std::nullopt;
    const Told told = read_headers(headers);
    Forwarded forwarded{peer, {}, {}};
    std::size_t proxies = 1;
    for (auto node = told.nodes.rbegin(); node != told.nodes.rend() && proxies <= most_hops; ++node) {
        const auto address = address_of_node(*node);
        if (!address) break;  // "unknown", or a hidden name: nothing left of it can be told from an invention
        forwarded.client = *address;
        if (!contains(trusted, *address)) break;
        if (std::next(node) != told.nodes.rend()) ++proxies;
    }
    forwarded.scheme = told_by(told.schemes, proxies);
    if (forwarded.scheme != "https" && forwarded.scheme != "http") forwarded.scheme.reset();
    forwarded.host = told_by(told.hosts, proxies);
    return forwarded;
}

}  // namespace guidon::web
