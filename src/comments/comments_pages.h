// Which addresses show, write and moderate comments?
//
//   GET  /threads/:id           (.json)  ?before=COMMENT
//   POST /threads/:id/comments           text; of the public: name, moment
//   POST /threads/:id/close              by moderators
//   POST /threads/:id/reopen
//   GET  /comments              (.json)  ?after=COMMENT   what waits for moderators
//   POST /comments/:id/show              by moderators
//   POST /comments/:id/reject            reason
//   POST /comments/:id/remove            reason
//   POST /comments/:id/keep              what was reported stays
//   POST /comments/:id/report            reason; of the public: moment
//
// Signed-in persons write; what they write waits for a moderator, unless they are one. The public writes only where the
// server's setting comments.public is 1.
#pragma once

#include <boost/json.hpp>
#include <string>

#include "comments/comments_store.h"
#include "people/people_pages.h"
#include "people/work.h"
#include "web/rate_limit.h"
#include "web/resource.h"

namespace guidon::comments {

/// What the pages stand on; lives as long as the server.
struct Desk {
    Desk(store::Store& store_, std::string key_) : store(store_), key(std::move(key_)) {}

    store::Store& store;
    const std::string key;  // seals the moment at which a form of the public was made
    // By person or client:
    web::TokenBuckets writes{5, 1 / 30.0, 20'000};
    web::TokenBuckets reports{5, 1 / 60.0, 20'000};
};

/// `desk` outlives the routes.
void add_routes(web::Routes& routes, Desk& desk);

/// The field `thread` of a noun's document, which its template shows by {{#thread}}{{> comments/part}}{{/thread}}; null
/// where `subject` has no thread that the reader may see.
boost::json::value comments_part(const Desk& desk, const store::Reader& reader, const web::Request& request,
                                 const std::string& subject);

/// "Comments to moderate", for whoever may.
people::WorkPart comments_to_moderate();
/// What somebody wrote, for whoever asks for their own data, and what is left of it when they are erased.
people::PersonPart person_part();

}  // namespace guidon::comments
