#include "cli/demo_news.h"

#include <map>

#include "base/embedded.h"
#include "cli/demo_draw.h"
#include "cli/demo_files.h"
#include "comments/comments_store.h"
#include "evidence/evidence_store.h"
#include "news/articles_store.h"
#include "people/gate.h"

namespace guidon::cli {

namespace json = boost::json;

namespace {

using Ids = std::map<std::string, std::string>;  // by language

/// The article in one language; it leads to the others.
news::ArticleText article_of(const json::object& from, const Ids& ids, const std::string& picture) {
    news::ArticleText article;
    article.language = language_of(text(from, "language")).value();
    article.title = text(from, "title");
    article.lede = text(from, "lede");
    article.body = text(from, "body");
    for (const auto& author : from.at("authors").as_array()) article.authors.emplace_back(author.as_string());
    article.sources = {{text(from, "source"), ""}};
    for (const auto& one : from.at("documents").as_array()) {
        const auto& document = one.as_object();
        article.documents.push_back(
            {text(document, "number"), text(document, "issuer"), text(document, "dated"), text(document, "title")});
    }
    article.about = {{"/movements/skilled-mass-mobilisation/2024", text(from, "movement")},
                     {"/movements/skilled-mass-mobilisation/2025", text(from, "next")},
                     {"/exemplars/figures", text(from, "figures")}};
    for (const auto& [language, label] : from.at("other").as_object())
        article.about.push_back({"/news/" + ids.at(std::string(language)), std::string(label.as_string())});
    article.photos = {{picture, text(from, "caption"), text(from, "credit")}};
    return article;
}

std::string keep_picture(store::Change& change, const evidence::Depot& depot, const std::string& file) {
    const web::Upload upload{file, "image/png", std::string(embedded::demo().at(file))};
    const auto taken = evidence::take(depot, upload, "file", evidence::Wanted::photo);
    return evidence::evidence(change, evidence::keep(change, depot, taken)).public_id;
}

void publish_all(store::Store& store, const Ids& ids) {
    auto change = store.change(people::Gate::terminal("demo"));
    for (const auto& [_, id] : ids) {
        const auto article = news::find_article(change, id).value();
        news::publish(change, article, Day::of_utc_ms(change.at_utc_ms()));
        comments::begin_thread(change, article.href(), news::version(change, article.id, article.draft).text.title,
                               article.unit);
    }
    change.commit("articles.imported", "demo", {{"added", ids.size()}});
}

}  // namespace

int add_demo_news(store::Store& store, const evidence::Depot& depot) {
    const auto from = json::parse(embedded::demo().at("news.json")).as_object();
    const auto& articles = from.at("articles").as_array();
    Draw draw(10);
    Ids ids;
    for (const auto& one : articles) ids[text(one.as_object(), "language")] = draw.public_id();
    auto change = store.change(people::Gate::terminal("demo"));
    const auto unit = unit_of(change, text(from, "unit"), Day::of_utc_ms(change.at_utc_ms()));
    const std::string picture = keep_picture(change, depot, text(from, "picture"));
    for (const auto& one : articles)
        news::add_article(change, unit, article_of(one.as_object(), ids, picture),
                          ids.at(text(one.as_object(), "language")));
    change.commit("articles.imported", "demo", {{"added", articles.size()}});
    publish_all(store, ids);
    return static_cast<int>(articles.size());
}

}  // namespace guidon::cli
