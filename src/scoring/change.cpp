// One value changed: what else is no longer the same?
#include <algorithm>
#include <set>

#include "base/assert.h"
#include "scoring/state.h"

namespace guidon::scoring {

void Engine::State::set_cell(int unit, int indicator, Cell value, Cell target) {
    auto& column = field.columns[at(indicator)];
    column.values[at(unit)] = value;
    if (column.targets.empty() && !target.missing()) column.targets.resize(field.codes.size());
    if (!column.targets.empty()) column.targets[at(unit)] = target;
}

std::vector<int> Engine::State::affected_groups(const std::vector<int>& units) const {
    std::vector<int> found;
    for (const int unit : units)
        if (const int group = groups.of(unit);
            group >= 0 && std::find(found.begin(), found.end(), group) == found.end())
            found.push_back(group);
    return found;
}

Moved Engine::State::change(int unit, int indicator, Cell value, Cell target) {
    GUIDON_ASSERT(unit >= 0 && at(unit) < field.codes.size() && at(indicator) < field.columns.size());
    const auto& column = field.columns[at(indicator)];
    const Cell value_before = column.values[at(unit)];
    const Cell target_before = column.targets.empty() ? Cell() : column.targets[at(unit)];
    set_cell(unit, indicator, value, target);
    const auto changed = readings.refresh(unit, indicator);
    const auto touched = affected_groups(changed);

    // A relative rule looks at all peers; otherwise only those are scored whose readings moved.
    const bool compares = std::any_of(rules.criteria.begin(), rules.criteria.end(), [](const Criterion& criterion) {
        return std::holds_alternative<Relative>(criterion.rule);
    });
    std::vector<int> to_score;
    for (const int group : touched) {
        compare_peers(group);
        if (compares) to_score.insert(to_score.end(), groups.members(group).begin(), groups.members(group).end());
    }
    if (!compares)
        for (const int other : changed)
            if (field.takes_part[at(other)]) to_score.push_back(other);

    std::vector<Fault> faults;
    std::map<int, Place> fresh;
    for (const int other : to_score) fresh[other] = place_of(other, faults);
    if (!faults.empty()) {
        set_cell(unit, indicator, value_before, target_before);
        readings.refresh(unit, indicator);
        for (const int group : touched) compare_peers(group);
        if (faults.size() > max_faults) faults.resize(max_faults);
        throw Faults(std::move(faults));
    }
    std::map<int, Place> before;
    for (const int group : touched)
        for (const int member : groups.members(group)) before[member] = places[at(member)];
    for (auto& [other, place] : fresh) places[at(other)] = std::move(place);
    for (const int group : touched) rank_group(group);

    Moved moved;
    std::map<int, Subtree> subtrees_before;
    for (const auto& [member, old] : before) {
        const auto& now = places[at(member)];
        if (now == old && member != unit) continue;
        moved.standings.push_back(member);
        if (now.ranked == old.ranked && now.total == old.total && now.class_index == old.class_index) continue;
        for (int above = member; above >= 0; above = tree.parent(above)) {
            auto& sum = subtrees[at(above)];
            subtrees_before.try_emplace(above, sum);
            sum.units += now.ranked - old.ranked;
            sum.total += now.total - old.total;
            if (old.class_index >= 0) --sum.classes[at(old.class_index)];
            if (now.class_index >= 0) ++sum.classes[at(now.class_index)];
        }
    }
    if (!before.contains(unit)) moved.standings.push_back(unit);
    for (const auto& [above, sum] : subtrees_before)
        if (!(subtrees[at(above)] == sum)) moved.rollups.push_back(above);
    return moved;
}

}  // namespace guidon::scoring
