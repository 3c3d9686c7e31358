// One value changed: what else is no longer the same?
#include <algorithm>

#include "base/assert.h"
#include "scoring/state.h"

namespace guidon::scoring {
namespace {

void sort_and_unite(std::vector<int>& units) {
    std::sort(units.begin(), units.end());
    units.erase(std::unique(units.begin(), units.end()), units.end());
}

}  // namespace

void Engine::State::set_cell(int unit, int indicator, Cell value, Cell target) {
    auto& column = loaded.field.columns[at(indicator)];
    column.values[at(unit)] = value;
    if (column.targets.empty() && !target.missing()) column.targets.resize(loaded.field.codes.size());
    if (!column.targets.empty()) column.targets[at(unit)] = target;
}

std::vector<Fault> Engine::State::set_and_check(int unit, int indicator, Cell value, Cell target,
                                                std::vector<int>& changed) {
    set_cell(unit, indicator, value, target);
    changed = loaded.readings.refresh(unit, indicator);
    std::vector<int> groups;
    for (const int other : changed)
        if (const int group = loaded.groups.of(other); group >= 0) groups.push_back(group);
    sort_and_unite(groups);
    if (loaded.compares())
        for (const int group : groups) loaded.compare_peers(group);
    std::vector<Fault> faults;
    const auto& scorer = *loaded.scorers[0];
    for (const int other : changed)
        if (loaded.field.takes_part[at(other)]) scorer.check(other, indicator, faults);
    return faults;
}

Moved Engine::State::change(int unit, int indicator, Cell value, Cell target) {
    GUIDON_ASSERT(unit >= 0 && at(unit) < loaded.field.codes.size());
    GUIDON_ASSERT(indicator >= 0 && at(indicator) < loaded.field.columns.size());
    const auto& column = loaded.field.columns[at(indicator)];
    const Cell value_before = column.values[at(unit)];
    const Cell target_before = column.targets.empty() ? Cell() : column.targets[at(unit)];
    std::vector<int> changed;
    if (auto faults = set_and_check(unit, indicator, value, target, changed); !faults.empty()) {
        set_and_check(unit, indicator, value_before, target_before, changed);
        if (faults.size() > max_faults) faults.resize(max_faults);
        throw Faults(std::move(faults));
    }

    std::vector<int> units, groups;
    for (const int other : changed) {
        const int group = loaded.groups.of(other);
        if (group < 0) continue;
        units.push_back(other);
        groups.push_back(group);
    }
    sort_and_unite(groups);
    Moved moved;
    if (!board->rescore(units, groups, moved)) {
        board = make_board(1);
        board->score(1);
        moved = {loaded.groups.all_units(), loaded.tree.order()};
    }
    moved.standings.push_back(unit);
    sort_and_unite(moved.standings);
    sort_and_unite(moved.rollups);
    return moved;
}

}  // namespace guidon::scoring
