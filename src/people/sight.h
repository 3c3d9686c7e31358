// What may somebody see? Each figure has an audience; a Sight says of a unit whether its viewer belongs to it. One that
// nobody filled sees what is public and nothing else.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "people/viewer.h"
#include "store/store.h"

namespace guidon::people {

/// From the narrowest: who belongs to one belongs to all wider ones. Wire form = name.
enum class Audience {
    unit,   // people of the unit itself
    chain,  // and of the units above it
    group,  // and of the units compared with it
    open    // everybody; written "public"
};
std::string_view code(Audience audience);
std::optional<Audience> audience_of(std::string_view code);

class Sight {
public:
    /// Sees only what is public.
    Sight() = default;
    /// What `viewer` (null: the public) may see of figures of `movement`, with groups as they are in `period`.
    /// `reader` must outlive it.
    Sight(const store::Reader& reader, const Viewer* viewer, std::string movement, std::string period);

    /// Everything, as an auditor for all.
    bool all() const { return all_; }
    /// Of every unit there is or may be what its chain sees: a right over all the roots, or without a place.
    bool everywhere() const;
    /// What its chain sees of every unit at or below `unit`.
    bool sees_below(UnitId unit) const;
    /// The narrowest audience to which the viewer belongs for figures of `unit`.
    Audience nearest(UnitId unit) const;
    bool sees(UnitId unit, Audience audience) const { return audience == Audience::open || nearest(unit) <= audience; }

private:
    Audience looked_up(UnitId unit) const;

    const store::Reader* reader_ = nullptr;
    std::vector<Grant> grants_;  // that permit reading
    std::string movement_;
    Day today_;
    bool all_ = false;
    std::set<UnitId> own_;      // units in whose name the viewer acts
    std::set<GroupId> groups_;  // to which those belong, or which the viewer leads
    std::unordered_map<UnitId, GroupId> group_of_;
    mutable std::unordered_map<UnitId, Audience> known_;
};

}  // namespace guidon::people
