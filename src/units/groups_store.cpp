#include "units/groups_store.h"

#include <map>
#include <unordered_map>

#include "base/assert.h"
#include "store/sql.h"

namespace guidon::units {

using store::Change;
using store::one;
using store::Reader;
using store::rows;
using store::run;

namespace {

using MembershipColumns = std::tuple<UnitId, GroupId, std::string, std::string>;

std::vector<Membership> read_memberships(std::vector<MembershipColumns> found) {
    std::vector<Membership> result;
    result.reserve(found.size());
    for (auto& [unit, group, period, role] : found) {
        const auto known = group_role_of(role);
        GUIDON_ASSERT(known);
        result.push_back({unit, group, std::move(period), *known});
    }
    return result;
}

const std::string in_force = "SELECT unit, peer_group, period, role FROM membership WHERE until_seq = 0 ";

/// How a row differs from what is stored.
struct Difference {
    bool membership_added = false, membership_changed = false, renamed = false;
};

/// What is stored now, for comparing rows with it.
class Stored {
public:
    explicit Stored(const Reader& reader) {
        for (auto& group : groups(reader)) groups_.emplace(group.code, group);
        for (const auto& membership : all_memberships(reader)) {
            memberships_[{membership.unit, membership.period}] = membership;
        }
    }
    const Group* group(const std::string& code) const {
        const auto found = groups_.find(code);
        return found == groups_.end() ? nullptr : &found->second;
    }
    Group& add(Group group) { return groups_[group.code] = std::move(group); }
    Difference difference(const MembershipRow& row) const {
        Difference result;
        const auto* known = group(row.group);
        result.renamed = known && !row.name.empty() && known->name != row.name;
        const auto found = memberships_.find({row.unit, row.period});
        result.membership_added = found == memberships_.end();
        result.membership_changed =
            !result.membership_added && (!known || found->second.group != known->id || found->second.role != row.role);
        return result;
    }

private:
    std::map<std::string, Group> groups_;
    std::map<std::pair<UnitId, std::string>, Membership> memberships_;
};

void count(Tally& tally, const Difference& difference) {
    if (difference.membership_added) {
        ++tally.added;
    } else if (difference.membership_changed || difference.renamed) {
        ++tally.changed;
    } else {
        ++tally.unchanged;
    }
}

GroupId group_for(Change& change, Stored& stored, const MembershipRow& row, bool renamed) {
    if (const auto* known = stored.group(row.group)) {
        if (renamed) {
            run(change, "UPDATE peer_group SET name = :name WHERE id = :id", row.name, known->id);
            Group group = *known;
            group.name = row.name;
            return stored.add(group).id;
        }
        return known->id;
    }
    const GroupId id(store::next_id(change, "peer_group"));
    const Group& group = stored.add({id, store::new_public_id(), row.group, row.name});
    run(change, "INSERT INTO peer_group (id, public_id, code, name) VALUES (:id, :public, :code, :name)", id,
        group.public_id, group.code, group.name);
    return id;
}

}  // namespace

std::vector<Group> groups(const Reader& reader) {
    std::vector<Group> result;
    for (auto& [id, public_id, code, name] : rows<GroupId, std::string, std::string, std::string>(
             reader, "SELECT id, public_id, code, name FROM peer_group ORDER BY code")) {
        result.push_back({id, std::move(public_id), std::move(code), std::move(name)});
    }
    return result;
}

std::optional<Group> find_group(const Reader& reader, std::string_view code) {
    auto found = store::first_row<GroupId, std::string, std::string, std::string>(
        reader, "SELECT id, public_id, code, name FROM peer_group WHERE code = :code", code);
    if (!found) return std::nullopt;
    auto& [id, public_id, group_code, name] = *found;
    return Group{id, std::move(public_id), std::move(group_code), std::move(name)};
}

std::vector<Membership> memberships(const Reader& reader, std::string_view period) {
    std::vector<Membership> result;
    // A unit's own period stands before the empty one.
    for (auto& membership : read_memberships(rows<UnitId, GroupId, std::string, std::string>(
             reader, in_force + "AND (period = :period OR period = '') ORDER BY unit, period DESC", period))) {
        if (result.empty() || result.back().unit != membership.unit) result.push_back(std::move(membership));
    }
    return result;
}

std::vector<Membership> memberships_of(const Reader& reader, UnitId unit) {
    return read_memberships(
        rows<UnitId, GroupId, std::string, std::string>(reader, in_force + "AND unit = :unit ORDER BY period", unit));
}

std::vector<Membership> all_memberships(const Reader& reader) {
    return read_memberships(
        rows<UnitId, GroupId, std::string, std::string>(reader, in_force + "ORDER BY period, unit"));
}

Tally compare_memberships(const Reader& reader, const std::vector<MembershipRow>& wanted) {
    const Stored stored(reader);
    Tally tally;
    for (const auto& row : wanted) count(tally, stored.difference(row));
    return tally;
}

Tally put_memberships(Change& change, const std::vector<MembershipRow>& wanted) {
    Stored stored(change);
    Tally tally;
    for (const auto& row : wanted) {
        const auto difference = stored.difference(row);
        count(tally, difference);
        const auto group = group_for(change, stored, row, difference.renamed);
        if (!difference.membership_added && !difference.membership_changed) continue;
        run(change, "UPDATE membership SET until_seq = :seq WHERE unit = :unit AND period = :period AND until_seq = 0",
            change.next_seq(), row.unit, row.period);
        run(change,
            "INSERT INTO membership (unit, period, until_seq, peer_group, role, since_seq)"
            " VALUES (:unit, :period, 0, :group, :role, :seq)",
            row.unit, row.period, group, code(row.role), change.next_seq());
    }
    return tally;
}

bool is_member(const store::Reader& reader, UnitId unit, GroupId group) {
    return store::first_row<int>(reader,
                                 "SELECT 1 FROM membership WHERE unit = :unit AND peer_group = :grp AND until_seq = 0"
                                 " LIMIT 1",
                                 unit, group)
        .has_value();
}

}  // namespace guidon::units
