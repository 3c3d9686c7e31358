#include "store/address.h"

#include "base/problem.h"

namespace guidon::store {
namespace {

/// `postgresql://user:secret@host/name` → `postgresql://user@host/name`
std::string without_password(const std::string& url) {
    const auto begin = url.find("://") + 3;
    const auto end = url.find_first_of("/?", begin);
    const auto at = url.rfind('@', end);
    const auto colon = url.find(':', begin);
    if (at == std::string::npos || at < begin || colon == std::string::npos || colon > at) return url;
    return url.substr(0, colon) + url.substr(at);
}

}  // namespace

Address Address::parse(std::string_view url) {
    const std::string text(url);
    if (text.starts_with("sqlite:") && text.size() > 7) {
        std::string file = text.substr(7);
        if (file.starts_with("///")) file = file.substr(2);  // sqlite:///var/lib/guidon.sqlite
        return {Backend::sqlite, file, "sqlite:" + file};
    }
    if (text.starts_with("postgresql://") || text.starts_with("postgres://")) {
        return {Backend::postgresql, text, without_password(text)};
    }
    throw Problem("store.address", {{"url", text.find("://") == std::string::npos ? text : without_password(text)}},
                  "db");
}

}  // namespace guidon::store
