#include "base/language.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <unicode/messagepattern.h>

#include <algorithm>
#include <thread>

#include "base/assert.h"
#include "base/catalogue.h"
#include "base/dates.h"

namespace guidon {
namespace {

TEST(Folded, FindsVietnameseNamesTypedWithoutMarks) {
    EXPECT_EQ(folded("Đồng Hới"), "dong hoi");
    EXPECT_EQ(folded("Hà Tĩnh"), "ha tinh");
    EXPECT_EQ(folded("HÀ  TĨNH "), folded("ha tinh"));
    EXPECT_EQ(folded("Thừa Thiên Huế"), "thua thien hue");
    EXPECT_EQ(folded("Ha\u0300 Ti\u0303nh"), "ha tinh");  // marks as characters of their own
}

TEST(Folded, FindsUrduTypedWithArabicLettersAndDigits) {
    EXPECT_EQ(folded("كراچي"), folded("کراچی"));
    EXPECT_EQ(folded("كمیٹى"), folded("کمیٹی"));
    EXPECT_EQ(folded("ضلعہ"), folded("ضلعه"));
    EXPECT_EQ(folded("دائرۃ"), folded("دائرة"));
    EXPECT_EQ(folded("۲۰۲۴"), "2024");
    EXPECT_EQ(folded("٢٠٢٤"), "2024");
    EXPECT_EQ(folded("بَابَر"), folded("بابر"));
    EXPECT_NE(folded("بھائی"), folded("بہائی"));  // two letters, two words
}

TEST(Folded, KeepsWhatIsDifferent) {
    EXPECT_NE(folded("Hà Nam"), folded("Hà Tĩnh"));
    EXPECT_EQ(folded("ＨＡ\u00A0ＮＡＭ"), "ha nam");
    EXPECT_EQ(folded(" \t "), "");
    EXPECT_EQ(folded("한국"), "한국");
}

std::string random_text() {
    const auto letters = *rc::gen::container<std::vector<int>>(
        rc::gen::oneOf(rc::gen::inRange(1, 0x250), rc::gen::inRange(0x300, 0x370), rc::gen::inRange(0x600, 0x700),
                       rc::gen::inRange(0x1E00, 0x2100), rc::gen::inRange(0xFB00, 0xFFF0)));
    icu::UnicodeString wide;
    for (const int c : letters) wide.append(static_cast<UChar32>(c));
    std::string text;
    return wide.toUTF8String(text);
}

RC_GTEST_PROP(Folded, FoldingAgainChangesNothing, ()) {
    const std::string once = folded(random_text());
    RC_ASSERT(folded(once) == once);
}

TEST(Accepted, TakesTheHighestQualityAndThenTheFirst) {
    EXPECT_EQ(accepted(""), Language::en);
    EXPECT_EQ(accepted("vi-VN,vi;q=0.9,en-US;q=0.8,en;q=0.7"), Language::vi);
    EXPECT_EQ(accepted("en;q=0.5, ur;q=0.7"), Language::ur);
    EXPECT_EQ(accepted("ur, en"), Language::ur);
    EXPECT_EQ(accepted("en, ur"), Language::en);
    EXPECT_EQ(accepted("fr-FR, de"), Language::en);
    EXPECT_EQ(accepted("fr, UR-pk;q=0.2"), Language::ur);
    EXPECT_EQ(accepted("*"), Language::en);
    EXPECT_EQ(accepted("en;q=0, *;q=0.5"), Language::vi);
    EXPECT_EQ(accepted("vi;q=0"), Language::en);
    EXPECT_EQ(accepted("vi;q=abc, ur;q=0.001"), Language::ur);
    EXPECT_EQ(accepted("vi;q=7,;,=,"), Language::en);
}

RC_GTEST_PROP(Accepted, AnyHeaderGivesALanguage, (const std::string& header)) {
    RC_ASSERT(language_of(code(accepted(header))).has_value());
}

TEST(Language, NumbersAreReadAsTheirLanguageWritesThem) {
    const auto read = [](Language language, const char* typed) { return plain_number(language, typed); };
    EXPECT_EQ(read(Language::vi, "12.500"), "12500");
    EXPECT_EQ(read(Language::vi, "1.234.567,25"), "1234567.25");
    EXPECT_EQ(read(Language::vi, "12,5"), "12.5");
    EXPECT_EQ(read(Language::vi, "12500,5"), "12500.5");
    EXPECT_EQ(read(Language::vi, "12.5"), "12.5") << "no sign between thousands stands there";
    EXPECT_EQ(read(Language::en, "12,500"), "12500");
    EXPECT_EQ(read(Language::en, "12.500"), "12.500");
    EXPECT_EQ(read(Language::en, "8,5"), "8,5") << "which is no number then";
    EXPECT_EQ(read(Language::en, " 1 250 "), "1250");
    EXPECT_EQ(read(Language::ur, "۱۲٫۵"), "12.5");
    EXPECT_EQ(read(Language::ur, "۱۲.۵"), "12.5");
    EXPECT_EQ(read(Language::vi, "na"), "na");
    EXPECT_EQ(read(Language::vi, ""), "");
    for (const Language language : languages)
        for (const char* plain : {"1.234", "1234.5", "0.001", "1250000", "12"})
            EXPECT_EQ(plain_number(language, typed_number(language, plain)), plain) << code(language);
}

TEST(NumberText, UsesTheSeparatorsOfTheLanguageAndRoundsNothing) {
    EXPECT_EQ(number_text(Language::en, "1234567.500"), "1,234,567.500");
    EXPECT_EQ(number_text(Language::vi, "1234567.500"), "1.234.567,500");
    EXPECT_EQ(number_text(Language::ur, "1234567.500"), "1,234,567.500");
    EXPECT_EQ(number_text(Language::vi, "-999.000001"), "-999,000001");
    EXPECT_EQ(number_text(Language::en, "0"), "0");
    EXPECT_EQ(number_text(Language::en, "1000"), "1,000");
    EXPECT_EQ(number_text(Language::en, "243/7"), "243/7");
    EXPECT_EQ(number_text(Language::en, ""), "");
    EXPECT_EQ(number_text(Language::en, "-"), "-");
}

TEST(DateText, IsWrittenAsTheLanguageWritesDates) {
    EXPECT_EQ(date_text(Language::en, "2024-03-14"), "14 March 2024");
    EXPECT_EQ(date_text(Language::en, "2024-03-14", DateStyle::medium), "14 Mar 2024");
    EXPECT_EQ(date_text(Language::vi, "2024-03-14"), "14 tháng 3, 2024");
    EXPECT_EQ(date_text(Language::ur, "2024-03-14"), "14 مارچ، 2024");
    EXPECT_EQ(date_text(Language::en, "2024-02-30"), "2024-02-30");
    EXPECT_EQ(date_text(Language::en, "2024"), "2024");
}

TEST(CollationKey, OrdersNamesAsTheLanguageDoes) {
    const auto sorted = [](Language language, std::vector<std::string> names) {
        std::sort(names.begin(), names.end(), [&](const auto& a, const auto& b) {
            return collation_key(language, a) < collation_key(language, b);
        });
        return names;
    };
    EXPECT_THAT(sorted(Language::vi, {"Đức Thọ", "Em", "Dân", "Ân", "An", "Ăn"}),
                testing::ElementsAre("An", "Ăn", "Ân", "Dân", "Đức Thọ", "Em"));
    EXPECT_THAT(sorted(Language::en, {"Cell 10", "cell 2", "Band"}), testing::ElementsAre("Band", "cell 2", "Cell 10"));
    EXPECT_THAT(sorted(Language::ur, {"یونٹ", "پشاور", "بنوں", "ٹانک"}),
                testing::ElementsAre("بنوں", "پشاور", "ٹانک", "یونٹ"));
}

TEST(Say, ChoosesThePluralForm) {
    EXPECT_EQ(say(Language::en, "fault.more", {{"count", "1"}}), "1 more fault is not shown");
    EXPECT_EQ(say(Language::en, "fault.more", {{"count", "1200"}}), "1,200 more faults are not shown");
    EXPECT_EQ(say(Language::vi, "fault.more", {{"count", "1200"}}), "còn 1.200 lỗi nữa không được hiển thị");
    EXPECT_NE(say(Language::ur, "fault.more", {{"count", "1"}}), say(Language::ur, "fault.more", {{"count", "2"}}));
}

TEST(Say, KeepsACodeTogetherWithinASentenceFromTheRight) {
    const Arguments decided{
        {"count", "3"}, {"step", "x"}, {"decided", "yes"}, {"decision", "100/QD"}, {"day", "27 November 2026"}};
    EXPECT_THAT(say(Language::ur, "exemplars.many-done", decided), testing::HasSubstr("\u2068100/QD\u2069"));
    EXPECT_THAT(say(Language::en, "exemplars.many-done", decided), testing::HasSubstr("decision 100/QD, "));
    EXPECT_THAT(say(Language::ur, "problem.movement.state", {{"from", "a1"}, {"to", "b"}}),
                testing::Not(testing::HasSubstr("{")));
}

TEST(Say, FillsPlainArgumentsAsTheyAreAndShowsThoseNotGiven) {
    EXPECT_EQ(say(Language::en, "fault.warning", {{"sentence", "1234567 is {odd}"}}), "warning: 1234567 is {odd}");
    EXPECT_EQ(say(Language::en, "fault.warning"), "warning: {sentence}");
    EXPECT_THROW(say(Language::en, "no.such.key"), BrokenPromise);
    EXPECT_FALSE(has_message(Language::en, "no.such.key"));
}

TEST(Say, SpeaksFromSeveralThreadsAtOnce) {
    std::vector<std::thread> threads;
    std::vector<std::string> said(4);
    for (auto& text : said)
        threads.emplace_back([&text] {
            for (int i = 0; i < 200; ++i) text = say(Language::vi, "fault.more", {{"count", std::to_string(i)}});
        });
    for (auto& thread : threads) thread.join();
    for (const auto& text : said) EXPECT_EQ(text, "còn 199 lỗi nữa không được hiển thị");
}

TEST(Words, AreThoseBelowThePrefix) {
    EXPECT_TRUE(words(Language::en, "fault.").contains("warning"));
    EXPECT_TRUE(words(Language::en, "no such prefix").empty());
    EXPECT_EQ(&words(Language::en, "fault."), &words(Language::en, "fault."));
}

TEST(Pick, FallsBackToEnglishThenVietnameseThenAnything) {
    EXPECT_EQ(pick({{"en", "Cell"}, {"vi", "Chi bộ"}}, Language::vi), "Chi bộ");
    EXPECT_EQ(pick({{"en", "Cell"}, {"vi", "Chi bộ"}}, Language::ur), "Cell");
    EXPECT_EQ(pick({{"", "Hà Tĩnh"}, {"en", "Ha Tinh"}}, Language::vi), "Hà Tĩnh");
    EXPECT_EQ(pick({{"vi", "Chi bộ"}, {"fr", "Cellule"}}, Language::ur), "Chi bộ");
    EXPECT_EQ(pick({{"fr", "Cellule"}}, Language::ur), "Cellule");
    EXPECT_EQ(pick({}, Language::ur), "");
}

TEST(Catalogues, HaveTheSameKeysAndArgumentsInEveryLanguage) {
    for (const auto& [key, english] : catalogue(Language::en))
        for (const Language language : languages) {
            ASSERT_TRUE(has_message(language, key)) << code(language) << " lacks " << key;
            EXPECT_EQ(catalogue(language).find(key)->second.names, english.names) << code(language) << " " << key;
        }
    for (const Language language : languages)
        for (const auto& [key, _] : catalogue(language))
            EXPECT_TRUE(has_message(Language::en, key)) << "only in " << code(language) << ": " << key;
}

TEST(Catalogues, EveryPatternCanBeFilled) {
    for (const Language language : languages)
        for (const auto& [key, message] : catalogue(language)) {
            Arguments arguments;
            for (const auto& name : message.names) arguments[name] = "2";
            EXPECT_FALSE(say(language, key, arguments).empty()) << code(language) << " " << key;
        }
}

TEST(FirstInvalidUtf8, NamesTheFirstWrongByte) {
    EXPECT_EQ(first_invalid_utf8("Đồng Hới, ضلع, 😀"), std::nullopt);
    EXPECT_EQ(first_invalid_utf8(std::string(100, 'a') + "\xC3"), 100u);
    EXPECT_EQ(first_invalid_utf8("ab\xFFz"), 2u);
    EXPECT_EQ(first_invalid_utf8("\xC0\xAF"), 0u);       // overlong
    EXPECT_EQ(first_invalid_utf8("x\xED\xA0\x80"), 1u);  // surrogate
}

RC_GTEST_PROP(FirstInvalidUtf8, RefusesALoneContinuationByteAnywhere, ()) {
    std::string text = random_text() + std::string(*rc::gen::inRange<std::size_t>(0, 200), 'x');
    RC_ASSERT(first_invalid_utf8(text) == std::nullopt);
    const std::size_t end = text.size();
    text += '\x80';
    text += random_text();
    RC_ASSERT(first_invalid_utf8(text) == end);
}

TEST(Dates, AreDaysOfTheCalendar) {
    for (const char* good : {"2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31"})
        EXPECT_TRUE(is_date(good)) << good;
    for (const char* bad : {"2023-02-29", "1900-02-29", "2024-13-01", "2024-00-10", "2024-04-31", "2024-4-1",
                            "24-04-01", "2024/04/01", "", "0000-01-01", "2024-04-01 "})
        EXPECT_FALSE(is_date(bad)) << bad;
}

TEST(Periods, AreYearsHalvesQuartersAndMonths) {
    for (const char* good : {"2025", "2025-H1", "2025-H2", "2025-Q1", "2025-Q4", "2025-07", "2025-12"})
        EXPECT_TRUE(is_period(good)) << good;
    for (const char* bad : {"", "25", "2025-H3", "2025-Q5", "2025-Q0", "2025-13", "2025-00", "2025-7", "2025-07-01",
                            "2025H1", "2025-h1", "0000"})
        EXPECT_FALSE(is_period(bad)) << bad;
}

}  // namespace
}  // namespace guidon
