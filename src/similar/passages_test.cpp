#include "similar/passages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>

#include "similar/texts_test.h"
#include "similar/words.h"

namespace guidon::similar {
namespace {

/// "own [common] own"
std::string text_of(const std::vector<Piece>& pieces) {
    std::string text;
    for (const auto& piece : pieces) text += piece.common ? "[" + piece.text + "]" : piece.text;
    return text;
}
std::string joined(const std::vector<Piece>& pieces) {
    std::string text;
    for (const auto& piece : pieces) text += piece.text;
    return text;
}

TEST(Compare, MarksPassagesOnBothSidesAsTheyWereWritten) {
    const auto compared = compare("Since 2019 the village has built a road, three metres wide. People gave land.",
                                  "In our cell: THE VILLAGE has built – a Road; nobody gave land.");
    EXPECT_EQ(text_of(compared.left),
              "Since 2019 [the village has built a road], three metres wide. People gave land.");
    EXPECT_EQ(text_of(compared.right), "In our cell: [THE VILLAGE has built – a Road]; nobody gave land.");
}

TEST(Compare, FourWordsInARowAreNoPassage) {
    const auto compared = compare("one two three four five six", "one two three four six five seven");
    EXPECT_EQ(text_of(compared.left), "one two three four five six");
    EXPECT_EQ(text_of(compare("one two three four five", "x one two three four y z", 4).right),
              "x [one two three four] y z");
}

TEST(Compare, OfShortTextsAPassageIsTheWholeOfTheShorterOne) {
    EXPECT_EQ(text_of(compare("Clean streets", "For clean streets at night").right), "For [clean streets] at night");
    EXPECT_EQ(text_of(compare("Clean streets", "For clean and wide streets at night").right),
              "For clean and wide streets at night");
}

TEST(Compare, AccentsAndFormsOfLettersAreOverlooked) {
    const auto compared = compare("Tuyến đường hoa của hội phụ nữ", "TUYEN DUONG HOA CUA HOI PHU NU xã");
    EXPECT_EQ(text_of(compared.right), "[TUYEN DUONG HOA CUA HOI PHU NU] xã");
    EXPECT_EQ(compared.jaccard, 7.0 / 8);
}

TEST(Compare, TextsWithoutWordsHaveNothingInCommon) {
    EXPECT_EQ(compare("", "").jaccard, 0);
    EXPECT_EQ(text_of(compare("–", "a b").left), "–");
    EXPECT_EQ(text_of(compare("–", "a b").right), "a b");
}

TEST(Compare, ALongTextTakesNoLongTime) {
    std::string left, right;
    for (int i = 0; i < 20'000; ++i) {
        left += "a b ";
        right += "b a ";
    }
    EXPECT_EQ(compare(left, right).left.size(), 2U);  // all of it, and the last space
}

/// Two texts that share passages: words from a small vocabulary.
rc::Gen<std::string> texts() {
    return rc::gen::map(rc::gen::container<std::vector<std::string>>(
                            rc::gen::element<std::string>("a ", "b ", "C, ", "đ. ", "سڑک ", "– ")),
                        [](const auto& words) {
                            std::string text;
                            for (const auto& word : words) text += word;
                            return text;
                        });
}

RC_GTEST_PROP(Compare, IsSymmetricAndLosesNoLetter, ()) {
    const auto left = *texts(), right = *texts();
    const auto there = compare(left, right, 3), back = compare(right, left, 3);
    RC_ASSERT(there.left == back.right);
    RC_ASSERT(there.right == back.left);
    RC_ASSERT(there.jaccard == back.jaccard);
    RC_ASSERT(joined(there.left) == left);
    RC_ASSERT(joined(there.right) == right);
    for (std::size_t i = 1; i < there.left.size(); ++i) RC_ASSERT(there.left[i].common != there.left[i - 1].common);
}

RC_GTEST_PROP(Compare, ATextIsCommonWithItselfFromTheFirstToTheLastWord, ()) {
    const auto text = *texts();
    std::size_t common = 0;
    for (const auto& piece : compare(text, text).left) {
        if (piece.common) common += words(piece.text).size();
    }
    RC_ASSERT(common == words(text).size());
}

RC_GTEST_PROP(Compare, WhatIsCommonHasAPassageOnTheOtherSide, ()) {
    const auto left = *texts(), right = *texts();
    const auto compared = compare(left, right, 3);
    const auto has_common = [](const auto& pieces) {
        return std::any_of(pieces.begin(), pieces.end(), [](const auto& piece) { return piece.common; });
    };
    RC_ASSERT(has_common(compared.left) == has_common(compared.right));
}

// Published pairs -----------------------------------------------------------------------------------------------

TEST(PublishedPairs, HaveTheShareThatWasPublished) {
    const auto pairs = table("worldbank_near_duplicates.csv");
    if (pairs.empty()) GTEST_SKIP() << "no texts in " << texts_folder();
    std::map<std::string, std::string> objectives;
    for (const auto& row : table("worldbank_projects_en.csv")) objectives[row.at(0)] = row.at(8);
    int same = 0;
    for (const auto& pair : pairs) {
        const double share = jaccard(objectives.at(pair.at(0)), objectives.at(pair.at(1)));
        EXPECT_NEAR(share, std::stod(pair.at(2)), 0.03) << pair.at(0) << " " << pair.at(1);
        same += std::abs(share - std::stod(pair.at(2))) < 0.0001 ? 1 : 0;
    }
    EXPECT_EQ(pairs.size(), 584U);
    EXPECT_EQ(same, 584);
}

TEST(PublishedPairs, OfProceduresDifferOnlyByAccentsThatAreOverlooked) {
    const auto pairs = table("vn_procedures_near_duplicates.csv");
    if (pairs.empty()) GTEST_SKIP() << "no texts in " << texts_folder();
    std::map<std::string, std::string> names;
    for (const auto& row : table("vn_procedures_vi.csv")) names[row.at(0)] = row.at(1);
    for (const auto& pair : pairs) {
        const double published = std::stod(pair.at(2));
        EXPECT_NEAR(jaccard(names.at(pair.at(0)), names.at(pair.at(1))), published, published >= 0.8 ? 0.0001 : 0.09)
            << pair.at(0) << " " << pair.at(1);
    }
    EXPECT_EQ(pairs.size(), 32U);
}

}  // namespace
}  // namespace guidon::similar
