#include "news/markup.h"

#include <gtest/gtest.h>

#include "base/plain_text.h"

namespace guidon::news {
namespace {

/// p one/two   h Heading   s sub   b [a][b]   n [a]   q said
std::string shown(std::string_view typed) {
    std::string text;
    for (const Block& block : blocks_of(clean_text(typed, 1000, "body"))) {
        text += (text.empty() ? "" : " ") + std::string(1, "phsbnq"[static_cast<int>(block.kind)]) + ":";
        for (const char c : block.text) text += c == '\n' ? '/' : c;
        for (const auto& item : block.items) text += "[" + item + "]";
    }
    return text;
}

TEST(Markup, ParagraphsStandApartAndKeepTheirLines) {
    EXPECT_EQ(shown(""), "");
    EXPECT_EQ(shown("one\ntwo\n\n\nthree"), "p:one/two p:three");
}

TEST(Markup, LinesWithAMarkAreHeadingsListsAndQuotes) {
    EXPECT_EQ(shown("# A\n## B\ntext\n- x\n* y\n\n1. first\n2. second\n> said\n> more"),
              "h:A s:B p:text b:[x][y] n:[first][second] q:said/more");
    EXPECT_EQ(shown("- x\n\n- y"), "b:[x] b:[y]");
    EXPECT_EQ(shown("# A\n# B"), "h:A h:B");
}

TEST(Markup, EverythingElseIsTextAsItWasTyped) {
    for (const char* typed : {"<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[a](javascript:alert(1))",
                              "#hash", "-5 degrees", "1.5 million", "1234. too long", "&lt;", "### three", "**bold**"})
        EXPECT_EQ(shown(typed), "p:" + std::string(typed));
    EXPECT_EQ(shown("2024 was good"), "p:2024 was good");
    EXPECT_EQ(shown("#"), "p:#");
}

TEST(Markup, LosesNothingButTheMarks) {
    const std::string body = "# Đồng Hới\nتحریک\n- một\n- hai\n\n3. ba\n> bốn\nnăm\n\nsáu";
    std::string all;
    for (const Block& block : blocks_of(body)) {
        all += block.text;
        for (const auto& item : block.items) all += item;
    }
    for (const char* word : {"Đồng Hới", "تحریک", "một", "hai", "ba", "bốn", "năm", "sáu"})
        EXPECT_NE(all.find(word), std::string::npos) << word;
}

}  // namespace
}  // namespace guidon::news
