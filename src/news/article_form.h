// How do the fields of a form, or of JSON, become what an article says, and back? Lists are lines in a form, with `|`
// between the parts of a line, and arrays in JSON.
#pragma once

#include <boost/json.hpp>

#include "news/article.h"
#include "web/resource.h"

namespace guidon::news {

/// Problems "news.no-title", "news.language", "news.address" {address}, "news.subject" {address}, "news.date" {date},
/// "news.empty-row", "news.too-many" {most}, and those of base/plain_text.h; each names its field.
ArticleText read_article(const web::Request& request);

/// The fields of the form: {title, lede, body, language, authors, sources, documents, about}, lists as lines.
boost::json::object form_fields(const ArticleText& text);
/// The same as they were sent, of a form that was refused.
boost::json::object typed_fields(const web::Request& request);

}  // namespace guidon::news
