// How is it read that several entries – of judges, races, opponents – become one value?
#pragma once

#include "movements/cycle_table.h"
#include "scoring/rulebook.h"

namespace guidon::movements {

/// The keys that `[[indicators]]` has for it, besides its others.
Keys entry_keys();

/// Sets `entries` and `from` of the indicator.
void read_entries(const TableReader& table, scoring::Indicator& indicator);

/// Tells where `from` names an indicator that is itself derived. `nodes` are the tables of `[[indicators]]`.
void check_sources(const std::vector<scoring::Indicator>& indicators, const std::vector<const Node*>& nodes,
                   Report& report);

}  // namespace guidon::movements
