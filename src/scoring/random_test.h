// Random rulebooks and fields for properties: small, with many ties, empty cells and corners.
#pragma once

#include <random>
#include <string>
#include <vector>

#include "scoring/engine.h"
#include "scoring/scene_test.h"

namespace guidon::scoring::testing {

/// Makes what a seed says; the same on every machine.
class Random {
public:
    explicit Random(unsigned seed) : engine_(seed) {}

    int below(int count) { return static_cast<int>(engine_() % static_cast<unsigned>(count)); }
    bool one_in(int count) { return below(count) == 0; }
    template <class T>
    T pick(const std::vector<T>& from) {
        return from[static_cast<std::size_t>(below(static_cast<int>(from.size())))];
    }
    Decimal amount() {
        static const std::vector<std::string> corners = {
            "0", "1", "2", "3.5", "7", "10", "0.000001", "-1", "99", "1234.567", "0.3333", "1000000000", "-2.5"};
        return one_in(3) ? number(pick(corners)) : Decimal::millionths(below(21) * 500'000);
    }
    Cell report() { return one_in(6) ? Cell() : one_in(10) ? Cell::not_applicable() : Cell(amount()); }

    Rulebook rulebook();
    Field field(const Rulebook& rules, int units);

private:
    Rule rule(int indicators);
    Rounding rounding(bool may_be_exact);
    Criterion criterion(int index, int indicators, int sections, bool may_be_exact);
    void ranking(Rulebook& rules);
    std::mt19937 engine_;
};

inline Rounding Random::rounding(bool may_be_exact) {
    static const std::vector<std::string> steps = {"0.001", "0.001", "0.5", "0.01", "1", "2.5", "0"};
    const auto step = pick(steps);
    return {number(step == "0" && !may_be_exact ? "0.1" : step),
            pick<RoundMode>(
                {RoundMode::half_up, RoundMode::half_up, RoundMode::half_even, RoundMode::down, RoundMode::up})};
}

inline Rule Random::rule(int indicators) {
    const auto limits = [this](auto& rule) {
        if (one_in(2)) rule.least = Decimal::whole(-below(4));
        if (one_in(2)) rule.most = Decimal::whole(below(9));
    };
    switch (below(8)) {
        case 0:
        case 1: {
            Ratio ratio{one_in(3) ? amount() : Decimal(), Target{}};
            if (one_in(3)) ratio.to = amount();
            if (one_in(4)) ratio.to = IndicatorRef{below(indicators)};
            return ratio;
        }
        case 2: {
            Bands bands{{}, one_in(2) ? BandsOn::share : BandsOn::value, one_in(3)};
            for (int i = 0, n = 1 + below(4); i < n; ++i)
                bands.bands.push_back(
                    {Decimal::millionths((bands.lower_is_better ? i : n - i) * 700'000 + below(500'000)),
                     Decimal::whole(below(12))});
            return bands;
        }
        case 3:
            return Graded{};
        case 4: {
            PerCase per_case{Decimal::millionths(below(4'000'000) - 2'000'000), {}, {}};
            if (one_in(2)) per_case.each = Decimal::whole(below(5) - 2);
            limits(per_case);
            return per_case;
        }
        case 5:
            return YesNo{};
        case 6: {
            Formula formula{
                pick<std::string>({"floor(3 * (v + 1)^1.5)", "abs(v) / 7", "if(v > i0, 2, v * 0.1)", "v - t"}),
                {0},
                {},
                {}};
            limits(formula);
            return formula;
        }
        default:
            break;
    }
    return Relative{
        pick<RelativeMethod>({RelativeMethod::min_max, RelativeMethod::rank, RelativeMethod::share_of_best}),
        one_in(2)};
}

inline Criterion Random::criterion(int index, int indicators, int sections, bool may_be_exact) {
    Criterion result;
    result.key = "c" + std::to_string(index);
    result.section = below(sections + 1) - 1;
    result.indicator = below(indicators);
    result.max = one_in(5) ? number("33.333333") : Decimal::whole(below(30));
    result.weight = Decimal::millionths(below(5) * 500'000);
    result.rule = rule(indicators);
    if (std::holds_alternative<Graded>(result.rule)) result.max = Decimal::whole(2'000'000'000);
    result.missing = one_in(3) ? Missing::skip : Missing::zero;
    result.not_applicable = pick<NotApplicable>({NotApplicable::skip, NotApplicable::full, NotApplicable::zero});
    result.round = rounding(may_be_exact);
    return result;
}

inline void Random::ranking(Rulebook& rules) {
    const auto criteria = static_cast<int>(rules.criteria.size()),
               indicators = static_cast<int>(rules.indicators.size());
    rules.ranking.within = pick<Within>({Within::group, Within::parent, Within::kind, Within::all});
    rules.ranking.order = one_in(3) ? Order::low_first : Order::high_first;
    rules.ranking.rest = pick<Rest>({Rest::share, Rest::dense, Rest::code});
    for (int i = below(4); i-- > 0;) {
        if (one_in(2))
            rules.ranking.ties.push_back({Tie::By::criterion, below(criteria), one_in(2)});
        else
            rules.ranking.ties.push_back({Tie::By::indicator, below(indicators), one_in(2)});
    }
}

inline Rulebook Random::rulebook() {
    const bool plain = one_in(2);  // such as integers can score
    static const std::vector<Combine> all = {
        Combine::sum, Combine::sum, Combine::mean, Combine::weighted_mean, Combine::geometric_mean, Combine::min};
    Rulebook rules;
    for (int i = 0, n = 2 + below(4); i < n; ++i)
        rules.indicators.push_back(
            indicator("i" + std::to_string(i),
                      pick<Rollup>({Rollup::none, Rollup::none, Rollup::sum, Rollup::mean, Rollup::max, Rollup::min})));
    const auto indicators = static_cast<int>(rules.indicators.size());
    for (int i = 0, n = below(4); i < n; ++i) {
        rules.sections.push_back({"s" + std::to_string(i), {}, plain ? Combine::sum : pick(all), {}});
        if (one_in(3)) rules.sections.back().most = Decimal::whole(below(20));
    }
    for (int i = 0, n = 1 + below(6); i < n; ++i)
        rules.criteria.push_back(criterion(i, indicators, static_cast<int>(rules.sections.size()), !plain));
    for (int i = 0, n = below(4); i < n; ++i) {
        Class one{"k" + std::to_string(i), {}, {}, {}, {}};
        if (i + 1 < n || one_in(3)) one.at_least = Decimal::whole(90 - 25 * i);
        if (one_in(4)) one.each_section_at_least = Decimal::whole(below(60));
        if (one_in(3)) one.most_share = Decimal::millionths(below(1'000'000));
        rules.classes.push_back(one);
    }
    for (int i = below(3); i-- > 0;)
        rules.gates.push_back({"g" + std::to_string(i),
                               {},
                               below(indicators),
                               pick<Passes>({Passes::at_most, Passes::at_least, Passes::equals}),
                               amount(),
                               one_in(3),
                               below(static_cast<int>(rules.classes.size()) + 1) - 1});
    rules.total = {plain ? Combine::sum : pick(all), rounding(!plain)};
    ranking(rules);
    return rules;
}

inline Field Random::field(const Rulebook& rules, int units) {
    Field result;
    result.kind_codes = {"a", "b"};
    result.group_codes = {"north", "south", ""};
    for (int i = 0; i < units; ++i) {
        result.codes.push_back("u" + std::to_string(below(1000)) + "." + std::to_string(i));
        result.parents.push_back(i == 0 || one_in(8) ? -1 : below(i));
        result.kinds.push_back(below(2));
        result.groups.push_back(below(4) - 1);
        result.takes_part.push_back(!one_in(6));
    }
    for (std::size_t i = 0; i < rules.indicators.size(); ++i) {
        auto& column = result.columns.emplace_back();
        const bool targets = !one_in(3);
        for (int u = 0; u < units; ++u) {
            column.values.push_back(report());
            if (targets) column.targets.push_back(one_in(5) ? column.values.back() : report());
        }
    }
    return result;
}

/// All that an engine says, as text, to compare two of them.
inline std::string all_of(const Engine& engine) {
    std::string text = standings(engine);
    const auto units = static_cast<int>(engine.field().codes.size());
    for (int u = 0; u < units; ++u) {
        if (!engine.takes_part(u)) continue;
        text += "\n" + engine.field().codes[static_cast<std::size_t>(u)] + " max " + engine.max(u) + " of " +
                std::to_string(engine.peers(u)) + ":";
        for (std::size_t c = 0; c < engine.rules().criteria.size(); ++c)
            text += " " + engine.points(u, static_cast<int>(c));
        for (std::size_t g = 0; g < engine.rules().gates.size(); ++g)
            text += engine.passes(u, static_cast<int>(g)) ? " +" : " -";
    }
    for (const auto& row : engine.rollup()) {
        text += "\n" + engine.field().codes[static_cast<std::size_t>(row.unit)] + " holds " +
                std::to_string(row.units) + " " + row.mean_total;
        for (const int count : row.classes) text += " " + std::to_string(count);
    }
    return text;
}
inline std::string all_of(const Rulebook& rules, const Field& field, int threads = 1,
                          Arithmetic arithmetic = Arithmetic::fastest) {
    try {
        return all_of(Engine(rules, field, threads, arithmetic));
    } catch (const Faults& faults) {
        std::string text = "refused";
        for (const auto& fault : faults.list)
            text += " " + fault.code + ":" + fault.arguments.at("unit") + ":" + fault.arguments.at("criterion");
        return text;
    }
}

}  // namespace guidon::scoring::testing
