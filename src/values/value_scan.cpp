#include "values/value_scan.h"

#include <bit>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace guidon::values {
namespace {

/// Which of 64 bytes are of a kind, the first as the lowest bit.
struct Kinds {
    std::uint64_t ends = 0, line_feeds = 0, refused = 0, high = 0;
};

Kinds kinds_of(const char* bytes) {
    Kinds kinds;
#ifdef __SSE2__
    const auto equal = [](__m128i a, char c) { return _mm_cmpeq_epi8(a, _mm_set1_epi8(c)); };
    const auto mask = [](__m128i a) { return static_cast<std::uint64_t>(static_cast<unsigned>(_mm_movemask_epi8(a))); };
    for (int i = 0; i < 4; ++i) {
        __m128i part;
        std::memcpy(&part, bytes + 16 * i, sizeof part);
        const __m128i line_feeds = equal(part, '\n');
        kinds.line_feeds |= mask(line_feeds) << 16 * i;
        kinds.ends |= mask(_mm_or_si128(line_feeds, equal(part, ','))) << 16 * i;
        kinds.refused |= mask(_mm_or_si128(equal(part, '"'), equal(part, '\0'))) << 16 * i;
        kinds.high |= mask(part) << 16 * i;
    }
#else
    for (int i = 0; i < 64; ++i) {
        const std::uint64_t bit = std::uint64_t{1} << i;
        const char c = bytes[i];
        if (c == '\n') kinds.line_feeds |= bit;
        if (c == '\n' || c == ',') kinds.ends |= bit;
        if (c == '"' || c == '\0') kinds.refused |= bit;
        if (static_cast<unsigned char>(c) >= 0x80) kinds.high |= bit;
    }
#endif
    return kinds;
}

}  // namespace

bool Window::load(std::string_view text, bool last) {
    std::size_t length = std::min(text.size(), size);
    std::memcpy(text_.get(), text.data(), length);
    if (last && length < size && text_[length - 1] != '\n') text_[length++] = '\n';
    std::memset(text_.get() + length, ' ', padding);

    end_count_ = line_feeds_ = 0;
    std::uint64_t refused = 0, high = 0;
    std::uint16_t* end = ends_.get();
    for (std::size_t at = 0; at < length; at += 64) {
        Kinds kinds = kinds_of(text_.get() + at);  // behind the text there are blanks only
        refused |= kinds.refused;
        high |= kinds.high;
        line_feeds_ += std::popcount(kinds.line_feeds);
        for (std::uint64_t left = kinds.ends; left != 0; left &= left - 1)
            *end++ = static_cast<std::uint16_t>(at + static_cast<std::size_t>(std::countr_zero(left)));
    }
    end_count_ = static_cast<int>(end - ends_.get());
    ascii_ = high == 0;
    return refused == 0;
}

}  // namespace guidon::values
