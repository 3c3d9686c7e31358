#include "scoring/tree.h"

#include "base/assert.h"

namespace guidon::scoring {

Tree::Tree(const std::vector<int>& parents)
    : parents_(parents),
      positions_(parents.size()),
      ends_(parents.size()),
      children_(parents.size()),
      first_child_(parents.size() + 1) {
    const auto count = static_cast<int>(parents.size());
    std::size_t with_parent = 0;
    for (const int parent : parents)
        if (parent >= 0) ++first_child_[at(parent) + 1], ++with_parent;
    for (std::size_t i = 0; i < parents.size(); ++i) first_child_[i + 1] += first_child_[i];
    auto next = first_child_;
    for (int unit = 0; unit < count; ++unit)
        if (parents[at(unit)] >= 0) children_[at(next[at(parents[at(unit)])]++)] = unit;
    children_.resize(with_parent);

    order_.reserve(parents.size());
    std::vector<int> stack;
    for (int unit = count; unit-- > 0;)
        if (parents[at(unit)] < 0) stack.push_back(unit);
    while (!stack.empty()) {
        const int unit = stack.back();
        stack.pop_back();
        positions_[at(unit)] = static_cast<int>(order_.size());
        order_.push_back(unit);
        const auto below = children(unit);
        stack.insert(stack.end(), below.rbegin(), below.rend());
    }
    GUIDON_ASSERT(order_.size() == parents.size());  // else a cycle: refused where units are read

    for (int i = count; i-- > 0;) {
        const int unit = order_[at(i)];
        const auto below = children(unit);
        ends_[at(unit)] = below.empty() ? i + 1 : ends_[at(below.back())];
    }
}

}  // namespace guidon::scoring
