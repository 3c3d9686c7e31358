// How are reported values kept? One row per unit in a series (what one source, or none in particular, reported of an
// indicator in a period); what was overwritten is kept with the journal entries between which it held.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/problem.h"
#include "scoring/engine.h"
#include "store/store.h"
#include "units/units_store.h"

namespace guidon::values {

using scoring::Cell;
using store::Tally;
using units::UnitId;
using SeriesId = Id<struct SeriesTag>;

/// An indicator in a period, from a source: a judge, a race, an opponent; mostly from none.
struct Series {
    SeriesId id;
    std::string indicator, period, source;
};

/// What one unit reported in a series.
struct Row {
    UnitId unit;
    Cell value, target;
    std::string note;
    std::int64_t since = 0;  // journal entry that stored it; set by loading

    bool says_nothing() const { return value.missing() && target.missing() && note.empty(); }
    bool same_as(const Row& other) const {
        return value == other.value && target == other.target && note == other.note;
    }
};

std::vector<Series> series(const store::Reader& reader);  // by period, indicator, source
std::optional<SeriesId> find_series(const store::Reader& reader, std::string_view indicator, std::string_view period,
                                    std::string_view source = {});

/// The columns that an engine needs: for each of `indicators` in `period`, one cell per unit in the order of `units`.
/// Indicators without a series give columns of missing cells; `targets` is empty where none was pledged.
std::vector<scoring::Column> load_columns(const store::Reader& reader, std::string_view period,
                                          const std::vector<std::string>& indicators, const std::vector<UnitId>& units);
/// The same for indicators that several sources may report: their entries are combined as each says. `codes` are those
/// of the units. Throws Problem "value.entries-too-large" where what comes out has more digits than a value may have.
std::vector<scoring::Column> load_columns(const store::Reader& reader, std::string_view period,
                                          const std::vector<scoring::Indicator>& indicators,
                                          const std::vector<UnitId>& units, const std::vector<std::string>& codes);
/// All rows of a series, by unit.
std::vector<Row> load_series(const store::Reader& reader, SeriesId series);
/// What `unit` reported in a series; nothing if it did not.
std::optional<Row> find_value(const store::Reader& reader, UnitId unit, SeriesId series);
/// Everything that a unit reported, by period and indicator.
struct UnitValue {
    std::string indicator, period, source;
    Row row;
};
std::vector<UnitValue> values_of(const store::Reader& reader, UnitId unit);

/// One version of a value; it held from journal entry `row.since` until `until` (0 = it still holds).
struct Version {
    Row row;
    std::int64_t until = 0;
};
/// Newest first.
std::vector<Version> versions(const store::Reader& reader, UnitId unit, SeriesId series);

/// What put_values would do with these rows of one series (each unit once, any order).
Tally compare_values(const store::Reader& reader, std::string_view indicator, std::string_view period,
                     std::vector<Row> rows, std::string_view source = {});
/// Stores rows of one series in bulk; a row that is as stored changes nothing; units not named stay. A row that says
/// nothing takes back what was stored. Fastest when `rows` come by unit id and the series is new.
Tally put_values(store::Change& change, std::string_view indicator, std::string_view period, std::vector<Row> rows,
                 std::string_view source = {});
/// One row from no source in particular; gives whether anything changed.
bool put_value(store::Change& change, std::string_view indicator, std::string_view period, const Row& row);

std::int64_t count_values(const store::Reader& reader);
/// How many there are in these series.
std::int64_t count_values(const store::Reader& reader, const std::vector<SeriesId>& series);

/// Values of units that did not exist, versions out of order: codes "doctor.*".
std::vector<Problem> check_values(const store::Reader& reader);

}  // namespace guidon::values
