#include "units/unit_file.h"

#include <algorithm>

#include "base/dates.h"
#include "files/csv.h"

namespace guidon::units {
namespace {

enum Column { code, parent, kind, name, valid_from, valid_to, tags };
constexpr files::ColumnName columns[] = {
    {"code", files::Need::required}, {"parent", files::Need::required},     {"kind", files::Need::required},
    {"name", files::Need::required}, {"valid_from", files::Need::optional}, {"valid_to", files::Need::optional},
    {"tags", files::Need::optional},
};
constexpr std::string_view name_prefix = "name:";

class UnitReader {
public:
    UnitReader(files::Rows& rows, files::FaultList& faults) : rows_(rows), faults_(faults) {
        found_ = files::find_columns(rows, columns, name_prefix, faults);
        for (int i = 0; i < static_cast<int>(rows.header().size()); ++i)
            if (const auto& column = rows.header()[static_cast<std::size_t>(i)]; column.starts_with(name_prefix))
                names_.emplace_back(i, column.substr(name_prefix.size()));
    }

    UnitFile read(Parents where) {
        if (faults_.errors() > 0) return {};
        const std::size_t expected = rows_.expected_rows();
        file_.codes = CodeIndex(expected);
        file_.units.reserve(expected);
        parent_places_.reserve(expected);
        while (rows_.next()) read_row();
        if (!faults_.full()) find_parents(where);
        if (!faults_.full()) find_cycles();
        return std::move(file_);
    }

private:
    std::string_view text(Column column) const {
        const int at = found_[column];
        return at < 0 ? std::string_view() : rows_.field(at);
    }
    files::Place place(Column column) const { return rows_.place(found_[column]); }

    void read_row() {
        UnitRecord unit;
        unit.place = place(code);
        unit.code = file_.texts.keep(text(code));
        if (!is_unit_code(unit.code))
            return faults_.error(unit.place, "unit-file.code-shape", {{"text", std::string(unit.code)}});
        if (const int known = file_.codes.find(unit.code); known >= 0) {
            const auto first = file_.units[static_cast<std::size_t>(known)].place.line;
            return faults_.error(unit.place, "unit-file.code-twice",
                                 {{"code", std::string(unit.code)}, {"first", std::to_string(first)}});
        }
        unit.parent = file_.texts.keep(text(parent));
        unit.kind = kept_kind(text(kind));
        unit.name = file_.texts.keep(text(name));
        unit.tags = file_.texts.keep(text(tags));
        unit.valid_from = date(valid_from);
        unit.valid_to = date(valid_to);
        if (!unit.valid_from.empty() && !unit.valid_to.empty() && unit.valid_to <= unit.valid_from)
            faults_.error(place(valid_to), "unit-file.ends-before-it-begins",
                          {{"from", std::string(unit.valid_from)}, {"to", std::string(unit.valid_to)}});
        for (const auto& [column, language] : names_)
            if (const auto text = rows_.field(column); !text.empty()) unit.names.emplace(language, text);
        file_.codes.add(unit.code);
        parent_places_.push_back(unit.parent.empty() ? files::Place{} : place(parent));
        file_.units.push_back(std::move(unit));
    }

    std::string_view date(Column column) {
        const std::string_view text = this->text(column);
        if (text.empty() || is_date(text)) return file_.texts.keep(text);
        faults_.error(place(column), "unit-file.date",
                      {{"column", std::string(columns[column].name)}, {"text", std::string(text)}});
        return {};
    }

    /// A file has few kinds: one copy of each is enough.
    std::string_view kept_kind(std::string_view text) {
        const auto known = std::find(kinds_.begin(), kinds_.end(), text);
        if (known != kinds_.end()) return *known;
        const std::string_view kept = file_.texts.keep(text);
        if (kinds_.size() < 64) kinds_.push_back(kept);
        return kept;
    }

    void find_parents(Parents where) {
        file_.parents.reserve(file_.units.size());
        for (std::size_t i = 0; i < file_.units.size(); ++i) {
            const UnitRecord& unit = file_.units[i];
            const int above = unit.parent.empty() ? -1 : file_.codes.find(unit.parent);
            file_.parents.push_back(above);
            if (above < 0 && !unit.parent.empty() && where == Parents::in_file)
                faults_.error(parent_places_[i], "unit-file.unknown-parent",
                              {{"code", std::string(unit.code)}, {"parent", std::string(unit.parent)}});
        }
    }

    /// Follows parents from every unit; whoever meets its own walk again stands on a cycle.
    void find_cycles() {
        constexpr int fresh = 0;
        std::vector<int> walk_of(file_.units.size(), fresh);  // by which walk a unit was reached first
        for (int start = 0; start < static_cast<int>(walk_of.size()); ++start) {
            const int walk = start + 1;
            int at = start;
            while (at >= 0 && walk_of[static_cast<std::size_t>(at)] == fresh) {
                walk_of[static_cast<std::size_t>(at)] = walk;
                at = file_.parents[static_cast<std::size_t>(at)];
            }
            if (at >= 0 && walk_of[static_cast<std::size_t>(at)] == walk) tell_cycle(at);
        }
    }

    void tell_cycle(int member) {
        constexpr int named = 20;
        std::vector<int> cycle;
        int at = member;
        do {
            cycle.push_back(at);
            at = file_.parents[static_cast<std::size_t>(at)];
        } while (at != member);
        std::rotate(cycle.begin(), std::min_element(cycle.begin(), cycle.end()), cycle.end());
        std::string list;
        for (std::size_t i = 0; i < cycle.size() && i < named; ++i)
            list.append(file_.units[static_cast<std::size_t>(cycle[i])].code).append(" → ");
        list += cycle.size() > named ? "…" : std::string(file_.units[static_cast<std::size_t>(cycle[0])].code);
        faults_.error(parent_places_[static_cast<std::size_t>(cycle[0])], "unit-file.cycle",
                      {{"units", list}, {"count", std::to_string(cycle.size())}});
    }

    files::Rows& rows_;
    files::FaultList& faults_;
    std::vector<int> found_;
    std::vector<std::pair<int, std::string>> names_;
    std::vector<std::string_view> kinds_;
    std::vector<files::Place> parent_places_;
    UnitFile file_;
};

}  // namespace

UnitFile read_units(files::Rows& rows, Parents parents, files::FaultList& faults) {
    return UnitReader(rows, faults).read(parents);
}

UnitFile read_units(std::string_view bytes, const std::string& file, std::vector<Fault>& faults, Parents parents) {
    files::FaultList list(file, faults);
    files::CsvRows rows(bytes, list);
    if (list.errors() > 0) return {};
    return read_units(rows, parents, list);
}

}  // namespace guidon::units
