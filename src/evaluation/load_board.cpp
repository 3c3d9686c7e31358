#include <algorithm>

#include "evaluation/live_cycles.h"
#include "evaluation/participants.h"
#include "movements/publications_store.h"
#include "units/groups_store.h"
#include "units/units_store.h"
#include "values/values_store.h"

namespace guidon::evaluation {

namespace {

/// Everything about all units of the day, before the units that the cycle does not need are left out.
struct Everything {
    std::vector<units::Unit> units;
    std::vector<int> parents;
    std::vector<std::string> codes, kinds;
    std::vector<int> groups;
    std::vector<std::string> group_codes;
    std::map<std::string, GroupLabel> group_labels;
    std::vector<scoring::Column> columns;
};

Everything load_everything(const store::Reader& reader, const movements::Cycle& cycle) {
    Everything all;
    all.units = units::load_units(reader, Day::parse(cycle.ends).value_or(Day::never()));
    std::unordered_map<units::UnitId, int> index;
    std::vector<units::UnitId> ids;
    for (const auto& unit : all.units) {
        index.emplace(unit.id, static_cast<int>(ids.size()));
        ids.push_back(unit.id);
        all.codes.push_back(unit.code);
        all.kinds.push_back(unit.kind);
    }
    for (const auto& unit : all.units) {
        const auto parent = unit.parent ? index.find(*unit.parent) : index.end();
        all.parents.push_back(parent == index.end() ? -1 : parent->second);
    }

    std::unordered_map<units::GroupId, units::Group> groups;
    for (auto& group : units::groups(reader)) groups.emplace(group.id, group);
    std::map<std::string, int> group_index;
    all.groups.assign(ids.size(), -1);
    for (const auto& membership : units::memberships(reader, cycle.period)) {
        const auto unit = index.find(membership.unit);
        if (unit == index.end()) continue;
        const units::Group& group = groups.at(membership.group);
        const auto [place, added] = group_index.emplace(group.code, static_cast<int>(all.group_codes.size()));
        if (added) all.group_codes.push_back(group.code);
        all.groups[static_cast<std::size_t>(unit->second)] = place->second;
        GroupLabel& label = all.group_labels[group.code];
        if (!group.name.empty()) label.names = {{"", group.name}};
        if (membership.role == units::GroupRole::leader)
            label.leader = all.codes[static_cast<std::size_t>(unit->second)];
        if (membership.role == units::GroupRole::deputy)
            label.deputy = all.codes[static_cast<std::size_t>(unit->second)];
    }

    all.columns = values::load_columns(reader, cycle.period, cycle.rules.indicators, ids, all.codes);
    return all;
}

std::vector<char> who_reported(const Everything& all) {
    std::vector<char> reported(all.units.size());
    for (const auto& column : all.columns)
        for (std::size_t i = 0; i < column.values.size(); ++i)
            if (!column.values[i].missing()) reported[i] = 1;
    return reported;
}

std::vector<char> choose(const Everything& all, const movements::Cycle& cycle, const std::vector<char>& reported) {
    std::vector<char> has = reported, exists(all.units.size());
    const Day starts = Day::parse(cycle.starts).value_or(Day::always()),
              ends = Day::parse(cycle.ends).value_or(Day::never());
    for (std::size_t i = 0; i < has.size(); ++i) {
        has[i] = has[i] || all.groups[i] >= 0;
        exists[i] = all.units[i].exists.from <= ends && starts < all.units[i].exists.to;
    }
    return participants(cycle, {all.codes, all.parents, all.kinds, all.groups, all.group_codes, has, exists});
}

/// Participants, whoever reported, and all their ancestors: what the result and its roll-ups are made of.
std::vector<int> needed(const Everything& all, const std::vector<char>& takes_part, const std::vector<char>& reported) {
    std::vector<char> wanted(all.units.size());
    for (int i = 0; i < static_cast<int>(all.units.size()); ++i)
        if (takes_part[static_cast<std::size_t>(i)] || reported[static_cast<std::size_t>(i)])
            for (int at = i; at >= 0 && !wanted[static_cast<std::size_t>(at)];
                 at = all.parents[static_cast<std::size_t>(at)])
                wanted[static_cast<std::size_t>(at)] = 1;
    std::vector<int> chosen;
    for (std::size_t i = 0; i < wanted.size(); ++i)
        if (wanted[i]) chosen.push_back(static_cast<int>(i));
    return chosen;
}

scoring::Field field_of(const Everything& all, const std::vector<int>& chosen, const std::vector<char>& takes_part) {
    scoring::Field field;
    field.group_codes = all.group_codes;
    std::vector<int> place(all.units.size(), -1);
    std::map<std::string, int> kinds;
    for (std::size_t i = 0; i < chosen.size(); ++i) place[static_cast<std::size_t>(chosen[i])] = static_cast<int>(i);
    for (const int unit : chosen) {
        const auto at = static_cast<std::size_t>(unit);
        field.codes.push_back(all.codes[at]);
        field.parents.push_back(all.parents[at] < 0 ? -1 : place[static_cast<std::size_t>(all.parents[at])]);
        const auto [kind, added] = kinds.emplace(all.kinds[at], static_cast<int>(field.kind_codes.size()));
        if (added) field.kind_codes.push_back(all.kinds[at]);
        field.kinds.push_back(kind->second);
        field.groups.push_back(all.groups[at]);
        field.takes_part.push_back(takes_part[at]);
    }
    for (const auto& column : all.columns) {
        scoring::Column narrow;
        for (const auto& entry : column.entries)
            if (const int unit = place[static_cast<std::size_t>(entry.unit)]; unit >= 0)
                narrow.entries.push_back(
                    {unit, entry.source < 0 ? -1 : place[static_cast<std::size_t>(entry.source)], entry.value});
        for (const int unit : chosen) {
            if (!column.values.empty()) narrow.values.push_back(column.values[static_cast<std::size_t>(unit)]);
            if (!column.targets.empty()) narrow.targets.push_back(column.targets[static_cast<std::size_t>(unit)]);
        }
        field.columns.push_back(std::move(narrow));
    }
    return field;
}

UnitLabel label_of(const units::Unit& unit) {
    UnitLabel label{
        .id = unit.public_id, .code = unit.code, .names = unit.names, .folded = folded(unit.code), .row = unit.id};
    for (const auto& [_, name] : unit.names) label.folded += "\n" + folded(name);
    return label;
}

}  // namespace

std::unique_ptr<Board> load_board(const store::Reader& reader, const std::string& key, const std::string& period,
                                  int threads) {
    const auto stored = movements::find_cycle(reader, key, period);
    if (!stored) throw Problem("movement.unknown-cycle", {{"movement", key}, {"period", period}}, "", 404);
    std::vector<Fault> faults;
    auto cycle = movements::read_cycle(stored->toml, key + "-" + period + ".toml", faults);
    if (!cycle) throw Faults(std::move(faults));

    Everything all = load_everything(reader, *cycle);
    const std::vector<char> reported = who_reported(all);
    const std::vector<char> takes_part = choose(all, *cycle, reported);
    const std::vector<int> chosen = needed(all, takes_part, reported);
    scoring::Engine engine(cycle->rules, field_of(all, chosen, takes_part), threads);
    auto board = std::make_unique<Board>(Board{.cycle = std::move(*cycle),
                                               .engine = std::move(engine),
                                               .units = {},
                                               .groups = std::move(all.group_labels),
                                               .unit_by_id = {},
                                               .unit_by_code = {},
                                               .published = movements::last_publication(reader, stored->id).stands()});
    for (const int unit : chosen) {
        UnitLabel label = label_of(all.units[static_cast<std::size_t>(unit)]);
        board->unit_by_id.emplace(label.id, static_cast<int>(board->units.size()));
        board->unit_by_code.emplace(label.code, static_cast<int>(board->units.size()));
        board->units.push_back(std::move(label));
    }
    return board;
}

}  // namespace guidon::evaluation
