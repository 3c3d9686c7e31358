#include "similar/sketch.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>

#include "similar/mixing.h"
#include "similar/words.h"

namespace guidon::similar {
namespace {

/// Two sets with `common` words in common and `own` each for itself.
std::pair<std::vector<std::uint64_t>, std::vector<std::uint64_t>> two_sets(int common, int own, std::uint64_t seed) {
    std::vector<std::uint64_t> a, b;
    const auto word = [&](int i) { return mixed_with(seed, static_cast<std::uint64_t>(i)); };
    for (int i = 0; i < common + own; ++i) a.push_back(word(i));
    for (int i = 0; i < common; ++i) b.push_back(word(i));
    for (int i = 0; i < own; ++i) b.push_back(word(common + own + i));
    std::sort(a.begin(), a.end());
    std::sort(b.begin(), b.end());
    return {a, b};
}

bool share_a_band(const Sketch& a, const Sketch& b) {
    const auto in_a = band_keys(a), in_b = band_keys(b);
    for (std::size_t i = 0; i < in_a.size(); ++i) {
        if (in_a[i] == in_b[i]) return true;
    }
    return false;
}

/// Of `pairs` pairs with Jaccard index `common` / (`common` + 2 · `own`), how many …
struct Counted {
    double mean = 0, squares = 0, bits = 0;
    int share_a_band = 0, enough_bits = 0;
};
Counted count(int common, int own, int pairs) {
    Counted counted;
    for (int i = 0; i < pairs; ++i) {
        const auto [a, b] = two_sets(common, own, static_cast<std::uint64_t>(i) + 1);
        const auto x = sketch_of(a), y = sketch_of(b);
        const double error = estimated_jaccard(x, y) - jaccard(a, b);
        const int equal = equal_bits(digest(x), digest(y));
        counted.mean += error / pairs;
        counted.squares += error * error / pairs;
        counted.bits += static_cast<double>(equal) / pairs;
        counted.share_a_band += similar::share_a_band(x, y) ? 1 : 0;
        counted.enough_bits += equal >= enough_equal_bits ? 1 : 0;
    }
    return counted;
}

TEST(Sketch, EstimatesTheShareOfWordsInCommonWithoutBias) {
    for (const auto& [common, own] : {std::pair(80, 10), {60, 20}, {40, 30}, {20, 40}, {8, 1}}) {
        const auto counted = count(common, own, 2000);
        const double j = static_cast<double>(common) / (common + 2 * own);
        const double deviation = std::sqrt(j * (1 - j) / functions);
        EXPECT_NEAR(counted.mean, 0, 4 * deviation / std::sqrt(2000)) << j;
        EXPECT_NEAR(std::sqrt(counted.squares), deviation, deviation * 0.1) << j;
        EXPECT_NEAR(counted.bits, 32 * (1 + j), 0.4) << j;
    }
}

TEST(Sketch, BandsMeetAsOftenAsTheirTableSays) {
    constexpr int pairs = 5000;
    for (const auto& [common, own, least, most] :
         {std::tuple(80, 10, 0.997, 1.0), {60, 20, 0.69, 0.76}, {30, 35, 0.03, 0.05}, {20, 40, 0.003, 0.012}}) {
        const double share = static_cast<double>(count(common, own, pairs).share_a_band) / pairs;
        EXPECT_GE(share, least) << common;
        EXPECT_LE(share, most) << common;
    }
}

TEST(Sketch, TheDigestLetsSimilarTextsThroughAndFewOthers) {
    constexpr int pairs = 5000;
    EXPECT_GE(count(80, 10, pairs).enough_bits, pairs * 0.997);
    EXPECT_LE(count(20, 40, pairs).enough_bits, pairs * 0.02);
}

RC_GTEST_PROP(Sketch, OneSetHasOneSketchAndAllOfItsBands, ()) {
    auto set = *rc::gen::nonEmpty(rc::gen::unique<std::vector<std::uint64_t>>(rc::gen::arbitrary<std::uint64_t>()));
    const auto sketch = sketch_of(set);
    std::reverse(set.begin(), set.end());
    RC_ASSERT(sketch_of(set) == sketch);
    RC_ASSERT(estimated_jaccard(sketch, sketch) == 1);
    RC_ASSERT(equal_bits(digest(sketch), digest(sketch)) == digest_bits);
}

RC_GTEST_PROP(Sketch, OfAUnionIsTheLeastOfBoth, (std::uint64_t seed)) {
    const auto [a, b] = two_sets(*rc::gen::inRange(0, 20), *rc::gen::inRange(1, 20), seed);
    auto both = a;
    both.insert(both.end(), b.begin(), b.end());
    auto least = sketch_of(a);
    const auto other = sketch_of(b);
    for (std::size_t k = 0; k < functions; ++k) least[k] = std::min(least[k], other[k]);
    RC_ASSERT(sketch_of(both) == least);
}

TEST(Sketch, StaysWhatIsKeptInDatabases) {
    const auto sketch = sketch_of(word_set("the road between two villages"));
    EXPECT_EQ(band_keys(sketch).front(), -1019298067);
    EXPECT_EQ(band_keys(sketch).back(), 1086582104);
    EXPECT_EQ(digest(sketch), 7841931491590725627ULL);
}

}  // namespace
}  // namespace guidon::similar
