// Do links of a copied page lead to the files beside it, and does nothing of the server stay in it?
#include "cli/static_page.h"

#include <gtest/gtest.h>

namespace guidon::cli {
namespace {

TEST(StaticPage, GivesEveryAddressAFile) {
    EXPECT_EQ(file_for("/"), "index.html");
    EXPECT_EQ(file_for("/exemplars"), "exemplars.html");
    EXPECT_EQ(file_for("/exemplars?field=economy&page=2"), "exemplars,field=economy,page=2.html");
    EXPECT_EQ(file_for("/units/a1b2"), "units/a1b2.html");
    EXPECT_EQ(file_for("/assets/theme.1234.css"), "assets/theme.1234.css");
    EXPECT_EQ(file_for("/exemplars?field=%C3%A1"), "exemplars,field=_C3_A1.html");
}

TEST(StaticPage, LeadsFromFolderToFolder) {
    EXPECT_EQ(relative("en/units/a.html", "en/units/b.html"), "b.html");
    EXPECT_EQ(relative("en/units/a.html", "en/index.html"), "../index.html");
    EXPECT_EQ(relative("en/index.html", "vi/units/a.html"), "../vi/units/a.html");
    EXPECT_EQ(relative("index.html", "en/index.html"), "en/index.html");
}

constexpr const char* page =
    "<link rel=\"canonical\" href=\"/a\"><script src=\"/x.js\"></script><a href=\"/a?x=1&amp;y=2#here\">A</a>"
    "<form action=\"/f\"><a href=\"/in\">I</a></form><a href=\"/b\">B</a><img src=\"/p.png\">"
    "<a href=\"https://other.example/\">O</a><script type=\"application/ld+json\">{}</script>";

TEST(StaticPage, FindsWhatItLeadsTo) {
    EXPECT_EQ(links_of(page), (std::vector<std::string>{"/a?x=1&y=2", "/b", "/p.png"}));
}

TEST(StaticPage, KeepsTheWordsOfWhatLeadsNowhere) {
    const auto changed = with_links(page, [](const std::string& address) {
        return address == "/b" ? std::nullopt : std::optional("to" + address);
    });
    EXPECT_EQ(changed,
              "<a href=\"to/a?x=1&amp;y=2#here\">A</a><a>B</a><img src=\"to/p.png\">"
              "<a href=\"https://other.example/\">O</a><script type=\"application/ld+json\">{}</script>");
}

}  // namespace
}  // namespace guidon::cli
