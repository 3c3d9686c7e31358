// Which addresses show exemplars to everybody? The gallery with its filters, and how many there are.
//
//   GET /exemplars          (.json)  ?q=TEXT ?field= ?topic= ?level= ?unit= ?year= ?kind= ?owner= ?state= ?movement=
//                                    ?sort=date|relevance ?page=N, and what a number of the figures has counted:
//                                    ?count=NAME&from=DAY&to=DAY
//   GET /exemplars/figures  (.json .csv .xlsx)  ?year=YEAR or ?on=DAY, ?unit=UNIT, ?movement=KEY, ?field=KEY
#pragma once

#include <memory>

#include "gallery/cards.h"
#include "gallery/register.h"
#include "gallery/search.h"
#include "movements/movements_pages.h"
#include "people/viewer.h"
#include "units/units_pages.h"

namespace guidon::gallery {

/// On whose behalf a page is made.
struct Asker {
    Language language = Language::en;
    std::shared_ptr<const web::Caller> caller;  // null: the public
    const people::Viewer* viewer = nullptr;     // the caller, as people know them

    explicit Asker(const web::Request& request)
        : language(request.language), caller(request.caller), viewer(people::viewer_of(request)) {}
};

struct Parts {
    PhotoOf photo = {};                      // empty: no photos
    const SearchFollower* search = nullptr;  // what tells when the search may find something else
};

/// `store` and `all` outlive the routes.
void add_routes(web::Routes& routes, store::Store& store, Register& all, Parts parts);

/// A unit's exemplars and how many there are, for its page.
units::UnitPart unit_part(store::Store& store, Register& all, Parts parts);
/// The newest recognised ones and how many there are, for the front page.
movements::FrontMore front_part(store::Store& store, Register& all, Parts parts);

}  // namespace guidon::gallery
