// How do units lie below each other? In depth-first order a subtree is a range.
#pragma once

#include <span>
#include <vector>

namespace guidon::scoring {

class Tree {
public:
    /// `parents[u]` = index of the parent, -1 = root; in any order, without a cycle.
    explicit Tree(const std::vector<int>& parents);

    /// Units, parents before their children, each subtree together.
    const std::vector<int>& order() const { return order_; }
    int position(int unit) const { return positions_[at(unit)]; }
    /// The subtree of `unit`, itself first: positions position(unit) … end(unit) of order().
    int end(int unit) const { return ends_[at(unit)]; }
    int parent(int unit) const { return parents_[at(unit)]; }
    std::span<const int> children(int unit) const {
        return {children_.data() + first_child_[at(unit)], children_.data() + first_child_[at(unit) + 1]};
    }

private:
    static std::size_t at(int unit) { return static_cast<std::size_t>(unit); }
    std::vector<int> parents_, order_, positions_, ends_, children_, first_child_;
};

}  // namespace guidon::scoring
