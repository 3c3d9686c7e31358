// In which order do some thousand small whole numbers stand? Counted when they are few, by their digits when not.
#pragma once

#include <cstdint>
#include <vector>

namespace guidon::scoring {

/// Sorts positions 0 … count − 1 by `behind` (0 comes first), equal ones by position. Keeps its memory.
class Sorter {
public:
    /// `widest` = the largest of `behind`.
    void sort(const std::uint32_t* behind, int count, std::uint32_t widest);
    // Valid until the next call:
    std::uint32_t* positions() { return positions_.data(); }
    const std::uint32_t* sorted() const { return sorted_.data(); }  // behind[positions()[i]]

private:
    void sort_wide(const std::uint32_t* behind, int count);
    void count_places(int count);
    void sort_by_digits(int count, int from_bit, int to_bit);
    std::vector<std::uint32_t> keys_, other_, places_, positions_, sorted_;
    std::vector<std::uint64_t> wide_;
};

}  // namespace guidon::scoring
