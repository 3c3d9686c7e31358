// Which words does a text have, whatever its case, marks, keyboard and script? A word is a run of letters, marks and
// digits; two words are the same if they are the same to search (`folded`).
//
// Pure. Words travel as 64-bit hashes: two different words with one hash are once in the life of a country.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace guidon::similar {

/// Whatever is longer than this is read to here (a whole book; texts in forms end long before).
constexpr std::size_t longest_text = 1 << 20;

/// A word and the bytes of the original text in which it stands.
struct Word {
    std::uint64_t hash;
    std::size_t from, to;

    bool operator==(const Word&) const = default;
};

/// The words of `text` in their order.
std::vector<Word> words(std::string_view text);
/// The different words of `text`, ascending.
std::vector<std::uint64_t> word_set(std::string_view text);
/// Every run of `length` words as one hash, in the order of the text: its words less `length` − 1 of them.
std::vector<std::uint64_t> shingles(std::span<const Word> words, std::size_t length);

/// The share of words that two sets have in common: |a ∩ b| / |a ∪ b|, Jaccard's index; 0 for two empty sets. Both are
/// ascending without repetitions.
double jaccard(std::span<const std::uint64_t> a, std::span<const std::uint64_t> b);

}  // namespace guidon::similar
