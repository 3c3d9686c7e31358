#include "scoring/readings.h"

#include <algorithm>
#include <optional>

namespace guidon::scoring {
namespace {

std::size_t at(int index) {
    return static_cast<std::size_t>(index);
}

/// Adds up what children report, in whole millionths as long as all of them are decimals.
class Fold {
public:
    explicit Fold(Rollup how) : how_(how) {}
    void add(Cell cell) { add(exact(cell.value())); }
    void add(const Exact& value) {
        ++count_;
        if (how_ == Rollup::sum || how_ == Rollup::mean || count_ == 1) {
            result_ += value;
        } else if (how_ == Rollup::max ? value > result_ : value < result_) {
            result_ = value;
        }
    }
    std::optional<Exact> result() const {
        if (count_ == 0) return std::nullopt;
        return how_ == Rollup::mean ? Exact(result_ / count_) : result_;
    }

private:
    Rollup how_;
    Exact result_;
    int count_ = 0;
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
    std::optional<Exact> wide;
    if (after.missing() && !tree_->children(unit).empty()) {
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
