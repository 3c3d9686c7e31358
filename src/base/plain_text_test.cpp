#include "base/plain_text.h"

#include <gtest/gtest.h>

#include "base/problem.h"

namespace guidon {
namespace {

template <class F>
std::string refusal(F work) {
    try {
        work();
        return "";
    } catch (const Problem& problem) {
        const auto length = problem.arguments.find("length");
        return problem.code + " " + problem.field + (length == problem.arguments.end() ? "" : " " + length->second);
    }
}

std::string line(std::string_view text) {
    return clean_line(text, 100, "title");
}

std::string text(std::string_view lines) {
    return clean_text(lines, 100, "body");
}

TEST(CleanLine, IsOneLineWithSingleBlanks) {
    EXPECT_EQ(line("  Ky\tAnh \r\n\n and  below "), "Ky Anh and below");
    EXPECT_EQ(line("Ky\u00A0Anh\u3000\u2029x"), "Ky Anh x");
    EXPECT_EQ(line(" \n "), "");
}

TEST(CleanLine, LosesWhatTurnsTheDirectionOrHides) {
    EXPECT_EQ(line("invoice\u202Egpj.exe\u202C"), "invoicegpj.exe");
    for (const char* unseen : {"\u202A", "\u202B", "\u202C", "\u202D", "\u202E", "\u2066", "\u2067", "\u2068", "\u2069",
                               "\u200B", "\u2060", "\uFEFF"})
        EXPECT_EQ(line(std::string("a") + unseen + "b"), "ab");
}

TEST(CleanLine, KeepsWhatScriptsAreWrittenWith) {
    for (const char* kept :
         {"Đồng Hới", "تحریکِ مسابقت", "می\u200Cخواهم", "\u200Fالف\u200E", "<b>&amp;", "👩🏽‍🌾"})
        EXPECT_EQ(line(kept), kept);
}

TEST(CleanLine, RefusesControlCharactersAndBrokenText) {
    using namespace std::literals;
    for (const auto bad : {"a\x01"sv, "\x1b[2J"sv, "a\x7f"sv, "a\u0080"sv, "a\0b"sv, "\xff"sv, "a\xe2\x82"sv})
        EXPECT_EQ(refusal([&] { line(bad); }), "text.control title");
}

TEST(CleanLine, CountsCharactersNotBytes) {
    EXPECT_EQ(clean_line("đđđ", 3, "title"), "đđđ");
    EXPECT_EQ(refusal([] { clean_line("đđđđ", 3, "title"); }), "text.too-long title 4");
    EXPECT_EQ(clean_line("  abc  ", 3, "title"), "abc");
    EXPECT_EQ(refusal([] { clean_text(std::string(100'000, 'x'), 50'000, "body"); }), "text.too-long body 100000");
}

TEST(CleanText, KeepsParagraphs) {
    EXPECT_EQ(text("\r\n one \r\ntwo\r\n\r\n\r\n \r\nthree\u202E\n"), "one\ntwo\n\nthree");
    EXPECT_EQ(text(""), "");
    EXPECT_EQ(refusal([] { text("a\x08"); }), "text.control body");
}

TEST(CleanText, IsDoneOnce) {
    for (const char* typed : {" a \n\n\n b\tc \u2066d", "- one\n- two", "\n\n", "x\u2028y"})
        EXPECT_EQ(text(text(typed)), text(typed));
}

}  // namespace
}  // namespace guidon
