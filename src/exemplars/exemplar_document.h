// What does an exemplar's page tell? Its story, facts, files, every step that it took, and the steps that its viewer
// may take now.
#pragma once

#include "exemplars/exemplars_desk.h"

namespace guidon::exemplars {

boost::json::object exemplar_document(const Desk& desk, const Looking& looking, const Exemplar& exemplar);

/// GET /exemplars/:id.
web::Answer exemplar_page(const Desk& desk, const web::Request& request);

}  // namespace guidon::exemplars
