// Which handler answers an address? The route whose parts match, fixed parts before places (`:name`).
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "web/resource.h"

namespace guidon::web {

struct Match {
    const Route* route = nullptr;              // null: the path exists, but not for this method
    std::map<std::string, std::string> place;  // decoded
    std::vector<Method> allowed;               // of the path, in the order of registering
};

class Router {
public:
    /// BrokenPromise if two routes take the same method and path.
    explicit Router(const Routes& routes);

    /// Nothing if no route has this path. GET is also found for HEAD by the caller asking for get.
    std::optional<Match> find(Method method, std::string_view path) const;
    /// What of a path may stand in a log: the route instead of all that begins like one whose address holds a secret.
    std::string shown(const std::string& path) const;

private:
    struct Node {
        std::string place;  // the name, if this is reached by a place
        std::map<std::string, std::unique_ptr<Node>, std::less<>> fixed;
        std::vector<std::unique_ptr<Node>> places;  // tried in order of registering
        std::vector<const Route*> routes;
    };
    void add(const Route& route);
    bool walk(const Node& node, std::string_view rest, Method method, Match& match) const;

    Node root_;
    std::map<std::string, std::string> secret_;  // "/reset/" → "/reset/:secret"
};

/// "GET", "POST" …; nothing if `name` is no method that we serve (HEAD reads as get).
std::optional<Method> method_of(std::string_view name);
std::string_view name_of(Method method);

}  // namespace guidon::web
