// What does a page show of an article? For news/*.cpp alone.
#pragma once

#include <boost/json.hpp>

#include "news/articles_store.h"
#include "news/news_pages.h"
#include "people/gate.h"

namespace guidon::news {

struct Desk {
    store::Store& store;
    const evidence::Depot& depot;
    const comments::Desk& comments;

    Day today() const { return Day::of_utc_ms(store.now_utc_ms()); }
};

bool may_write(const store::Reader& reader, const web::Request& request, const Article& article);
/// The article that the address names, if the caller may know of it: drafts are there for who may write in their unit.
/// Problem "news.unknown" (404) otherwise.
Article visible_article(const store::Reader& reader, const web::Request& request);

/// {id, href, title, lede, language, direction, unit, state, published, published_text}: how lists and feeds show one.
boost::json::object article_row(const Desk& desk, const store::Reader& reader, const Row& row, Language language);

/// Everything of one version, with what the caller may do, and the comments.
boost::json::object article_document(const Desk& desk, const store::Reader& reader, const web::Request& request,
                                     const Article& article, int number);

}  // namespace guidon::news
