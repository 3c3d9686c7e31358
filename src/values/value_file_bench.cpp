// How long does a nation's values file take – 250,000 units × 20 indicators, five million rows – beside reading its
// bytes?
#include "values/value_file.h"

#include <benchmark/benchmark.h>

#include <cstring>

namespace guidon::values {
namespace {

struct Nation {
    std::vector<std::string> codes;
    units::CodeIndex index;
    std::string csv = "unit,indicator,period,value,target\n";
    Wanted wanted;

    Nation() {
        for (int i = 0; i < 250'000; ++i) codes.push_back(std::to_string(i + 1));
        for (const auto& code : codes) index.add(code);
        wanted.period = "2025";
        for (int i = 1; i <= 20; ++i) wanted.indicators.push_back({.key = "c" + std::to_string(i), .title = {}});
        std::uint32_t state = 1;
        for (const auto& code : codes)
            for (const auto& indicator : wanted.indicators) {
                state = state * 1664525u + 1013904223u;
                csv += code + "," + indicator.key + ",2025," + std::to_string(state >> 12) + ",";
                if (state % 5 < 2) csv += std::to_string((state >> 12) + 1000);
                csv += "\n";
            }
    }
};

const Nation& nation() {
    static const Nation nation;
    return nation;
}

void read_columns_of_a_nation(benchmark::State& state) {
    const Nation& n = nation();
    std::vector<Fault> faults;
    for (auto _ : state)
        benchmark::DoNotOptimize(read_columns(n.csv, "f", n.index, n.wanted, static_cast<int>(state.range(0)), faults));
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * n.csv.size()));
}
BENCHMARK(read_columns_of_a_nation)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond);

void read_rows_of_a_nation(benchmark::State& state) {
    const Nation& n = nation();
    std::vector<Fault> faults;
    for (auto _ : state)
        benchmark::DoNotOptimize(read_values(n.csv, "f", n.index, static_cast<int>(state.range(0)), faults));
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * n.csv.size()));
}
BENCHMARK(read_rows_of_a_nation)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond);

void find_line_ends(benchmark::State& state) {
    const Nation& n = nation();
    for (auto _ : state) {
        std::size_t lines = 0;
        for (const char* at = n.csv.data(); (at = std::strchr(at, '\n')) != nullptr; ++at) ++lines;
        benchmark::DoNotOptimize(lines);
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * n.csv.size()));
}
BENCHMARK(find_line_ends)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace guidon::values
