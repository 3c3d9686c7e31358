// How does what is stored leave as the files that import takes? Importing them again changes nothing.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "exemplars/exemplar_part.h"
#include "files/xlsx_write.h"
#include "movements/movements_store.h"
#include "movements/value_sight.h"
#include "store/store.h"

namespace guidon::imports {

/// Takes a table row by row.
class TableOut {
public:
    virtual ~TableOut() = default;
    virtual void begin(std::vector<files::SheetColumn> columns) = 0;
    /// One text per column.
    virtual void row(const std::vector<std::string_view>& cells) = 0;
};

/// As CSV, in pieces as they come.
class CsvOut : public TableOut {
public:
    explicit CsvOut(std::function<void(std::string_view)> append) : append_(std::move(append)) {}
    void begin(std::vector<files::SheetColumn> columns) override;
    void row(const std::vector<std::string_view>& cells) override;

private:
    std::function<void(std::string_view)> append_;
    std::string line_;
};

/// As a spreadsheet; `bytes` when all is there.
class XlsxOut : public TableOut {
public:
    explicit XlsxOut(std::string sheet) : sheet_(std::move(sheet)) {}
    void begin(std::vector<files::SheetColumn> columns) override;
    void row(const std::vector<std::string_view>& cells) override { writer_->row(cells); }
    std::string bytes() { return writer_->finish(); }

private:
    std::string sheet_;
    std::unique_ptr<files::XlsxWriter> writer_;
};

// Each gives the number of rows.

/// units.csv as the units stand on `on`, by code; a column `name:LANG` for each language that any unit has.
std::int64_t export_units(const store::Reader& reader, Day on, TableOut& out);
/// groups.csv, all periods. `today` as for imports.
std::int64_t export_groups(const store::Reader& reader, Day today, TableOut& out);
/// exemplars.csv of those that `sees` lets through, by id.
std::int64_t export_exemplars(const store::Reader& reader, Day today,
                              const std::function<bool(const exemplars::Exemplar&)>& sees, TableOut& out);
/// Which values; nothing = all. With indicators – what a movement reads – rows without a period belong to each period.
struct ValueFilter {
    std::optional<std::string> period;
    std::optional<std::set<std::string>> indicators;
    const movements::ValueSight* sight = nullptr;  // of who asks; null: of somebody at the terminal, who sees all

    bool takes(const std::string& indicator, const std::string& in_period) const;
};
/// values.csv, by period, indicator and unit, as far as the filter's sight goes.
std::int64_t export_values(const store::Reader& reader, Day today, const ValueFilter& filter, TableOut& out);
/// The cycle that is meant, with its text; an empty key or period leaves it to the other, or to there being only one.
/// Throws Problem "export.no-cycle" or "export.which-cycle".
movements::StoredCycle meant_cycle(const store::Reader& reader, const std::string& key, const std::string& period);

}  // namespace guidon::imports
