// What do two texts have in common, to be shown side by side? The exact share of words, and the passages: runs of words
// that stand in both.
//
// Pure and symmetric: whoever is compared with whom, the same passages are common.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace guidon::similar {

/// From here on two texts are called similar.
constexpr double similar_from = 0.8;
/// So many words in a row make a passage: fewer are in any two texts of one office.
constexpr std::size_t passage_words = 5;

/// A piece of an original text, with its spaces and punctuation.
struct Piece {
    std::string text;
    bool common;  // stands in the other text, too

    bool operator==(const Piece&) const = default;
};

/// Two texts side by side. The pieces of a side, one behind the other, are the text.
struct Comparison {
    double jaccard;  // 0 … 1, of the words, in whatever order and however often they stand
    std::vector<Piece> left, right;
};

/// The share of words that two texts have in common, exactly.
double jaccard(std::string_view left, std::string_view right);
/// Marks every word that is part of a run of `shortest` words that the other text has, too. Of texts that are shorter
/// than that, a run is the whole of the shorter one.
Comparison compare(std::string_view left, std::string_view right, std::size_t shortest = passage_words);

}  // namespace guidon::similar
