#include "values/value_reader.h"

#include <algorithm>

#include "base/dates.h"
#include "values/value_cell.h"
#include "values/value_keys.h"

namespace guidon::values {
namespace {

constexpr files::ColumnName columns[] = {
    {"unit", files::Need::required},   {"indicator", files::Need::required}, {"period", files::Need::required},
    {"value", files::Need::required},  {"target", files::Need::optional},    {"note", files::Need::optional},
    {"source", files::Need::optional},
};

/// Unit, indicator, period and source as one number.
std::uint64_t key_of(const ValueRow& row, const ValueRows& values) {
    std::uint64_t key = static_cast<std::uint64_t>(row.unit);
    key = key * values.indicators.size() + static_cast<std::uint64_t>(row.indicator);
    key = key * values.periods.size() + static_cast<std::uint64_t>(row.period);
    return key * (values.sources.size() + 1) + static_cast<std::uint64_t>(row.source + 1);
}

class ValueReader {
public:
    ValueReader(files::Rows& rows, const units::CodeIndex& units, std::optional<std::string_view> only_period,
                files::FaultList& faults)
        : rows_(rows), units_(units), only_period_(only_period), faults_(faults), layout_(find_layout(rows, faults)) {}

    PlacedRows read() {
        if (faults_.errors() > 0) return {};
        while (rows_.next()) read_row();
        values_.indicators = indicators_.texts();
        values_.periods = periods_.texts();
        values_.sources = sources_.texts();
        if (!faults_.full() && has_twice(values_, units_.size())) tell_twice();
        return {std::move(values_), std::move(columns_)};
    }

private:
    std::string_view text(int column) const { return column < 0 ? std::string_view() : rows_.field(column); }

    void refuse(int column, const char* code) {
        faults_.error(rows_.place(column), code, {{"text", std::string(text(column))}});
    }

    void read_row() {
        const int before = faults_.errors();
        ValueRow row{};
        row.unit = unit(text(layout_.unit));
        if (row.unit < 0) refuse(layout_.unit, "value-file.unknown-unit");
        if (is_indicator_key(text(layout_.indicator)))
            row.indicator = indicators_.find_or_add(text(layout_.indicator));
        else
            refuse(layout_.indicator, "value-file.indicator");
        const std::string_view period = text(layout_.period);
        if (is_value_period(period))
            row.period = periods_.find_or_add(period.empty() && only_period_ ? *only_period_ : period);
        else
            refuse(layout_.period, "value-file.period");
        read_number(layout_.value, row.value);
        if (layout_.target >= 0) read_number(layout_.target, row.target);
        if (const auto note = text(layout_.note); !note.empty()) {
            row.note = static_cast<int>(values_.notes.size());
            values_.notes.emplace_back(note);
        }
        if (const auto source = text(layout_.source); units::is_unit_code(source))
            row.source = sources_.find_or_add(source);
        else if (!source.empty())
            refuse(layout_.source, "value-file.source");
        if (faults_.errors() > before) return;
        const files::Place place = rows_.place(layout_.unit);
        row.line = place.line;
        columns_.push_back(place.column);
        values_.rows.push_back(row);
    }

    int unit(std::string_view code) {
        if (last_unit_ < 0 || units_.code(last_unit_) != code) last_unit_ = units_.find(code);
        return last_unit_;
    }

    void read_number(int column, scoring::Cell& cell) {
        switch (read_cell(text(column), cell)) {
            case CellFault::none:
                break;
            case CellFault::number:
                refuse(column, "value-file.number");
                break;
            case CellFault::digits:
                refuse(column, "value-file.digits");
                break;
        }
    }

    void tell_twice() {
        std::vector<std::size_t> order(values_.rows.size());
        for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
        const auto key = [&](std::size_t i) { return key_of(values_.rows[i], values_); };
        std::sort(order.begin(), order.end(),
                  [&](std::size_t a, std::size_t b) { return std::pair(key(a), a) < std::pair(key(b), b); });
        std::vector<std::pair<std::size_t, std::size_t>> again;  // row, and the first that says the same
        std::size_t first = order.front();
        for (std::size_t i = 1; i < order.size(); ++i) {
            if (key(order[i]) == key(first))
                again.emplace_back(order[i], first);
            else
                first = order[i];
        }
        std::sort(again.begin(), again.end());
        for (const auto& [i, original] : again) {
            const ValueRow& row = values_.rows[i];
            faults_.error({row.line, columns_[i]}, "value-file.twice",
                          {{"unit", std::string(units_.code(row.unit))},
                           {"indicator", values_.indicators[static_cast<std::size_t>(row.indicator)]},
                           {"first", std::to_string(values_.rows[original].line)}});
        }
    }

    files::Rows& rows_;
    const units::CodeIndex& units_;
    std::optional<std::string_view> only_period_;
    files::FaultList& faults_;
    Layout layout_;
    KeyTable indicators_, periods_, sources_;
    int last_unit_ = -1;
    std::vector<int> columns_;  // of each row's unit
    ValueRows values_;
};

}  // namespace

bool is_indicator_key(std::string_view text) {
    constexpr std::size_t most = 64;
    return !text.empty() && text.size() <= most && std::all_of(text.begin(), text.end(), [](char c) {
        const bool other_script = (static_cast<unsigned char>(c) & 0x80) != 0;
        return other_script || units::is_unit_code({&c, 1});
    });
}

bool is_value_period(std::string_view text) {
    return text.empty() || is_period(text);
}

Layout find_layout(const files::Rows& rows, files::FaultList& faults) {
    const auto at = files::find_columns(rows, columns, "", faults);
    return {static_cast<int>(rows.header().size()), at[0], at[1], at[2], at[3], at[4], at[5], at[6]};
}

PlacedRows read_any(files::Rows& rows, const units::CodeIndex& units, std::optional<std::string_view> only_period,
                    files::FaultList& faults) {
    return ValueReader(rows, units, only_period, faults).read();
}

bool has_twice(const ValueRows& values, int units) {
    constexpr std::uint64_t most_bits = std::uint64_t{1} << 31;
    const std::uint64_t keys = static_cast<std::uint64_t>(units) * values.indicators.size() * values.periods.size() *
                               (values.sources.size() + 1);
    if (keys <= most_bits) {
        std::vector<std::uint64_t> seen(keys / 64 + 1);
        for (const ValueRow& row : values.rows) {
            const std::uint64_t key = key_of(row, values), bit = std::uint64_t{1} << key % 64;
            if (seen[key / 64] & bit) return true;
            seen[key / 64] |= bit;
        }
        return false;
    }
    std::vector<std::uint64_t> all;
    all.reserve(values.rows.size());
    for (const ValueRow& row : values.rows) all.push_back(key_of(row, values));
    std::sort(all.begin(), all.end());
    return std::adjacent_find(all.begin(), all.end()) != all.end();
}

}  // namespace guidon::values
