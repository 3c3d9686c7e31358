// Which units are scored in a cycle?
#pragma once

#include <string>
#include <vector>

#include "movements/cycle.h"

namespace guidon::evaluation {

/// What deciding needs to know of each unit; all vectors have one element per unit.
struct Candidates {
    const std::vector<std::string>& codes;
    const std::vector<int>& parents;        // index, -1 = root
    const std::vector<std::string>& kinds;  // kind of each unit
    const std::vector<int>& groups;         // index into group_codes, -1 = none
    const std::vector<std::string>& group_codes;
    const std::vector<char>& has_value_or_group;  // reported something that the movement reads, or is in a group
    const std::vector<char>& exists;              // on some day of the cycle
};

/// One flag per unit. With [participants]: those below `under` (the root itself left out) of the kinds and in
/// the groups given; without:
/// every unit that has a value or a group. Only units that exist. Throws Problem "participants.unknown-root" if no unit
/// has the code `under`.
std::vector<char> participants(const movements::Cycle& cycle, const Candidates& units);

}  // namespace guidon::evaluation
