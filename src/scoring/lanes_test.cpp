// Do the loops over many units round exactly as whole numbers say, up to the limits that they promise?
#include "scoring/lanes.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <limits>
#include <numeric>
#include <random>

#include "scoring/sorting.h"

namespace guidon::scoring {
namespace {

constexpr std::int32_t unlimited = std::numeric_limits<std::int32_t>::max();

std::int64_t quotient(std::int64_t n, std::int64_t d, RoundMode mode) {
    const auto low = n / d, rest = n % d;
    switch (mode) {
        case RoundMode::half_up:
            return low + (2 * rest >= d);
        case RoundMode::half_even:
            return low + (2 * rest > d || (2 * rest == d && low % 2 == 1));
        case RoundMode::up:
            return low + (rest != 0);
        case RoundMode::down:
            break;
    }
    return low;
}

/// Pairs whose quotient times `times` lies at or beside a half or a whole, where a wrong estimate would show.
struct Pairs {
    std::vector<std::int32_t> x, y;
};
Pairs delicate_pairs(unsigned seed, std::int32_t times, std::int32_t widest) {
    std::mt19937 random(seed);
    Pairs pairs;
    for (int i = 0; i < 3000; ++i) {
        const auto y = static_cast<std::int32_t>(random() % 4 == 0 ? widest - static_cast<std::int32_t>(random() % 50)
                                                                   : 1 + static_cast<std::int32_t>(random() % 100'000));
        const auto halves = static_cast<std::int64_t>(random() % (2U * static_cast<unsigned>(times) + 1));
        const auto x = halves * y / (2 * std::int64_t{times}) + static_cast<std::int64_t>(random() % 3) - 1;
        pairs.x.push_back(static_cast<std::int32_t>(std::clamp<std::int64_t>(x, 0, y)));
        pairs.y.push_back(y);
    }
    return pairs;
}

RC_GTEST_PROP(Quotient, NarrowRoundsExactlyUpToItsLimits, (unsigned seed)) {
    const auto times = *rc::gen::element(1, 3, 1000, 10'000, 99'999, 131'072);
    const auto pairs = delicate_pairs(seed, times, (1 << 30) - 1);
    const auto count = static_cast<int>(pairs.x.size());
    std::vector<std::int32_t> out(pairs.x.size());
    lanes::add_quotient_narrow(pairs.x.data(), pairs.y.data(), count, times, unlimited, 1, out.data());
    for (std::size_t i = 0; i < out.size(); ++i)
        RC_ASSERT(out[i] == quotient(std::int64_t{times} * pairs.x[i], pairs.y[i], RoundMode::half_up));
}

RC_GTEST_PROP(Quotient, WideRoundsExactlyInEveryMode, (unsigned seed)) {
    const auto times = *rc::gen::element(1, 7, 30'000, 1'000'000);
    const auto mode = *rc::gen::element(RoundMode::half_up, RoundMode::half_even, RoundMode::down, RoundMode::up);
    const auto pairs = delicate_pairs(seed, times, unlimited);
    const auto count = static_cast<int>(pairs.x.size());
    std::vector<std::int32_t> out(pairs.x.size(), 5);
    lanes::add_quotient_wide(pairs.x.data(), pairs.y.data(), count, times, mode, 900'000, -1, out.data());
    for (std::size_t i = 0; i < out.size(); ++i)
        RC_ASSERT(out[i] ==
                  5 - std::min<std::int64_t>(900'000, quotient(std::int64_t{times} * pairs.x[i], pairs.y[i], mode)));
}

RC_GTEST_PROP(Sorting, IsStableByDigitsByCountingAndWide, (unsigned seed)) {
    std::mt19937 random(seed);
    const auto count = *rc::gen::element(1, 2, 31, 33, 256, 257, 3000);
    const auto widest = *rc::gen::element(0U, 1U, 50U, 100'000U, 4'000'000'000U);
    std::vector<std::uint32_t> behind(static_cast<std::size_t>(count)), expected(behind.size());
    for (auto& number : behind)
        number = widest == 0 ? 0 : static_cast<std::uint32_t>(random() % (std::uint64_t{widest} + 1));
    std::iota(expected.begin(), expected.end(), 0U);
    std::stable_sort(expected.begin(), expected.end(), [&](auto a, auto b) { return behind[a] < behind[b]; });
    Sorter sorter;
    sorter.sort(behind.data(), count, widest);
    for (std::size_t i = 0; i < expected.size(); ++i) {
        RC_ASSERT(sorter.positions()[i] == expected[i]);
        RC_ASSERT(sorter.sorted()[i] == behind[expected[i]]);
    }
}

TEST(Steps, GiveThePointsOfTheHighestReached) {
    const std::vector<std::int32_t> x{std::numeric_limits<std::int32_t>::min(), 9, 10, 19, 20, 50}, from{10, 20},
        gain{3, 4};
    std::vector<std::int32_t> out(x.size());
    lanes::add_steps(x.data(), 6, from.data(), gain.data(), 2, 2, out.data());
    EXPECT_EQ(out, (std::vector<std::int32_t>{0, 0, 6, 6, 14, 14}));
}

}  // namespace
}  // namespace guidon::scoring
