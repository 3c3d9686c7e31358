// Is this archive an office file, and may it be given on to people who will open it?
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "evidence/format.h"

namespace guidon::evidence {

/// What an archive may unpack to. Office files are text that shrinks to a tenth, and pictures that do not shrink.
struct UnpackLimits {
    std::uint64_t total_bytes = 256 << 20;  // by what the archive says, and again by what comes out of it
    std::uint64_t ratio = 100;              // unpacked : packed, for archives that unpack to more than
    std::uint64_t ratio_from = 16 << 20;
    std::uint64_t parts = 10'000;
};

/// The format of an office file; nothing for another archive. Every part is unpacked once.
/// Problems (422, argument file): evidence.damaged, evidence.encrypted, evidence.macros, evidence.bomb.
std::optional<Format> office_format(std::string_view bytes, const std::string& file, std::string_view field,
                                    const UnpackLimits& limits = {});

}  // namespace guidon::evidence
