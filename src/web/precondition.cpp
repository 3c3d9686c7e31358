#include "web/precondition.h"

#include "base/problem.h"

namespace guidon::web {
namespace {

std::string_view trimmed(std::string_view text) {
    const auto blank = [](char c) { return c == ' ' || c == '\t'; };
    while (!text.empty() && blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && blank(text.back())) text.remove_suffix(1);
    return text;
}

std::string_view without_quotes(std::string_view tag) {
    const bool quoted = tag.size() >= 2 && tag.front() == '"' && tag.back() == '"';
    return quoted ? tag.substr(1, tag.size() - 2) : tag;
}

/// A JSON body has no hidden fields: a program sends the header.
std::string seen_version(const Request& request) {
    const std::string seen = request.header("if-match");
    if (!seen.empty() || request.json) return seen;
    return request.field("if_match");
}

}  // namespace

bool matches(const Request& request, std::string_view current) {
    const std::string seen = seen_version(request);
    std::string_view rest = trimmed(seen);
    if (rest.empty()) throw Problem("web.if-match-needed", {}, {}, 428);
    if (rest == "*") return true;
    while (!rest.empty()) {
        const auto comma = rest.find(',');
        if (without_quotes(trimmed(rest.substr(0, comma))) == current) return true;
        rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
    }
    return false;
}

void must_match(const Request& request, std::string_view current) {
    if (!matches(request, current)) throw Problem("web.changed-meanwhile", {}, {}, 412);
}

}  // namespace guidon::web
