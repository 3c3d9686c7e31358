// Who is looking or acting, in which capacity, and how far does that reach? Made for each request from a session or an
// access token; the public is a null Caller and has no Viewer.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "people/roles.h"
#include "units/groups_store.h"
#include "units/units_store.h"
#include "web/resource.h"

namespace guidon::people {

using PersonId = Id<struct PersonTag>;
using OfficeId = Id<struct OfficeTag>;
using CouncilId = Id<struct CouncilTag>;
using units::GroupId;
using units::UnitId;

enum class Reach { unit, subtree };

/// What × where × when. `unit`, `group` and `council` all empty: everywhere. Of a council, `unit` is the one it
/// advises.
struct Grant {
    std::string public_id;
    OfficeId office;
    Role role = Role::reporter;
    std::optional<UnitId> unit;
    Reach reach = Reach::subtree;
    std::optional<GroupId> group;
    std::optional<CouncilId> council;
    std::string movement;  // key; "" = every movement
    Span held;
    std::string granted_by;  // who in the journal; "" = who changes
    std::int64_t since = 0;

    bool everywhere() const { return !unit && !group && !council; }
};

/// An office in which somebody may act: their own, or one that was delegated to them.
struct Capacity {
    OfficeId office;
    std::string public_id;
    std::optional<UnitId> unit;
    Texts title;
    std::string unit_id;  // public; "" = of the system
    Texts unit_names;
    std::string holder;  // public id of the holder, when somebody else acts for them
    std::string holder_name;
};

/// What an access token leaves of its owner's rights.
struct TokenLimit {
    std::string public_id;
    std::vector<Action> verbs;
    std::optional<UnitId> unit;
};

struct Viewer : web::Caller {
    std::string person;  // public id
    std::string name;    // of the person
    PersonId person_id;
    std::int64_t account = 0;  // row of the account
    std::string account_id;    // public
    std::string session;       // public id; "" for a token
    std::string factors;       // by which the session was opened
    std::optional<Capacity> capacity;
    std::vector<Capacity> others;  // capacities to change to
    std::vector<Grant> grants;     // of the capacity, that hold today
    std::optional<TokenLimit> token;
    Day today;
    std::string form_key;  // seals the forms of this session; "" for a token

    boost::json::object shown(Language language) const override;
    std::string form_token() const override;

    bool has(Role role) const;
};

/// Null is the public.
const Viewer* viewer_of(const web::Request& request);

}  // namespace guidon::people
