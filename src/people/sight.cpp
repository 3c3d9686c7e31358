#include "people/sight.h"

#include <algorithm>

#include "people/gate.h"

namespace guidon::people {

std::string_view code(Audience audience) {
    constexpr std::string_view names[] = {"unit", "chain", "group", "public"};
    return names[static_cast<std::size_t>(audience)];
}

std::optional<Audience> audience_of(std::string_view text) {
    for (const Audience audience : {Audience::unit, Audience::chain, Audience::group, Audience::open})
        if (code(audience) == text) return audience;
    return std::nullopt;
}

Sight::Sight(const store::Reader& reader, const Viewer* viewer, std::string movement, std::string period)
    : reader_(&reader), movement_(std::move(movement)) {
    if (!viewer || !Gate::may_somewhere(viewer, Action::read_figures)) return;
    today_ = viewer->today;
    for (const Grant& grant : viewer->grants) {
        if (!permits(grant.role, Action::read_figures) || !grant.held.holds_on(today_)) continue;
        if (!grant.movement.empty() && grant.movement != movement_) continue;
        if (viewer->token && viewer->token->unit) {  // a token sees its subtree, and that only as far as its owner does
            if (!covers(reader, grant, {.unit = viewer->token->unit, .movement = movement_}, today_)) continue;
            Grant narrowed = grant;
            narrowed.unit = viewer->token->unit;
            narrowed.group.reset();
            narrowed.council.reset();
            grants_.push_back(std::move(narrowed));
        } else {
            grants_.push_back(grant);
        }
        all_ = all_ || grants_.back().everywhere();
        if (grants_.back().unit) own_.insert(*grants_.back().unit);
        if (grants_.back().group) groups_.insert(*grants_.back().group);
    }
    if (grants_.empty() || all_) return;
    for (const auto& membership : units::memberships(reader, period)) {
        group_of_.emplace(membership.unit, membership.group);
        if (own_.contains(membership.unit)) groups_.insert(membership.group);
    }
}

Audience Sight::looked_up(UnitId unit) const {
    if (own_.contains(unit)) return Audience::unit;
    for (const Grant& grant : grants_)
        if (!grant.group && covers(*reader_, grant, {.unit = unit, .movement = movement_}, today_))
            return Audience::chain;
    const auto group = group_of_.find(unit);
    return group != group_of_.end() && groups_.contains(group->second) ? Audience::group : Audience::open;
}

bool Sight::sees_below(UnitId unit) const {
    if (all_) return true;
    return std::any_of(grants_.begin(), grants_.end(), [&](const Grant& grant) {
        return !grant.group && grant.reach == Reach::subtree &&
               covers(*reader_, grant, {.unit = unit, .movement = movement_}, today_);
    });
}

bool Sight::everywhere() const {
    if (all_ || grants_.empty()) return all_;
    const auto roots = units::children(*reader_, std::nullopt, today_);
    return std::all_of(roots.begin(), roots.end(), [&](const units::Unit& root) { return sees_below(root.id); });
}

Audience Sight::nearest(UnitId unit) const {
    if (all_) return Audience::unit;
    if (grants_.empty()) return Audience::open;
    const auto [known, fresh] = known_.emplace(unit, Audience::open);
    if (fresh) known->second = looked_up(unit);
    return known->second;
}

}  // namespace guidon::people
