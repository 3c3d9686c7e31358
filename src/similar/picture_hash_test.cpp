#include "similar/picture_hash.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <random>
#include <vector>

namespace guidon::similar {
namespace {

struct Picture {
    int width, height;
    std::vector<std::uint8_t> grey;
};

/// Something like a photo: a slope of light and a dozen soft spots, the same at every size.
Picture scene(unsigned seed, int width = 320, int height = 240) {
    std::mt19937 random(seed);
    const auto some = [&] { return static_cast<double>(random() % 10'000) / 10'000; };
    struct Spot {
        double x, y, size, light;
    };
    std::vector<Spot> spots(12);
    for (auto& spot : spots) spot = {some(), some(), 0.05 + some() * 0.2, some() * 200 - 100};
    const double across = some() * 100 - 50, down = some() * 100 - 50;
    Picture picture{width, height, {}};
    for (int row = 0; row < height; ++row) {
        for (int column = 0; column < width; ++column) {
            const double x = (column + 0.5) / width, y = (row + 0.5) / height;
            double light = 128 + across * (x - 0.5) + down * (y - 0.5);
            for (const auto& spot : spots) {
                const double dx = (x - spot.x) / spot.size, dy = (y - spot.y) / spot.size;
                light += spot.light * std::exp(-(dx * dx + dy * dy));
            }
            picture.grey.push_back(static_cast<std::uint8_t>(std::clamp(light, 0.0, 255.0)));
        }
    }
    return picture;
}

Picture changed(Picture picture, const std::function<double(double, std::size_t)>& change) {
    for (std::size_t i = 0; i < picture.grey.size(); ++i) {
        picture.grey[i] = static_cast<std::uint8_t>(std::clamp(change(picture.grey[i], i), 0.0, 255.0));
    }
    return picture;
}

std::uint64_t hash(const Picture& picture) {
    return picture_hash(picture.grey, picture.width, picture.height).value();
}

TEST(PictureHash, StaysWhenThePictureIsScaled) {
    for (unsigned seed = 0; seed < 20; ++seed) {
        const auto original = hash(scene(seed));
        EXPECT_LE(distance(original, hash(scene(seed, 800, 600))), same_picture_within) << seed;
        EXPECT_LE(distance(original, hash(scene(seed, 160, 120))), same_picture_within) << seed;
        EXPECT_LE(distance(original, hash(scene(seed, 101, 77))), same_picture_within) << seed;
        EXPECT_LE(distance(original, hash(scene(seed, 320, 180))), same_picture_within) << seed;
    }
}

TEST(PictureHash, StaysWhenThePictureIsSavedAgain) {
    for (unsigned seed = 0; seed < 20; ++seed) {
        const auto picture = scene(seed);
        std::mt19937 random(seed);
        const auto noisy = changed(picture, [&](double light, std::size_t) { return light + random() % 21 - 10.0; });
        const auto coarse = changed(picture, [](double light, std::size_t) { return std::floor(light / 16) * 16 + 8; });
        EXPECT_LE(distance(hash(picture), hash(noisy)), same_picture_within) << seed;
        EXPECT_LE(distance(hash(picture), hash(coarse)), same_picture_within) << seed;
    }
}

TEST(PictureHash, StaysWhenThePictureGetsBrighterOrFlatter) {
    for (unsigned seed = 0; seed < 20; ++seed) {
        const auto picture = scene(seed);
        const auto brighter = changed(picture, [](double light, std::size_t) { return light * 0.8 + 40; });
        const auto flatter = changed(picture, [](double light, std::size_t) { return light * 0.5 + 64; });
        EXPECT_LE(distance(hash(picture), hash(brighter)), same_picture_within) << seed;
        EXPECT_LE(distance(hash(picture), hash(flatter)), same_picture_within) << seed;
    }
}

TEST(PictureHash, OtherPicturesAreFarAway) {
    std::vector<std::uint64_t> hashes;
    int nearest = 64;
    for (unsigned seed = 0; seed < 100; ++seed) {
        const auto next = hash(scene(seed, 80, 60));
        for (const auto other : hashes) nearest = std::min(nearest, distance(next, other));
        hashes.push_back(next);
    }
    EXPECT_GT(nearest, same_picture_within);
}

TEST(PictureHash, APictureWithoutAShapeHasNone) {
    EXPECT_FALSE(picture_hash({}, 0, 0));
    EXPECT_FALSE(picture_hash(std::vector<std::uint8_t>(100, 255), 10, 10));
    std::mt19937 random(1);
    const auto grain = changed({640, 480, std::vector<std::uint8_t>(640 * 480, 128)},
                               [&](double light, std::size_t) { return light + random() % 11 - 5.0; });
    EXPECT_FALSE(picture_hash(grain.grey, 640, 480));
}

TEST(PictureHash, TheSmallestPicturesHaveOne) {
    EXPECT_TRUE(picture_hash(std::vector<std::uint8_t>{0, 255}, 2, 1));
    EXPECT_FALSE(picture_hash(std::vector<std::uint8_t>{7}, 1, 1));
}

TEST(Distance, CountsBits) {
    EXPECT_EQ(distance(0, 0), 0);
    EXPECT_EQ(distance(0b1011, 0b0001), 2);
    EXPECT_EQ(distance(0, ~0ULL), 64);
}

}  // namespace
}  // namespace guidon::similar
