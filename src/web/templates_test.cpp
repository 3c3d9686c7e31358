#include "web/templates.h"

#include <gtest/gtest.h>

#include "base/assert.h"

namespace guidon::web {
namespace {

namespace json = boost::json;

std::string rendered(std::string_view text, const char* document, const Words& words = {}) {
    const auto* files = new embedded::Files{{"a/page.mustache", text},
                                            {"a/part.mustache", "<b>{{name}}</b>"},
                                            {"layout/page.mustache", "<main>{{> content}}</main>"}};
    return Templates(*files).render("a/page", Layout::fragment, json::parse(document), words);
}

TEST(Templates, EscapeEverythingThatAPersonMayHaveTyped) {
    EXPECT_EQ(rendered("<p title=\"{{x}}\">{{x}}</p>{{{x}}}", R"({"x": "<b>'\"&"})"),
              "<p title=\"&lt;b&gt;&#39;&quot;&amp;\">&lt;b&gt;&#39;&quot;&amp;</p><b>'\"&");
}

TEST(Templates, ReachIntoObjectsAndOutOfSections) {
    EXPECT_EQ(
        rendered(
            "{{#rows}}{{unit.name}}={{total}} {{title}};{{/rows}}",
            R"({"title": "T", "rows": [{"unit": {"name": "a"}, "total": "1"}, {"unit": {"name": "b"}, "total": 2}]})"),
        "a=1 T;b=2 T;");
}

TEST(Templates, WalkArraysInsideArrays) {
    EXPECT_EQ(
        rendered(
            "{{#a}}[{{#b}}{{.}}{{#c}}{{n}}{{/c}},{{/b}}]{{n}}{{/a}}{{#c}}{{n}}{{/c}}",
            R"({"a": [{"b": [1, 2], "n": "x"}, {"b": [], "n": "y"}, {"b": ["3"], "n": "z"}], "c": [{"n": "+"}, {"n": "-"}]})"),
        "[1+-,2+-,]x[]y[3+-,]z+-");
}

TEST(Templates, HideSectionsOfWhatIsAbsentEmptyOrFalse) {
    EXPECT_EQ(rendered("{{#a}}A{{/a}}{{^a}}-{{/a}}{{#b}}B{{/b}}{{^b}}-{{/b}}{{#c}}C{{/c}}{{^d}}-{{/d}}{{^e}}-{{/"
                       "e}}{{#f}}{{.}}{{/f}}{{#g}}G{{/g}}",
                       R"({"a": false, "b": null, "c": "", "e": [], "f": "text", "g": 0})"),
              "----textG");
}

TEST(Templates, AnInnerFalseHidesTheOuterValueOfTheSameName) {
    EXPECT_EQ(rendered("{{#rows}}{{#own}}!{{/own}}{{id}}{{/rows}}",
                       R"({"own": true, "rows": [{"id": 1, "own": false}, {"id": 2}]})"),
              "1!2");
}

TEST(Templates, TellWhetherAnArrayHasElementsWithoutWalkingIt) {
    EXPECT_EQ(rendered("{{#a.length}}<ul>{{#a}}{{.}}{{/a}}</ul>{{a.length}}{{/a.length}}{{^b.length}}none{{/b.length}}",
                       R"({"a": [1, 2], "b": []})"),
              "<ul>12</ul>2none");
}

TEST(Templates, SpeakTheWordsOfTheCatalogueWithDotsInTheirNames) {
    EXPECT_EQ(rendered("{{t.rank}} {{#rows}}{{t.standings.empty}}{{/rows}}{{t.missing}}", R"({"rows": [1], "t": "no"})",
                       {{"rank", "Rank"}, {"standings.empty", "Nobody & nothing"}}),
              "Rank Nobody &amp; nothing");
}

TEST(Templates, PutPartsAndTheLayoutInPlace) {
    const embedded::Files files{{"a/page.mustache", "{{#u}}\n  {{> a/part }}\n{{/u}}"},
                                {"a/part.mustache", "<b>{{name}}</b>"},
                                {"layout/page.mustache", "<main>{{> content}}</main>"}};
    const Templates templates(files);
    const json::value document = json::parse(R"({"u": [{"name": "x"}]})");
    EXPECT_EQ(templates.render("a/page", Layout::page, document, {}), "<main>\n<b>x</b>\n</main>");
    EXPECT_EQ(templates.render("a/page", Layout::fragment, document, {}), "<b>x</b>\n");
}

TEST(Templates, ATemplateThatIsMissingOrContainsItselfIsOurMistake) {
    const embedded::Files files{{"a.mustache", "{{> a}}"}, {"b.mustache", "{{> c}}"}, {"d.mustache", "{{#open}}"}};
    const Templates templates(files);
    for (const char* name : {"a", "b", "c", "d"}) {
        EXPECT_THROW(templates.render(name, Layout::fragment, json::object(), {}), BrokenPromise) << name;
    }
}

}  // namespace
}  // namespace guidon::web
