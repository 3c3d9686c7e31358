// How is an article written, corrected, published and withdrawn? For news/*.cpp alone.
#pragma once

#include "news/article_document.h"

namespace guidon::news {

/// What somebody may write on: its caller may in its unit.
struct Opened {
    Article article;
    store::Permit permit;
};
Opened open_article(const store::Reader& reader, const web::Request& request);
/// Problem "news.state" (409) where no version of it is being written.
void must_be_written(const Article& article);
/// Leads to the version that a change was about.
web::Answer at_article(const Desk& desk, const store::Reader& reader, const web::Request& request, const Article& now,
                       int status = 200);

/// The form: of a new article, or of what is being written of one.
web::Answer new_article_page(const Desk& desk, const web::Request& request);
web::Answer edit_page(const Desk& desk, const web::Request& request);

web::Answer take_article(const Desk& desk, const web::Request& request);
web::Answer rewrite_article(const Desk& desk, const web::Request& request);
web::Answer correct_article(const Desk& desk, const web::Request& request);
web::Answer drop_article(const Desk& desk, const web::Request& request);
web::Answer publish_article(const Desk& desk, const web::Request& request);
web::Answer withdraw_article(const Desk& desk, const web::Request& request);

}  // namespace guidon::news
