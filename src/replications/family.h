// Who was adopted from whom? A family of exemplars put in order, and what is counted of it. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "exemplars/exemplars_store.h"
#include "replications/course.h"

namespace guidon::replications {

/// One of the family. Of the exemplar only what names it, owns it and says where it stands is filled in.
struct Member {
    exemplars::Exemplar exemplar;
    std::optional<exemplars::ExemplarId> origin;
    std::string adoption;      // public id
    std::optional<State> way;  // how far its adoption is; nothing for the first of a family
    Day starts;                // it began there
    exemplars::State after_a_year = exemplars::State::draft;  // as it stood a year after it began
};

/// A tree: parents before their children, children by the day on which they began.
struct Family {
    struct Node {
        Member member;
        int parent = -1;
        int generation = 0;
    };
    std::vector<Node> nodes;
};

/// The tree of `members` below `root`, which is one of them; as deep and as wide as it is.
Family arranged(std::vector<Member> members, exemplars::ExemplarId root);
/// Without those for which `shown` says no; what descends from them hangs where they hung. The root stays.
Family left_of(const Family& family, const std::vector<bool>& shown);

struct Figures {
    std::int64_t descendants = 0;
    std::int64_t active = 0;                 // of those, still so
    int generations = 0;                     // below the first
    std::string months;                      // to adoption, the median; "" = nobody adopted it
    std::int64_t old_enough = 0, after = 0;  // began 12 months ago or more; of those, ran on then
    bool operator==(const Figures&) const = default;
};
Figures figures_of(const Family& family, Day today);

/// Whole months from one day to another; 0 where `to` is not later.
int months_between(Day from, Day to);
/// From the registration of its origin until it began there; nothing where either is not known.
std::optional<int> months_to_adoption(const Family& family, std::size_t node);
/// Whether it began 12 months before `today` or earlier.
bool is_old_enough(const Member& member, Day today);

/// 411 of 40 → "10.275": to at most three places, a half rounded up. "" where `initial` is 0.
std::string growth_factor(std::int64_t now, std::int64_t initial);

}  // namespace guidon::replications
