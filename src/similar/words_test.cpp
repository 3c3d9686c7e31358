#include "similar/words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <string>

namespace guidon::similar {
namespace {

using testing::ElementsAre;

std::vector<std::string> originals(const std::string& text) {
    std::vector<std::string> result;
    for (const auto& word : words(text)) result.push_back(text.substr(word.from, word.to - word.from));
    return result;
}

/// Texts of words of four kinds of writing, between which stands all kinds of things.
rc::Gen<std::string> texts() {
    const auto word =
        rc::gen::element<std::string>("road", "Road", "ROADS", "đường", "Đường", "duong", "thủy", "thuỷ", "2024",
                                      "٢٠٢٤", "سڑک", "سَڑَک", "كتاب", "کتاب", "naïve", "straße", "a");
    const auto between = rc::gen::element<std::string>(" ", ", ", ".\n", " – ", "/", "۔ ", "\u00a0", "(", "…");
    return rc::gen::map(
        rc::gen::container<std::vector<std::pair<std::string, std::string>>>(rc::gen::pair(word, between)),
        [](const auto& parts) {
            std::string text;
            for (const auto& [a, b] : parts) text += a + b;
            return text;
        });
}

TEST(Words, AreRunsOfLettersAndDigitsWithTheirPlace) {
    EXPECT_THAT(originals("Roads, 12.5 km – and 3/4 of them (paved)!"),
                ElementsAre("Roads", "12", "5", "km", "and", "3", "4", "of", "them", "paved"));
    EXPECT_THAT(originals("Đường liên thôn"), ElementsAre("Đường", "liên", "thôn"));
    EXPECT_THAT(originals("سڑک کی تعمیر۔"), ElementsAre("سڑک", "کی", "تعمیر"));
    EXPECT_THAT(originals(""), ElementsAre());
    EXPECT_THAT(originals(" – … "), ElementsAre());
}

TEST(Words, CaseMarksAndKeyboardsMakeNoDifference) {
    EXPECT_EQ(word_set("Đường LIÊN thôn"), word_set("duong lien thon"));
    EXPECT_EQ(word_set("thủy"), word_set("thu\u0309y"));
    EXPECT_EQ(word_set("كتاب ٢٠٢٤"), word_set("کتاب 2024"));
    EXPECT_NE(word_set("road"), word_set("roads"));
}

TEST(Words, WhatIsNotUtf8EndsTheText) {
    EXPECT_THAT(originals("one two\xff three"), ElementsAre("one", "two"));
    EXPECT_THAT(originals("\xc3"), ElementsAre());
}

TEST(Words, HashesAreTheSameForEver) {
    EXPECT_THAT(word_set("road"), ElementsAre(4858314710367295440ULL));
}

RC_GTEST_PROP(Words, TheSetHasWhatTheWordsAre, ()) {
    const auto text = *texts();
    std::vector<std::uint64_t> hashes;
    for (const auto& word : words(text)) hashes.push_back(word.hash);
    std::sort(hashes.begin(), hashes.end());
    hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
    RC_ASSERT(hashes == word_set(text));
}

TEST(Shingles, AreRunsOfWords) {
    EXPECT_EQ(shingles(words("a b c d"), 2).size(), 3U);
    EXPECT_EQ(shingles(words("a b"), 3).size(), 0U);
    EXPECT_EQ(shingles(words("a, B c"), 3), shingles(words("A b. C"), 3));
    EXPECT_NE(shingles(words("a b"), 2), shingles(words("b a"), 2));
}

TEST(Jaccard, IsTheShareOfWordsInCommon) {
    EXPECT_EQ(jaccard(word_set("a b c d"), word_set("c d e")), 0.4);
    EXPECT_EQ(jaccard(word_set("a b"), word_set("b a a")), 1);
    EXPECT_EQ(jaccard(word_set("a"), word_set("b")), 0);
    EXPECT_EQ(jaccard(word_set(""), word_set("")), 0);
}

}  // namespace
}  // namespace guidon::similar
