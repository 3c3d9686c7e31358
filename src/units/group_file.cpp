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

class GroupReader {
public:
    GroupReader(files::Rows& rows, const CodeIndex* known, files::FaultList& faults)
        : rows_(rows), known_(known), faults_(faults), found_(files::find_columns(rows, columns, "", faults)) {}

    GroupFile read() {
        if (faults_.errors() > 0) return {};
        const std::size_t expected = rows_.expected_rows();
        file_.members.reserve(expected);
        if (known_) in_group_.resize(static_cast<std::size_t>(known_->size()));
        while (rows_.next()) read_row();
        if (!known_ || again_) find_doubles(file_, faults_);
        return std::move(file_);
    }

private:
    std::string_view text(Column column) const {
        return found_[column] < 0 ? std::string_view() : rows_.field(found_[column]);
    }
    void refuse(Column column, const char* code) {
        faults_.error(rows_.place(found_[column]), code, {{"text", std::string(text(column))}});
    }

    void look_up(std::string_view code) {
        last_unit_ = known_->find(code, last_unit_ + 1);
        if (last_unit_ < 0) return refuse(unit, "group-file.unknown-unit");
        char& before = in_group_[static_cast<std::size_t>(last_unit_)];
        again_ = again_ || before;
        before = 1;
    }

    void read_row() {
        GroupRecord member;
        if (text(group) != last_group_) last_group_ = file_.texts.keep(text(group));
        member.group = last_group_;
        member.unit = file_.texts.keep(text(unit));
        member.period = file_.texts.keep(text(period));
        member.name = file_.texts.keep(text(name));
        member.place = rows_.place(found_[group]);
        member.unit_place = rows_.place(found_[unit]);
        if (member.group.empty()) refuse(group, "group-file.no-group");
        if (known_)
            look_up(member.unit);
        else if (!is_unit_code(member.unit))
            refuse(unit, "unit-file.code-shape");
        if (!member.period.empty() && !is_period(member.period)) refuse(period, "group-file.period");
        const auto as = role_of(text(role));
        if (!as) refuse(role, "group-file.role");
        member.role = as.value_or(GroupRole::none);
        file_.members.push_back(member);
    }

    files::Rows& rows_;
    const CodeIndex* known_;
    files::FaultList& faults_;
    std::vector<int> found_;
    std::vector<char> in_group_;  // of the units known: whether a row has named them
    bool again_ = false;          // whether two rows name the same one
    int last_unit_ = -1;
    std::string_view last_group_;
    GroupFile file_;
};

}  // namespace

GroupFile read_groups(files::Rows& rows, const CodeIndex* known, files::FaultList& faults) {
    return GroupReader(rows, known, faults).read();
}

GroupFile read_groups(std::string_view bytes, const std::string& file, const CodeIndex* known,
                      std::vector<Fault>& faults) {
    files::FaultList list(file, faults);
    files::CsvRows rows(bytes, list);
    if (list.errors() > 0) return {};
    return read_groups(rows, known, list);
}

}  // namespace guidon::units
