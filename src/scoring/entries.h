// What value do several entries of one indicator amount to – nine judges, twenty races, every other team?
#pragma once

#include <optional>
#include <vector>

#include "scoring/engine.h"
#include "scoring/exact.h"

namespace guidon::scoring {

/// The value of one unit, exact up to the rule's rounding. Without any number among the entries it is not reported, or
/// not applicable if an entry says so; where none of the numbers remains, sum and count are 0 and the others nothing.
struct CombinedEntries {
    enum class State { missing, not_applicable, reported };
    State state = State::missing;
    Exact value;
};
CombinedEntries combine_entries(const EntryRule& rule, const std::vector<Cell>& entries);

/// The same as a cell; nothing if the number has more digits before the point than a cell holds.
std::optional<Cell> cell_of_entries(const EntryRule& rule, const std::vector<Cell>& entries);

/// Sorts the entries of a column by unit and sets the value of each unit that has any. Gives the first unit whose value
/// has more digits than a cell holds; then the column is of no use.
std::optional<int> combine_column(const EntryRule& rule, Column& column);

}  // namespace guidon::scoring
