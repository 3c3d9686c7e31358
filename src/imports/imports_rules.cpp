#include "imports/imports_rules.h"

#include <algorithm>

#include "store/columns.h"

namespace guidon::imports {
namespace {

/// Row indices, a parent before its children. The parents have no cycle: the reader refused it.
std::vector<std::size_t> parents_first(const std::vector<int>& parents) {
    std::vector<std::size_t> order;
    std::vector<char> placed(parents.size());
    std::vector<std::size_t> way;
    for (std::size_t i = 0; i < parents.size(); ++i) {
        for (auto at = static_cast<int>(i); at >= 0 && !placed[static_cast<std::size_t>(at)];
             at = parents[static_cast<std::size_t>(at)]) {
            way.push_back(static_cast<std::size_t>(at));
            placed[way.back()] = 1;
        }
        order.insert(order.end(), way.rbegin(), way.rend());
        way.clear();
    }
    return order;
}

}  // namespace

units::UnitRow unit_row(const units::UnitRecord& record, const UnitColumns& columns, const KnownUnit* known) {
    units::UnitRow row;
    row.code = record.code;
    row.parent = record.parent;
    row.kind = record.kind;
    for (const auto& [language, name] : record.names) {
        if (!name.empty()) row.names[language] = name;
    }
    row.names[""] = record.name;
    row.tags = columns.tags || !known ? store::parted(record.tags) : known->unit.tags;
    if (known) row.exists = known->unit.exists;
    if (columns.valid_from || !known) row.exists.from = Day::parse(record.valid_from).value_or(Day::always());
    if (columns.valid_to || !known) row.exists.to = Day::parse(record.valid_to).value_or(Day::never());
    return row;
}

std::vector<Difference> unit_differences(const KnownUnit& known, const units::UnitRow& row) {
    std::vector<Difference> list;
    const auto differ = [&](std::string field, const std::string& before, const std::string& after) {
        if (before != after) list.push_back({std::move(field), before, after});
    };
    differ("parent", known.parent, row.parent);
    differ("kind", known.unit.kind, row.kind);
    for (const auto& [language, name] : row.names) {
        const auto before = known.unit.names.find(language);
        differ(language.empty() ? "name" : "name:" + language, before == known.unit.names.end() ? "" : before->second,
               name);
    }
    differ("tags", store::joined(known.unit.tags), store::joined(row.tags));
    differ("valid_from", known.unit.exists.from.text(), row.exists.from.text());
    differ("valid_to", known.unit.exists.to.text(), row.exists.to.text());
    return list;
}

UnitChanges compare_units(const units::UnitFile& file, const UnitColumns& columns,
                          const std::vector<std::optional<KnownUnit>>& known, Comparison& comparison) {
    UnitChanges changes;
    for (const auto i : parents_first(file.parents)) {
        const auto* before = known[i] ? &*known[i] : nullptr;
        auto row = unit_row(file.units[i], columns, before);
        if (!before) {
            comparison.add({file.units[i].place.line, row.code, unit_differences({}, row)});
            changes.added.push_back(std::move(row));
            continue;
        }
        auto differences = unit_differences(*before, row);
        if (differences.empty()) {
            comparison.keep();
            continue;
        }
        comparison.change({file.units[i].place.line, row.code, std::move(differences)});
        changes.changed.push_back({before->unit.id, std::move(row), before->since});
    }
    return changes;
}

std::vector<std::string> cycle_over_both(const units::UnitFile& file,
                                         const std::unordered_map<std::string, std::string>& stored_parents) {
    const auto parent_of = [&](const std::string& code) -> std::string {
        const int row = file.codes.find(code);
        if (row >= 0) return std::string(file.units[static_cast<std::size_t>(row)].parent);
        const auto stored = stored_parents.find(code);
        return stored == stored_parents.end() ? "" : stored->second;
    };
    std::unordered_map<std::string, std::size_t> seen;  // code → number of the walk that came through
    for (std::size_t walk = 0; walk < file.units.size(); ++walk) {
        std::vector<std::string> way;
        for (std::string code(file.units[walk].code); !code.empty(); code = parent_of(code)) {
            const auto [before, fresh] = seen.emplace(code, walk);
            if (!fresh && before->second != walk) break;
            if (!fresh) {
                way.erase(way.begin(), std::find(way.begin(), way.end(), code));
                way.push_back(code);
                return way;
            }
            way.push_back(code);
        }
    }
    return {};
}

std::string membership_key(units::UnitId unit, std::string_view period) {
    return std::to_string(unit.number()) + " " + std::string(period);
}

std::vector<units::MembershipRow> compare_groups(const units::GroupFile& file, const std::vector<units::UnitId>& units,
                                                 const KnownGroups& known, Comparison& comparison,
                                                 files::FaultList& faults) {
    std::unordered_map<std::string, std::string> names;  // that the file gives
    std::vector<units::MembershipRow> rows;
    for (std::size_t i = 0; i < file.members.size(); ++i) {
        const auto& member = file.members[i];
        const std::string group(member.group), name(member.name);
        if (!name.empty()) {
            const auto [before, fresh] = names.emplace(group, name);
            if (!fresh && before->second != name)
                faults.error(member.place, "import.group-two-names",
                             {{"group", group}, {"one", before->second}, {"other", name}});
        }
        const std::string subject =
            std::string(member.unit) + (member.period.empty() ? "" : " ") + std::string(member.period);
        const auto before = known.memberships.find(membership_key(units[i], member.period));
        std::vector<Difference> differences;
        if (before != known.memberships.end()) {
            const auto differ = [&](const char* field, const std::string& was, const std::string& is) {
                if (was != is) differences.push_back({field, was, is});
            };
            differ("group", before->second.group, group);
            differ("role", std::string(units::code(before->second.role)), std::string(units::code(member.role)));
            const auto named = known.names.find(group);
            if (!name.empty() && named != known.names.end()) differ("group_name", named->second, name);
            if (differences.empty()) {
                comparison.keep();
                continue;
            }
            comparison.change({member.place.line, subject, std::move(differences)});
        } else {
            comparison.add({member.place.line, subject, {{"group", "", group}}});
        }
        rows.push_back({group, name, units[i], std::string(member.period), member.role});
    }
    return rows;
}

std::string cell_text(scoring::Cell cell) {
    if (cell.reported()) return cell.value().text();
    return cell.is_not_applicable() ? "na" : "";
}

bool compare_series(const std::vector<values::Row>& rows, const std::vector<values::Row>& stored,
                    const std::function<Example(units::UnitId)>& example, Comparison& comparison) {
    static const values::Row nothing{};
    const auto shown = [&](const values::Row& was, const values::Row& is) {
        Example one = example(is.unit);
        const auto differ = [&](const char* field, const std::string& before, const std::string& after) {
            if (before != after) one.fields.push_back({field, before, after});
        };
        differ("value", cell_text(was.value), cell_text(is.value));
        differ("target", cell_text(was.target), cell_text(is.target));
        differ("note", was.note, is.note);
        return one;
    };
    bool any = false;
    auto before = stored.begin();
    for (const auto& row : rows) {
        while (before != stored.end() && before->unit < row.unit) ++before;
        const bool known = before != stored.end() && before->unit == row.unit;
        if (known ? before->same_as(row) : row.says_nothing()) {
            comparison.keep();
            continue;
        }
        any = true;
        if (known)
            comparison.wants_changed() ? comparison.change(shown(*before, row)) : comparison.change_unseen();
        else
            comparison.wants_added() ? comparison.add(shown(nothing, row)) : comparison.add_unseen();
    }
    return any;
}

}  // namespace guidon::imports
