// What do a family's page, its drawing and its file say? As far as who looks may see the exemplars in it.
#pragma once

#include <boost/json.hpp>
#include <string>
#include <vector>

#include "replications/drawing.h"
#include "replications/replication_desk.h"

namespace guidon::replications {

/// The family below `root`, without what `viewer` does not see.
Family visible_family(const store::Reader& reader, const people::Viewer* viewer, const exemplars::Exemplar& root);

/// The document of /exemplars/:id/family.
boost::json::object family_document(const Desk& desk, const store::Reader& reader, const web::Request& request,
                                    const exemplars::Exemplar& root);
/// The drawing alone, as a file.
std::string family_drawing(const Desk& desk, const store::Reader& reader, const web::Request& request,
                           const exemplars::Exemplar& root);
/// The table as CSV: generation, unit, title, start, state, months, after twelve months.
std::string family_csv(const Desk& desk, const store::Reader& reader, const web::Request& request,
                       const exemplars::Exemplar& root);

/// {descendants, active, generations, months, …} with their words, as every page shows them.
boost::json::object figures_part(const Figures& figures, Language language);

}  // namespace guidon::replications
