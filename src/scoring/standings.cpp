#include "scoring/standings.h"

#include <algorithm>

namespace guidon::scoring {
namespace {

std::size_t at(int index) {
    return static_cast<std::size_t>(index);
}

int order_of(const std::optional<Exact>& a, const std::optional<Exact>& b, bool lower_is_better) {
    if (!a || !b) return a ? -1 : b ? 1 : 0;
    return lower_is_better ? cmp(*a, *b) : cmp(*b, *a);
}

/// Class by class from the best: those beyond the quota fall, and with them who shares the rank at the limit.
void apply_quotas(const Rulebook& rules, const std::vector<int>& members, int ranked, std::vector<Place>& places) {
    for (std::size_t c = 0; c + 1 < rules.classes.size(); ++c) {
        if (!rules.classes[c].most_share) continue;
        std::vector<int> inside;
        for (int i = 0; i < ranked; ++i)
            if (places[at(members[at(i)])].class_index == static_cast<int>(c)) inside.push_back(members[at(i)]);
        auto stay = at(places_of_quota(*rules.classes[c].most_share, ranked));
        if (inside.size() <= stay) continue;
        const int limit = places[at(inside[stay])].rank;
        while (stay > 0 && places[at(inside[stay - 1])].rank == limit) --stay;
        for (; stay < inside.size(); ++stay) places[at(inside[stay])].class_index = static_cast<int>(c) + 1;
    }
}

}  // namespace

Decision decide(const Ranking& ranking, const Place& a, const Place& b) {
    if (const int order = cmp(a.total, b.total); order != 0)
        return {ranking.order == Order::high_first ? -order : order, -1};
    int index = 0;
    for (const auto& tie : ranking.ties) {
        if (const int order = order_of(a.ties[at(index)], b.ties[at(index)], tie.lower_is_better); order != 0)
            return {order, index};
        ++index;
    }
    return {0, index};
}

int places_of_quota(Decimal most_share, int ranked) {
    const auto whole = static_cast<__int128>(most_share.in_millionths()) * ranked / Decimal::unit;
    return std::max(1, static_cast<int>(whole));
}

int rank_members(const Rulebook& rules, std::vector<int>& members, std::vector<Place>& places,
                 const std::vector<int>& code_order) {
    const auto& ranking = rules.ranking;
    std::sort(members.begin(), members.end(), [&](int a, int b) {
        const auto &one = places[at(a)], &other = places[at(b)];
        if (one.ranked != other.ranked) return one.ranked;
        if (one.ranked)
            if (const int order = decide(ranking, one, other).order; order != 0) return order < 0;
        return code_order[at(a)] < code_order[at(b)];
    });
    int ranked = 0, rank = 0;
    for (std::size_t i = 0; i < members.size() && places[at(members[i])].ranked; ++i) {
        auto& place = places[at(members[i])];
        const bool shares =
            i > 0 && ranking.rest != Rest::code && decide(ranking, places[at(members[i - 1])], place).order == 0;
        if (!shares) rank = ranking.rest == Rest::dense ? rank + 1 : ranked + 1;
        place.rank = rank;
        place.class_index = place.class_at_best;
        ++ranked;
    }
    apply_quotas(rules, members, ranked, places);
    return ranked;
}

}  // namespace guidon::scoring
