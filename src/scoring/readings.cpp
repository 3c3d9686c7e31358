#include "scoring/readings.h"

#include <algorithm>
#include <optional>

namespace guidon::scoring {
namespace {

std::size_t at(int index) {
    return static_cast<std::size_t>(index);
}

Exact exact_millionths(__int128 n) {
    constexpr __int128 part = __int128{1} << 62;
    Exact high(static_cast<long>(n / part)), low(static_cast<long>(n % part));
    return (high * static_cast<long>(part) + low) / Decimal::unit;
}

/// Rolls up what children report: whole millionths as long as they are decimals, rationals for the others.
class Fold {
public:
    explicit Fold(Rollup how) : how_(how) {}
    void add(Cell cell) {
        const auto n = cell.value().in_millionths();
        sum_ += n;
        least_ = decimals_ == 0 ? n : std::min(least_, n);
        most_ = decimals_ == 0 ? n : std::max(most_, n);
        ++decimals_;
    }
    void add(const Exact& value) { wide_ = wide_count_++ == 0 ? value : joined(wide_, value); }
    std::optional<Exact> result() const {
        if (decimals_ + wide_count_ == 0) return std::nullopt;
        Exact all = how_ == Rollup::max   ? exact(Decimal::millionths(most_))
                    : how_ == Rollup::min ? exact(Decimal::millionths(least_))
                                          : exact_millionths(sum_);
        if (wide_count_ > 0) all = decimals_ > 0 ? joined(all, wide_) : wide_;
        return how_ == Rollup::mean ? Exact(all / (decimals_ + wide_count_)) : all;
    }

private:
    Exact joined(const Exact& a, const Exact& b) const {
        if (how_ == Rollup::max) return std::max(a, b);
        if (how_ == Rollup::min) return std::min(a, b);
        return a + b;
    }
    Rollup how_;
    __int128 sum_ = 0;
    std::int64_t least_ = 0, most_ = 0;
    Exact wide_;
    int decimals_ = 0, wide_count_ = 0;
};

/// The cell that holds `value`, if a Decimal can.
std::optional<Cell> cell_of(const Exact& value) {
    const Exact scaled = value * Decimal::unit;
    if (scaled.get_den() != 1 || abs(scaled) >= Exact(Decimal::limit)) return std::nullopt;
    return Cell(Decimal::millionths(scaled.get_num().get_si()));
}

}  // namespace

Layer::Layer(const std::vector<Cell>& own, Rollup rollup, const Tree& tree)
    : own_(&own), rollup_(rollup), tree_(&tree) {
    if (rollup_ == Rollup::none || own.empty()) return;
    cells_ = own;
    const auto& order = tree.order();
    for (auto unit = order.rbegin(); unit != order.rend(); ++unit) roll_up(*unit);
}

Cell Layer::own(int unit) const {
    return own_->empty() ? Cell() : (*own_)[at(unit)];
}

Reading Layer::read(int unit) const {
    const Cell cell = cells_.empty() ? own(unit) : cells_[at(unit)];
    if (cell.reported()) return {Reading::State::reported, exact(cell.value())};
    if (cell.is_not_applicable()) return {Reading::State::not_applicable, {}};
    if (!wider_.empty())
        if (const auto wide = wider_.find(unit); wide != wider_.end()) return {Reading::State::reported, wide->second};
    return {};
}

bool Layer::missing(int unit) const {
    const Cell cell = cells_.empty() ? own(unit) : cells_[at(unit)];
    return cell.missing() && (wider_.empty() || !wider_.contains(unit));
}

bool Layer::rolled_up(int unit) const {
    return own(unit).missing() && !missing(unit);
}

const std::vector<Cell>* Layer::decimals() const {
    if (!wider_.empty()) return nullptr;
    return cells_.empty() ? own_ : &cells_;
}

bool Layer::roll_up(int unit) {
    const Cell before = cells_[at(unit)];
    Cell after = own(unit);
    if (tree_->children(unit).empty()) {
        cells_[at(unit)] = after;
        return !(before == after);
    }
    std::optional<Exact> wide;
    if (after.missing()) {
        Fold fold(rollup_);
        for (const int child : tree_->children(unit)) {
            if (cells_[at(child)].reported())
                fold.add(cells_[at(child)]);
            else if (const auto found = wider_.find(child); found != wider_.end())
                fold.add(found->second);
        }
        if (auto result = fold.result()) {
            if (const auto cell = cell_of(*result))
                after = *cell;
            else
                wide = std::move(result);
        }
    }
    cells_[at(unit)] = after;
    const auto known = wider_.find(unit);
    if (known == wider_.end() && !wide) return !(before == after);
    if (known != wider_.end() && wide && known->second == *wide) return false;
    if (wide)
        wider_[unit] = *wide;
    else
        wider_.erase(known);
    return true;
}

void Layer::refresh(int unit, std::vector<int>& moved) {
    if (rollup_ == Rollup::none) {
        moved.push_back(unit);
        return;
    }
    if (own_->empty()) return;
    if (cells_.empty()) cells_.resize(own_->size());  // the first target of a column without any
    for (; unit >= 0 && roll_up(unit); unit = tree_->parent(unit)) moved.push_back(unit);
}

Readings::Readings(const Rulebook& rules, const Field& field, const Tree& tree) {
    for (std::size_t i = 0; i < rules.indicators.size(); ++i) {
        values_.emplace_back(field.columns[i].values, rules.indicators[i].rollup, tree);
        targets_.emplace_back(field.columns[i].targets, rules.indicators[i].rollup, tree);
    }
}

std::vector<int> Readings::refresh(int unit, int indicator) {
    std::vector<int> moved, by_target;
    values_[at(indicator)].refresh(unit, moved);
    targets_[at(indicator)].refresh(unit, by_target);
    for (const int other : by_target)
        if (std::find(moved.begin(), moved.end(), other) == moved.end()) moved.push_back(other);
    return moved;
}

}  // namespace guidon::scoring
