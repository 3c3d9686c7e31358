// How long does one check of a password take, at the least work and at the wished one? Each adds its memory.
#include <benchmark/benchmark.h>

#include "accounts/password.h"

namespace guidon::accounts {
namespace {

void check_of_a_password(benchmark::State& state) {
    const WorkFactor work{static_cast<std::uint64_t>(state.range(1)), static_cast<std::size_t>(state.range(0)) << 20};
    const std::string hash = hash_password("plum eats blue chairs", work);
    for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(password_matches(hash, "plum eats blue chairs"));
}
BENCHMARK(check_of_a_password)
    ->ArgNames({"MiB", "passes"})
    ->Args({19, 2})
    ->Args({64, 2})
    ->Args({64, 3})
    ->Args({64, 4})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

/// Beside the check itself: what a new password is held against.
void rules_of_a_password(benchmark::State& state) {
    for ([[maybe_unused]] auto _ : state)
        benchmark::DoNotOptimize(password_problems("con mèo xanh thích đọc báo", {"secretary.kyanh"}));
}
BENCHMARK(rules_of_a_password);

}  // namespace
}  // namespace guidon::accounts
