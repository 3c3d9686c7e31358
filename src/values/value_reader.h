// How is any table of values read, row by row, with the place of everything that is wrong? The plain way, for files
// that the fast scan gives up and for spreadsheets.
#pragma once

#include <optional>
#include <string_view>

#include "values/value_file.h"
#include "values/value_scan.h"

namespace guidon::values {

/// Finds the columns; faults and warnings as find_columns tells them.
Layout find_layout(const files::Rows& rows, files::FaultList& faults);

/// All rows, and at which character of its line each one's unit stands.
struct PlacedRows {
    ValueRows values;
    std::vector<int> columns;
};

/// Reads all rows. Rows without a period count as of `only_period`, where it is given.
PlacedRows read_any(files::Rows& rows, const units::CodeIndex& units, std::optional<std::string_view> only_period,
                    files::FaultList& faults);

/// Whether a unit, indicator, period and source occur twice.
bool has_twice(const ValueRows& values, int units);

}  // namespace guidon::values
