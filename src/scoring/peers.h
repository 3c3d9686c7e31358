// Who is compared with whom? And what did those compared report, where a rule looks at the peers?
#pragma once

#include <string_view>
#include <vector>

#include "scoring/readings.h"
#include "scoring/workers.h"

namespace guidon::scoring {

/// Participants by group, parent or kind, or all of them together. Each participant has a slot: those of a peer
/// group lie together, in byte order of their codes, so that one pass over memory serves a group.
class PeerGroups {
public:
    PeerGroups(const Rulebook& rules, const Field& field, Workers& workers, int threads);

    int count() const { return static_cast<int>(begins_.size()) - 1; }
    int slots() const { return static_cast<int>(units_.size()); }
    int of(int unit) const { return of_[at(unit)]; }       // -1: takes no part
    int slot(int unit) const { return slots_[at(unit)]; }  // -1: takes no part
    int unit(int slot) const { return units_[at(slot)]; }
    /// The participants in the order of their slots.
    const std::vector<int>& all_units() const { return units_; }
    int begin(int group) const { return begins_[at(group)]; }
    int end(int group) const { return begins_[at(group) + 1]; }
    std::string_view code(int group) const { return codes_[at(group)]; }
    /// In standings order once they were ranked, by code before.
    std::vector<int>& members(int group) { return members_[at(group)]; }
    const std::vector<int>& members(int group) const { return members_[at(group)]; }
    /// Groups in byte order of their codes.
    const std::vector<int>& order() const { return order_; }

private:
    static std::size_t at(int index) { return static_cast<std::size_t>(index); }
    void collect(const Rulebook& rules, const Field& field);
    std::vector<int> of_, slots_, units_, begins_, order_;
    std::vector<std::string_view> codes_;
    std::vector<std::vector<int>> members_;
};

/// The values that a `relative` rule compares: those reported in one peer group, the best first.
struct PeerValues {
    std::vector<Exact> sorted;
    bool lower_is_better = false;

    bool better(const Exact& a, const Exact& b) const { return lower_is_better ? a < b : b < a; }
    /// 1 + how many are strictly better.
    int place(const Exact& value) const;
};
PeerValues peer_values(const std::vector<int>& members, const Layer& values, bool lower_is_better);

}  // namespace guidon::scoring
