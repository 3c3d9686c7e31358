#include "scoring/peers.h"

#include <algorithm>
#include <map>
#include <numeric>

namespace guidon::scoring {
namespace {

std::string_view key_of(const Ranking& ranking, const Field& field, std::size_t unit) {
    const auto code = [](const std::vector<std::string>& codes, int index) -> std::string_view {
        if (index < 0) return {};
        return codes[static_cast<std::size_t>(index)];
    };
    switch (ranking.within) {
        case Within::group:
            return code(field.group_codes, field.groups[unit]);
        case Within::parent:
            return code(field.codes, field.parents[unit]);
        case Within::kind:
            return code(field.kind_codes, field.kinds[unit]);
        case Within::all:
            break;
    }
    return {};
}

}  // namespace

PeerGroups::PeerGroups(const Rulebook& rules, const Field& field) : of_(field.codes.size(), -1) {
    std::map<std::string_view, int> known;
    for (std::size_t unit = 0; unit < field.codes.size(); ++unit) {
        if (!field.takes_part[unit]) continue;
        const auto key = key_of(rules.ranking, field, unit);
        const auto [entry, added] = known.try_emplace(key, count());
        if (added) {
            members_.emplace_back();
            codes_.push_back(key);
        }
        of_[unit] = entry->second;
        members(entry->second).push_back(static_cast<int>(unit));
    }
    for (const auto& [code, group] : known) order_.push_back(group);
}

int PeerValues::place(const Exact& value) const {
    const auto first =
        std::partition_point(sorted.begin(), sorted.end(), [&](const Exact& other) { return better(other, value); });
    return static_cast<int>(first - sorted.begin()) + 1;
}

PeerValues peer_values(const std::vector<int>& members, const Layer& values, bool lower_is_better) {
    PeerValues peers;
    peers.lower_is_better = lower_is_better;
    for (const int unit : members)
        if (auto reading = values.read(unit); reading.reported()) peers.sorted.push_back(std::move(reading.value));
    std::sort(peers.sorted.begin(), peers.sorted.end(),
              [&](const Exact& a, const Exact& b) { return peers.better(a, b); });
    return peers;
}

}  // namespace guidon::scoring
