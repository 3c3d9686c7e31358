#include "similar/passages.h"

#include <algorithm>

#include "similar/words.h"

namespace guidon::similar {
namespace {

std::vector<std::uint64_t> sorted(std::vector<std::uint64_t> values) {
    std::sort(values.begin(), values.end());
    return values;
}

/// Which of `words` stand in a run of `length` that is among `others`.
std::vector<char> marked(std::span<const Word> words, std::size_t length, const std::vector<std::uint64_t>& others) {
    std::vector<char> common(words.size(), 0);
    const auto runs = shingles(words, length);
    std::size_t marked_to = 0;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        if (!std::binary_search(others.begin(), others.end(), runs[i])) continue;
        for (std::size_t k = std::max(i, marked_to); k < i + length; ++k) common[k] = 1;
        marked_to = i + length;
    }
    return common;
}

/// What stands between two words belongs to a passage if both do.
std::vector<Piece> pieces(std::string_view text, std::span<const Word> words, const std::vector<char>& common) {
    std::vector<Piece> result;
    std::size_t done = 0;
    const auto give = [&](std::size_t to, bool is_common) {
        if (to > done) result.push_back({std::string(text.substr(done, to - done)), is_common});
        done = std::max(done, to);
    };
    for (std::size_t i = 0; i < words.size();) {
        std::size_t end = i;
        while (end < words.size() && common[end] == common[i]) ++end;
        if (common[i]) {
            give(words[i].from, false);
            give(words[end - 1].to, true);
        }
        i = end;
    }
    give(text.size(), false);
    return result;
}

}  // namespace

double jaccard(std::string_view left, std::string_view right) {
    return jaccard(word_set(left), word_set(right));
}

Comparison compare(std::string_view left, std::string_view right, std::size_t shortest) {
    const auto left_words = words(left);
    const auto right_words = words(right);
    const std::size_t length = std::max<std::size_t>(1, std::min({shortest, left_words.size(), right_words.size()}));
    const auto in_left = sorted(shingles(left_words, length));
    const auto in_right = sorted(shingles(right_words, length));
    return {jaccard(left, right), pieces(left, left_words, marked(left_words, length, in_right)),
            pieces(right, right_words, marked(right_words, length, in_left))};
}

}  // namespace guidon::similar
