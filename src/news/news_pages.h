// Which addresses show and change the news?
//
//   GET  /news                        (.json)  ?year=YYYY ?page=N
//   GET  /news.atom                            the newest as an Atom feed (RFC 4287)
//   GET  /news/new                             the form
//   POST /news                                 unit, language, title, lede, body, authors, sources, documents, about
//   GET  /news/:id                    (.json)
//   GET  /news/:id/versions/:number   (.json)  what was said before, or is being written
//   GET  /news/:id/edit                        the form of what is being written
//   PUT  /news/:id                             as POST; of a correction also note
//   POST /news/:id/correct                     begins the next version of a published article
//   POST /news/:id/drop                        drops the correction that is being written
//   POST /news/:id/photos                      file, caption, credit
//   POST /news/:id/photos/:photo               do = save | up | down | remove; caption, credit
//   POST /news/:id/publish
//   POST /news/:id/withdraw                    reason
#pragma once

#include "comments/comments_pages.h"
#include "evidence/evidence_pages.h"
#include "people/naming.h"
#include "store/store.h"
#include "web/resource.h"

namespace guidon::news {

/// `store`, `depot` and `comments` outlive the routes.
void add_routes(web::Routes& routes, store::Store& store, const evidence::Depot& depot, const comments::Desk& comments);

/// Photos of articles: who writes the article gets the original, readers of a published version the copies.
evidence::MaySee may_see_photos();
people::Naming naming();

}  // namespace guidon::news
