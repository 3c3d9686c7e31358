#include "web/router.h"

#include <algorithm>

#include "base/assert.h"
#include "web/address.h"

namespace guidon::web {

namespace {

/// Takes the first part off `/a/b`: "a", leaving "/b".
std::string_view take_part(std::string_view& path) {
    path.remove_prefix(1);
    const auto part = path.substr(0, path.find('/'));
    path.remove_prefix(part.size());
    return part;
}

}  // namespace

std::optional<Method> method_of(std::string_view name) {
    if (name == "GET" || name == "HEAD") return Method::get;
    if (name == "POST") return Method::post;
    if (name == "PUT") return Method::put;
    if (name == "PATCH") return Method::patch;
    if (name == "DELETE") return Method::del;
    return std::nullopt;
}

std::string_view name_of(Method method) {
    constexpr std::string_view names[] = {"GET", "POST", "PUT", "PATCH", "DELETE"};
    return names[static_cast<std::size_t>(method)];
}

Router::Router(const Routes& routes) {
    for (const Route& route : routes.all()) add(route);
}

std::string Router::shown(const std::string& path) const {
    for (const auto& [beginning, route] : secret_)
        if (path.starts_with(beginning)) return route;
    return path;
}

void Router::add(const Route& route) {
    if (route.secret_path) secret_[route.path.substr(0, route.path.find(':'))] = route.path;
    Node* node = &root_;
    std::string_view rest = route.path;
    if (rest == "/") rest = {};
    while (!rest.empty()) {
        const std::string part(take_part(rest));
        if (part.empty() || part[0] != ':') {
            auto& child = node->fixed[part];
            if (!child) child = std::make_unique<Node>();
            node = child.get();
            continue;
        }
        const std::string name = part.substr(1);
        auto child =
            std::find_if(node->places.begin(), node->places.end(), [&](const auto& p) { return p->place == name; });
        if (child == node->places.end()) {
            child = node->places.insert(child, std::make_unique<Node>());
            (*child)->place = name;
        }
        node = child->get();
    }
    for (const Route* other : node->routes) GUIDON_ASSERT(other->method != route.method);
    node->routes.push_back(&route);
}

std::optional<Match> Router::find(Method method, std::string_view path) const {
    Match match;
    if (!walk(root_, path == "/" ? std::string_view() : path, method, match)) {
        if (match.allowed.empty()) return std::nullopt;
    }
    return match;
}

bool Router::walk(const Node& node, std::string_view rest, Method method, Match& match) const {
    if (rest.empty()) {
        for (const Route* route : node.routes) {
            if (route->method == method) match.route = route;
            match.allowed.push_back(route->method);
        }
        return match.route != nullptr;
    }
    const std::string_view part = take_part(rest);
    const auto fixed = node.fixed.find(part);
    if (fixed != node.fixed.end() && walk(*fixed->second, rest, method, match)) return true;
    if (part.empty()) return false;
    for (const auto& child : node.places) {
        if (!walk(*child, rest, method, match)) continue;
        match.place.emplace(child->place, percent_decoded(part).value_or(""));
        return true;
    }
    return false;
}

}  // namespace guidon::web
