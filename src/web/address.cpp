#include "web/address.h"

#include <algorithm>
#include <array>

#include "base/language.h"

namespace guidon::web {

namespace {

constexpr std::array<std::string_view, 3> suffixes{"json", "csv", "xlsx"};
constexpr std::size_t most_pairs = 1000;  // a page asks for a few dozen; more is an attack on our maps

int digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

bool is_plain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
           c == '_' || c == '~';
}

bool climbs(std::string_view path) {
    while (!path.empty()) {
        path.remove_prefix(1);  // the slash
        const auto part = path.substr(0, path.find('/'));
        if (part == "." || part == "..") return true;
        path.remove_prefix(part.size());
    }
    return false;
}

}  // namespace

std::optional<Address> read_address(std::string_view target) {
    if (target.empty() || target[0] != '/' || target.starts_with("//")) return std::nullopt;
    if (!std::all_of(target.begin(), target.end(), [](char c) { return c > ' ' && c < '\x7f'; })) return std::nullopt;
    const auto mark = target.find('?');
    Address address{std::string(target.substr(0, mark)), {}, {}};
    if (mark != std::string_view::npos) address.query = target.substr(mark + 1);
    const auto decoded = percent_decoded(address.path);
    if (!decoded || climbs(*decoded)) return std::nullopt;
    const auto dot = address.path.find_last_of("./");
    if (dot != std::string::npos && address.path[dot] == '.') {
        const std::string ending = address.path.substr(dot + 1);
        if (std::find(suffixes.begin(), suffixes.end(), ending) != suffixes.end()) {
            address.suffix = ending;
            address.path.resize(dot);
        }
    }
    return address;
}

bool is_local(std::string_view location) {
    if (!location.starts_with('/')) return false;
    if (location.size() > 1 && (location[1] == '/' || location[1] == '\\')) return false;
    return std::none_of(location.begin(), location.end(), [](char c) { return (c >= 0 && c < ' ') || c == '\x7f'; });
}

std::optional<std::string> percent_decoded(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '%') {
            out += text[at];
            continue;
        }
        const int high = at + 2 < text.size() ? digit(text[at + 1]) : -1;
        const int low = at + 2 < text.size() ? digit(text[at + 2]) : -1;
        if (high < 0 || low < 0 || high + low == 0) return std::nullopt;
        out += static_cast<char>(high * 16 + low);
        at += 2;
    }
    if (first_invalid_utf8(out)) return std::nullopt;
    return out;
}

std::string percent_encoded(std::string_view text) {
    constexpr char digits[] = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        if (is_plain(c)) {
            out += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out += '%';
        out += digits[byte >> 4];
        out += digits[byte & 15];
    }
    return out;
}

bool read_pairs(std::string_view text, Pairs& pairs) {
    while (!text.empty()) {
        const auto piece = text.substr(0, text.find('&'));
        text.remove_prefix(std::min(piece.size() + 1, text.size()));
        if (piece.empty()) continue;
        if (pairs.size() == most_pairs) return false;
        std::string spaced(piece);
        std::replace(spaced.begin(), spaced.end(), '+', ' ');
        const auto equals = std::min(spaced.find('='), spaced.size());
        auto name = percent_decoded(std::string_view(spaced).substr(0, equals));
        auto value = percent_decoded(std::string_view(spaced).substr(std::min(equals + 1, spaced.size())));
        if (!name || !value) return false;
        pairs.emplace(std::move(*name), std::move(*value));
    }
    return true;
}

std::string with_parameter(std::string_view query, std::string_view name, std::string_view value) {
    std::string out;
    while (!query.empty()) {
        const auto piece = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(piece.size() + 1, query.size()));
        if (piece.empty() || piece.substr(0, piece.find('=')) == name) continue;
        if (!out.empty()) out += '&';
        out += piece;
    }
    if (!value.empty()) {
        if (!out.empty()) out += '&';
        out.append(name).append("=").append(percent_encoded(value));
    }
    return out;
}

}  // namespace guidon::web
