#include "units/group_file.h"

#include <algorithm>
#include <optional>
#include <tuple>

#include "base/dates.h"
#include "files/csv.h"

namespace guidon::units {
namespace {

enum Column { group, unit, period, role, name };
constexpr files::ColumnName columns[] = {
    {"group", files::Need::required}, {"unit", files::Need::required}, {"period", files::Need::optional},
    {"role", files::Need::optional},  {"name", files::Need::optional},
};

std::optional<GroupRole> role_of(std::string_view text) {
    if (text.empty()) return GroupRole::none;
    if (text == "leader") return GroupRole::leader;
    if (text == "deputy") return GroupRole::deputy;
    return std::nullopt;
}

void read_row(files::Rows& rows, const std::vector<int>& found, const CodeIndex* known, files::FaultList& faults,
              GroupFile& file) {
    const auto text = [&](Column column) { return found[column] < 0 ? std::string_view() : rows.field(found[column]); };
    const auto refuse = [&](Column column, const char* code) {
        faults.error(rows.place(found[column]), code, {{"text", std::string(text(column))}});
    };
    const auto as = role_of(text(role));
    if (text(group).empty()) refuse(group, "group-file.no-group");
    if (known ? known->find(text(unit)) < 0 : !is_unit_code(text(unit)))
        refuse(unit, known ? "group-file.unknown-unit" : "unit-file.code-shape");
    if (!text(period).empty() && !is_period(text(period))) refuse(period, "group-file.period");
    if (!as) refuse(role, "group-file.role");
    file.members.push_back({file.texts.keep(text(group)), file.texts.keep(text(unit)), file.texts.keep(text(period)),
                            as.value_or(GroupRole::none), file.texts.keep(text(name)), rows.place(found[group]),
                            rows.place(found[unit])});
}

/// A row without a period holds for every period, so a second row of the unit is one too many whatever it says.
void find_doubles(const GroupFile& file, files::FaultList& faults) {
    std::vector<int> order(file.members.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<int>(i);
    const auto member = [&](int i) -> const GroupRecord& { return file.members[static_cast<std::size_t>(i)]; };
    std::sort(order.begin(), order.end(), [&](int a, int b) {
        return std::tie(member(a).unit, member(a).period, a) < std::tie(member(b).unit, member(b).period, b);
    });
    std::vector<std::pair<int, int>> doubles;  // row, the earlier row that it contradicts
    int every = -1;                            // the unit's row without a period, which sorts first
    for (std::size_t i = 0; i < order.size(); ++i) {
        const GroupRecord& here = member(order[i]);
        if (i == 0 || member(order[i - 1]).unit != here.unit) {
            every = here.period.empty() ? order[i] : -1;
            continue;
        }
        int other = every;
        if (other < 0 && member(order[i - 1]).period == here.period) other = order[i - 1];
        if (other >= 0) doubles.emplace_back(std::max(order[i], other), std::min(order[i], other));
    }
    std::sort(doubles.begin(), doubles.end());
    for (const auto& [row, first] : doubles)
        faults.error(member(row).unit_place, "group-file.unit-twice",
                     {{"unit", std::string(member(row).unit)},
                      {"group", std::string(member(first).group)},
                      {"first", std::to_string(member(first).unit_place.line)}});
}

}  // namespace

GroupFile read_groups(files::Rows& rows, const CodeIndex* known, files::FaultList& faults) {
    GroupFile file;
    const auto found = files::find_columns(rows, columns, "", faults);
    if (faults.errors() > 0) return file;
    while (rows.next()) read_row(rows, found, known, faults, file);
    find_doubles(file, faults);
    return file;
}

GroupFile read_groups(std::string_view bytes, const std::string& file, const CodeIndex* known,
                      std::vector<Fault>& faults) {
    files::FaultList list(file, faults);
    files::CsvRows rows(bytes, list);
    if (list.errors() > 0) return {};
    return read_groups(rows, known, list);
}

}  // namespace guidon::units
