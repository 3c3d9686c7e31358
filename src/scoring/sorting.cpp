#include "scoring/sorting.h"

#include <algorithm>
#include <array>
#include <bit>
#include <numeric>

#include "scoring/lanes.h"

namespace guidon::scoring {
namespace {

/// Up to here comparing each with each, many at once, is faster than sorting.
constexpr int few = 256;
constexpr int digit_bits = 9;

}  // namespace

void Sorter::sort(const std::uint32_t* behind, int count, std::uint32_t widest) {
    const auto size = static_cast<std::size_t>(count);
    if (keys_.size() < size)
        for (auto* numbers : {&keys_, &other_, &places_, &positions_, &sorted_}) numbers->resize(size);
    const int position_bits = std::bit_width(static_cast<unsigned>(count));
    const int bits = position_bits + std::bit_width(widest);
    if (bits > 32) {
        sort_wide(behind, count);
        return;
    }
    for (std::size_t i = 0; i < size; ++i) keys_[i] = behind[i] << position_bits | static_cast<std::uint32_t>(i);
    if (count <= few)
        count_places(count);
    else
        sort_by_digits(count, position_bits, bits);
    lanes::split(keys_.data(), count, position_bits, sorted_.data(), positions_.data());
}

void Sorter::sort_wide(const std::uint32_t* behind, int count) {
    wide_.resize(static_cast<std::size_t>(count));
    for (std::size_t i = 0; i < wide_.size(); ++i) wide_[i] = static_cast<std::uint64_t>(behind[i]) << 32 | i;
    std::sort(wide_.begin(), wide_.end());
    for (std::size_t i = 0; i < wide_.size(); ++i) {
        positions_[i] = static_cast<std::uint32_t>(wide_[i]);
        sorted_[i] = static_cast<std::uint32_t>(wide_[i] >> 32);
    }
}

/// All keys differ, so each place is taken once.
void Sorter::count_places(int count) {
    lanes::count_smaller(keys_.data(), count, places_.data());
    for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) other_[places_[i]] = keys_[i];
    keys_.swap(other_);
}

void Sorter::sort_by_digits(int count, int from_bit, int to_bit) {
    const auto size = static_cast<std::size_t>(count);
    for (int bit = from_bit; bit < to_bit; bit += digit_bits) {
        std::array<std::uint32_t, 1U << digit_bits> next{};
        constexpr auto mask = (1U << digit_bits) - 1;
        for (std::size_t i = 0; i < size; ++i) ++next[keys_[i] >> bit & mask];
        std::exclusive_scan(next.begin(), next.end(), next.begin(), 0U);
        for (std::size_t i = 0; i < size; ++i) other_[next[keys_[i] >> bit & mask]++] = keys_[i];
        keys_.swap(other_);
    }
}

}  // namespace guidon::scoring
