// How do the rows of a values file become columns of cells, without a row ever being kept?
#include <algorithm>
#include <atomic>
#include <mutex>

#include "base/threads.h"
#include "files/csv.h"
#include "values/value_cell.h"
#include "values/value_chunks.h"
#include "values/value_entries.h"
#include "values/value_file.h"
#include "values/value_keys.h"
#include "values/value_reader.h"

namespace guidon::values {
namespace {

using scoring::Cell;
using scoring::Column;

/// A row that the cycle does not want: kept only to see whether it comes twice.
struct Other {
    std::int32_t unit, indicator, period;
    bool operator==(const Other&) const = default;
    auto operator<=>(const Other&) const = default;
};

/// Cells are written by several threads, though never one cell by two unless the file says something twice – and then
/// what was written is thrown away.
void store(Cell& cell, Cell value) {
    std::atomic_ref(cell).store(value, std::memory_order_relaxed);
}
void mark(char& flag) {
    std::atomic_ref(flag).store(1, std::memory_order_relaxed);
}

/// Columns of targets come into being with the first target.
class Targets {
public:
    Targets(std::vector<Column>& columns, std::size_t units) : columns_(columns), units_(units) {}
    Cell* column(int indicator) {
        const std::lock_guard lock(guard_);
        auto& targets = columns_[static_cast<std::size_t>(indicator)].targets;
        if (targets.empty()) targets.resize(units_);
        return targets.data();
    }

private:
    std::vector<Column>& columns_;
    std::size_t units_;
    std::mutex guard_;
};

/// Fills the columns from one chunk.
class ChunkFiller {
public:
    ChunkFiller(const units::CodeIndex& units, const Wanted& wanted, ValueColumns& result, Targets& targets)
        : finder_(units), wanted_(wanted), result_(result), targets_(targets) {
        for (const auto& indicator : wanted.indicators) indicators_.find_or_add(indicator.key);
        target_cells_.resize(wanted.indicators.size());
        periods_.find_or_add(wanted.period);
        seen_.assign((wanted.indicators.size() + 63) / 64, std::vector<std::uint64_t>(result.reporting.size()));
    }

    bool take(const Pieces& pieces) {
        const int unit = finder_.find(pieces.unit);
        if (unit < 0) return false;
        const int known_indicators = indicators_.size(), known_periods = periods_.size();
        const int indicator = indicators_.find_or_add(pieces.indicator);
        if (indicator == known_indicators && !is_indicator_key(pieces.indicator.text())) return false;
        const bool no_period = pieces.period.begin == pieces.period.end;
        const int period = no_period ? 0 : periods_.find_or_add(pieces.period);
        if (period == known_periods && !is_value_period(pieces.period.text())) return false;
        Cell value, target;
        if (!read_padded_cell(pieces.value.begin, pieces.value.end, value) ||
            !read_padded_cell(pieces.target.begin, pieces.target.end, target))
            return false;

        const auto at = static_cast<std::size_t>(unit);
        if (period == 0) mark(result_.reporting[at]);
        const auto column = static_cast<std::size_t>(indicator);
        if (period != 0 || column >= wanted_.indicators.size()) {
            others_.push_back({unit, indicator, period});
            return true;
        }
        auto& seen = seen_[column / 64][at];
        const std::uint64_t bit = std::uint64_t{1} << column % 64;
        if (seen & bit) return false;
        seen |= bit;
        store(result_.columns[column].values[at], value);
        if (!target.missing()) {
            Cell*& cells = target_cells_[column];
            if (!cells) cells = targets_.column(indicator);
            store(cells[at], target);
        }
        return true;
    }

    /// Whether two chunks have filled the same cell.
    bool overlaps(const ChunkFiller& other) const {
        for (std::size_t plane = 0; plane < seen_.size(); ++plane) {
            std::uint64_t both = 0;
            for (std::size_t i = 0; i < seen_[plane].size(); ++i) both |= seen_[plane][i] & other.seen_[plane][i];
            if (both != 0) return true;
        }
        return false;
    }

    /// Adds the rows that the cycle does not want, in numbers that all chunks share.
    void add_others(KeyTable& indicators, KeyTable& periods, std::vector<Other>& all) const {
        std::vector<int> indicator_numbers, period_numbers;
        for (const auto& text : indicators_.texts()) indicator_numbers.push_back(indicators.find_or_add(text));
        for (const auto& text : periods_.texts()) period_numbers.push_back(periods.find_or_add(text));
        for (const Other& row : others_)
            all.push_back({row.unit, indicator_numbers[static_cast<std::size_t>(row.indicator)],
                           period_numbers[static_cast<std::size_t>(row.period)]});
    }

private:
    UnitFinder finder_;
    const Wanted& wanted_;
    ValueColumns& result_;
    Targets& targets_;
    KeyTable indicators_;  // those that are wanted come first
    KeyTable periods_;     // so does the one that is
    std::vector<Cell*> target_cells_;
    std::vector<std::vector<std::uint64_t>> seen_;  // a bit for each cell, in planes of 64 columns
    std::vector<Other> others_;
};

bool others_twice(const std::vector<ChunkFiller>& fillers) {
    KeyTable indicators, periods;
    std::vector<Other> others;
    for (const ChunkFiller& filler : fillers) filler.add_others(indicators, periods, others);
    std::sort(others.begin(), others.end());
    return std::adjacent_find(others.begin(), others.end()) != others.end();
}

std::optional<ValueColumns> read_fast(const Chunks& chunks, const units::CodeIndex& units, const Wanted& wanted) {
    const auto count = chunks.parts.size();
    ValueColumns result = empty_columns(wanted, static_cast<std::size_t>(units.size()));
    Targets targets(result.columns, result.reporting.size());
    std::vector<ChunkFiller> fillers;
    for (std::size_t i = 0; i < count; ++i) fillers.emplace_back(units, wanted, result, targets);
    std::vector<char> plain(count);
    on_threads(static_cast<int>(count), [&](int i) {
        const auto at = static_cast<std::size_t>(i);
        plain[at] = scan(chunks.parts[at], chunks.layout, [&](const Pieces& row) { return fillers[at].take(row); });
    });
    if (std::count(plain.begin(), plain.end(), 0) > 0) return std::nullopt;
    for (std::size_t i = 0; i < count; ++i)
        for (std::size_t j = 0; j < i; ++j)
            if (fillers[i].overlaps(fillers[j])) return std::nullopt;
    if (others_twice(fillers)) return std::nullopt;
    return result;
}

/// Whether each wanted indicator is one row's value, as most are.
bool single_rows(const Wanted& wanted) {
    return std::none_of(wanted.indicators.begin(), wanted.indicators.end(),
                        [](const auto& indicator) { return indicator.entries || !indicator.from.empty(); });
}

}  // namespace

ValueColumns read_columns(std::string_view csv, const std::string& file, const units::CodeIndex& units,
                          const Wanted& wanted, int threads, std::vector<Fault>& faults) {
    if (const auto chunks = single_rows(wanted) ? cut(csv, file, threads) : std::nullopt) {
        if (auto result = read_fast(*chunks, units, wanted)) {
            faults.insert(faults.end(), chunks->warnings.begin(), chunks->warnings.end());
            return std::move(*result);
        }
    }
    files::FaultList list(file, faults);
    files::CsvRows rows(csv, list);
    if (list.errors() > 0) return {};
    return columns_of(read_any(rows, units, wanted.period, list), units, wanted, list);
}

std::vector<files::Place> find_values(std::string_view csv, const std::vector<Asked>& asked, std::string_view period) {
    std::vector<files::Place> exact(asked.size()), any(asked.size());
    std::unordered_multimap<std::string_view, std::size_t> by_unit;
    for (std::size_t i = 0; i < asked.size(); ++i) by_unit.emplace(asked[i].unit, i);
    std::vector<Fault> ignored;
    files::FaultList faults("", ignored);
    files::CsvRows rows(csv, faults);
    const Layout layout = find_layout(rows, faults);
    while (faults.errors() == 0 && rows.next()) {
        if (const auto own = rows.field(layout.period); !own.empty() && own != period) continue;
        const auto [from, to] = by_unit.equal_range(rows.field(layout.unit));
        for (auto it = from; it != to; ++it) {
            const std::size_t i = it->second;
            if (any[i].line == 0) any[i] = rows.place(layout.unit);
            if (rows.field(layout.indicator) == asked[i].indicator) exact[i] = rows.place(layout.value);
        }
    }
    for (std::size_t i = 0; i < asked.size(); ++i)
        if (exact[i].line == 0) exact[i] = any[i];
    return exact;
}

}  // namespace guidon::values
