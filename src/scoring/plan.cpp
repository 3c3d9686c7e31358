#include "scoring/plan.h"

#include <algorithm>

namespace guidon::scoring {
namespace {

std::size_t at(int index) {
    return static_cast<std::size_t>(index);
}

/// The largest amount of which both are multiples.
Exact common(const Exact& a, const Exact& b) {
    Exact result(gcd(mpz_class(a.get_num() * b.get_den()), mpz_class(b.get_num() * a.get_den())),
                 a.get_den() * b.get_den());
    result.canonicalize();
    return result;
}

/// What one point of each section and criterion adds to the total; nothing if that is no constant.
struct Shares {
    std::vector<Exact> sections, criteria;
};

bool is_mean(Combine how) {
    return how == Combine::mean || how == Combine::weighted_mean;
}

std::optional<Shares> shares(const Rulebook& rules, const std::vector<CriterionColumn>& columns) {
    Shares result{std::vector<Exact>(rules.sections.size(), 1), std::vector<Exact>(rules.criteria.size(), 1)};
    std::vector<Exact> weights(rules.sections.size()), counts(rules.sections.size());
    Exact total_weight, total_count;
    for (std::size_t i = 0; i < rules.criteria.size(); ++i) {
        const auto& criterion = rules.criteria[i];
        const bool in_section = criterion.section >= 0;
        const Combine how = in_section ? rules.sections[at(criterion.section)].combine : Combine::sum;
        if (columns[i].skips() && (is_mean(how) || is_mean(rules.total.combine))) return std::nullopt;
        if (in_section && counts[at(criterion.section)] == 0) total_weight += 1, total_count += 1;
        if (in_section) {
            counts[at(criterion.section)] += 1;
            weights[at(criterion.section)] += exact(criterion.weight);
        } else {
            total_count += 1;
            total_weight += exact(criterion.weight);
        }
    }
    const auto share = [](Combine how, const Exact& weight, const Exact& all,
                          const Exact& count) -> std::optional<Exact> {
        if (how == Combine::sum) return Exact(1);
        if (how == Combine::mean) return Exact(1 / count);
        if (how == Combine::weighted_mean && sgn(all) > 0) return Exact(weight / all);
        return std::nullopt;
    };
    for (std::size_t i = 0; i < rules.sections.size(); ++i) {
        if (counts[i] == 0) continue;
        const auto of_total = share(rules.total.combine, 1, total_weight, total_count);
        if (!of_total) return std::nullopt;
        result.sections[i] = *of_total;
    }
    for (std::size_t i = 0; i < rules.criteria.size(); ++i) {
        const auto& criterion = rules.criteria[i];
        const auto weight = exact(criterion.weight);
        const auto own = criterion.section < 0 ? share(rules.total.combine, weight, total_weight, total_count)
                                               : share(rules.sections[at(criterion.section)].combine, weight,
                                                       weights[at(criterion.section)], counts[at(criterion.section)]);
        if (!own) return std::nullopt;
        result.criteria[i] = criterion.section < 0 ? *own : Exact(*own * result.sections[at(criterion.section)]);
    }
    return result;
}

/// Whole numbers of grain; remembers whether all of them fit and how much they may add up to.
class Grains {
public:
    explicit Grains(Exact grain) : grain_(std::move(grain)) {}
    std::int32_t operator()(const Exact& amount) {
        const Exact count = amount / grain_;
        if (count.get_den() != 1 || abs(count) >= limit) fits_ = false;
        return fits_ ? static_cast<std::int32_t>(count.get_num().get_si()) : 0;
    }
    void add(const Exact& most) { sum_ += abs(most); }
    bool fit() const { return fits_ && sum_ < limit; }

private:
    static constexpr long limit = 1L << 30;
    Exact grain_, sum_;
    bool fits_ = true;
};

}  // namespace

std::optional<Plan> plan(const Rulebook& rules, const std::vector<CriterionColumn>& columns) {
    for (const auto& criterion : rules.criteria)
        if (criterion.round.step <= Decimal()) return std::nullopt;
    const auto worth = shares(rules, columns);
    if (!worth) return std::nullopt;
    Exact grain = 0, fine = 0;  // fine: of what totals are multiples before they are rounded
    for (std::size_t i = 0; i < rules.criteria.size(); ++i) {
        fine = common(fine, exact(rules.criteria[i].round.step) * worth->criteria[i]);
        grain = common(grain, exact(rules.criteria[i].max) * worth->criteria[i]);
    }
    for (std::size_t i = 0; i < rules.sections.size(); ++i)
        if (rules.sections[i].most) fine = common(fine, exact(*rules.sections[i].most) * worth->sections[i]);
    grain = common(common(grain, fine), exact(rules.total.round.step));
    if (sgn(grain) == 0) grain = 1;

    Plan result;
    result.grain = grain;
    Grains grains(grain);
    result.groups.resize(rules.sections.size() + 1);
    for (std::size_t i = 0; i < rules.criteria.size(); ++i) {
        const auto& criterion = rules.criteria[i];
        auto& part = result.parts.emplace_back();
        part.factor = grains(exact(criterion.round.step) * worth->criteria[i]);
        part.max = grains(exact(criterion.max) * worth->criteria[i]);
        grains.add(Exact(part.factor) * columns[i].reach());
        grains.add(part.max);
        auto& group = result.groups[criterion.section < 0 ? rules.sections.size() : at(criterion.section)];
        group.criteria.push_back(static_cast<int>(i));
        group.max += grains.fit() ? part.max : 0;
    }
    for (std::size_t i = 0; i < rules.sections.size(); ++i) {
        auto& group = result.groups[i];
        if (rules.sections[i].most) {
            group.most = grains(exact(*rules.sections[i].most) * worth->sections[i]);
            grains.add(*group.most);
        }
        if (!group.criteria.empty()) result.max += std::min(group.max, group.most.value_or(group.max));
    }
    result.max += result.groups.back().max;
    const Exact step = exact(rules.total.round.step);
    const bool rounded_already = sgn(step) == 0 || Exact(fine / step).get_den() == 1;
    if (!rounded_already) {
        result.total_step = grains(step);
        grains.add(result.total_step);
    }
    return grains.fit() ? std::optional(std::move(result)) : std::nullopt;
}

}  // namespace guidon::scoring
