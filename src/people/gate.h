// May somebody do this here and now? The one place that decides. Every write transaction needs a Permit, and only the
// gate makes one; what may be seen is asked of Sight (people/sight.h), which reads the same grants.
//
//     const auto permit = Gate::permit(reader, viewer, Action::report_value, {.unit = unit, .movement = key});
//     auto change = store.change(permit);
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "people/viewer.h"
#include "store/store.h"

namespace guidon::people {

/// What an action is about. Nothing named: the whole system, for which only grants without a place are enough.
struct Where {
    std::optional<UnitId> unit;
    std::optional<GroupId> group;
    std::optional<CouncilId> council;
    std::string movement{};  // key; "" = all movements
};

class Gate {
public:
    /// Throws Problem "gate.sign-in" (401) for the public, "gate.token" (403) where an access token does not reach,
    /// "gate.not-permitted" (403; its sentence says who could) otherwise.
    static store::Permit permit(const store::Reader& reader, const Viewer* viewer, Action action, const Where& where);
    /// The grant that permits it; nothing if none does.
    static std::optional<Grant> granted(const store::Reader& reader, const Viewer& viewer, Action action,
                                        const Where& where);
    static bool may(const store::Reader& reader, const Viewer* viewer, Action action, const Where& where);
    /// Whether some grant permits the action somewhere: for menus.
    static bool may_somewhere(const Viewer* viewer, Action action);
    /// Granting what `wish` says (role, place, reach, movement, until when) to `to`, or taking it back: within the
    /// granter's own scope. Problem as permit(), "gate.own-role" where somebody grants to themselves,
    /// "gate.grant-beyond" (403) where no grant of theirs reaches so far.
    static store::Permit permit_grant(const store::Reader& reader, const Viewer* viewer, const Grant& wish,
                                      PersonId to);
    /// Whether `viewer` could give `grant` to somebody, for a day at least: who may not has no power over who has it.
    static bool may_hand_on(const store::Reader& reader, const Viewer* viewer, Grant grant);

    /// One's own account, preferences, sessions, tokens. Not by an access token.
    static store::Permit own(const Viewer* viewer);
    /// Somebody who holds a one-time link, or has just proved who they are; `person` is their public id.
    static store::Permit proven(std::string person, std::string how);
    /// Who works on the database from the terminal: the operating system has let them in.
    static store::Permit terminal(std::string who = "terminal");
    /// The program itself: sweeping, sending, remembering.
    static store::Permit program(std::string what);

    static Problem refusal(const store::Reader& reader, const Viewer* viewer, Action action, const Where& where);
};

/// Where `grant` holds.
Where place_of(const Grant& grant);
/// Whether `grant` covers `where` on `today`.
bool covers(const store::Reader& reader, const Grant& grant, const Where& where, Day today);

}  // namespace guidon::people
