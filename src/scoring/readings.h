// What does a rule read of a unit? What it reported, or where it reported nothing, the roll-up of its children.
#pragma once

#include <unordered_map>
#include <vector>

#include "scoring/engine.h"
#include "scoring/exact.h"
#include "scoring/tree.h"

namespace guidon::scoring {

/// A cell after roll-up; the mean of decimals may be a fraction.
struct Reading {
    enum class State { missing, not_applicable, reported };
    State state = State::missing;
    Exact value;
    bool reported() const { return state == State::reported; }
    bool operator==(const Reading&) const = default;
};

/// One indicator's values, or its targets, rolled up over the tree. Keeps pointers to what it was made of.
class Layer {
public:
    Layer(const std::vector<Cell>& own, Rollup rollup, const Tree& tree);

    Reading read(int unit) const;
    bool missing(int unit) const;
    bool rolled_up(int unit) const;
    /// The cells after roll-up where all of them are decimals, else nothing.
    const std::vector<Cell>* decimals() const;
    /// After own cell of `unit` changed: brings it and the units above up to date and appends those whose reading
    /// is no longer the same, the lowest first.
    void refresh(int unit, std::vector<int>& moved);

private:
    Cell own(int unit) const;
    bool roll_up(int unit);  // whether it changed anything
    const std::vector<Cell>* own_;
    Rollup rollup_;
    const Tree* tree_;
    std::vector<Cell> cells_;               // after roll-up; empty where nothing is rolled up
    std::unordered_map<int, Exact> wider_;  // roll-ups that are no Decimal; their cell is missing
};

/// All of a field, by indicator.
class Readings {
public:
    Readings(const Rulebook& rules, const Field& field, const Tree& tree);
    const Layer& values(int indicator) const { return values_[static_cast<std::size_t>(indicator)]; }
    const Layer& targets(int indicator) const { return targets_[static_cast<std::size_t>(indicator)]; }
    /// The units whose value or target of `indicator` changed, each once, the lowest first.
    std::vector<int> refresh(int unit, int indicator);

private:
    std::vector<Layer> values_, targets_;
};

}  // namespace guidon::scoring
