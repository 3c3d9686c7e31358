// Which units stand below which on one day? All of them numbered so that a subtree is one stretch of numbers.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "base/day.h"
#include "store/store.h"

namespace guidon::gallery {

class UnitTree {
public:
    /// (unit, parent or 0), in any order; of a circle nobody stands below anybody.
    explicit UnitTree(const std::vector<std::pair<std::int32_t, std::int32_t>>& parents);

    bool below(std::int32_t unit, std::int32_t root) const {
        return known(unit) && known(root) && enter_[root] <= enter_[unit] && enter_[unit] < leave_[root];
    }
    /// Those that stand directly below `unit` (0: the roots), by number.
    std::vector<std::int32_t> children(std::int32_t unit) const;
    /// For each unit (by number) the index in `roots` of the one at or above which it stands; -1 = of none.
    std::vector<std::int32_t> under(const std::vector<std::int32_t>& roots) const;

private:
    bool known(std::int32_t unit) const {
        return unit > 0 && static_cast<std::size_t>(unit) < enter_.size() && leave_[unit] > 0;
    }
    std::vector<std::uint32_t> enter_, leave_;  // by unit
    std::vector<std::int32_t> order_;           // units as they were entered
};

/// As the units stand on `on`; ended ones where they stood last.
UnitTree load_unit_tree(const store::Reader& reader, Day on);

}  // namespace guidon::gallery
