// Which addresses show movements? The front page, the list of cycles, and one cycle with its rules in words.
//
//   GET /                                 running movements
//   GET /movements          (.json)       ?q=TEXT
//   GET /movements/:key                   the newest cycle
//   GET /movements/:key/:period  (.json)  a cycle; with .toml the file itself
#pragma once

#include <boost/json.hpp>
#include <functional>
#include <string>
#include <vector>

#include "movements/movements_store.h"
#include "people/viewer.h"
#include "store/store.h"
#include "web/resource.h"

namespace guidon::movements {

enum class Detail { card, page };
/// On whose behalf a document is made.
struct Asked {
    const store::Reader& reader;
    const people::Viewer* viewer;  // null: the public
    Language language;
};
/// What other nouns know of a cycle (participants, the first ranks, groups, figures, publication): adds its fields to
/// the cycle's document; to all of it for its page, to the few of a card in a list.
using CyclePart =
    std::function<void(boost::json::object& document, const Cycle& cycle, Detail detail, const Asked& asked)>;
/// Numbers for the front page: rows {key, number, number_text, label, href}.
using FrontPart = std::function<boost::json::array(const store::Reader& reader, Language language)>;

/// What other nouns add to the front page.
using FrontMore = std::function<void(boost::json::object& document, const web::Request& request)>;

struct Parts {
    CyclePart results;
    std::function<void(boost::json::object& document, const store::Reader& reader, const std::string& issuer_code,
                       Language language)>
        issuer;
    FrontPart figures;
    std::vector<FrontMore> front = {};
};

/// `store` outlives the routes.
void add_routes(web::Routes& routes, store::Store& store, Parts parts);

}  // namespace guidon::movements
