#include "values/value_entries.h"

#include <algorithm>

#include "scoring/entries.h"

namespace guidon::values {
namespace {

class ColumnBuilder {
public:
    ColumnBuilder(const PlacedRows& placed, const units::CodeIndex& units, const Wanted& wanted,
                  files::FaultList& faults)
        : placed_(placed), rows_(placed.values), units_(units), wanted_(wanted), faults_(faults) {}

    ValueColumns build() {
        result_ = empty_columns(wanted_, static_cast<std::size_t>(units_.size()));
        std::vector<std::vector<std::size_t>> by_indicator(rows_.indicators.size());
        for (std::size_t i = 0; i < rows_.rows.size(); ++i) {
            const ValueRow& row = rows_.rows[i];
            if (rows_.periods[static_cast<std::size_t>(row.period)] != wanted_.period) continue;
            result_.reporting[static_cast<std::size_t>(row.unit)] = 1;
            by_indicator[static_cast<std::size_t>(row.indicator)].push_back(i);
        }
        for (auto& rows : by_indicator)
            std::stable_sort(rows.begin(), rows.end(),
                             [&](std::size_t a, std::size_t b) { return rows_.rows[a].unit < rows_.rows[b].unit; });
        for (std::size_t column = 0; column < wanted_.indicators.size(); ++column) {
            const auto& indicator = wanted_.indicators[column];
            const auto found = std::find(rows_.indicators.begin(), rows_.indicators.end(),
                                         indicator.from.empty() ? indicator.key : indicator.from);
            if (found == rows_.indicators.end()) continue;
            fill(result_.columns[column], indicator,
                 by_indicator[static_cast<std::size_t>(found - rows_.indicators.begin())]);
        }
        return std::move(result_);
    }

private:
    /// `rows` are those of the indicator, by unit.
    void fill(scoring::Column& column, const scoring::Indicator& indicator, const std::vector<std::size_t>& rows) {
        for (std::size_t from = 0, to = 0; from < rows.size(); from = to) {
            const auto unit = rows_.rows[rows[from]].unit;
            while (to < rows.size() && rows_.rows[rows[to]].unit == unit) ++to;
            const std::vector<std::size_t> own(rows.begin() + static_cast<std::ptrdiff_t>(from),
                                               rows.begin() + static_cast<std::ptrdiff_t>(to));
            fill_target(column, indicator, own);
            if (indicator.entries)
                fill_combined(column, indicator, own);
            else if (own.size() > 1)
                refuse("value-file.one-row", indicator, own[1], own[0]);
            else
                column.values[static_cast<std::size_t>(unit)] = rows_.rows[own[0]].value;
        }
    }

    void fill_combined(scoring::Column& column, const scoring::Indicator& indicator,
                       const std::vector<std::size_t>& own) {
        std::vector<scoring::Cell> cells;
        for (const std::size_t i : own) {
            const ValueRow& row = rows_.rows[i];
            cells.push_back(row.value);
            const int source = row.source < 0 ? -1 : units_.find(rows_.sources[static_cast<std::size_t>(row.source)]);
            column.entries.push_back({row.unit, source, row.value});
        }
        const auto combined = scoring::cell_of_entries(*indicator.entries, cells);
        if (!combined) return refuse("value-file.too-large", indicator, own[0], own[0]);
        column.values[static_cast<std::size_t>(rows_.rows[own[0]].unit)] = *combined;
    }

    void fill_target(scoring::Column& column, const scoring::Indicator& indicator,
                     const std::vector<std::size_t>& own) {
        const ValueRow* given = nullptr;
        for (const std::size_t i : own) {
            const ValueRow& row = rows_.rows[i];
            if (row.target.missing()) continue;
            if (given) return refuse("value-file.one-target", indicator, i, own[0]);
            given = &row;
            if (column.targets.empty()) column.targets.resize(result_.reporting.size());
            column.targets[static_cast<std::size_t>(row.unit)] = row.target;
        }
    }

    void refuse(const char* code, const scoring::Indicator& indicator, std::size_t row, std::size_t first) {
        const ValueRow& here = rows_.rows[row];
        faults_.error({here.line, placed_.columns[row]}, code,
                      {{"unit", std::string(units_.code(here.unit))},
                       {"indicator", indicator.from.empty() ? indicator.key : indicator.from},
                       {"first", std::to_string(rows_.rows[first].line)}});
    }

    const PlacedRows& placed_;
    const ValueRows& rows_;
    const units::CodeIndex& units_;
    const Wanted& wanted_;
    files::FaultList& faults_;
    ValueColumns result_;
};

}  // namespace

ValueColumns empty_columns(const Wanted& wanted, std::size_t units) {
    ValueColumns result;
    result.columns.resize(wanted.indicators.size());
    for (auto& column : result.columns) column.values.resize(units);
    result.reporting.resize(units);
    return result;
}

ValueColumns columns_of(const PlacedRows& rows, const units::CodeIndex& units, const Wanted& wanted,
                        files::FaultList& faults) {
    if (faults.errors() > 0) return empty_columns(wanted, static_cast<std::size_t>(units.size()));
    return ColumnBuilder(rows, units, wanted, faults).build();
}

}  // namespace guidon::values
