#include "scoring/standings.h"

namespace guidon::scoring {
namespace {

int order_of(const std::optional<Exact>& a, const std::optional<Exact>& b, bool lower_is_better) {
    if (!a || !b) return a ? -1 : b ? 1 : 0;
    return lower_is_better ? cmp(*a, *b) : cmp(*b, *a);
}

}  // namespace

Decision decide_tie(const Ranking& ranking, const Place& a, const Place& b) {
    std::size_t index = 0;
    for (const auto& tie : ranking.ties) {
        if (const int order = order_of(a.ties[index], b.ties[index], tie.lower_is_better); order != 0)
            return {order, static_cast<int>(index)};
        ++index;
    }
    return {0, static_cast<int>(index)};
}

Decision decide(const Ranking& ranking, const Place& a, const Place& b) {
    if (const int order = cmp(a.total, b.total); order != 0)
        return {ranking.order == Order::high_first ? -order : order, -1};
    return decide_tie(ranking, a, b);
}

int places_of_quota(Decimal most_share, int ranked) {
    const auto whole = static_cast<__int128>(most_share.in_millionths()) * ranked / Decimal::unit;
    return static_cast<int>(std::clamp<__int128>(whole, 1, std::max(1, ranked)));
}

}  // namespace guidon::scoring
