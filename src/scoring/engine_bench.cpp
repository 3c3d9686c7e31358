// How fast is a nation scored? 250,000 units × 20 criteria, beside the floor of reading the same bytes.
//
// The field has the shape of a country: provinces, communes of very uneven size, and grassroots cells; eight ratios,
// four bands, three graded, two deductions, one bonus, two gates; values missing here and there, and many ties.
#include <benchmark/benchmark.h>

#include <cmath>
#include <cstdlib>
#include <random>

#include "scoring/engine.h"

namespace guidon::scoring {
namespace {

constexpr int provinces = 34, communes = 3321, units = 250'000;

Criterion criterion(Rulebook& rules, const std::string& max, Rule rule) {
    Criterion result;
    result.key = "c" + std::to_string(rules.indicators.size() + 1);
    result.indicator = static_cast<int>(rules.indicators.size());
    result.max = *Decimal::parse(max);
    result.rule = std::move(rule);
    rules.indicators.push_back({result.key, {}, Rollup::none, ""});
    return result;
}

Bands bands(int count, int points) {
    Bands rule;
    for (int i = count; i > 0; --i)
        rule.bands.push_back({Decimal::whole(20'000 + 75'000 / count * i), Decimal::whole(points * i / count)});
    return rule;
}

Rulebook national_rules() {
    Rulebook rules;
    for (const char* max : {"10", "10", "10", "6", "6", "5", "5", "4"})
        rules.criteria.push_back(criterion(rules, max, Ratio{{}, Target{}}));
    for (const int count : {4, 5, 3, 6}) rules.criteria.push_back(criterion(rules, "6", bands(count, 6)));
    for (const char* max : {"8", "7", "7"}) rules.criteria.push_back(criterion(rules, max, Graded{}));
    rules.criteria.push_back(criterion(rules, "0", PerCase{*Decimal::parse("-0.333"), Decimal::whole(-5), {}}));
    rules.criteria.push_back(criterion(rules, "0", PerCase{*Decimal::parse("-1"), Decimal::whole(-5), {}}));
    rules.criteria.push_back(criterion(rules, "0", PerCase{*Decimal::parse("0.275"), {}, Decimal::whole(3)}));
    for (const int bound : {1000, 80'000}) {
        rules.gates.push_back({"g" + std::to_string(bound),
                               {},
                               static_cast<int>(rules.indicators.size()),
                               Passes::at_least,
                               Decimal::whole(bound),
                               false,
                               2});
        rules.indicators.push_back({rules.gates.back().key, {}, Rollup::none, ""});
    }
    rules.classes = {{"first", {}, Decimal::whole(90), {}, {}},
                     {"second", {}, Decimal::whole(75), {}, {}},
                     {"third", {}, Decimal::whole(50), {}, {}},
                     {"fourth", {}, {}, {}, {}}};
    rules.ranking.ties = {{Tie::By::criterion, 0, false}, {Tie::By::criterion, 1, false}};
    return rules;
}

class Nation {
public:
    explicit Nation(const Rulebook& rules) : rules_(rules) {}

    Field field() {
        place_units();
        for (std::size_t i = 0; i < rules_.indicators.size(); ++i) field_.columns.emplace_back();
        std::vector<Cell> copied(rules_.indicators.size()), copied_targets(rules_.indicators.size());
        for (int unit = 0; unit < units; ++unit) {
            const bool copies = below(10) == 0;  // hands in the neighbour's report: real ties
            const int quality = (below(1001) + below(1001) + below(1001)) / 3;
            for (std::size_t i = 0; i < copied.size(); ++i) {
                if (!copies) {
                    copied_targets[i] = i < 8 ? Cell(Decimal::whole(target())) : Cell();
                    copied[i] = below(100) < 3 ? Cell() : value(static_cast<int>(i), quality, copied_targets[i]);
                }
                field_.columns[i].values.push_back(copied[i]);
                if (i < 8) field_.columns[i].targets.push_back(copied_targets[i]);
            }
        }
        return std::move(field_);
    }

private:
    int below(int count) { return static_cast<int>(engine_() % static_cast<unsigned>(count)); }
    int target() { return 1000 * (below(4) == 0 ? 50'000 + below(950'000) : 10 + below(50'000)); }
    Cell value(int index, int quality, Cell target) {
        if (index < 8)
            return Decimal::whole(target.value().in_millionths() / Decimal::unit *
                                      std::clamp(560 + quality * 7 / 10 + below(341) - 170, 0, 1500) / 1000 +
                                  below(999));
        if (index < 12) return Decimal::whole(std::clamp(50'000 + quality * 50 + below(44'001) - 22'000, 0, 100'000));
        if (index < 15) return Decimal::millionths(below(15) * 500'000);
        if (index < 18) return below(3) == 0 ? Decimal::millionths(below(12) * 500'000) : Decimal();
        if (index == 18) return Decimal::whole(below(1000) < 985 ? 1000 : 0);
        return Decimal::whole(std::min(100'000, 77'000 + quality * 15 + below(10'001)));
    }
    void add(int parent, int group) {
        field_.codes.push_back(std::to_string(field_.codes.size() + 1));
        field_.parents.push_back(parent);
        field_.kinds.push_back(0);
        field_.groups.push_back(group);
        field_.takes_part.push_back(1);
        while (static_cast<int>(field_.group_codes.size()) <= group)
            field_.group_codes.push_back("g" + std::to_string(field_.group_codes.size()));
    }
    void place_units() {
        field_.kind_codes = {"unit"};
        add(-1, 0);
        for (int i = 0; i < provinces; ++i) add(0, 1 + i / 6);
        for (int i = 0; i < communes; ++i) add(1 + i % provinces, 8 + i % provinces * 6 + i / provinces / 20);
        double weights = 0;
        for (int i = 0; i < communes; ++i) weights += 1.0 / (i + 21);
        const int first = 1 + provinces, cells = units - first - communes;
        for (int i = 0; i < communes; ++i)
            for (int n = std::max(1, static_cast<int>(cells / weights / (i + 21))); n-- > 0;)
                if (static_cast<int>(field_.codes.size()) < units) add(first + i, 300 + i);
        for (int i = 0; static_cast<int>(field_.codes.size()) < units; ++i)
            add(first + i % communes, 300 + i % communes);
    }

    const Rulebook& rules_;
    Field field_;
    std::mt19937 engine_{20250701};
};

Engine& nation() {
    static Engine engine = [] {
        const Rulebook rules = national_rules();
        return Engine(rules, Nation(rules).field(), 2);
    }();
    return engine;
}

void full(benchmark::State& state) {
    auto& engine = nation();
    for (auto _ : state) engine.score(static_cast<int>(state.range(0)));
    state.counters["values/s"] = benchmark::Counter(units * 20.0, benchmark::Counter::kIsIterationInvariantRate);
}
BENCHMARK(full)->ArgName("threads")->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();

void one_value_changed(benchmark::State& state) {
    auto& engine = nation();
    std::mt19937 random(7);
    std::size_t moved = 0;
    for (auto _ : state) {
        const int unit = static_cast<int>(random() % units), indicator = static_cast<int>(random() % 8);
        const Cell target =
            engine.field().columns[static_cast<std::size_t>(indicator)].targets[static_cast<std::size_t>(unit)];
        const auto change = engine.change(unit, indicator, Decimal::whole(random() % 1'000'000), target);
        moved += change.standings.size();
    }
    state.counters["moved"] = static_cast<double>(moved) / static_cast<double>(state.iterations());
}
BENCHMARK(one_value_changed)->Unit(benchmark::kMicrosecond);

void one_explanation(benchmark::State& state) {
    auto& engine = nation();
    std::mt19937 random(7);
    for (auto _ : state) benchmark::DoNotOptimize(engine.explain(static_cast<int>(random() % units)));
}
BENCHMARK(one_explanation)->Unit(benchmark::kMicrosecond);

void loading(benchmark::State& state) {
    const Rulebook rules = national_rules();
    const Field field = Nation(rules).field();
    for (auto _ : state) {
        Field copy = field;
        const Engine engine(rules, std::move(copy), static_cast<int>(state.range(0)));
        benchmark::DoNotOptimize(engine.rank(0));
    }
}
BENCHMARK(loading)->ArgName("threads")->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();

/// The floor: 28 columns (20 values, 8 targets) of 32 bits, read once.
void floor_of_reading(benchmark::State& state) {
    const std::vector<std::int32_t> bytes(units * 28, 1);
    for (auto _ : state) {
        std::int32_t sum = 0;
        for (const auto value : bytes) sum += value;
        benchmark::DoNotOptimize(sum);
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * bytes.size() * sizeof bytes[0]));
}
BENCHMARK(floor_of_reading)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace guidon::scoring
