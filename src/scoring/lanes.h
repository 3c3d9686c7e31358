// The inner loops over many units at once. Integers in, integers out, and the same on every processor: what is
// computed in float or double on the way is proved exact where it is chosen (columns.cpp).
#pragma once

#include <cstdint>

#include "scoring/rulebook.h"

namespace guidon::scoring::lanes {

/// Asks for the 3 KiB from `first` on: processors follow a stream once it runs, but not to the next column.
inline void fetch(const void* first) {
    for (int i = 0; i < 3072; i += 64) __builtin_prefetch(static_cast<const char*>(first) + i);
}

/// out += factor × min(max(each × x, least), most)
void add_linear(const std::int32_t* x, int count, std::int32_t each, std::int32_t least, std::int32_t most,
                std::int32_t factor, std::int32_t* out);

void add_linear(const std::int16_t* x, int count, std::int32_t each, std::int32_t least, std::int32_t most,
                std::int32_t factor, std::int32_t* out);

/// out += factor × min(times × x / y rounded half up, most). Needs 0 ≤ x, 0 < y < 2^30, every quotient and `times` at
/// most 2^17.
void add_quotient_narrow(const std::int32_t* x, const std::int32_t* y, int count, std::int32_t times, std::int32_t most,
                         std::int32_t factor, std::int32_t* out);
/// The same with one y for all.
void add_quotient_narrow(const std::int16_t* x, std::int32_t y, int count, std::int32_t times, std::int32_t most,
                         std::int32_t factor, std::int32_t* out);
/// The same for any mode. Needs 0 ≤ x, 0 < y, 2 × times × x + 2 × y < 2^53, every quotient below 2^31.
void add_quotient_wide(const std::int32_t* x, const std::int32_t* y, int count, std::int32_t times, RoundMode mode,
                       std::int32_t most, std::int32_t factor, std::int32_t* out);

/// out += factor × the sum of gain[k] over all k with x ≥ from[k]
void add_steps(const std::int32_t* x, int count, const std::int32_t* from, const std::int32_t* gain, int steps,
               std::int32_t factor, std::int32_t* out);
/// The same with x / y ≥ from[k] / 1,000,000. Needs 0 < y and |from[k]| × y < 2^53.
void add_share_steps(const std::int32_t* x, const std::int32_t* y, int count, const double* from,
                     const std::int32_t* gain, int steps, std::int32_t factor, std::int32_t* out);

/// out += factor × x
void add(const std::int32_t* x, int count, std::int32_t factor, std::int32_t* out);

/// rank[i] = how many keys are smaller than key[i].
void count_smaller(const std::uint32_t* keys, int count, std::uint32_t* ranks);

/// Each key into the part above `low_bits` and the part below.
void split(const std::uint32_t* keys, int count, int low_bits, std::uint32_t* high, std::uint32_t* low);

/// out[i] = how far totals[i] is behind the first: `edge` − it, or it − `edge`; `last` where not ranked.
void distances(const std::int32_t* totals, const std::uint8_t* ranked, int count, std::int32_t edge, bool downwards,
               std::uint32_t last, std::uint32_t* out);
/// The least and greatest of the ranked; `low` and `high` are their start.
void widen(const std::int32_t* totals, const std::uint8_t* ranked, int count, std::int32_t& low, std::int32_t& high);

std::int64_t sum(const std::int32_t* x, int count);
/// How many of x are `wanted`.
int count_equal(const std::int8_t* x, int count, std::int8_t wanted);
int count_set(const std::uint8_t* x, int count);

/// out = x ≥ bound ? value : out
void choose(const std::int32_t* x, int count, std::int32_t bound, std::int8_t value, std::int8_t* out);
/// out = passed ? out : max(out, value)
void raise_failed(const std::uint8_t* passed, int count, std::int8_t value, std::int8_t* out);

}  // namespace guidon::scoring::lanes
