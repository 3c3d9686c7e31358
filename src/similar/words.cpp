#include "similar/words.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>

#include "base/language.h"
#include "similar/mixing.h"

namespace guidon::similar {
namespace {

/// Letters, what is written on and inside them (marks, joiners), digits.
bool in_word(UChar32 c) {
    if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
    constexpr std::uint32_t kinds = U_GC_L_MASK | U_GC_M_MASK | U_GC_N_MASK;
    return c > 0 && ((U_GET_GC_MASK(c) & kinds) != 0 || u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT));
}

/// FNV-1a, mixed: the same on every machine and in every version, since it is kept in databases.
std::uint64_t hash_of(std::string_view word) {
    std::uint64_t hash = 0xcbf29ce484222325;
    for (const char c : word) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    return mixed(hash);
}

std::string_view readable(std::string_view text) {
    text = text.substr(0, longest_text);
    while (const auto bad = first_invalid_utf8(text)) text = text.substr(0, *bad);
    return text;
}

template <class F>
void each_word(std::string_view text, F take) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    const auto size = static_cast<std::int32_t>(text.size());
    std::int32_t begin = -1;
    for (std::int32_t i = 0; i < size;) {
        const std::int32_t at = i;
        UChar32 c = bytes[i++];
        if (c >= 0x80) {
            i = at;
            U8_NEXT(bytes, i, size, c);
        }
        if (in_word(c)) {
            if (begin < 0) begin = at;
        } else if (begin >= 0) {
            take(static_cast<std::size_t>(begin), static_cast<std::size_t>(at));
            begin = -1;
        }
    }
    if (begin >= 0) take(static_cast<std::size_t>(begin), text.size());
}

}  // namespace

std::vector<Word> words(std::string_view text) {
    text = readable(text);
    std::vector<Word> result;
    each_word(text, [&](std::size_t from, std::size_t to) {
        const std::string word = folded(text.substr(from, to - from));
        if (!word.empty()) result.push_back({hash_of(word), from, to});
    });
    return result;
}

std::vector<std::uint64_t> word_set(std::string_view text) {
    const std::string all = folded(readable(text));
    std::vector<std::uint64_t> result;
    each_word(all, [&](std::size_t from, std::size_t to) {
        result.push_back(hash_of(std::string_view(all).substr(from, to - from)));
    });
    std::sort(result.begin(), result.end());
    result.erase(std::unique(result.begin(), result.end()), result.end());
    return result;
}

std::vector<std::uint64_t> shingles(std::span<const Word> words, std::size_t length) {
    std::vector<std::uint64_t> result;
    for (std::size_t i = 0; i + length <= words.size(); ++i) {
        std::uint64_t hash = length;
        for (const auto& word : words.subspan(i, length)) hash = mixed_with(hash, word.hash);
        result.push_back(hash);
    }
    return result;
}

double jaccard(std::span<const std::uint64_t> a, std::span<const std::uint64_t> b) {
    std::size_t common = 0;
    auto x = a.begin();
    auto y = b.begin();
    while (x != a.end() && y != b.end()) {
        if (*x == *y) {
            ++common;
            ++x;
            ++y;
        } else if (*x < *y) {
            ++x;
        } else {
            ++y;
        }
    }
    const std::size_t all = a.size() + b.size() - common;
    return all == 0 ? 0 : static_cast<double>(common) / static_cast<double>(all);
}

}  // namespace guidon::similar
