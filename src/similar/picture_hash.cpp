#include "similar/picture_hash.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <numbers>

#include "base/assert.h"

namespace guidon::similar {
namespace {

constexpr std::size_t side = 32;      // means in a row, and rows of them
constexpr std::size_t waves = 8;      // of the lowest frequencies, across and down
constexpr double least_contrast = 1;  // grey levels, standard deviation of the means

using Means = std::array<std::array<double, side>, side>;
using Waves = std::array<double, waves * waves>;

/// Which pixels of `size` make mean `i`: at least one.
std::pair<std::size_t, std::size_t> part(std::size_t i, std::size_t size) {
    const std::size_t from = i * size / side;
    return {from, std::max(from + 1, (i + 1) * size / side)};
}

Means means_of(std::span<const std::uint8_t> grey, std::size_t width, std::size_t height) {
    Means means{};
    for (std::size_t row = 0; row < side; ++row) {
        for (std::size_t column = 0; column < side; ++column) {
            const auto [top, bottom] = part(row, height);
            const auto [left, right] = part(column, width);
            std::uint64_t sum = 0;
            for (std::size_t y = top; y < bottom; ++y) {
                for (std::size_t x = left; x < right; ++x) sum += grey[y * width + x];
            }
            means[row][column] = static_cast<double>(sum) / static_cast<double>((bottom - top) * (right - left));
        }
    }
    return means;
}

bool has_shape(const Means& means) {
    double sum = 0, squares = 0;
    for (const auto& row : means) {
        for (const double mean : row) {
            sum += mean;
            squares += mean * mean;
        }
    }
    constexpr double count = side * side;
    return squares / count - sum / count * (sum / count) >= least_contrast * least_contrast;
}

/// cos((2i + 1) · k · π / 2n), the cosine transform of kind II; its scale does not matter here.
std::array<std::array<double, side>, waves> cosines() {
    std::array<std::array<double, side>, waves> table{};
    for (std::size_t k = 0; k < waves; ++k) {
        for (std::size_t i = 0; i < side; ++i) {
            table[k][i] = std::cos(static_cast<double>((2 * i + 1) * k) * std::numbers::pi / (2 * side));
        }
    }
    return table;
}

Waves waves_of(const Means& means) {
    static const auto cosine = cosines();
    std::array<std::array<double, waves>, side> across{};
    for (std::size_t row = 0; row < side; ++row) {
        for (std::size_t k = 0; k < waves; ++k) {
            for (std::size_t i = 0; i < side; ++i) across[row][k] += cosine[k][i] * means[row][i];
        }
    }
    Waves result{};
    for (std::size_t down = 0; down < waves; ++down) {
        for (std::size_t k = 0; k < waves; ++k) {
            for (std::size_t row = 0; row < side; ++row) result[down * waves + k] += cosine[down][row] * across[row][k];
        }
    }
    return result;
}

}  // namespace

std::optional<std::uint64_t> picture_hash(std::span<const std::uint8_t> grey, int width, int height) {
    GUIDON_ASSERT(width >= 0 && height >= 0);
    const auto w = static_cast<std::size_t>(width), h = static_cast<std::size_t>(height);
    GUIDON_ASSERT(grey.size() == w * h);
    if (grey.empty()) return std::nullopt;
    const Means means = means_of(grey, w, h);
    if (!has_shape(means)) return std::nullopt;
    const Waves all = waves_of(means);
    auto shape = all;  // without the first, which is the brightness of the whole
    const auto middle = shape.begin() + shape.size() / 2;
    std::nth_element(shape.begin() + 1, middle, shape.end());
    std::uint64_t bits = 0;
    for (std::size_t k = 1; k < all.size(); ++k) bits |= static_cast<std::uint64_t>(all[k] > *middle) << k;
    return bits;
}

int distance(std::uint64_t a, std::uint64_t b) {
    return std::popcount(a ^ b);
}

}  // namespace guidon::similar
