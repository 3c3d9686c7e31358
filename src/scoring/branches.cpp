#include "scoring/branches.h"

#include <algorithm>

#include "scoring/lanes.h"

namespace guidon::scoring {

Branches::Branches(const Tree& tree, const PeerGroups& groups, std::size_t classes)
    : tree_(&tree), groups_(&groups), classes_(classes), inner_(tree.order().size(), -1) {
    for (auto unit = tree.order().rbegin(); unit != tree.order().rend(); ++unit) {
        if (tree.children(*unit).empty()) continue;
        inner_[at(*unit)] = static_cast<int>(inner_units_.size());
        inner_units_.push_back(*unit);
    }
    for (int slot = 0; slot < groups.slots(); ++slot) {
        const int unit = groups.unit(slot), parent = tree.parent(unit);
        if (inner_[at(unit)] >= 0 || parent < 0) continue;
        const bool goes_on = !runs_.empty() && runs_.back().parent == inner_[at(parent)] && runs_.back().end == slot &&
                             groups.of(groups.unit(slot - 1)) == groups.of(unit);
        if (!goes_on) runs_.push_back({inner_[at(parent)], slot, slot});
        ++runs_.back().end;
    }
    units_.resize(inner_units_.size());
    totals_.resize(inner_units_.size());
    counts_.resize(inner_units_.size() * classes);
    run_units_.resize(runs_.size());
    run_totals_.resize(runs_.size());
    run_counts_.resize(runs_.size() * classes);
}

void Branches::add_run(std::size_t run, const SlotParts& slots) {
    const int begin = runs_[run].begin, count = runs_[run].end - begin;
    run_units_[run] = lanes::count_set(slots.ranked + begin, count);
    run_totals_[run] = lanes::sum(slots.totals + begin, count);
    for (std::size_t c = 0; c < classes_; ++c)
        run_counts_[run * classes_ + c] = lanes::count_equal(slots.classes + begin, count, static_cast<std::int8_t>(c));
}

void Branches::add(std::size_t to, int units, std::int64_t total, const int* classes) {
    units_[to] += units;
    totals_[to] += total;
    for (std::size_t c = 0; c < classes_; ++c) counts_[to * classes_ + c] += classes[c];
}

void Branches::add_leaves(int begin, int end, const SlotParts& slots) {
    const auto first =
        std::lower_bound(runs_.begin(), runs_.end(), begin, [](const Run& run, int slot) { return run.begin < slot; });
    for (auto run = first; run != runs_.end() && run->begin < end; ++run)
        add_run(at(static_cast<int>(run - runs_.begin())), slots);
}

void Branches::add_up(const SlotParts& slots) {
    std::fill(units_.begin(), units_.end(), 0);
    std::fill(totals_.begin(), totals_.end(), 0);
    std::fill(counts_.begin(), counts_.end(), 0);
    for (std::size_t run = 0; run < runs_.size(); ++run)
        add(at(runs_[run].parent), run_units_[run], run_totals_[run], run_counts_.data() + run * classes_);
    for (std::size_t i = 0; i < inner_units_.size(); ++i) {
        const int unit = inner_units_[i];
        if (const int slot = groups_->slot(unit); slot >= 0 && slots.ranked[slot]) {
            ++units_[i];
            totals_[i] += slots.totals[slot];
            if (slots.classes[slot] >= 0) ++counts_[i * classes_ + at(slots.classes[slot])];
        }
        if (const int parent = tree_->parent(unit); parent >= 0)
            add(at(inner_[at(parent)]), units_[i], totals_[i], counts_.data() + i * classes_);
    }
}

void Branches::replace(int unit, const Part& before, const Part& after, std::vector<int>& touched) {
    for (int above = unit; above >= 0; above = tree_->parent(above)) {
        touched.push_back(above);
        const int inner = inner_[at(above)];
        if (inner < 0) continue;
        units_[at(inner)] += after.units - before.units;
        totals_[at(inner)] += after.total - before.total;
        for (std::size_t c = 0; c < classes_; ++c)
            counts_[at(inner) * classes_ + c] += after.classes[c] - before.classes[c];
    }
}

Branches::Part Branches::own(int unit, const SlotParts& slots) const {
    Part part{0, 0, std::vector<int>(classes_)};
    const int slot = groups_->slot(unit);
    if (slot < 0 || !slots.ranked[slot]) return part;
    part.units = 1;
    part.total = slots.totals[slot];
    if (slots.classes[slot] >= 0) ++part.classes[at(slots.classes[slot])];
    return part;
}

Branches::Part Branches::part(int unit, const SlotParts& slots) const {
    const int inner = inner_[at(unit)];
    if (inner < 0) return own(unit, slots);
    const auto counts = counts_.begin() + static_cast<std::ptrdiff_t>(at(inner) * classes_);
    return {units_[at(inner)], totals_[at(inner)], {counts, counts + static_cast<std::ptrdiff_t>(classes_)}};
}

}  // namespace guidon::scoring
