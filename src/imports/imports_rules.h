// What does a file change in what is stored? Pure: records of the file on one side, what the store holds on the
// other; out come the rows to write and the comparison that people read.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "imports/plan.h"
#include "units/group_file.h"
#include "units/groups_store.h"
#include "units/unit_file.h"
#include "units/units_store.h"
#include "values/value_file.h"
#include "values/values_store.h"

namespace guidon::imports {

/// Which optional columns a units file has: what it does not say stays as it is.
struct UnitColumns {
    bool valid_from = false, valid_to = false, tags = false;
};

/// The unit that a row of the file is about, as it stands on the day from which the file's changes hold.
struct KnownUnit {
    units::Unit unit;
    std::string parent;  // code, "" = a root
    Day since;           // from when what differs is so
};

struct UnitChanges {
    std::vector<units::UnitRow> added;  // a parent before its children
    struct Changed {
        units::UnitId id;
        units::UnitRow row;
        Day since;
    };
    std::vector<Changed> changed;
};

/// What the row says, completed from what is known where the file has no such column.
units::UnitRow unit_row(const units::UnitRecord& record, const UnitColumns& columns, const KnownUnit* known);
/// The columns in which they differ.
std::vector<Difference> unit_differences(const KnownUnit& known, const units::UnitRow& row);
/// `known[i]` belongs to row i of the file.
UnitChanges compare_units(const units::UnitFile& file, const UnitColumns& columns,
                          const std::vector<std::optional<KnownUnit>>& known, Comparison& comparison);

/// A unit that would be below itself once the file's parents hold, the others staying as they are: the codes on the
/// way around; empty if there is none.
std::vector<std::string> cycle_over_both(const units::UnitFile& file,
                                         const std::unordered_map<std::string, std::string>& stored_parents);

/// What a groups file is compared with.
struct KnownGroups {
    std::unordered_map<std::string, std::string> names;  // code of the group → name
    struct In {
        std::string group;
        units::GroupRole role;
    };
    std::unordered_map<std::string, In> memberships;  // membership_key → where the unit is
};
std::string membership_key(units::UnitId unit, std::string_view period);
/// `units[i]` belongs to row i. Gives the rows that are not as stored. A group that gets two names is a fault
/// "import.group-two-names".
std::vector<units::MembershipRow> compare_groups(const units::GroupFile& file, const std::vector<units::UnitId>& units,
                                                 const KnownGroups& known, Comparison& comparison,
                                                 files::FaultList& faults);

/// Compares rows of one series, both by unit. `example` gives line and subject of a unit in this series. Gives whether
/// anything changes.
bool compare_series(const std::vector<values::Row>& rows, const std::vector<values::Row>& stored,
                    const std::function<Example(units::UnitId)>& example, Comparison& comparison);

/// As values.csv writes it: "", "na" or the plain decimal.
std::string cell_text(scoring::Cell cell);

}  // namespace guidon::imports
