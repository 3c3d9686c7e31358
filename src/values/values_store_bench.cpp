// How long does a country take into SQLite and back: 250,000 units, 5 million values, checked and durable?
#include <benchmark/benchmark.h>
#include <stdlib.h>

#include <filesystem>
#include <string>

#include "store/store.h"
#include "values/values_store.h"

// The gate is beside this folder: here stands one that permits the benchmark alone.
namespace guidon::people {
class Gate {
public:
    static store::Permit terminal() { return {"benchmark", "operator"}; }
};
}  // namespace guidon::people

namespace guidon::values {
namespace {

constexpr int units_count = 250'000, indicators = 20;

std::vector<units::UnitRow> country() {
    std::vector<units::UnitRow> rows;
    rows.reserve(units_count);
    for (int i = 0; i < units_count; ++i) {
        auto& row = rows.emplace_back();
        row.code = "U" + std::to_string(i);
        if (i >= 64) row.parent = "U" + std::to_string(i / 20);
        row.kind = i < 64 ? "province" : "cell";
        row.names[""] = "Đơn vị số " + std::to_string(i);
    }
    return rows;
}

std::string indicator(int i) {
    return "indicator_" + std::to_string(i);
}

/// A new folder with a database, gone at the end.
struct Place {
    std::string folder;
    Place() {
        std::string pattern = (std::filesystem::temp_directory_path() / "guidon-bench.XXXXXX").string();
        folder = mkdtemp(pattern.data());
    }
    ~Place() { std::filesystem::remove_all(folder); }
    store::Store open() const { return store::Store::open("sqlite:" + folder + "/registry.sqlite"); }
};

std::vector<units::UnitId> import_country(store::Store& store, const std::vector<units::UnitRow>& rows) {
    auto change = store.change(people::Gate::terminal());
    const auto ids = units::add_units(change, rows);
    std::vector<Row> reported(ids.size());
    for (int i = 0; i < indicators; ++i) {
        for (std::size_t u = 0; u < ids.size(); ++u) {
            reported[u].unit = ids[u];
            reported[u].value = Cell(Decimal::millionths(static_cast<std::int64_t>(u * 7919 % 100'000) * 10'000));
            reported[u].target = Cell(Decimal::whole(100));
        }
        put_values(change, indicator(i), "2024", reported);
    }
    change.commit("import.done", "");
    return ids;
}

void import(benchmark::State& state) {
    const auto rows = country();
    for ([[maybe_unused]] auto _ : state) {
        const Place place;
        auto store = place.open();
        import_country(store, rows);
    }
}
BENCHMARK(import)->Unit(benchmark::kMillisecond)->Iterations(1)->UseRealTime();

void load(benchmark::State& state) {
    const Place place;
    auto store = place.open();
    const auto ids = import_country(store, country());
    std::vector<std::string> keys;
    for (int i = 0; i < indicators; ++i) keys.push_back(indicator(i));
    for ([[maybe_unused]] auto _ : state) {
        benchmark::DoNotOptimize(load_columns(store.read(), "2024", keys, ids));
    }
}
BENCHMARK(load)->Unit(benchmark::kMillisecond)->Iterations(2)->UseRealTime();

void load_all_units(benchmark::State& state) {
    const Place place;
    auto store = place.open();
    {
        auto change = store.change(people::Gate::terminal());
        units::add_units(change, country());
        change.commit("import.done", "");
    }
    for ([[maybe_unused]] auto _ : state) {
        benchmark::DoNotOptimize(units::load_units(store.read(), *Day::parse("2024-06-01")));
    }
}
BENCHMARK(load_all_units)->Unit(benchmark::kMillisecond)->Iterations(2)->UseRealTime();

}  // namespace
}  // namespace guidon::values
