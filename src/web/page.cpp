#include "web/page.h"

namespace guidon::web {

namespace json = boost::json;

namespace {

/// Each language in its own words.
std::string_view own_name(Language language) {
    switch (language) {
        case Language::vi:
            return "Tiếng Việt";
        case Language::ur:
            return "اردو";
        default:
            return "English";
    }
}

std::string with_query(const std::string& path, const std::string& query) {
    return query.empty() ? path : path + "?" + query;
}

/// Under which word of the menu an address is.
std::string place_in_menu(std::string_view path) {
    const auto first = path.substr(1, path.find('/', 1) - 1);
    if (path.starts_with("/exemplars/new") || path.starts_with("/exemplars/bulk")) return "register";
    if (first == "adoptions" || first == "reviews" || first == "open-data") return "exemplars";
    return std::string(first == "comments" ? "news" : first);
}

}  // namespace

json::object page_values(const std::string& origin, const Address& address, Language language,
                         const json::object& assets, const std::string& version) {
    json::array choices;
    for (const Language other : languages) {
        choices.push_back({{"code", code(other)},
                           {"name", own_name(other)},
                           {"direction", direction(other)},
                           {"href", with_query(address.path, with_parameter(address.query, "lang", code(other)))},
                           {"current", other == language}});
    }
    const std::string place = place_in_menu(address.path);
    return {{"language", code(language)},
            {"direction", direction(language)},
            {"languages", std::move(choices)},
            {"origin", origin},
            {"canonical", origin + with_query(address.path, with_parameter(address.query, "lang", ""))},
            {"path", address.path},
            {"query", with_parameter(address.query, "lang", "")},
            {"at", {{place.empty() ? "home" : place, true}}},
            {"assets", assets},
            {"version", version}};
}

}  // namespace guidon::web
