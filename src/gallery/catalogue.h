// What are the fields, topics and levels of all movements called? As their files say, the newest cycle first.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/language.h"
#include "store/store.h"

namespace guidon::gallery {

struct Catalogue {
    struct Entry {
        std::string key;
        Texts title;
    };
    struct OfCycle {
        std::int64_t id = 0;
        std::string movement, period;
        Texts title;
        bool takes_exemplars = false;
    };
    std::vector<Entry> fields, topics, levels;  // each key once; levels from the lowest
    std::vector<OfCycle> cycles;

    /// The title of `key`, or the key itself.
    static std::string title(const std::vector<Entry>& entries, std::string_view key, Language language);
    const OfCycle* cycle(std::int64_t id) const;
};

/// A cycle whose file cannot be read is left out.
Catalogue load_catalogue(const store::Reader& reader);

}  // namespace guidon::gallery
