#include "store/database_file.h"

#include <algorithm>
#include <cctype>

namespace guidon::store {
namespace {

/// The database's name in a postgresql:// address.
std::string name_in(const std::string& url) {
    const auto begin = url.find("://") + 3;
    const auto slash = url.find('/', begin);
    if (slash == std::string::npos) return "";
    const std::string name = url.substr(slash + 1, url.find('?', slash) - slash - 1);
    return std::all_of(name.begin(), name.end(),
                       [](unsigned char c) { return std::isalnum(c) || c == '_' || c == '-'; })
               ? name
               : "";
}

}  // namespace

std::string database_file(const Address& address, std::string_view what) {
    const std::string ending = "." + std::string(what);
    if (address.backend == Backend::sqlite) return address.target + ending;
    const auto name = name_in(address.target);
    return (name.empty() ? "guidon" : "guidon-" + name) + ending;
}

}  // namespace guidon::store
