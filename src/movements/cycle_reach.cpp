#include "movements/cycle_reach.h"

#include <algorithm>
#include <vector>

namespace guidon::movements {

using namespace scoring;

namespace {

std::optional<Exact> best_of(const PerCase& rule) {
    if (rule.each > Decimal()) return rule.most ? std::optional(exact(*rule.most)) : std::nullopt;
    Decimal none;
    if (rule.least) none = std::max(none, *rule.least);
    if (rule.most) none = std::min(none, *rule.most);
    return exact(none);
}

Exact best_of(const Bands& rule) {
    Decimal best;
    for (const auto& band : rule.bands) best = std::max(best, band.points);
    return exact(best);
}

struct Member {
    Reach reach;
    Exact weight = 1;
};

template <class Of>
std::optional<Exact> combined(Combine combine, const std::vector<Member>& members, const Of& of) {
    Exact sum = 0, weights = 0;
    std::optional<Exact> least;
    for (const auto& member : members) {
        const std::optional<Exact> points = of(member.reach);
        if (!points) return std::nullopt;
        const Exact weight = combine == Combine::weighted_mean ? member.weight : Exact(1);
        sum += *points * weight;
        weights += weight;
        if (!least || *points < *least) least = points;
    }
    switch (combine) {
        case Combine::sum:
            return sum;
        case Combine::mean:
        case Combine::weighted_mean:
            return weights == 0 ? Exact(0) : Exact(sum / weights);
        case Combine::min:
            return least.value_or(Exact(0));
        case Combine::geometric_mean:
            return std::nullopt;
    }
    return std::nullopt;
}

Reach combined(Combine combine, const std::vector<Member>& members) {
    const auto max = combined(combine, members, [](const Reach& r) { return std::optional(r.max); });
    if (!max) return {std::nullopt, 0};
    return {combined(combine, members, [](const Reach& r) { return r.best; }), *max};
}

}  // namespace

Reach reach_of(const Criterion& criterion) {
    Reach reach{exact(criterion.max), exact(criterion.max)};
    if (const auto* bands = std::get_if<Bands>(&criterion.rule)) reach.best = best_of(*bands);
    if (const auto* per_case = std::get_if<PerCase>(&criterion.rule)) reach.best = best_of(*per_case);
    if (const auto* formula = std::get_if<Formula>(&criterion.rule))
        reach.best = formula->most ? std::optional(exact(*formula->most)) : std::nullopt;
    return reach;
}

Reach reach_of(const Rulebook& rules, int section) {
    std::vector<Member> members;
    for (const auto& criterion : rules.criteria)
        if (criterion.section == section) members.push_back({reach_of(criterion), exact(criterion.weight)});
    const auto combine = section < 0 ? rules.total.combine : rules.sections[static_cast<std::size_t>(section)].combine;
    return combined(combine, members);
}

Reach reach_of(const Rulebook& rules) {
    std::vector<Member> members;
    for (const auto& criterion : rules.criteria)
        if (criterion.section < 0) members.push_back({reach_of(criterion), exact(criterion.weight)});
    for (std::size_t s = 0; s < rules.sections.size(); ++s) {
        const auto index = static_cast<int>(s);
        if (std::none_of(rules.criteria.begin(), rules.criteria.end(),
                         [&](const Criterion& criterion) { return criterion.section == index; }))
            continue;  // a section without counted criteria is left out
        auto reach = reach_of(rules, index);
        if (const auto& most = rules.sections[s].most) {
            reach.max = std::min(reach.max, exact(*most));
            // Whatever the bonus, the cap bounds it; a geometric mean stays unknown.
            if (reach.best || rules.sections[s].combine != Combine::geometric_mean)
                reach.best = reach.best ? std::min(*reach.best, exact(*most)) : exact(*most);
        }
        members.push_back({reach});
    }
    return combined(rules.total.combine, members);
}

bool has_bonus(const Rulebook& rules) {
    return std::any_of(rules.criteria.begin(), rules.criteria.end(), [](const Criterion& criterion) {
        const auto reach = reach_of(criterion);
        return !reach.best || *reach.best > reach.max;
    });
}

}  // namespace guidon::movements
