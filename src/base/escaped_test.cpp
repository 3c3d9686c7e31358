#include "base/escaped.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace guidon {
namespace {

TEST(Escaped, WhatIsMarkupBecomesText) {
    EXPECT_EQ(escaped("<b title=\"x\">'A' & B</b>"), "&lt;b title=&quot;x&quot;&gt;&#39;A&#39; &amp; B&lt;/b&gt;");
}

TEST(Escaped, WhatXmlForbidsIsLeftOutAndEveryOtherLetterStays) {
    using namespace std::string_view_literals;
    EXPECT_EQ(escaped("a\0b\x08\x0B\x1F"sv), "ab");
    EXPECT_EQ(escaped("a\uFFFEb\uFFFF"), "ab");
    for (const std::string kept :
         {"a\tb\r\nc", "Đồng Hới", "تحریک", "\uFEFF\uFFFD\uF8FF", "👩🏽‍🌾", "", "\xEF"})
        EXPECT_EQ(escaped(kept), kept);
}

RC_GTEST_PROP(Escaped, NothingOfAnyTextIsMarkup, (const std::string& text)) {
    const std::string out = escaped(text);
    RC_ASSERT(out.find_first_of("<>\"'") == std::string::npos);
    RC_ASSERT(std::count(out.begin(), out.end(), '&') ==
              std::count(out.begin(), out.end(), ';') - std::count(text.begin(), text.end(), ';'));
}

}  // namespace
}  // namespace guidon
