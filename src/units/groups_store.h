// How are peer groups – clusters and blocks – kept, and who is in them in which period?
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/problem.h"
#include "store/store.h"
#include "units/group_role.h"
#include "units/units_store.h"

namespace guidon::units {

using store::Tally;
using GroupId = Id<struct GroupTag>;
struct Group {
    GroupId id;
    std::string public_id;
    std::string code;
    std::string name;
};
struct Membership {
    UnitId unit;
    GroupId group;
    std::string period;  // "" = every period for which the unit has no other
    GroupRole role = GroupRole::none;
    bool operator==(const Membership&) const = default;
};

std::vector<Group> groups(const store::Reader& reader);  // by code
std::optional<Group> find_group(const store::Reader& reader, std::string_view code);
/// Who is compared with whom in `period`: one membership a unit at most, by unit.
std::vector<Membership> memberships(const store::Reader& reader, std::string_view period);
/// All that a unit is a member of, by period.
std::vector<Membership> memberships_of(const store::Reader& reader, UnitId unit);
/// Whether `unit` is in `group` in any period.
bool is_member(const store::Reader& reader, UnitId unit, GroupId group);
/// Every membership of every period, by period and unit (what export writes).
std::vector<Membership> all_memberships(const store::Reader& reader);

/// A row of groups.csv with its unit resolved. An empty `name` keeps the group's.
struct MembershipRow {
    std::string group, name;
    UnitId unit;
    std::string period;
    GroupRole role = GroupRole::none;
};
/// What put_memberships would do.
Tally compare_memberships(const store::Reader& reader, const std::vector<MembershipRow>& rows);
/// Adds groups and memberships; a unit that was in another group in that period moves (the former membership is kept
/// as past). Rows not named stay.
Tally put_memberships(store::Change& change, const std::vector<MembershipRow>& rows);

}  // namespace guidon::units
