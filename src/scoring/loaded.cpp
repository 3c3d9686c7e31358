#include <algorithm>

#include "base/assert.h"
#include "scoring/board.h"

namespace guidon::scoring {

Loaded::Loaded(Rulebook rules_, Field field_, int threads)
    : rules(std::move(rules_)),
      field(std::move(field_)),
      tree(field.parents),
      readings(rules, field, tree),
      groups(rules, field, workers, threads),
      relative(rules.criteria.size()) {
    GUIDON_ASSERT(field.columns.size() == rules.indicators.size());
    for (int group = 0; compares() && group < groups.count(); ++group) compare_peers(group);
    provide_scorers(threads);
}

bool Loaded::compares() const {
    return std::any_of(rules.criteria.begin(), rules.criteria.end(),
                       [](const Criterion& criterion) { return std::holds_alternative<Relative>(criterion.rule); });
}

void Loaded::compare_peers(int group) {
    for (std::size_t i = 0; i < rules.criteria.size(); ++i) {
        const auto* rule = std::get_if<Relative>(&rules.criteria[i].rule);
        if (!rule) continue;
        relative[i].resize(static_cast<std::size_t>(groups.count()));
        relative[i][static_cast<std::size_t>(group)] =
            peer_values(groups.members(group), readings.values(rules.criteria[i].indicator), rule->lower_is_better);
    }
}

void Loaded::provide_scorers(int threads) {
    while (static_cast<int>(scorers.size()) < std::max(1, threads))
        scorers.push_back(std::make_unique<Scorer>(rules, field, readings, groups, relative));
}

Decision Board::decide(const Ranking& ranking, int a, int b) const {
    if (const int order = cmp(total(a), total(b)); order != 0)
        return {ranking.order == Order::high_first ? -order : order, -1};
    return decide_tie(a, b);
}

}  // namespace guidon::scoring
