#include "imports/export.h"

#include <algorithm>
#include <unordered_map>

#include "files/csv.h"
#include "imports/code_book.h"
#include "imports/exemplar_rows.h"
#include "imports/imports_rules.h"
#include "movements/movements_store.h"
#include "store/columns.h"
#include "units/groups_store.h"
#include "units/units_store.h"
#include "values/values_store.h"

namespace guidon::imports {
namespace {

std::set<std::string> languages_of(const std::vector<units::Unit>& list) {
    std::set<std::string> languages;
    for (const auto& unit : list) {
        for (const auto& [language, name] : unit.names) languages.insert(language);
    }
    languages.erase("");  // has the column `name`
    return languages;
}

std::string name_in(const units::Unit& unit, const std::string& language) {
    const auto name = unit.names.find(language);
    return name == unit.names.end() ? "" : name->second;
}

}  // namespace

void CsvOut::begin(std::vector<files::SheetColumn> columns) {
    std::vector<std::string_view> names;
    for (const auto& column : columns) names.push_back(column.name);
    row(names);
}

void CsvOut::row(const std::vector<std::string_view>& cells) {
    line_.clear();
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i > 0) line_ += ',';
        files::append_csv_field(line_, cells[i]);
    }
    line_ += '\n';
    append_(line_);
}

void XlsxOut::begin(std::vector<files::SheetColumn> columns) {
    writer_ = std::make_unique<files::XlsxWriter>(sheet_, std::move(columns));
}

std::int64_t export_units(const store::Reader& reader, Day on, TableOut& out) {
    auto list = units::load_units(reader, on);
    std::unordered_map<units::UnitId, std::string> codes;
    for (const auto& unit : list) codes.emplace(unit.id, unit.code);
    std::sort(list.begin(), list.end(), [](const auto& a, const auto& b) { return a.code < b.code; });
    const auto languages = languages_of(list);

    std::vector<files::SheetColumn> columns{{"code"}, {"parent"}, {"kind"}, {"name"}};
    for (const auto& language : languages) columns.push_back({"name:" + language});
    for (const auto* name : {"valid_from", "valid_to", "tags"}) columns.push_back({name});
    out.begin(columns);
    for (const auto& unit : list) {
        std::vector<std::string> cells{unit.code, unit.parent ? codes.at(*unit.parent) : "", unit.kind,
                                       name_in(unit, "")};
        for (const auto& language : languages) cells.push_back(name_in(unit, language));
        cells.insert(cells.end(), {unit.exists.from.text(), unit.exists.to.text(), store::joined(unit.tags)});
        out.row({cells.begin(), cells.end()});
    }
    return static_cast<std::int64_t>(list.size());
}

std::int64_t export_exemplars(const store::Reader& reader, Day today,
                              const std::function<bool(const exemplars::Exemplar&)>& sees, TableOut& out) {
    std::vector<files::SheetColumn> columns;
    for (const auto& column : exemplar_columns()) columns.push_back({column.name});
    out.begin(std::move(columns));
    const CodeBook codes(units::all_codes(reader), today);
    std::int64_t count = 0;
    exemplars::for_each_exemplar(reader, [&](const exemplars::Exemplar& one) {
        if (!sees(one)) return;
        const std::string person = one.person ? people::person(reader, *one.person).name : "";
        const auto cells = cells_of(one, exemplars::events_of(reader, one.id), person, codes);
        out.row({cells.begin(), cells.end()});
        ++count;
    });
    return count;
}

std::int64_t export_groups(const store::Reader& reader, Day today, TableOut& out) {
    const CodeBook book(units::all_codes(reader), today);
    std::unordered_map<units::GroupId, units::Group> groups;
    for (auto& group : units::groups(reader)) groups.emplace(group.id, std::move(group));
    struct Line {
        std::string group, unit, period;
        std::string_view role;
        std::string name;
    };
    std::vector<Line> lines;
    for (const auto& member : units::all_memberships(reader)) {
        const auto& group = groups.at(member.group);
        lines.push_back(
            {group.code, book.code(member.unit, member.period), member.period, units::code(member.role), group.name});
    }
    const auto key = [](const Line& line) { return std::tie(line.group, line.period, line.unit); };
    std::sort(lines.begin(), lines.end(), [&](const Line& a, const Line& b) { return key(a) < key(b); });
    out.begin({{"group"}, {"unit"}, {"period"}, {"role"}, {"name"}});
    for (const auto& line : lines) out.row({line.group, line.unit, line.period, line.role, line.name});
    return static_cast<std::int64_t>(lines.size());
}

bool ValueFilter::takes(const std::string& indicator, const std::string& in_period) const {
    if (indicators && !indicators->contains(indicator)) return false;
    return !period || in_period == *period || (indicators && in_period.empty());
}

namespace {

std::vector<values::Row> seen_rows(const store::Reader& reader, const values::Series& series,
                                   const ValueFilter& filter) {
    auto rows = values::load_series(reader, series.id);
    if (filter.sight && !filter.sight->open(series.indicator, series.period))
        std::erase_if(rows, [&](const values::Row& row) {
            return !filter.sight->sees(row.unit, series.indicator, series.period);
        });
    return rows;
}

}  // namespace

std::int64_t export_values(const store::Reader& reader, Day today, const ValueFilter& filter, TableOut& out) {
    using files::ColumnKind;
    const CodeBook book(units::all_codes(reader), today);
    const auto all = values::series(reader);
    const bool sourced = std::any_of(all.begin(), all.end(), [&](const auto& one) {
        return !one.source.empty() && (!filter.sight || !seen_rows(reader, one, filter).empty());
    });
    std::vector<files::SheetColumn> columns{
        {"unit"}, {"indicator"}, {"period"}, {"value", ColumnKind::number}, {"target", ColumnKind::number}, {"note"}};
    if (sourced) columns.push_back({"source"});
    out.begin(columns);
    std::int64_t count = 0;
    std::optional<std::string> codes_of;  // the period for which `codes` are
    std::unordered_map<units::UnitId, std::string> codes;
    for (const auto& series : all) {
        if (!filter.takes(series.indicator, series.period)) continue;
        if (codes_of != series.period) codes.clear();
        codes_of = series.period;
        const auto rows = seen_rows(reader, series, filter);
        std::vector<std::pair<std::string_view, const values::Row*>> by_code;
        for (const auto& row : rows) {
            auto& code = codes[row.unit];
            if (code.empty()) code = book.code(row.unit, series.period);
            by_code.emplace_back(code, &row);
        }
        std::sort(by_code.begin(), by_code.end());
        for (const auto& [code, row] : by_code) {
            const auto value = cell_text(row->value), target = cell_text(row->target);
            std::vector<std::string_view> fields{code, series.indicator, series.period, value, target, row->note};
            if (sourced) fields.push_back(series.source);
            out.row(fields);
        }
        count += static_cast<std::int64_t>(rows.size());
    }
    return count;
}

movements::StoredCycle meant_cycle(const store::Reader& reader, const std::string& key, const std::string& period) {
    const auto stored = movements::cycles(reader);
    std::string list;
    std::vector<movements::StoredCycle> meant;
    for (const auto& cycle : stored) {
        list += (list.empty() ? "" : ", ") + cycle.key + " " + cycle.period;
        if ((key.empty() || cycle.key == key) && (period.empty() || cycle.period == period)) meant.push_back(cycle);
    }
    if (meant.empty()) throw Problem("export.no-cycle", {{"key", key}, {"period", period}, {"stored", list}}, "", 404);
    if (meant.size() > 1) throw Problem("export.which-cycle", {{"stored", list}});
    return *movements::find_cycle(reader, meant[0].key, meant[0].period);
}

}  // namespace guidon::imports
