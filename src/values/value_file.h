// What does values.csv say? Millions of reported figures, exact, with the place of everything that is wrong.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "files/rows.h"
#include "scoring/engine.h"
#include "units/code_index.h"

namespace guidon::values {

/// One row of a values file: indices into the caller's units and into the lists of `ValueRows`.
struct ValueRow {
    std::int32_t unit;
    std::int32_t indicator;
    std::int32_t period;
    std::int32_t line;
    scoring::Cell value, target;
    std::int32_t note = -1;    // -1 = none
    std::int32_t source = -1;  // which of several entries of one value this is; -1 = none
};

struct ValueRows {
    std::vector<std::string> indicators;  // keys, in the order in which they appear
    std::vector<std::string> periods;     // "" is one too: the movement's only period
    std::vector<std::string> notes;
    std::vector<std::string> sources;  // judges, races, opponents: see docs/handbook/formats.md
    std::vector<ValueRow> rows;        // as in the file
};

/// Reads all rows, for an import. `units` gives the index of a code.
/// Faults (`value-file.*`): an unknown unit, no indicator or one of a wrong shape, a period that is none, a number that
/// is none or has too many digits, the same unit, indicator, period and source twice (naming the first line); and those
/// of the table. The result is of use only if none of them is an error.
ValueRows read_values(std::string_view csv, const std::string& file, const units::CodeIndex& units, int threads,
                      std::vector<Fault>& faults);
/// The same from any table, on one thread.
ValueRows read_values(files::Rows& rows, const units::CodeIndex& units, files::FaultList& faults);

/// What a cycle wants to know of a values file.
struct Wanted {
    std::vector<scoring::Indicator> indicators;  // a column each
    std::string period;                          // rows of this period and rows without one
};

struct ValueColumns {
    std::vector<scoring::Column> columns;  // one per wanted indicator, a cell per unit of the index
    std::vector<char> reporting;           // per unit: 1 if a row of the period names it, whatever the indicator
};

/// Reads what a cycle wants, for scoring, with the same faults. A row of the wanted period and one without a period for
/// the same unit and indicator are the same row twice. Entries become one value as their indicator says; further
/// faults: several rows for an indicator that takes one, several targets of one value, a sum with too many digits.
ValueColumns read_columns(std::string_view csv, const std::string& file, const units::CodeIndex& units,
                          const Wanted& wanted, int threads, std::vector<Fault>& faults);

/// A value that something is wrong with beyond the file itself.
struct Asked {
    std::string unit, indicator;
};
/// Where each of `asked` stands in a file that was read without faults: its value, else any row of the period that
/// names the unit, else line 0.
std::vector<files::Place> find_values(std::string_view csv, const std::vector<Asked>& asked, std::string_view period);

}  // namespace guidon::values
