// How many durable changes a second do clients get, who each wait for theirs – beside one client without a group?
#include "store/writer.h"

#include <benchmark/benchmark.h>
#include <stdlib.h>

#include <filesystem>
#include <latch>
#include <string>

// The gate is above this folder: here stands one that permits the benchmark alone.
namespace guidon::people {
class Gate {
public:
    static store::Permit terminal() { return {"benchmark", "operator"}; }
};
}  // namespace guidon::people

namespace guidon::store {
namespace {

struct Place {
    std::string folder;
    Place() {
        std::string pattern = (std::filesystem::temp_directory_path() / "guidon-bench.XXXXXX").string();
        folder = mkdtemp(pattern.data());
    }
    ~Place() { std::filesystem::remove_all(folder); }
    Store open() const { return Store::open("sqlite:" + folder + "/registry.sqlite"); }
};

void change_once(Store& store) {
    auto change = store.change(people::Gate::terminal());
    change.commit("value.changed", "0123456789abcdef", {{"indicator", "settled"}, {"value", "81"}});
}

void alone(benchmark::State& state) {
    const Place place;
    auto store = place.open();
    for ([[maybe_unused]] auto _ : state) change_once(store);
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(alone)->UseRealTime();

/// `clients` changes are on their way at any moment.
void in_groups(benchmark::State& state) {
    const Place place;
    auto store = place.open();
    Writer writer(store);
    const auto clients = state.range(0);
    for ([[maybe_unused]] auto _ : state) {
        std::latch all(clients);
        for (std::int64_t i = 0; i < clients; ++i) {
            writer.submit([&] { change_once(store); }, [&](std::exception_ptr) { all.count_down(); });
        }
        all.wait();
    }
    state.SetItemsProcessed(state.iterations() * clients);
}
BENCHMARK(in_groups)->Arg(16)->Arg(64)->Arg(256)->UseRealTime();

}  // namespace
}  // namespace guidon::store
