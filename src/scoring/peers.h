// Who is compared with whom? And what did those compared report, where a rule looks at the peers?
#pragma once

#include <string_view>
#include <vector>

#include "scoring/readings.h"

namespace guidon::scoring {

/// Participants by group, parent or kind, or all of them together.
class PeerGroups {
public:
    PeerGroups(const Rulebook& rules, const Field& field);

    int count() const { return static_cast<int>(members_.size()); }
    int of(int unit) const { return of_[static_cast<std::size_t>(unit)]; }  // -1: takes no part
    std::string_view code(int group) const { return codes_[static_cast<std::size_t>(group)]; }
    std::vector<int>& members(int group) { return members_[static_cast<std::size_t>(group)]; }
    const std::vector<int>& members(int group) const { return members_[static_cast<std::size_t>(group)]; }
    /// Groups in byte order of their codes.
    const std::vector<int>& order() const { return order_; }

private:
    std::vector<int> of_, order_;
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
