#include "news/article.h"

#include <gtest/gtest.h>

#include "base/problem.h"
#include "news/article_form.h"

namespace guidon::news {
namespace {

namespace json = boost::json;

template <class F>
std::string refusal(F work) {
    try {
        work();
        return "";
    } catch (const Problem& problem) {
        return problem.code + " " + problem.field;
    }
}

using Fields = std::multimap<std::string, std::string>;
web::Request form(Fields fields) {
    web::Request request;
    request.fields = std::move(fields);
    if (!request.fields.contains("title")) request.fields.emplace("title", "T");
    return request;
}
std::string refused(Fields fields) {
    return refusal([&] { read_article(form(std::move(fields))); });
}

TEST(Articles, GoFromDraftToPublishedToWithdrawnAndNowhereElse) {
    using enum ArticleState;
    EXPECT_TRUE(may_move(draft, ArticleMove::publish));
    EXPECT_TRUE(may_move(published, ArticleMove::withdraw));
    EXPECT_TRUE(may_move(draft, ArticleMove::withdraw));
    EXPECT_FALSE(may_move(published, ArticleMove::publish));
    for (const ArticleMove move : {ArticleMove::publish, ArticleMove::withdraw})
        EXPECT_FALSE(may_move(withdrawn, move));
    EXPECT_EQ(refusal([] { rule_of(withdrawn, ArticleMove::publish); }), "news.state ");
    for (const MoveRule& rule : move_rules) EXPECT_EQ(rule.needs_reason, rule.to == withdrawn);
    for (const ArticleState state : {draft, published, withdrawn}) EXPECT_EQ(article_state_of(code(state)), state);
}

TEST(Addresses, AreOfTheWebOrNone) {
    for (const char* good : {"https://example.org", "http://example.org:8080/a?b=c#d", "https://vi.example/Hà-Nội"})
        EXPECT_TRUE(is_web_address(good)) << good;
    for (const char* bad : {"javascript:alert(1)", "https://", "https:///a", "ftp://a", "//a", "data:text/html,x",
                            "https://a b", "https://a\"b", "https://user@a", "HTTPS ://a", "https://:80"})
        EXPECT_FALSE(is_web_address(bad)) << bad;
}

TEST(ArticleForm, ReadsLinesOfAForm) {
    const auto text = read_article(form({{"title", " Six localities\nsign "},
                                         {"language", "vi"},
                                         {"body", "# A\r\n\r\n\r\nb"},
                                         {"authors", "Editor, Ha Tinh\r\n\r\nEditor, Ky Anh"},
                                         {"sources", "source\nAgency | https://example.org/a?b=1\nhttps://example.org"},
                                         {"documents", "05/KH | Cluster | 2024-03 | Plan\n| | | Agreement | of 2024"},
                                         {"about", "/movements/m/2024 | Movement"}}));
    EXPECT_EQ(text.title, "Six localities sign");
    EXPECT_EQ(text.language, Language::vi);
    EXPECT_EQ(text.body, "# A\n\nb");
    EXPECT_EQ(text.authors, (std::vector<std::string>{"Editor, Ha Tinh", "Editor, Ky Anh"}));
    EXPECT_EQ(text.sources, (std::vector<Source>{{"source", ""},
                                                 {"Agency", "https://example.org/a?b=1"},
                                                 {"https://example.org", "https://example.org"}}));
    EXPECT_EQ(text.documents, (std::vector<CitedDocument>{{"05/KH", "Cluster", "2024-03", "Plan"},
                                                          {"", "", "", "Agreement | of 2024"}}));
    EXPECT_EQ(text.about, (std::vector<About>{{"/movements/m/2024", "Movement"}}));
}

TEST(ArticleForm, GivesBackWhatItRead) {
    const auto once = read_article(form({{"authors", "a\nb"},
                                         {"sources", "x\ny | https://e.org"},
                                         {"documents", "1 | i | 2024 | t\n2"},
                                         {"about", "/units"},
                                         {"lede", "l"}}));
    Fields again;
    for (const auto& [name, value] : form_fields(once)) again.emplace(name, value.as_string());
    EXPECT_EQ(read_article(form(again)), once);
}

TEST(ArticleForm, ReadsListsOfJson) {
    web::Request request = form({});
    request.json = json::parse(R"({"title": "T", "authors": ["a", {"name": "b"}], "sources": [{"label": "s"}],
        "documents": [{"number": "1", "dated": "--03-14"}], "about": [{"subject": "/units", "label": "Units"}]})");
    const auto text = read_article(request);
    EXPECT_EQ(text.authors, (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(text.sources, (std::vector<Source>{{"s", ""}}));
    EXPECT_EQ(text.documents, (std::vector<CitedDocument>{{"1", "", "--03-14", ""}}));
    EXPECT_EQ(text.about, (std::vector<About>{{"/units", "Units"}}));
}

TEST(ArticleForm, RefusesWhatCannotStand) {
    EXPECT_EQ(refused({{"title", " \u202E "}}), "news.no-title title");
    EXPECT_EQ(refused({{"title", "a\x1b[0m"}}), "text.control title");
    EXPECT_EQ(refused({{"body", std::string(100'000, 'x')}}), "text.too-long body");
    EXPECT_EQ(refused({{"language", "fr"}}), "news.language language");
    EXPECT_EQ(refused({{"sources", "x | javascript:alert(1)"}}), "news.address sources");
    EXPECT_EQ(refused({{"documents", " | Cluster | 2024"}}), "news.empty-row documents");
    EXPECT_EQ(refused({{"documents", "1 | | soon"}}), "news.date documents");
    EXPECT_EQ(refused({{"about", "https://elsewhere.example"}}), "news.subject about");
    EXPECT_EQ(refused({{"about", "//elsewhere.example"}}), "news.subject about");
    std::string many;
    for (std::size_t i = 0; i <= most_of_each; ++i) many += "a\n";
    EXPECT_EQ(refused({{"authors", many}}), "news.too-many authors");
}

}  // namespace
}  // namespace guidon::news
