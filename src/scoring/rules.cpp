#include "scoring/rules.h"

#include <algorithm>
#include <cmath>

#include "base/assert.h"

namespace guidon::scoring {
namespace {

Exact kept(Exact value, const std::optional<Decimal>& least, const std::optional<Decimal>& most) {
    if (least && value < exact(*least)) value = exact(*least);
    if (most && value > exact(*most)) value = exact(*most);
    return value;
}

Exact between(const Exact& value, const Exact& least, const Exact& most) {
    return value < least ? least : value > most ? most : value;
}

struct Calculation {
    const Criterion& criterion;
    const Exact& v;
    const Surroundings& around;
    Exact max = exact(criterion.max);

    std::optional<Exact> operator()(const Ratio& rule) const {
        if (!around.limit.reported()) return Exact();
        const Exact from = exact(rule.from);
        const Exact& to = around.limit.value;
        if (to == from) return v >= to ? max : Exact();
        return Exact(max * between((v - from) / (to - from), 0, 1));
    }
    std::optional<Exact> operator()(const Bands& rule) const {
        const Band* band = band_reached(rule, v, around.target);
        return band ? exact(band->points) : Exact();
    }
    std::optional<Exact> operator()(const Graded&) const { return v; }
    std::optional<Exact> operator()(const PerCase& rule) const {
        return kept(exact(rule.each) * v, rule.least, rule.most);
    }
    std::optional<Exact> operator()(const YesNo&) const { return sgn(v) != 0 ? max : Exact(); }
    std::optional<Exact> operator()(const Formula& rule) const {
        double target = 0;
        if (around.formula->uses_target()) {
            if (!around.target.reported()) return Exact();
            target = nearest_double(around.target.value);
        }
        std::vector<double> named;
        for (const auto& reading : around.named) {
            if (!reading.reported()) return Exact();
            named.push_back(nearest_double(reading.value));
        }
        const double result = around.formula->evaluate(nearest_double(v), target, named);
        if (!std::isfinite(result)) return std::nullopt;
        return kept(exact(result), rule.least, rule.most);
    }
    std::optional<Exact> operator()(const Relative& rule) const {
        const auto& peers = *around.peers;
        GUIDON_ASSERT(!peers.sorted.empty());
        const Exact &best = peers.sorted.front(), &worst = peers.sorted.back();
        switch (rule.method) {
            case RelativeMethod::min_max:
                if (best == worst) return max;
                return Exact(max * (v - worst) / (best - worst));
            case RelativeMethod::rank: {
                const auto n = static_cast<long>(peers.sorted.size());
                return Exact(max * (n - peers.place(v) + 1) / n);
            }
            case RelativeMethod::share_of_best:
                break;
        }
        if (rule.lower_is_better) {
            if (sgn(v) <= 0) return v == best ? max : Exact();
            return between(max * best / v, 0, max);
        }
        if (sgn(best) <= 0) return Exact();
        return between(max * v / best, 0, max);
    }
};

}  // namespace

const Band* band_reached(const Bands& rule, const Exact& value, const Reading& target) {
    Exact reached = value;
    if (rule.on == BandsOn::share) {
        if (!target.reported() || sgn(target.value) == 0) return nullptr;
        reached /= target.value;
    }
    for (const auto& band : rule.bands)
        if (rule.lower_is_better ? reached <= exact(band.from) : reached >= exact(band.from)) return &band;
    return nullptr;
}

std::optional<Exact> points_by_rule(const Criterion& criterion, const Exact& value, const Surroundings& around) {
    return std::visit(Calculation{criterion, value, around}, criterion.rule);
}

}  // namespace guidon::scoring
