#include "web/negotiation.h"

#include <gtest/gtest.h>

namespace guidon::web {
namespace {

constexpr auto browser = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8";

TEST(Quality, TheClosestRangeCounts) {
    EXPECT_EQ(quality("text/*;q=0.5, text/html;q=0.75, */*;q=0.1", "text/html"), 750);
    EXPECT_EQ(quality("text/*;q=0.5, */*;q=0.1", "text/html"), 500);
    EXPECT_EQ(quality("*/*;q=0.1", "text/html"), 100);
    EXPECT_EQ(quality("gzip, br;q=0", "br"), 0);
    EXPECT_EQ(quality("", "gzip"), 0);
}

TEST(WantedRepresentation, BrowsersGetPagesAndProgramsGetJson) {
    EXPECT_EQ(wanted_representation("", browser), Representation::html);
    EXPECT_EQ(wanted_representation("", "*/*"), Representation::html);
    EXPECT_EQ(wanted_representation("", ""), Representation::html);
    EXPECT_EQ(wanted_representation("", "application/json"), Representation::json);
    EXPECT_EQ(wanted_representation("", "application/json, text/plain, */*"), Representation::json);
    EXPECT_EQ(wanted_representation("", "text/html, application/json;q=0.5"), Representation::html);
    EXPECT_EQ(wanted_representation("json", browser), Representation::json);
}

TEST(WantedLanguage, TheAddressCountsBeforeTheCookieBeforeTheBrowser) {
    const Headers headers{{"cookie", "a=b; lang=ur"}, {"accept-language", "vi"}};
    EXPECT_EQ(wanted_language({{"lang", "vi"}}, headers), Language::vi);
    EXPECT_EQ(wanted_language({{"lang", "xx"}}, headers), Language::ur);
    EXPECT_EQ(wanted_language({}, {{"cookie", "slang=ur"}, {"accept-language", "vi"}}), Language::vi);
    EXPECT_EQ(wanted_language({}, {}), Language::en);
}

TEST(TagMatches, ReadsListsWeakTagsAndTheStar) {
    EXPECT_TRUE(tag_matches("\"a\", W/\"b\"", "\"b\""));
    EXPECT_TRUE(tag_matches("*", "\"b\""));
    EXPECT_FALSE(tag_matches("\"bb\"", "\"b\""));
    EXPECT_FALSE(tag_matches("", "\"b\""));
}

}  // namespace
}  // namespace guidon::web
