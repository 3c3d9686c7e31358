#include "similar/sketch.h"

#include <algorithm>
#include <bit>
#include <limits>

#include "base/assert.h"
#include "similar/mixing.h"

namespace guidon::similar {
namespace {

/// Function k of a word w: (w ^ flips[k]) · factors[k].
struct Functions {
    std::array<std::uint32_t, functions> flips{}, factors{};

    constexpr Functions() {
        for (std::size_t k = 0; k < functions; ++k) {
            const std::uint64_t random = mixed_with(k, k);
            flips[k] = static_cast<std::uint32_t>(random >> 32);
            factors[k] = static_cast<std::uint32_t>(random) | 1U;  // odd: no two words get one value
        }
    }
};
constexpr Functions hashing;

}  // namespace

Sketch sketch_of(std::span<const std::uint64_t> word_set) {
    GUIDON_ASSERT(!word_set.empty());
    Sketch least;
    least.fill(std::numeric_limits<std::uint32_t>::max());
    for (const auto hash : word_set) {
        const auto word = static_cast<std::uint32_t>(hash >> 32);
        for (std::size_t k = 0; k < functions; ++k) {
            least[k] = std::min(least[k], (word ^ hashing.flips[k]) * hashing.factors[k]);
        }
    }
    return least;
}

double estimated_jaccard(const Sketch& a, const Sketch& b) {
    int equal = 0;
    for (std::size_t k = 0; k < functions; ++k) equal += a[k] == b[k] ? 1 : 0;
    return static_cast<double>(equal) / functions;
}

BandKeys band_keys(const Sketch& sketch) {
    BandKeys keys{};
    for (std::size_t band = 0; band < bands; ++band) {
        std::uint64_t key = band;
        for (std::size_t row = 0; row < rows; ++row) {
            key = mixed_with(key, sketch[band * rows + row]);
        }
        keys[band] = static_cast<std::int32_t>(static_cast<std::uint32_t>(key >> 32));
    }
    return keys;
}

std::uint64_t digest(const Sketch& sketch) {
    std::uint64_t bits = 0;
    for (std::size_t k = 0; k < digest_bits; ++k) bits |= (mixed(sketch[k]) & 1) << k;
    return bits;
}

int equal_bits(std::uint64_t a, std::uint64_t b) {
    return digest_bits - std::popcount(a ^ b);
}

}  // namespace guidon::similar
