#include "gallery/unit_tree.h"

#include <algorithm>

#include "units/places_store.h"

namespace guidon::gallery {

UnitTree::UnitTree(const std::vector<std::pair<std::int32_t, std::int32_t>>& parents) {
    std::int32_t most = 0;
    for (const auto& [unit, parent] : parents) most = std::max({most, unit, parent});
    const auto size = static_cast<std::size_t>(most) + 1;
    enter_.assign(size, 0);
    leave_.assign(size, 0);
    std::vector<std::int32_t> first_child(size, 0), next(size, 0), open;
    for (const auto& [unit, parent] : parents) {
        next[unit] = first_child[parent];
        first_child[parent] = unit;
    }
    std::uint32_t number = 0;
    for (open.push_back(0); !open.empty();) {  // 0 stands above all roots
        const std::int32_t unit = open.back();
        if (const std::int32_t child = first_child[unit]) {
            first_child[unit] = next[child];
            enter_[child] = number++;
            order_.push_back(child);
            open.push_back(child);
        } else {
            leave_[unit] = number;
            open.pop_back();
        }
    }
    leave_[0] = 0;
}

std::vector<std::int32_t> UnitTree::children(std::int32_t unit) const {
    std::vector<std::int32_t> all;
    if (unit != 0 && !known(unit)) return all;
    const std::size_t from = unit == 0 ? 0 : enter_[unit] + 1;
    const std::size_t to = unit == 0 ? order_.size() : leave_[unit];
    for (std::size_t at = from; at < to; at = leave_[order_[at]]) all.push_back(order_[at]);
    std::sort(all.begin(), all.end());
    return all;
}

std::vector<std::int32_t> UnitTree::under(const std::vector<std::int32_t>& roots) const {
    std::vector<std::int32_t> index(enter_.size(), -1);
    for (std::size_t i = 0; i < roots.size(); ++i) {
        if (!known(roots[i])) continue;
        for (std::uint32_t at = enter_[roots[i]]; at < leave_[roots[i]]; ++at)
            index[order_[at]] = static_cast<std::int32_t>(i);
    }
    return index;
}

UnitTree load_unit_tree(const store::Reader& reader, Day on) {
    std::vector<std::pair<std::int32_t, std::int32_t>> parents;
    for (const auto& [unit, parent] : units::places_on(reader, on))
        parents.emplace_back(static_cast<std::int32_t>(unit.number()),
                             parent ? static_cast<std::int32_t>(parent->number()) : 0);
    return UnitTree(parents);
}

}  // namespace guidon::gallery
