// Which unit does a file mean by a code? The one that held it in the period that the row speaks of.
//
// Official codes are used again: a value for 2024 belongs to the unit that had the code in 2024, whoever has it now.
// Export asks the other way round, so that what it writes comes back to the same units.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/day.h"
#include "units/code_index.h"
#include "units/codes_store.h"

namespace guidon::imports {

/// The days of `2025`, `2025-H1`, `2025-Q3`, `2025-07`; of the empty period all days.
Span days_of(std::string_view period);

class CodeBook {
public:
    /// `today` decides for rows without a period, and for periods that are not over.
    CodeBook(std::vector<units::HeldCode> held, Day today);

    /// Every code that anybody ever held.
    const units::CodeIndex& index() const { return index_; }
    /// Who held code `index` at the end of the period (or today, while it runs), or else last in it.
    std::optional<units::UnitId> unit(int index, std::string_view period) const;
    std::optional<units::UnitId> holder(std::string_view code, Day on) const;
    /// Any holder of the code in these days, with the days.
    std::optional<units::HeldCode> any_holder(std::string_view code, Span days) const;
    /// The code by which a file names `unit` in `period`.
    std::string code(units::UnitId unit, std::string_view period) const;

private:
    struct Range {
        std::size_t begin, end;
    };
    const units::HeldCode* held(Range range, std::string_view period) const;

    std::vector<units::HeldCode> held_;  // by code
    std::vector<Range> by_code_;         // in the order of index_
    std::unordered_map<units::UnitId, std::vector<std::size_t>> by_unit_;
    units::CodeIndex index_;
    Day today_;
};

}  // namespace guidon::imports
