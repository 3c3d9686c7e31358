// Is this the same picture, saved again, scaled, or a little brighter? 64 bits that stay nearly the same.
//
// The coarse shape of a picture (the lowest frequencies of a cosine transform of 32 × 32 means), one bit for each:
// above the middle or not (Zauner, Implementation and Benchmarking of Perceptual Image Hash Functions, 2010). Not for
// pictures that were turned, mirrored or cropped. Files are decoded elsewhere.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

namespace guidon::similar {

/// So many bits may differ between two copies of one picture.
constexpr int same_picture_within = 8;

/// `grey` has width × height pixels (0 black … 255 white), row by row from the top. Nothing for a picture without a
/// shape (one colour, or no pixels): all of those would be alike.
std::optional<std::uint64_t> picture_hash(std::span<const std::uint8_t> grey, int width, int height);

/// How many bits differ.
int distance(std::uint64_t a, std::uint64_t b);

}  // namespace guidon::similar
