// Which database does `--db` name?
#pragma once

#include <string>
#include <string_view>

#include "store/store.h"

namespace guidon::store {

struct Address {
    Backend backend;
    std::string target;  // file, or the whole postgresql:// address
    std::string shown;   // for messages: without a password

    /// `sqlite:FILE`, `postgresql://…` or `postgres://…`. Throws Problem "store.address".
    static Address parse(std::string_view url);
};

}  // namespace guidon::store
