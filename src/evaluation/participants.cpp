#include "evaluation/participants.h"

#include <algorithm>

namespace guidon::evaluation {

namespace {

/// 1 for every unit below `root`; each parent chain is walked once, up to what is known already.
std::vector<char> below(const std::vector<int>& parents, int root) {
    enum : char { unknown = 2 };
    std::vector<char> inside(parents.size(), unknown);
    inside[static_cast<std::size_t>(root)] = 1;
    std::vector<int> chain;
    for (int unit = 0; unit < static_cast<int>(parents.size()); ++unit) {
        int at = unit;
        for (; at >= 0 && inside[static_cast<std::size_t>(at)] == unknown; at = parents[static_cast<std::size_t>(at)])
            chain.push_back(at);
        const char found = at >= 0 ? inside[static_cast<std::size_t>(at)] : 0;
        for (const int passed : chain) inside[static_cast<std::size_t>(passed)] = found;
        chain.clear();
    }
    inside[static_cast<std::size_t>(root)] = 0;
    return inside;
}

bool has(const std::vector<std::string>& list, const std::string& wanted) {
    return std::find(list.begin(), list.end(), wanted) != list.end();
}

}  // namespace

std::vector<char> participants(const movements::Cycle& cycle, const Candidates& units) {
    std::vector<char> chosen = units.has_value_or_group;
    if (cycle.participants) {
        const auto& wanted = *cycle.participants;
        std::fill(chosen.begin(), chosen.end(), 1);
        if (!wanted.under.empty()) {
            const auto root = std::find(units.codes.begin(), units.codes.end(), wanted.under);
            if (root == units.codes.end())
                throw Problem("participants.unknown-root", {{"unit", wanted.under}, {"movement", cycle.key}});
            chosen = below(units.parents, static_cast<int>(root - units.codes.begin()));
        }
        if (!wanted.kinds.empty())
            for (std::size_t i = 0; i < chosen.size(); ++i) chosen[i] = chosen[i] && has(wanted.kinds, units.kinds[i]);
    }
    if (cycle.participants && !cycle.participants->groups.empty()) {
        const auto& wanted = cycle.participants->groups;
        for (std::size_t i = 0; i < chosen.size(); ++i) {
            const int group = units.groups[i];
            chosen[i] = chosen[i] && group >= 0 && has(wanted, units.group_codes[static_cast<std::size_t>(group)]);
        }
    }
    for (std::size_t i = 0; i < chosen.size(); ++i) chosen[i] = chosen[i] && units.exists[i];
    return chosen;
}

}  // namespace guidon::evaluation
