#include "evaluation/file_field.h"

#include "base/day.h"
#include "evaluation/participants.h"

namespace guidon::evaluation {
namespace {

std::vector<int> numbered(const std::vector<std::string_view>& texts, std::vector<std::string>& codes) {
    units::CodeIndex index;
    std::vector<int> numbers;
    numbers.reserve(texts.size());
    for (const auto text : texts) {
        const bool same = !numbers.empty() && index.code(numbers.back()) == text;
        numbers.push_back(same ? numbers.back() : index.add(text));
    }
    for (int i = 0; i < index.size(); ++i) codes.emplace_back(index.code(i));
    return numbers;
}

void add_groups(const movements::Cycle& cycle, const units::UnitFile& units, const units::GroupFile& groups,
                scoring::Field& field) {
    units::CodeIndex index;
    field.groups.assign(units.units.size(), -1);
    int unit = -1, group = -1;
    for (const auto& member : groups.members) {
        if (!member.period.empty() && member.period != cycle.period) continue;
        unit = units.codes.find(member.unit, unit + 1);
        if (group < 0 || index.code(group) != member.group) group = index.add(member.group);
        if (unit >= 0) field.groups[static_cast<std::size_t>(unit)] = group;
    }
    for (int i = 0; i < index.size(); ++i) field.group_codes.emplace_back(index.code(i));
}

/// Whether each unit exists on some day of the cycle.
std::vector<char> existing(const movements::Cycle& cycle, const units::UnitFile& units) {
    const Day starts = Day::parse(cycle.starts).value_or(Day::always());
    const Day ends = Day::parse(cycle.ends).value_or(Day::never());
    std::vector<char> exists;
    exists.reserve(units.units.size());
    for (const auto& unit : units.units) {
        const Day from = Day::parse(unit.valid_from).value_or(Day::always());
        const Day to = Day::parse(unit.valid_to).value_or(Day::never());
        exists.push_back(from <= ends && starts < to);
    }
    return exists;
}

}  // namespace

scoring::Field field_of_files(const movements::Cycle& cycle, const units::UnitFile& units,
                              const units::GroupFile& groups, values::ValueColumns values) {
    scoring::Field field;
    std::vector<std::string_view> kinds;
    for (const auto& unit : units.units) {
        field.codes.emplace_back(unit.code);
        kinds.push_back(unit.kind);
    }
    field.parents = units.parents;
    field.kinds = numbered(kinds, field.kind_codes);
    add_groups(cycle, units, groups, field);

    std::vector<char> known = std::move(values.reporting);
    for (std::size_t i = 0; i < known.size(); ++i) known[i] = known[i] || field.groups[i] >= 0;
    const std::vector<std::string> kind_names(kinds.begin(), kinds.end());
    field.takes_part = participants(cycle, {field.codes, field.parents, kind_names, field.groups, field.group_codes,
                                            known, existing(cycle, units)});
    field.columns = std::move(values.columns);
    return field;
}

}  // namespace guidon::evaluation
