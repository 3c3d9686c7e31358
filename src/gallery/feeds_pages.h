// How do other programs hear of exemplars? By an Atom feed, by sitemaps, and by what a page says of itself to who
// shares or indexes it.
//
//   GET /exemplars.atom     the newest
//   GET /sitemap.xml        the public pages; above 50,000 of them an index of /sitemap/:number.xml
//   GET /robots.txt
#pragma once

#include "exemplars/exemplar_part.h"
#include "gallery/gallery_pages.h"

namespace guidon::gallery {

/// `store` and `all` outlive the routes.
void add_feed_routes(web::Routes& routes, store::Store& store, Register& all);

/// For an exemplar's page: `description` (OpenGraph), `image` of its photo, `json_ld` (schema.org, safe inside a script
/// element).
exemplars::ExemplarPart share_part(PhotoOf photo);

}  // namespace guidon::gallery
