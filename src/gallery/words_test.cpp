// Is what somebody types found where it is written, in Vietnamese, English and Urdu, and marked there?
#include "gallery/words.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace guidon::gallery {
namespace {

std::string marked(const std::vector<Piece>& pieces) {
    std::string text;
    for (const Piece& piece : pieces) text += piece.hit ? "[" + piece.text + "]" : piece.text;
    return text;
}

std::string found(std::string_view text, std::string_view typed) {
    const WordText words = words_of(text);
    return marked(snippet(words.folded, words.shown, terms_of(typed)));
}

TEST(Words, AreFoldedOneForOne) {
    EXPECT_EQ(words_of("  Dân\n vận — khéo!  ").folded, "dan van - kheo-");
    EXPECT_EQ(words_of("  Dân\n vận — khéo!  ").shown, "Dân vận — khéo!");
    EXPECT_EQ(tokens_of("dan van - kheo-"), (std::vector<std::string>{"dan", "van", "kheo"}));
    EXPECT_EQ(words_of("خوش\xe2\x80\x8cحال").folded, "خوش-حال") << "a non-joiner separates";
}

TEST(Words, AreMarkedWhereTheyStand) {
    EXPECT_EQ(found("Mô hình “Dân vận khéo” ở xã Kỳ Ninh", "dan van"), "Mô hình [“Dân vận] khéo” ở xã Kỳ Ninh");
    EXPECT_EQ(found("Clean water for every school", "WATER school"), "Clean [water] for every [school]");
    EXPECT_EQ(found("گاؤں میں صاف پانی کی فراہمی", "صاف پانی"), "گاؤں میں [صاف پانی] کی فراہمی");
    EXPECT_EQ(found("پاني كي فراہمی", "پانی"), "[پاني] كي فراہمی") << "Arabic letters are found by Urdu ones";
    EXPECT_EQ(found("xây dựng nông thôn mới", "nông*"), "xây dựng [nông] thôn mới");
    EXPECT_EQ(found("dựng nông thôn", "non"), "dựng nông thôn") << "a word is a whole word";
}

TEST(Words, OfAQuotationStandBesideEachOther) {
    EXPECT_EQ(terms_of("\"nông thôn\" mới*"), (std::vector<Term>{{{"nong", "thon"}, false}, {{"moi"}, true}}));
    EXPECT_EQ(found("thôn nông, nông thôn", "\"nông thôn\""), "thôn nông, [nông thôn]");
    EXPECT_TRUE(terms_of(" \"\" — * ").empty());
    EXPECT_EQ(terms_of("e-mail"), (std::vector<Term>{{{"e", "mail"}, false}}));
}

TEST(Words, ShowTheBestPlaceOfALongText) {
    std::string text = "thôn ";
    for (int i = 0; i < 60; ++i) text += "chữ ";
    text += "nông thôn mới";
    EXPECT_EQ(found(text, "nông thôn"), "… chữ chữ chữ chữ chữ chữ chữ chữ [nông thôn] mới");
}

RC_GTEST_PROP(Words, StayBesideEachOther, (const std::string& bytes)) {
    std::string text;
    for (const char c : bytes)
        text += c == 'a'   ? "\xe2\x80\x8c"
                : c == 'b' ? "ấ"
                : c == 'c' ? "½"
                : c == 'd' ? "\xc2\xa0"
                           : std::string(1, static_cast<char>(c & 0x7f));
    const WordText words = words_of(text);
    const auto spaces = [](const std::string& of) { return std::count(of.begin(), of.end(), ' '); };
    RC_ASSERT(spaces(words.folded) == spaces(words.shown));
    std::string all;
    for (const Piece& piece : snippet(words.folded, words.shown, terms_of(text))) all += piece.text;
    RC_ASSERT(all.empty() == words.shown.empty());
}

}  // namespace
}  // namespace guidon::gallery
