#include "values/value_file.h"

#include <algorithm>
#include <numeric>

#include "base/threads.h"
#include "files/csv.h"
#include "values/value_cell.h"
#include "values/value_chunks.h"
#include "values/value_keys.h"
#include "values/value_reader.h"

namespace guidon::values {
namespace {

/// The rows of one chunk, with numbers of its own for indicators, periods and notes.
struct ChunkRows {
    KeyTable indicators, periods;
    std::vector<std::string> notes;
    std::vector<ValueRow> rows;
    bool plain = false;
};

void read_chunk(std::string_view chunk, const Layout& layout, const units::CodeIndex& units, ChunkRows& result) {
    UnitFinder finder(units);
    int known_indicators = 0, known_periods = 0;
    result.plain = scan(chunk, layout, [&](const Pieces& pieces) {
        ValueRow row{};
        row.unit = finder.find(pieces.unit);
        row.indicator = result.indicators.find_or_add(pieces.indicator);
        row.period = result.periods.find_or_add(pieces.period);
        if (row.indicator == known_indicators && (known_indicators++, !is_indicator_key(pieces.indicator.text())))
            return false;
        if (row.period == known_periods && (known_periods++, !is_value_period(pieces.period.text()))) return false;
        if (pieces.note.begin != pieces.note.end) {
            row.note = static_cast<int>(result.notes.size());
            result.notes.emplace_back(pieces.note.text());
        }
        const bool good = row.unit >= 0 && read_padded_cell(pieces.value.begin, pieces.value.end, row.value) &&
                          read_padded_cell(pieces.target.begin, pieces.target.end, row.target);
        if (good) result.rows.push_back(row);
        return good;
    });
}

/// For each text of `local` its number in `global`, where it is added if it is new.
std::vector<int> numbers_in(KeyTable& global, const KeyTable& local) {
    std::vector<int> numbers;
    for (const std::string& text : local.texts()) numbers.push_back(global.find_or_add(text));
    return numbers;
}

std::optional<ValueRows> read_fast(const Chunks& chunks, const units::CodeIndex& units) {
    const int count = static_cast<int>(chunks.parts.size());
    std::vector<ChunkRows> parts(chunks.parts.size());
    on_threads(count, [&](int i) {
        const auto at = static_cast<std::size_t>(i);
        read_chunk(chunks.parts[at], chunks.layout, units, parts[at]);
    });
    if (!std::all_of(parts.begin(), parts.end(), [](const ChunkRows& part) { return part.plain; })) return std::nullopt;

    KeyTable indicators, periods;
    ValueRows values;
    std::size_t total = 0;
    for (const ChunkRows& part : parts) total += part.rows.size();
    values.rows.reserve(total);
    constexpr int header_lines = 1;
    for (ChunkRows& part : parts) {
        const auto indicator_numbers = numbers_in(indicators, part.indicators);
        const auto period_numbers = numbers_in(periods, part.periods);
        const int notes_before = static_cast<int>(values.notes.size());
        std::move(part.notes.begin(), part.notes.end(), std::back_inserter(values.notes));
        for (ValueRow row : part.rows) {
            row.indicator = indicator_numbers[static_cast<std::size_t>(row.indicator)];
            row.period = period_numbers[static_cast<std::size_t>(row.period)];
            row.line = static_cast<int>(values.rows.size()) + header_lines + 1;
            if (row.note >= 0) row.note += notes_before;
            values.rows.push_back(row);
        }
        std::vector<ValueRow>().swap(part.rows);
    }
    values.indicators = indicators.texts();
    values.periods = periods.texts();
    if (has_twice(values, units.size())) return std::nullopt;
    return values;
}

}  // namespace

std::optional<Chunks> cut(std::string_view csv, const std::string& file, int threads) {
    const auto header_end = csv.find('\n');
    if (header_end == std::string_view::npos) return std::nullopt;
    Chunks chunks;
    files::FaultList faults(file, chunks.warnings);
    const files::CsvRows header(csv.substr(0, header_end + 1), faults);
    if (faults.errors() > 0 || header.header_place(0).line != 1) return std::nullopt;
    chunks.layout = find_layout(header, faults);
    if (faults.errors() > 0 || chunks.layout.source >= 0) return std::nullopt;

    const std::string_view rows = csv.substr(header_end + 1);
    constexpr std::size_t least = 1 << 16;  // a thread for less is not worth its start
    const auto parts = std::clamp<std::size_t>(rows.size() / least, 1, static_cast<std::size_t>(std::max(threads, 1)));
    std::size_t from = 0;
    for (std::size_t i = 1; i <= parts; ++i) {
        std::size_t to = rows.size();
        if (i < parts)
            if (const auto line_end = rows.find('\n', std::max(from, rows.size() / parts * i)); line_end < rows.size())
                to = line_end + 1;
        chunks.parts.push_back(rows.substr(from, to - from));
        from = to;
    }
    return chunks;
}

ValueRows read_values(std::string_view csv, const std::string& file, const units::CodeIndex& units, int threads,
                      std::vector<Fault>& faults) {
    if (const auto chunks = cut(csv, file, threads)) {
        if (auto values = read_fast(*chunks, units)) {
            faults.insert(faults.end(), chunks->warnings.begin(), chunks->warnings.end());
            return std::move(*values);
        }
    }
    files::FaultList list(file, faults);
    files::CsvRows rows(csv, list);
    if (list.errors() > 0) return {};
    return read_any(rows, units, std::nullopt, list).values;
}

ValueRows read_values(files::Rows& rows, const units::CodeIndex& units, files::FaultList& faults) {
    return read_any(rows, units, std::nullopt, faults).values;
}

}  // namespace guidon::values
