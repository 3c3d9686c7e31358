// What do the subtrees hold? Counts and sums of their ranked participants, brought up to date along one branch.
#pragma once

#include <vector>

#include "scoring/tree.h"

namespace guidon::scoring {

/// `Number` adds up exactly: a rational, or an integer that is known to be wide enough.
template <class Number>
class Subtrees {
public:
    struct Part {
        bool ranked = false;
        Number total{};
        int class_index = -1;
        bool operator==(const Part&) const = default;
    };

    Subtrees(const Tree& tree, std::size_t classes)
        : tree_(&tree),
          classes_(classes),
          units_(tree.order().size()),
          totals_(units_.size()),
          counts_(units_.size() * classes) {}

    int units(int unit) const { return units_[at(unit)]; }
    const Number& total(int unit) const { return totals_[at(unit)]; }
    std::vector<int> counts(int unit) const {
        const auto first = counts_.begin() + static_cast<std::ptrdiff_t>(at(unit) * classes_);
        return {first, first + static_cast<std::ptrdiff_t>(classes_)};
    }

    /// Everything anew; `part(unit)` gives a Part.
    template <class PartOf>
    void add_up(PartOf part) {
        for (std::size_t i = 0; i < units_.size(); ++i) set(static_cast<int>(i), part(static_cast<int>(i)));
        const auto& order = tree_->order();
        for (auto i = order.rbegin(); i != order.rend(); ++i)
            if (const int parent = tree_->parent(*i); parent >= 0) add(parent, *i);
    }

    /// One unit's part is no longer `before` but `after`; appends the units whose roll-up this touches, lowest first.
    void replace(int unit, const Part& before, const Part& after, std::vector<int>& touched) {
        for (int above = unit; above >= 0; above = tree_->parent(above)) {
            units_[at(above)] += after.ranked - before.ranked;
            totals_[at(above)] += after.total - before.total;
            if (before.class_index >= 0) --counts_[at(above) * classes_ + at(before.class_index)];
            if (after.class_index >= 0) ++counts_[at(above) * classes_ + at(after.class_index)];
            touched.push_back(above);
        }
    }

private:
    static std::size_t at(int index) { return static_cast<std::size_t>(index); }
    void set(int unit, const Part& part) {
        units_[at(unit)] = part.ranked;
        totals_[at(unit)] = part.total;
        for (std::size_t c = 0; c < classes_; ++c) counts_[at(unit) * classes_ + c] = at(part.class_index) == c;
    }
    void add(int parent, int child) {
        units_[at(parent)] += units_[at(child)];
        totals_[at(parent)] += totals_[at(child)];
        for (std::size_t c = 0; c < classes_; ++c)
            counts_[at(parent) * classes_ + c] += counts_[at(child) * classes_ + c];
    }
    const Tree* tree_;
    std::size_t classes_;
    std::vector<int> units_;
    std::vector<Number> totals_;
    std::vector<int> counts_;  // by unit, then class
};

}  // namespace guidon::scoring
