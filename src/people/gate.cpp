#include "people/gate.h"

#include <algorithm>

namespace guidon::people {
namespace {

bool covers_place(const store::Reader& reader, const Grant& grant, const Where& where, Day today) {
    if (grant.everywhere()) return true;
    if (grant.council && where.council == grant.council) return true;
    if (grant.council && !where.unit) return false;
    if (grant.group)
        return where.group == grant.group || (where.unit && units::is_member(reader, *where.unit, *grant.group));
    if (!where.unit) return false;
    return grant.reach == Reach::unit ? where.unit == grant.unit
                                      : units::stands_below(reader, *where.unit, *grant.unit, today);
}

/// Whether an access token leaves its owner the action at all.
bool token_leaves(const Viewer& viewer, Action action) {
    if (!viewer.token) return true;
    const auto& verbs = viewer.token->verbs;
    return std::find(verbs.begin(), verbs.end(), action) != verbs.end();
}

/// Whether an access token reaches so far.
bool token_takes(const store::Reader& reader, const Viewer& viewer, Action action, const Where& where) {
    if (!token_leaves(viewer, action)) return false;
    if (!viewer.token || !viewer.token->unit) return true;
    return where.unit && units::stands_below(reader, *where.unit, *viewer.token->unit, viewer.today);
}

/// Whether `grant`, which is no grant of a group, covers all who were ever in `group`.
bool covers_members(const store::Reader& reader, const Grant& grant, GroupId group, Day today) {
    bool any = false;
    for (const auto& membership : units::all_memberships(reader)) {
        if (membership.group != group) continue;
        any = true;
        if (!covers_place(reader, grant, {.unit = membership.unit}, today)) return false;
    }
    return any;
}

/// Whether who holds `grant` may give `wish` to others: no further, no longer, and for no other council.
bool reaches(const store::Reader& reader, const Grant& grant, const Grant& wish, Day today) {
    if (!may_grant(grant.role, wish.role) || grant.held.to < wish.held.to) return false;
    if (wish.group && !grant.everywhere()) {
        const bool in_time = grant.held.holds_on(today);
        const bool of_movement = grant.movement.empty() || grant.movement == wish.movement;
        return in_time && of_movement && !grant.group && !grant.council &&
               covers_members(reader, grant, *wish.group, today);
    }
    if (!covers(reader, grant, place_of(wish), today)) return false;
    if (grant.council && wish.council != grant.council) return false;
    const bool one_unit = grant.unit && !grant.council && grant.reach == Reach::unit;
    return !one_unit || wish.council || wish.reach == Reach::unit;
}

std::string capacity_text(const Viewer& viewer, std::string_view role) {
    std::string text(role);
    if (viewer.capacity) text += "@" + viewer.capacity->public_id;
    if (viewer.capacity && !viewer.capacity->holder.empty()) text += "/for:" + viewer.capacity->holder;
    if (viewer.token) text += "/token:" + viewer.token->public_id;
    return text;
}

}  // namespace

Where place_of(const Grant& grant) {
    return {.unit = grant.unit, .group = grant.group, .council = grant.council, .movement = grant.movement};
}

bool covers(const store::Reader& reader, const Grant& grant, const Where& where, Day today) {
    if (!grant.held.holds_on(today)) return false;
    if (!grant.movement.empty() && grant.movement != where.movement) return false;
    return covers_place(reader, grant, where, today);
}

std::optional<Grant> Gate::granted(const store::Reader& reader, const Viewer& viewer, Action action,
                                   const Where& where) {
    if (!token_takes(reader, viewer, action, where)) return std::nullopt;
    for (const Grant& grant : viewer.grants)
        if (permits(grant.role, action) && covers(reader, grant, where, viewer.today)) return grant;
    return std::nullopt;
}

bool Gate::may(const store::Reader& reader, const Viewer* viewer, Action action, const Where& where) {
    return viewer && granted(reader, *viewer, action, where);
}

bool Gate::may_somewhere(const Viewer* viewer, Action action) {
    if (!viewer || !token_leaves(*viewer, action)) return false;
    return std::any_of(viewer->grants.begin(), viewer->grants.end(), [&](const Grant& grant) {
        return permits(grant.role, action) && grant.held.holds_on(viewer->today);
    });
}

Problem Gate::refusal(const store::Reader& reader, const Viewer* viewer, Action action, const Where& where) {
    if (!viewer) return Problem("gate.sign-in", {}, "", 401);
    const std::string what(code(action));
    if (viewer->token && !token_takes(reader, *viewer, action, where))
        return Problem("gate.token", {{"action", what}}, "", 403);
    return Problem("gate.not-permitted", {{"action", what}}, "", 403);
}

store::Permit Gate::permit(const store::Reader& reader, const Viewer* viewer, Action action, const Where& where) {
    const auto grant = viewer ? granted(reader, *viewer, action, where) : std::nullopt;
    if (!grant) throw refusal(reader, viewer, action, where);
    return store::Permit(viewer->person, capacity_text(*viewer, code(grant->role)));
}

store::Permit Gate::permit_grant(const store::Reader& reader, const Viewer* viewer, const Grant& wish, PersonId to) {
    const Where where = place_of(wish);
    if (!viewer || !token_takes(reader, *viewer, Action::grant_roles, where))
        throw refusal(reader, viewer, Action::grant_roles, where);
    if (viewer->person_id == to) throw Problem("gate.own-role", {}, "role", 403);
    for (const Grant& grant : viewer->grants)
        if (reaches(reader, grant, wish, viewer->today))
            return store::Permit(viewer->person, capacity_text(*viewer, code(grant.role)));
    throw Problem("gate.grant-beyond", {{"role", std::string(code(wish.role))}}, "role", 403);
}

bool Gate::may_hand_on(const store::Reader& reader, const Viewer* viewer, Grant grant) {
    if (!viewer || !token_takes(reader, *viewer, Action::grant_roles, place_of(grant))) return false;
    grant.held = {viewer->today, viewer->today.next()};
    return std::any_of(viewer->grants.begin(), viewer->grants.end(),
                       [&](const Grant& own) { return reaches(reader, own, grant, viewer->today); });
}

store::Permit Gate::own(const Viewer* viewer) {
    if (!viewer) throw Problem("gate.sign-in", {}, "", 401);
    if (viewer->token) throw Problem("gate.token", {{"action", "own_account"}}, "", 403);
    return store::Permit(viewer->person, capacity_text(*viewer, "self"));
}

store::Permit Gate::proven(std::string person, std::string how) {
    return store::Permit(std::move(person), std::move(how));
}

store::Permit Gate::terminal(std::string who) {
    return store::Permit(std::move(who), "operator");
}

store::Permit Gate::program(std::string what) {
    return store::Permit("guidon", std::move(what));
}

}  // namespace guidon::people
