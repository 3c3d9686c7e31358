// Who gets which file?
//
//   GET /evidence/:id               a photo's copy of at most 1600 pixels, or the document
//       ?size=small|shown|original  of a photo: at most 480 pixels; the same as without; as it was sent
#pragma once

#include <boost/json.hpp>
#include <functional>
#include <vector>

#include "evidence/evidence_store.h"
#include "people/viewer.h"
#include "web/resource.h"

namespace guidon::evidence {

/// Each includes those before it. A document has no copies: whoever sees these gets the document.
enum class Seen { nothing, copies, original };

/// What a noun says of an evidence: how much of it `viewer` (null: the public) may see. One that is not the noun's is
/// nothing to it.
using MaySee = std::function<Seen(const store::Reader&, const people::Viewer* viewer, const Evidence&)>;

/// The most that one of `nouns` grants counts; where none grants anything there is nothing (404). `store` and `depot`
/// outlive the routes.
void add_routes(web::Routes& routes, store::Store& store, const Depot& depot, std::vector<MaySee> nouns);

/// For documents of other nouns: {id, kind, format, format_text, size, size_text, file_name, photo, href}, of a photo
/// also {small_href, width, height}; `width` and `height` are those of the copy behind `href`.
boost::json::object evidence_part(const Evidence& one, Language language);

}  // namespace guidon::evidence
