#include "web/look.h"

#include <gtest/gtest.h>

namespace guidon::web {
namespace {

namespace json = boost::json;

TEST(WantedLook, TheCookiesSayWhatTheReaderChose) {
    EXPECT_EQ(wanted_look({{"cookie", "lang=ur; theme=dark; digits=native"}}), (Look{Theme::dark, Digits::native}));
    EXPECT_EQ(wanted_look({{"cookie", "theme=auto; digits=latin"}}), Look{});
    EXPECT_EQ(wanted_look({{"cookie", "theme=\"><script>"}}), Look{});
    EXPECT_EQ(wanted_look({}), Look{});
}

TEST(NativeDigits, FiguresOfUrduTextsTurnRound) {
    EXPECT_EQ(with_native_digits("3 کاموں میں سے 12.50"), "۳ کاموں میں سے ۱۲.۵۰");
    EXPECT_EQ(with_native_digits("1,234,567.890"), "۱,۲۳۴,۵۶۷.۸۹۰");
    EXPECT_EQ(with_native_digits("–"), "–");
    EXPECT_EQ(with_native_digits(""), "");
}

TEST(NativeDigits, CodesAndTextsInOtherLanguagesStay) {
    EXPECT_EQ(with_native_digits("کوڈ KA42 کی 7 اکائیاں"), "کوڈ KA42 کی ۷ اکائیاں");
    EXPECT_EQ(with_native_digits("Phong trào 2023"), "Phong trào 2023");
    EXPECT_EQ(with_native_digits("Ấp 3"), "Ấp 3");
    EXPECT_EQ(with_native_digits("https://guidon.example/7 پر 2 صفحے"), "https://guidon.example/7 پر ۲ صفحے");
}

TEST(NativeDigits, OnlyWhatPeopleReadIsTouched) {
    json::value document = json::parse(
        R"({"title":"سال 2023","total":"7","total_text":"7","href":"/a/2023","value":"5","code":"42","rows":[{"rank_text":"1","id":"9"}]})");
    use_native_digits(document);
    EXPECT_EQ(
        json::serialize(document),
        R"({"title":"سال ۲۰۲۳","total":"7","total_text":"۷","href":"/a/2023","value":"5","code":"42","rows":[{"rank_text":"۱","id":"9"}]})");
}

}  // namespace
}  // namespace guidon::web
