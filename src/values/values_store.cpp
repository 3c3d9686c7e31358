#include "values/values_store.h"

#include <algorithm>

#include "base/assert.h"
#include "scoring/entries.h"
#include "store/bulk.h"
#include "store/sql.h"

namespace guidon::values {

using store::BulkInsert;
using store::BulkRow;
using store::Change;
using store::first_row;
using store::one;
using store::Reader;
using store::rows;
using store::run;

namespace {

// In every query the columns of a row stand in this order.
const std::string row_columns = "unit, value, value_na, target, target_na, note, since_seq";
const std::vector<std::string> value_columns = {"series", "unit",      "value", "value_na",
                                                "target", "target_na", "note",  "since_seq"};

using Number = std::optional<std::int64_t>;
using RowColumns = std::tuple<UnitId, Number, bool, Number, bool, std::optional<std::string>, std::int64_t>;

Cell cell_of(Number number, bool not_applicable) {
    if (not_applicable) return Cell::not_applicable();
    return number ? Cell(Decimal::millionths(*number)) : Cell();
}

Row row_of(RowColumns&& columns) {
    auto& [unit, value, value_na, target, target_na, note, since] = columns;
    return {unit, cell_of(value, value_na), cell_of(target, target_na), note ? std::move(*note) : "", since};
}

Cell cell_at(const BulkRow& row, int column) {
    if (!row.is_null(column)) return Cell(Decimal::millionths(row.integer(column)));
    return row.integer(column + 1) != 0 ? Cell::not_applicable() : Cell();
}

Number number_of(Cell cell) {
    if (!cell.reported()) return std::nullopt;
    return cell.value().in_millionths();
}

void put_cell(BulkInsert& insert, Cell cell) {
    cell.reported() ? insert.integer(cell.value().in_millionths()) : insert.null();
    insert.integer(cell.is_not_applicable() ? 1 : 0);
}

void put_row(BulkInsert& insert, SeriesId series, const Row& row, std::int64_t since) {
    insert.integer(series.number());
    insert.integer(row.unit.number());
    put_cell(insert, row.value);
    put_cell(insert, row.target);
    row.note.empty() ? insert.null() : insert.text(row.note);
    insert.integer(since);
}

SeriesId series_for(Change& change, std::string_view indicator, std::string_view period, std::string_view source) {
    if (const auto known = find_series(change, indicator, period, source)) return *known;
    const SeriesId id(store::next_id(change, "series"));
    run(change, "INSERT INTO series (id, indicator, period, source) VALUES (:id, :indicator, :period, :source)", id,
        indicator, period, source);
    return id;
}

/// What of `wanted` is new, and what overwrites something.
struct Differences {
    std::vector<const Row*> added;
    std::vector<std::pair<const Row*, const Row*>> changed;  // stored, wanted
    std::int64_t unchanged = 0;

    store::Tally tally() const {
        return {static_cast<std::int64_t>(added.size()), static_cast<std::int64_t>(changed.size()), unchanged};
    }
};

/// Both by unit.
Differences compare(const std::vector<Row>& stored, const std::vector<Row>& wanted) {
    Differences differences;
    auto known = stored.begin();
    for (const auto& row : wanted) {
        while (known != stored.end() && known->unit < row.unit) ++known;
        const bool is_stored = known != stored.end() && known->unit == row.unit;
        if (is_stored ? known->same_as(row) : row.says_nothing()) {
            ++differences.unchanged;
        } else if (is_stored) {
            differences.changed.emplace_back(&*known, &row);
        } else {
            differences.added.push_back(&row);
        }
    }
    return differences;
}

/// What is stored for the units of `wanted` (or for more), by unit: few rows are looked up, many are read in a run.
std::vector<Row> stored_beside(const Reader& reader, SeriesId series, const std::vector<Row>& wanted) {
    constexpr std::size_t few = 100;
    if (wanted.size() > few) return load_series(reader, series);
    std::vector<Row> stored;
    for (const auto& row : wanted) {
        if (auto found = find_value(reader, row.unit, series)) stored.push_back(std::move(*found));
    }
    return stored;
}

void sort_by_unit(std::vector<Row>& wanted) {
    const auto by_unit = [](const Row& a, const Row& b) { return a.unit < b.unit; };
    if (!std::is_sorted(wanted.begin(), wanted.end(), by_unit)) std::sort(wanted.begin(), wanted.end(), by_unit);
    GUIDON_ASSERT(std::adjacent_find(wanted.begin(), wanted.end(),
                                     [](const Row& a, const Row& b) { return a.unit == b.unit; }) == wanted.end());
}

void keep_past(Change& change, SeriesId series, const Differences& differences) {
    auto columns = value_columns;
    columns.push_back("until_seq");
    BulkInsert past(change, "value_past", columns);
    for (const auto& [stored, wanted] : differences.changed) {
        if (stored->since == change.next_seq()) continue;  // this change overwrites itself: nobody saw it
        put_row(past, series, *stored, stored->since);
        past.integer(change.next_seq());
        past.end_row();
    }
    past.finish();
}

/// Empties the places first: that is one statement for all of them.
void overwrite(Change& change, SeriesId series, const Differences& differences) {
    if (differences.changed.empty()) return;
    keep_past(change, series, differences);
    change.connection().execute("CREATE TEMPORARY TABLE IF NOT EXISTS overwritten (unit INTEGER PRIMARY KEY)");
    BulkInsert overwritten(change, "overwritten", {"unit"});
    for (const auto& [stored, wanted] : differences.changed) {
        overwritten.integer(wanted->unit.number());
        overwritten.end_row();
    }
    overwritten.finish();
    run(change, "DELETE FROM value WHERE series = :series AND unit IN (SELECT unit FROM overwritten)", series);
    run(change, "DELETE FROM overwritten");
    BulkInsert insert(change, "value", value_columns);
    for (const auto& [stored, wanted] : differences.changed) {
        if (wanted->says_nothing()) continue;
        put_row(insert, series, *wanted, change.next_seq());
        insert.end_row();
    }
    insert.finish();
}

}  // namespace

std::vector<Series> series(const Reader& reader) {
    std::vector<Series> result;
    for (auto& [id, indicator, period, source] : rows<SeriesId, std::string, std::string, std::string>(
             reader, "SELECT id, indicator, period, source FROM series ORDER BY period, indicator, source")) {
        result.push_back({id, std::move(indicator), std::move(period), std::move(source)});
    }
    return result;
}

std::optional<SeriesId> find_series(const Reader& reader, std::string_view indicator, std::string_view period,
                                    std::string_view source) {
    const auto found = first_row<SeriesId>(
        reader, "SELECT id FROM series WHERE period = :period AND indicator = :indicator AND source = :source", period,
        indicator, source);
    return found ? std::optional(std::get<0>(*found)) : std::nullopt;
}

namespace {

/// Where each unit stands in a list, by its id; -1 = not in it.
class PlaceOf {
public:
    explicit PlaceOf(const std::vector<UnitId>& units) {
        for (std::size_t i = 0; i < units.size(); ++i) {
            const auto id = static_cast<std::size_t>(units[i].number());
            if (places_.size() <= id) places_.resize(std::max(id + 1, units.size() + 1), -1);
            places_[id] = static_cast<std::int32_t>(i);
        }
    }
    int operator()(std::int64_t unit) const {
        const auto id = static_cast<std::size_t>(unit);
        return id < places_.size() ? places_[id] : -1;
    }

private:
    std::vector<std::int32_t> places_;
};

/// Calls `take(place, value)` for each of the listed units that reported; targets go into the column.
template <class Take>
void scan_series(const Reader& reader, SeriesId series, const PlaceOf& place_of, scoring::Column& column, Take&& take) {
    store::scan(
        reader,
        "SELECT unit, value, value_na, target, target_na FROM value WHERE series = " + std::to_string(series.number()),
        [&](const BulkRow& row) {
            const int place = place_of(row.integer(0));
            if (place < 0) return;
            take(place, cell_at(row, 1));
            const auto target = cell_at(row, 3);
            if (target.missing()) return;
            if (column.targets.empty()) column.targets.resize(column.values.size());
            column.targets[static_cast<std::size_t>(place)] = target;
        });
}

void load_plain(const Reader& reader, std::string_view indicator, std::string_view period, const PlaceOf& place_of,
                scoring::Column& column) {
    const auto id = find_series(reader, indicator, period);
    if (!id) return;
    scan_series(reader, *id, place_of, column,
                [&](int place, Cell value) { column.values[static_cast<std::size_t>(place)] = value; });
}

void load_entries(const Reader& reader, const scoring::Indicator& indicator, std::string_view period,
                  const PlaceOf& place_of, const std::vector<std::string>& codes, scoring::Column& column) {
    const auto& of = indicator.from.empty() ? indicator.key : indicator.from;
    for (const auto& [id, source] : rows<SeriesId, std::string>(
             reader, "SELECT id, source FROM series WHERE period = :period AND indicator = :indicator ORDER BY source",
             period, of)) {
        const auto unit = std::find(codes.begin(), codes.end(), source);
        const int about = unit == codes.end() ? -1 : static_cast<int>(unit - codes.begin());
        scan_series(reader, id, place_of, column, [&](int place, Cell value) {
            column.entries.push_back({place, about, value});
        });
    }
    if (const auto unit = scoring::combine_column(*indicator.entries, column))
        throw Problem("value.entries-too-large",
                      {{"unit", codes[static_cast<std::size_t>(*unit)]}, {"indicator", indicator.key}});
}

}  // namespace

std::vector<scoring::Column> load_columns(const Reader& reader, std::string_view period,
                                          const std::vector<std::string>& indicators,
                                          const std::vector<UnitId>& units) {
    const PlaceOf place_of(units);
    std::vector<scoring::Column> columns(indicators.size());
    for (std::size_t i = 0; i < indicators.size(); ++i) {
        columns[i].values.resize(units.size());
        load_plain(reader, indicators[i], period, place_of, columns[i]);
    }
    return columns;
}

std::vector<scoring::Column> load_columns(const Reader& reader, std::string_view period,
                                          const std::vector<scoring::Indicator>& indicators,
                                          const std::vector<UnitId>& units, const std::vector<std::string>& codes) {
    const PlaceOf place_of(units);
    std::vector<scoring::Column> columns(indicators.size());
    for (std::size_t i = 0; i < indicators.size(); ++i) {
        columns[i].values.resize(units.size());
        if (indicators[i].entries)
            load_entries(reader, indicators[i], period, place_of, codes, columns[i]);
        else
            load_plain(reader, indicators[i].key, period, place_of, columns[i]);
    }
    return columns;
}

std::vector<Row> load_series(const Reader& reader, SeriesId series) {
    std::vector<Row> result;
    store::scan(
        reader,
        "SELECT " + row_columns + " FROM value WHERE series = " + std::to_string(series.number()) + " ORDER BY unit",
        [&](const BulkRow& row) {
            result.push_back({UnitId(row.integer(0)), cell_at(row, 1), cell_at(row, 3),
                              row.is_null(5) ? std::string() : std::string(row.text(5)), row.integer(6)});
        });
    return result;
}

std::optional<Row> find_value(const Reader& reader, UnitId unit, SeriesId series) {
    auto found = first_row<UnitId, Number, bool, Number, bool, std::optional<std::string>, std::int64_t>(
        reader, "SELECT " + row_columns + " FROM value WHERE series = :series AND unit = :unit", series, unit);
    if (!found) return std::nullopt;
    return row_of(std::move(*found));
}

std::vector<UnitValue> values_of(const Reader& reader, UnitId unit) {
    std::vector<UnitValue> result;
    for (auto& found :
         rows<std::string, std::string, std::string, Number, bool, Number, bool, std::optional<std::string>,
              std::int64_t>(reader,
                            "SELECT s.indicator, s.period, s.source, v.value, v.value_na, v.target, v.target_na,"
                            " v.note, v.since_seq FROM series s JOIN value v"
                            " ON v.series = s.id AND v.unit = :unit ORDER BY s.period, s.indicator, s.source",
                            unit)) {
        auto& [indicator, period, source, value, value_na, target, target_na, note, since] = found;
        result.push_back({std::move(indicator), std::move(period), std::move(source),
                          row_of({unit, value, value_na, target, target_na, std::move(note), since})});
    }
    return result;
}

std::vector<Version> versions(const Reader& reader, UnitId unit, SeriesId series) {
    std::vector<Version> result;
    if (auto now = find_value(reader, unit, series)) result.push_back({std::move(*now), 0});
    for (auto& found : rows<std::int64_t, UnitId, Number, bool, Number, bool, std::optional<std::string>, std::int64_t>(
             reader,
             "SELECT until_seq, " + row_columns +
                 " FROM value_past WHERE series = :series AND unit = :unit ORDER BY since_seq DESC",
             series, unit)) {
        auto& [until, id, value, value_na, target, target_na, note, since] = found;
        result.push_back({row_of({id, value, value_na, target, target_na, std::move(note), since}), until});
    }
    return result;
}

Tally compare_values(const Reader& reader, std::string_view indicator, std::string_view period, std::vector<Row> wanted,
                     std::string_view source) {
    sort_by_unit(wanted);
    const auto id = find_series(reader, indicator, period, source);
    return compare(id ? stored_beside(reader, *id, wanted) : std::vector<Row>(), wanted).tally();
}

Tally put_values(Change& change, std::string_view indicator, std::string_view period, std::vector<Row> wanted,
                 std::string_view source) {
    sort_by_unit(wanted);
    const auto id = series_for(change, indicator, period, source);
    const auto stored = stored_beside(change, id, wanted);
    const auto differences = compare(stored, wanted);
    overwrite(change, id, differences);
    if (!differences.added.empty()) {
        BulkInsert insert(change, "value", value_columns);
        for (const auto* row : differences.added) {
            put_row(insert, id, *row, change.next_seq());
            insert.end_row();
        }
        insert.finish();
    }
    return differences.tally();
}

bool put_value(Change& change, std::string_view indicator, std::string_view period, const Row& row) {
    const auto id = series_for(change, indicator, period, "");
    const auto stored = find_value(change, row.unit, id);
    if (stored ? stored->same_as(row) : row.says_nothing()) return false;
    if (stored) {
        run(change,
            "INSERT INTO value_past (series, unit, value, value_na, target, target_na, note, since_seq, until_seq)"
            " SELECT series, unit, value, value_na, target, target_na, note, since_seq, CAST(:until AS BIGINT)"
            " FROM value WHERE series = :series AND unit = :unit AND since_seq < :seq",
            change.next_seq(), id, row.unit, change.next_seq());
        run(change, "DELETE FROM value WHERE series = :series AND unit = :unit", id, row.unit);
    }
    if (row.says_nothing()) return true;
    run(change,
        "INSERT INTO value (series, unit, value, value_na, target, target_na, note, since_seq)"
        " VALUES (:series, :unit, :value, :value_na, :target, :target_na, :note, :seq)",
        id, row.unit, number_of(row.value), row.value.is_not_applicable(), number_of(row.target),
        row.target.is_not_applicable(), row.note.empty() ? std::nullopt : std::optional(row.note), change.next_seq());
    return true;
}

std::int64_t count_values(const Reader& reader) {
    return one<std::int64_t>(reader, "SELECT count(*) FROM value");
}

std::int64_t count_values(const Reader& reader, const std::vector<SeriesId>& series) {
    std::int64_t count = 0;
    for (const SeriesId id : series)
        count += one<std::int64_t>(reader, "SELECT count(*) FROM value WHERE series = :series", id);
    return count;
}

}  // namespace guidon::values
