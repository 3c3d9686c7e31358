// In which order do the units of a peer group stand, and which class is left to each after the quotas?
#pragma once

#include <optional>
#include <vector>

#include "scoring/peers.h"
#include "scoring/sheet.h"

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

/// How many of `ranked` units a quota leaves room for.
int places_of_quota(Decimal most_share, int ranked);

/// Orders `members` (ranked by place then code, then the unranked by code) and sets rank and class of their places.
/// `code_order[unit]` = the unit's place in byte order of the codes. Returns how many are ranked.
int rank_members(const Rulebook& rules, std::vector<int>& members, std::vector<Place>& places,
                 const std::vector<int>& code_order);

}  // namespace guidon::scoring
