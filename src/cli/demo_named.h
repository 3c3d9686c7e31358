// Which exemplars are told by name, by whom are they owned and what do they say? demo/named.json.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "exemplars/exemplars_store.h"

namespace guidon::cli {

struct Named {
    struct One {
        std::string public_id;
        exemplars::Writing writing;
        std::vector<exemplars::Step> steps;
    };
    std::pair<std::string, std::string> cycle;  // movement, period
    std::vector<One> exemplars;
};

Named read_named(const store::Reader& reader, std::string_view bytes);

}  // namespace guidon::cli
