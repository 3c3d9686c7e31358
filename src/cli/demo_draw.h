// Which of several does the demo take? Drawn from a seed: the same on every machine.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "base/assert.h"

namespace guidon::cli {

class Draw {
public:
    explicit Draw(std::uint64_t seed) : engine_(seed) {}

    /// From 0, less than `limit`.
    std::size_t below(std::size_t limit) {
        GUIDON_ASSERT(limit > 0);
        return engine_() % limit;
    }
    int between(int least, int most) {
        return least + static_cast<int>(below(static_cast<std::size_t>(most - least + 1)));
    }
    bool chance(int percent) { return between(0, 99) < percent; }
    template <class Thing>
    const Thing& one_of(const std::vector<Thing>& all) {
        return all[below(all.size())];
    }
    template <class Thing>
    void shuffle(std::vector<Thing>& all) {
        for (std::size_t i = all.size(); i > 1; --i) std::swap(all[i - 1], all[below(i)]);
    }
    std::uint64_t seed() { return engine_(); }
    /// As store::new_public_id() makes them.
    std::string public_id() {
        constexpr char letters[] = "0123456789abcdefghjkmnpqrstvwxyz";
        std::string id;
        for (int i = 0; i < 16; ++i) id += letters[below(32)];
        return id;
    }

private:
    std::mt19937_64 engine_;
};

}  // namespace guidon::cli
