// How is an article written, corrected, published and withdrawn? For news/*.cpp alone.
#pragma once

#include "news/article_document.h"

namespace guidon::news {

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
