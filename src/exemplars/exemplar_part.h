// What do other nouns (replications, reviews, news, the book) add to an exemplar's page, and how do they name one?
#pragma once

#include <boost/json.hpp>
#include <functional>

#include "exemplars/exemplars_store.h"
#include "people/viewer.h"
#include "web/resource.h"

namespace guidon::exemplars {

/// On whose behalf a page is made.
struct Looking {
    const store::Reader& reader;
    const people::Viewer* viewer;  // null: the public
    const web::Request& request;
};

/// Adds its fields to the document of an exemplar's page, as far as the viewer may see them.
using ExemplarPart =
    std::function<void(boost::json::object& document, const Exemplar& exemplar, const Looking& looking)>;

/// What other nouns do when an exemplar has taken a step, inside the same change: they may add to what its journal
/// entry says. `exemplar` is as it was before the step.
using StepPart = std::function<void(store::Change& change, const Exemplar& exemplar, const Event& event,
                                    boost::json::object& document)>;

/// Whether `viewer` (null: the public) may see it at all. A draft is seen by who may register for its unit or review
/// there; what is kept from the public by who may read figures of the unit; everything else by everybody.
bool sees(const store::Reader& reader, const people::Viewer* viewer, const Exemplar& exemplar);
/// By public id. Throws Problem "exemplar.unknown" (404) where there is none or `viewer` may not see it.
Exemplar must_find_exemplar(const store::Reader& reader, const people::Viewer* viewer, std::string_view public_id);

/// The title in `language`: a translation, or as its owner wrote it.
const std::string& title_in(const Exemplar& exemplar, Language language);
/// {id, title, kind, kind_title, state, state_title, href}: how every document names an exemplar.
boost::json::object exemplar_reference(const Exemplar& exemplar, Language language);
std::string state_title(State state, Language language);

}  // namespace guidon::exemplars
