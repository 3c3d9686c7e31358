#include <unicode/utf8.h>

#include <cstring>

#include "base/language.h"

namespace guidon {

std::optional<std::size_t> first_invalid_utf8(std::string_view text) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    const std::size_t size = text.size();
    std::size_t i = 0;
    while (i < size) {
        constexpr std::size_t stride = 64;  // a loop that the compiler turns into vector instructions
        while (i + stride <= size) {
            std::uint8_t any = 0;
            for (std::size_t k = 0; k < stride; ++k) any |= bytes[i + k];
            if (any >= 0x80) break;
            i += stride;
        }
        const std::size_t until = std::min(size, i + stride);
        while (i < until) {
            const std::size_t start = i;
            std::int32_t c = bytes[i++];
            if (c < 0x80) continue;
            // ICU counts in 32 bits; a character has at most four bytes.
            std::int32_t offset = 0;
            U8_NEXT(bytes + start, offset, static_cast<std::int32_t>(std::min<std::size_t>(size - start, 4)), c);
            if (c < 0) return start;
            i = start + static_cast<std::size_t>(offset);
        }
    }
    return std::nullopt;
}

}  // namespace guidon
