// How large is a picture, which way up, and what do everybody's copies of it look like?
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "evidence/format.h"

namespace guidon::evidence {

struct Extent {
    int width = 0, height = 0;
    bool operator==(const Extent&) const = default;
};

/// Of a copy, in pixels.
constexpr int shown_side = 1600, small_side = 480;
/// A picture takes four bytes a pixel while it is looked into.
constexpr std::int64_t most_pixels = 64'000'000;
constexpr int longest_side = 20'000;

/// As the file's head says, not turned yet; nothing if there is no sound head.
std::optional<Extent> extent_of(Format format, std::string_view bytes);

/// How a picture has to be turned to stand upright: 1 … 8 as in EXIF 2.3, tag Orientation; 1 where nothing is said.
int orientation_of(Format format, std::string_view bytes);

/// `extent` made to fit into a square; never larger than it was.
Extent fitted(Extent extent, int side);

struct Copies {
    Extent upright;            // of the original
    std::string shown, small;  // JPEG without EXIF, upright, on white where the original lets through
    std::optional<std::uint64_t> look;
};
/// Nothing if the picture cannot be decoded. Its extent must be within the limits above.
std::optional<Copies> copies_of(Format format, std::string_view bytes);

}  // namespace guidon::evidence
