// How are similar texts found among 150,000 without comparing with each? Every text gets a sketch, and similar texts
// have, very probably, a piece of their sketches in common.
//
// MinHash (Broder 1997): each of `functions` hash functions gives the least value that it has for any word of the text;
// for two texts the least values are equal with the probability of their Jaccard index J. The sketch is cut into
// `bands` of `rows` values (Indyk and Motwani 1998). Two texts share at least one band with the probability
//
//     1 − (1 − J^rows)^bands     J  0.9     0.8     0.7    0.6    0.5    0.3     0.2
//                                   0.9999… 0.9983  0.948  0.726  0.398  0.038   0.005
//
// More rows would find fewer chance meetings and need more bands; 5 × 16 was chosen on texts that share half of their
// formulas (docs/decisions/0012-…). Pure; kept in databases, so nothing here changes without indexing again.
#pragma once

#include <array>
#include <cstdint>
#include <span>

namespace guidon::similar {

constexpr int rows = 5;
constexpr int bands = 16;
constexpr int functions = rows * bands;

/// The least value of each hash function.
using Sketch = std::array<std::uint32_t, functions>;

/// Of a set of words (`word_set`), which is not empty.
Sketch sketch_of(std::span<const std::uint64_t> word_set);

/// Jaccard's index, estimated: ± 0.045 (one standard deviation) at 0.8.
double estimated_jaccard(const Sketch& a, const Sketch& b);

/// Each band as one number, made of the band's place and values.
using BandKeys = std::array<std::int32_t, bands>;
BandKeys band_keys(const Sketch& sketch);

/// One bit of each of the first 64 values: what is left of a sketch where a number is all there is room for.
std::uint64_t digest(const Sketch& sketch);
constexpr int digest_bits = 64;
/// How many of the 64 bits are equal. Of two texts (1 + J) / 2 are: about 58 for J = 0.8, 50 for J = 0.55.
int equal_bits(std::uint64_t a, std::uint64_t b);
/// With fewer, J is hardly 0.8: one of a thousand such pairs has them.
constexpr int enough_equal_bits = 50;

}  // namespace guidon::similar
