// What does groups.csv say? Who is compared with whom, and who leads.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "base/text_pool.h"
#include "files/rows.h"
#include "units/code_index.h"
#include "units/group_role.h"

namespace guidon::units {

/// One row. A group's name may stand in any of its rows.
struct GroupRecord {
    std::string_view group, unit;
    std::string_view period;  // "" = every period
    GroupRole role = GroupRole::none;
    std::string_view name;
    files::Place place, unit_place;
};

struct GroupFile {
    std::vector<GroupRecord> members;  // as in the file
    TextPool texts;
};

/// Faults (`group-file.*`): no group, a unit that is not among `known` (nullptr: not looked at), a period or role that
/// is none, a unit twice in the same period (a row without a period holds for every period); and those of the table.
GroupFile read_groups(files::Rows& rows, const CodeIndex* known, files::FaultList& faults);
/// The same from CSV in memory.
GroupFile read_groups(std::string_view bytes, const std::string& file, const CodeIndex* known,
                      std::vector<Fault>& faults);

}  // namespace guidon::units
