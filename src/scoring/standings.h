// In which order do the units of a peer group stand, and which class is left to each after the quotas?
#pragma once

#include <algorithm>
#include <optional>
#include <vector>

#include "scoring/exact.h"

namespace guidon::scoring {

/// What of a unit's sheet decides its place, and the place. Exact.
struct Place {
    bool ranked = false;
    Exact total, max;
    std::vector<std::optional<Exact>> ties;  // as in Ranking::ties; nothing = comes after those who have it
    int class_at_best = -1;                  // after gates, before quotas
    int class_index = -1;
    int rank = 0;

    bool operator==(const Place&) const = default;
};

/// Which of two ranked units comes first, and what decided.
struct Decision {
    int order = 0;    // < 0: the first; 0: they share a rank unless the code decides
    int decided = 0;  // -1: the totals; else index into Ranking::ties; its size: nothing
};
Decision decide(const Ranking& ranking, const Place& a, const Place& b);
/// The same of two with equal totals.
Decision decide_tie(const Ranking& ranking, const Place& a, const Place& b);

/// How many of `ranked` units a quota leaves room for.
int places_of_quota(Decimal most_share, int ranked);

/// The rank of the unit at `position` (from 0) behind one of `rank` (0 for none), with which it may be level.
inline int rank_at(Rest rest, int position, int rank, bool level) {
    if (level && rest != Rest::code) return rank;
    return rest == Rest::dense ? rank + 1 : position + 1;
}

/// Class by class from the best: those beyond the quota fall, and with them who shares the rank at the limit.
/// `members` are the ranked ones in order; `rank_of(member)` and `class_of(member)` (a reference) know their places.
template <class RankOf, class ClassOf>
void apply_quotas(const std::vector<Class>& classes, const int* members, int ranked, RankOf rank_of, ClassOf class_of) {
    std::vector<int> inside;
    for (std::size_t c = 0; c + 1 < classes.size(); ++c) {
        if (!classes[c].most_share) continue;
        inside.clear();
        for (int i = 0; i < ranked; ++i)
            if (class_of(members[i]) == static_cast<int>(c)) inside.push_back(members[i]);
        auto stay = static_cast<std::size_t>(places_of_quota(*classes[c].most_share, ranked));
        if (inside.size() <= stay) continue;
        const int limit = rank_of(inside[stay]);
        while (stay > 0 && rank_of(inside[stay - 1]) == limit) --stay;
        for (; stay < inside.size(); ++stay) ++class_of(inside[stay]);
    }
}

}  // namespace guidon::scoring
