#include "cli/static_page.h"

#include <algorithm>
#include <array>

#include "base/escaped.h"

namespace guidon::cli {

namespace {

constexpr std::size_t longest_name = 150;

bool is_plain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           c == '.' || c == '=' || c == ',' || c == '/';
}

std::string unescaped(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        if (text.starts_with("&amp;")) {
            out += '&';
            text.remove_prefix(5);
        } else if (text.starts_with("&#39;")) {
            out += '\'';
            text.remove_prefix(5);
        } else {
            out += text.front();
            text.remove_prefix(1);
        }
    }
    return out;
}

/// The piece of `page` from `begin` up to behind the next `closing`.
std::size_t behind(std::string_view page, std::size_t begin, std::string_view closing) {
    const auto end = page.find(closing, begin);
    return end == std::string_view::npos ? page.size() : end + closing.size();
}

/// What the copy does not have: where such an element ends; nothing if none begins here.
std::optional<std::size_t> end_of_left_out(std::string_view page, std::size_t at) {
    const std::string_view rest = page.substr(at);
    if (rest.starts_with("<form")) return behind(page, at, "</form>");
    if (rest.starts_with("<script") && !rest.starts_with("<script type=\"application/ld+json\""))
        return behind(page, at, "</script>");
    if (rest.starts_with("<a class=\"sign-in\"")) return behind(page, at, "</a>");
    if (rest.starts_with("<link rel=\"canonical\"") || rest.starts_with("<link rel=\"alternate\"") ||
        rest.starts_with("<meta property=\"og:url\"") || rest.starts_with("<meta name=\"htmx-config\""))
        return behind(page, at, ">");
    return std::nullopt;
}

/// The attribute that begins at `at`: the place of its value.
struct Attribute {
    std::size_t value = 0, end = 0;
};
std::optional<Attribute> link_at(std::string_view page, std::size_t at) {
    for (const std::string_view name : {std::string_view(" href=\""), std::string_view(" src=\"")}) {
        if (!page.substr(at).starts_with(name)) continue;
        const auto end = page.find('"', at + name.size());
        if (end != std::string_view::npos) return Attribute{at + name.size(), end};
    }
    return std::nullopt;
}

bool is_of_this_site(std::string_view address) {
    return address.starts_with('/') && !address.starts_with("//");
}

}  // namespace

bool is_shared(std::string_view address) {
    const std::string_view path = address.substr(0, address.find('?'));
    return path.starts_with("/assets/") || path.starts_with("/evidence/");
}

std::string file_for(std::string_view address) {
    const auto question = address.find('?');
    const std::string path(address.substr(0, question));
    const std::string query(question == std::string_view::npos ? std::string_view() : address.substr(question + 1));
    std::string name = path == "/" ? "index" : path.substr(1);
    if (path.starts_with("/evidence/")) return name + (query.empty() ? "" : "," + query) + ".jpg";
    if (is_shared(address)) return name;
    if (!query.empty()) name += "," + query;
    for (char& c : name) {
        if (c == '&') c = ',';
        if (!is_plain(c)) c = '_';
    }
    if (name.size() > longest_name)
        name = name.substr(0, longest_name) + "-" + std::to_string(std::hash<std::string_view>()(address));
    return name + ".html";
}

std::vector<std::string> links_of(std::string_view page) {
    std::vector<std::string> links;
    for (std::size_t at = page.find('<'); at != std::string_view::npos && at < page.size(); ++at) {
        if (page[at] == '<')
            if (const auto end = end_of_left_out(page, at)) {
                at = *end - 1;
                continue;
            }
        if (const auto link = link_at(page, at)) {
            std::string address = unescaped(page.substr(link->value, link->end - link->value));
            address = address.substr(0, address.find('#'));
            if (is_of_this_site(address)) links.push_back(std::move(address));
            at = link->end;
        }
    }
    return links;
}

std::string with_links(std::string_view page, const NewLink& link) {
    std::string out;
    out.reserve(page.size());
    for (std::size_t at = 0; at < page.size();) {
        if (page[at] == '<')
            if (const auto end = end_of_left_out(page, at)) {
                at = *end;
                continue;
            }
        const auto found = link_at(page, at);
        if (!found) {
            out += page[at++];
            continue;
        }
        const std::string address = unescaped(page.substr(found->value, found->end - found->value));
        if (!is_of_this_site(address)) {
            out += page.substr(at, found->end + 1 - at);
        } else {
            const auto hash = address.find('#');
            if (const auto other = link(address.substr(0, hash))) {
                out += page.substr(at, found->value - at);
                out += escaped(*other) + (hash == std::string::npos ? "" : escaped(address.substr(hash))) + "\"";
            }
        }
        at = found->end + 1;
    }
    return out;
}

std::string relative(std::string_view from, std::string_view to) {
    std::string up;
    while (true) {  // what both begin with
        const auto slash = from.find('/');
        if (slash == std::string_view::npos || to.substr(0, slash + 1) != from.substr(0, slash + 1)) break;
        from.remove_prefix(slash + 1);
        to.remove_prefix(slash + 1);
    }
    for (const char c : from)
        if (c == '/') up += "../";
    return up + std::string(to);
}

}  // namespace guidon::cli
