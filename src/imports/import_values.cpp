// Importing values.csv: millions of rows, a series (an indicator in a period) at a time.
#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <thread>
#include <unordered_map>

#include "imports/code_book.h"
#include "imports/import.h"
#include "imports/imports_rules.h"
#include "imports/table_file.h"
#include "movements/movements_store.h"
#include "movements/value_sight.h"

namespace guidon::imports {
namespace {

/// The rows of a file, sorted into series without copying them.
class SeriesOfFile {
public:
    explicit SeriesOfFile(values::ValueRows file) : file_(std::move(file)) {
        std::map<std::array<std::int32_t, 3>, std::size_t> numbers;
        std::vector<std::uint32_t> number_of(file_.rows.size());
        for (std::size_t i = 0; i < file_.rows.size(); ++i) {
            const auto& row = file_.rows[i];
            const auto [at, fresh] = numbers.emplace(std::array{row.period, row.indicator, row.source}, list_.size());
            if (fresh) list_.push_back({row.indicator, row.period, row.source, 0, 0, false});
            ++list_[at->second].end;
            number_of[i] = static_cast<std::uint32_t>(at->second);
        }
        std::uint32_t begin = 0;
        for (auto& one : list_) {
            const auto count = one.end;
            one.begin = one.end = begin;
            begin += count;
        }
        order_.resize(file_.rows.size());
        for (std::uint32_t i = 0; i < number_of.size(); ++i) order_[list_[number_of[i]].end++] = i;
    }

    struct One {
        std::int32_t indicator, period, source;
        std::uint32_t begin, end;  // in the order
        bool changes;
    };
    std::vector<One>& list() { return list_; }
    std::span<const std::uint32_t> rows_of(const One& one) const {
        return std::span(order_).subspan(one.begin, one.end - one.begin);
    }
    values::ValueRow& row(std::uint32_t i) { return file_.rows[i]; }
    const std::string& indicator(const One& one) const {
        return file_.indicators[static_cast<std::size_t>(one.indicator)];
    }
    const std::string& period(const One& one) const { return file_.periods[static_cast<std::size_t>(one.period)]; }
    std::string_view source(const One& one) const {
        return one.source < 0 ? std::string_view() : file_.sources[static_cast<std::size_t>(one.source)];
    }
    std::int64_t size() const { return static_cast<std::int64_t>(file_.rows.size()); }
    const std::string& note(const values::ValueRow& row) const {
        static const std::string none;
        return row.note < 0 ? none : file_.notes[static_cast<std::size_t>(row.note)];
    }

private:
    values::ValueRows file_;
    std::vector<One> list_;
    std::vector<std::uint32_t> order_;
};

/// Rows of the series as the store takes them, by unit. `ids` gives the unit of an index of the code book.
std::vector<values::Row> rows_by_unit(SeriesOfFile& series, const SeriesOfFile::One& one,
                                      const std::vector<units::UnitId>& ids) {
    std::vector<values::Row> rows;
    rows.reserve(one.end - one.begin);
    bool sorted = true;
    for (const auto i : series.rows_of(one)) {
        const auto& row = series.row(i);
        const auto id = ids[static_cast<std::size_t>(row.unit)];
        sorted = sorted && (rows.empty() || rows.back().unit < id);
        rows.push_back({id, row.value, row.target, series.note(row)});
    }
    if (!sorted) std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.unit < b.unit; });
    return rows;
}

class ValuesWork : public Work {
public:
    /// `ids` of each period by code index.
    ValuesWork(SeriesOfFile series, std::vector<std::vector<units::UnitId>> ids)
        : series_(std::move(series)), ids_(std::move(ids)) {}

    store::Tally write(store::Change& change, const Progress& progress) override {
        store::Tally tally;
        std::int64_t done = 0;
        for (const auto& one : series_.list()) {
            progress(done, series_.size());
            done += one.end - one.begin;
            if (!one.changes) continue;
            auto rows = rows_by_unit(series_, one, ids_[static_cast<std::size_t>(one.period)]);
            const auto stored = values::put_values(change, series_.indicator(one), series_.period(one), std::move(rows),
                                                   series_.source(one));
            tally.added += stored.added;
            tally.changed += stored.changed;
        }
        progress(series_.size(), series_.size());
        return tally;
    }
    std::string subject() const override { return "values"; }

private:
    SeriesOfFile series_;
    std::vector<std::vector<units::UnitId>> ids_;
};

/// Finds out who is meant; faults where a code was nobody's in that period, or where two codes are one unit.
class Meant {
public:
    Meant(const CodeBook& book, files::FaultList& faults) : book_(book), faults_(faults) {}

    std::vector<units::UnitId> of_series(SeriesOfFile& series, const SeriesOfFile::One& one,
                                         std::vector<units::UnitId> ids) {
        ids.resize(static_cast<std::size_t>(book_.index().size()));
        for (const auto i : series.rows_of(one)) {
            const auto& row = series.row(i);
            auto& id = ids[static_cast<std::size_t>(row.unit)];
            if (id == units::UnitId()) id = book_.unit(row.unit, series.period(one)).value_or(units::UnitId());
            if (id == units::UnitId())
                faults_.error({row.line, 1}, "import.unit-not-then",
                              {{"code", std::string(book_.index().code(row.unit))}, {"period", series.period(one)}});
        }
        return ids;
    }

    void refuse_twice(SeriesOfFile& series, const SeriesOfFile::One& one, const std::vector<units::UnitId>& ids) {
        std::unordered_map<units::UnitId, std::uint32_t> seen;
        for (const auto i : series.rows_of(one)) {
            const auto& row = series.row(i);
            const auto [before, fresh] = seen.emplace(ids[static_cast<std::size_t>(row.unit)], i);
            if (fresh) continue;
            const auto& first = series.row(before->second);
            faults_.error({row.line, 1}, "import.one-unit-two-codes",
                          {{"one", std::string(book_.index().code(first.unit))},
                           {"other", std::string(book_.index().code(row.unit))},
                           {"first", std::to_string(first.line)}});
        }
    }

private:
    const CodeBook& book_;
    files::FaultList& faults_;
};

bool has_neighbours_alike(const std::vector<values::Row>& rows) {
    return std::adjacent_find(rows.begin(), rows.end(),
                              [](const auto& a, const auto& b) { return a.unit == b.unit; }) != rows.end();
}

/// For the few rows that are shown.
int line_of(SeriesOfFile& series, const SeriesOfFile::One& one, const std::vector<units::UnitId>& ids,
            units::UnitId unit) {
    for (const auto i : series.rows_of(one)) {
        if (ids[static_cast<std::size_t>(series.row(i).unit)] == unit) return series.row(i).line;
    }
    return 0;
}

/// What a cycle takes as points must lie within them: its standings could not be computed any more.
void refuse_beyond_range(SeriesOfFile& series, const movements::Cycle& cycle, files::FaultList& faults) {
    for (const auto& criterion : cycle.rules.criteria) {
        if (!std::holds_alternative<scoring::Graded>(criterion.rule)) continue;
        const auto& indicator = cycle.rules.indicators[static_cast<std::size_t>(criterion.indicator)].key;
        for (const auto& one : series.list()) {
            if (series.indicator(one) != indicator || series.period(one) != cycle.period) continue;
            if (!series.source(one).empty()) continue;  // an entry, that others are combined with
            for (const auto i : series.rows_of(one)) {
                const auto& row = series.row(i);
                if (!row.value.reported()) continue;
                const auto value = row.value.value();
                if (value < Decimal{} || value > criterion.max)
                    faults.error({row.line, 1}, "import.beyond-range",
                                 {{"value", value.text()},
                                  {"indicator", indicator},
                                  {"max", criterion.max.text()},
                                  {"movement", cycle.key}});
            }
        }
    }
}

/// Which movements read each series of the file, for the rights that are kept to a movement.
void check_rights(SeriesOfFile& series, const SeriesOfFile::One& one, const std::vector<units::UnitId>& ids,
                  const store::Reader& reader, Scope& scope, const CodeBook& book, files::FaultList& faults) {
    if (scope.unlimited()) return;
    const auto readers = movements::readers_of(reader, series.indicator(one), series.period(one));
    const auto reporting = movements::reporting_of(reader, series.indicator(one), series.period(one));
    for (const auto i : series.rows_of(one)) {
        const auto& row = series.row(i);
        const auto unit = ids[static_cast<std::size_t>(row.unit)];
        if (unit == units::UnitId() || scope.may_report(unit, readers, reporting)) continue;
        scope.refuse(faults, {row.line, 1}, people::Action::report_value, book.index().code(row.unit));
        if (faults.full()) return;
    }
}

/// An indicator that no stored movement reads is often a slip of the pen. Nothing is said while there is no movement.
void check_against_movements(SeriesOfFile& series, const store::Reader& reader, files::FaultList& faults) {
    std::set<std::string> read;
    for (const auto& listed : movements::cycles(reader)) {
        std::vector<Fault> ignored;
        const auto stored = movements::find_cycle(reader, listed.key, listed.period);
        const auto cycle = movements::read_cycle(stored->toml, listed.key, ignored);
        if (!cycle) continue;
        refuse_beyond_range(series, *cycle, faults);
        for (const auto& indicator : cycle->rules.indicators) read.insert(indicator.key);
    }
    if (read.empty()) return;
    for (const auto& one : series.list()) {
        if (!read.insert(series.indicator(one)).second) continue;  // known, or told already
        faults.warning({series.row(series.rows_of(one).front()).line, 1}, "import.indicator-unread",
                       {{"indicator", series.indicator(one)}});
    }
}

int parsing_threads() {
    return static_cast<int>(std::clamp(std::thread::hardware_concurrency(), 1U, 8U));
}

}  // namespace

std::unique_ptr<Work> prepare_values(const store::Reader& reader, const Source& source, Scope& scope, Plan& plan,
                                     const Progress& progress) {
    const TableFile table(source.bytes, source.file, plan.faults);
    if (!table.csv()) return nullptr;
    const CodeBook book(units::all_codes(reader), source.since);
    std::vector<Fault> found;
    SeriesOfFile series(values::read_values(*table.csv(), source.file, book.index(), parsing_threads(), found));
    files::FaultList faults(source.file, found);
    std::vector<std::vector<units::UnitId>> ids;
    const bool readable = std::all_of(found.begin(), found.end(), [](const Fault& fault) { return fault.warning; });
    if (readable) {
        check_against_movements(series, reader, faults);
        Meant meant(book, faults);
        std::optional<movements::ValueSight> sight;
        if (!scope.unlimited()) sight.emplace(reader, scope.viewer());
        std::set<int> unseen;  // lines of values that whoever sends the file may store and not see
        std::int64_t done = 0;
        for (auto& one : series.list()) {
            if (progress) progress(done, series.size());
            done += one.end - one.begin;
            const auto period = static_cast<std::size_t>(one.period);
            if (ids.size() <= period) ids.resize(period + 1);
            ids[period] = meant.of_series(series, one, std::move(ids[period]));
            check_rights(series, one, ids[period], reader, scope, book, faults);
            if (faults.errors() > 0) continue;
            const auto rows = rows_by_unit(series, one, ids[period]);
            if (has_neighbours_alike(rows)) {
                meant.refuse_twice(series, one, ids[period]);
                continue;
            }
            const auto known =
                values::find_series(reader, series.indicator(one), series.period(one), series.source(one));
            const auto stored = known ? values::load_series(reader, *known) : std::vector<values::Row>();
            const auto example = [&](units::UnitId unit) {
                const auto& when = series.period(one);
                const auto subject = book.code(unit, when) + " " + series.indicator(one) + (when.empty() ? "" : " ") +
                                     when + (series.source(one).empty() ? "" : " ") + std::string(series.source(one));
                const int line = line_of(series, one, ids[period], unit);
                if (sight && !sight->sees(unit, series.indicator(one), when)) unseen.insert(line);
                return Example{line, subject, {}};
            };
            one.changes = compare_series(rows, stored, example, plan.comparison);
        }
        plan.comparison.hide_before(unseen);
    }
    table.place(std::move(found), plan);
    if (plan.refused()) return nullptr;
    return std::make_unique<ValuesWork>(std::move(series), std::move(ids));
}

}  // namespace guidon::imports
