// How long does a photo take on its way in, and how long does it take to find what looks like it among 150,000?
#include <benchmark/benchmark.h>

#include <random>

#include "evidence/evidence_store.h"
#include "evidence/samples_test.h"
#include "people/gate.h"

namespace guidon::evidence {
namespace {

void take_photo(benchmark::State& state) {
    const samples::Folder folder;
    const Depot depot(folder.path() / "files");
    const int width = static_cast<int>(state.range(0));
    const web::Upload upload{"photo.jpg", "", samples::jpeg(samples::scene(width, width * 3 / 4, 1))};
    for (auto _ : state) benchmark::DoNotOptimize(take(depot, upload, "file", Wanted::photo));
    state.counters["megapixels"] = width * (width * 3 / 4) / 1e6;
}
BENCHMARK(take_photo)->Arg(1600)->Arg(4000)->Arg(8000)->Unit(benchmark::kMillisecond);

void find_by_look(benchmark::State& state) {
    const samples::Folder folder;
    const Depot depot(folder.path() / "files");
    auto store = store::Store::open("sqlite:" + (folder.path() / "bench.sqlite").string());
    std::mt19937_64 random(20240101);
    {
        Taken photo;
        photo.format = Format::jpeg;
        photo.bytes = photo.shown = photo.small = "x";
        photo.hash = photo.shown_hash = photo.small_hash = std::string(64, 'a');
        auto change = store.change(people::Gate::terminal());
        for (int i = 0; i < 150'000; ++i) {
            photo.look = random();
            keep(change, depot, photo);
        }
        change.commit("evidence.kept", "");
    }
    const auto reader = store.read();
    for (auto _ : state) benchmark::DoNotOptimize(looks_like(reader, random()));
}
BENCHMARK(find_by_look)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace guidon::evidence
