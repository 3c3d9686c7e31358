#include "replications/spread.h"

#include <algorithm>

#include "exemplars/life.h"

namespace guidon::replications {
namespace {

void count(Spread& spread, const Counted& one, std::int64_t Growth::*what) {
    ++(spread.all.*what);
    ++(spread.by_unit[one.unit].*what);
    ++(spread.by_field[one.field].*what);
}

}  // namespace

Spread spread_of(const std::vector<Counted>& all, const std::unordered_set<UnitId>& units) {
    std::unordered_map<ExemplarId, std::vector<std::size_t>> children;
    for (std::size_t i = 0; i < all.size(); ++i)
        if (all[i].origin) children[*all[i].origin].push_back(i);

    Spread spread;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const bool here = units.empty() || units.contains(all[i].unit);
        if (!here || all[i].origin || !exemplars::is_active(all[i].at_start)) continue;
        count(spread, all[i], &Growth::initial);
        Spread::Initial first{i};
        std::vector<std::size_t> stack{i};
        spread.generation[all[i].id] = 0;
        while (!stack.empty()) {
            const Counted& one = all[stack.back()];
            if (exemplars::is_active(one.at_end)) {
                spread.members.push_back(stack.back());
                count(spread, one, &Growth::total);
                ++first.family;
            }
            stack.pop_back();
            const int generation = spread.generation.at(one.id);
            spread.generations = std::max(spread.generations, generation);
            const auto below = children.find(one.id);
            if (below == children.end()) continue;
            for (const std::size_t child : below->second)
                if (spread.generation.try_emplace(all[child].id, generation + 1).second) stack.push_back(child);
        }
        spread.initial.push_back(first);
    }
    std::stable_sort(spread.initial.begin(), spread.initial.end(),
                     [](const auto& a, const auto& b) { return a.family > b.family; });
    return spread;
}

}  // namespace guidon::replications
