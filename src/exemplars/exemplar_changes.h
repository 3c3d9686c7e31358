// How do the texts of an exemplar change? Written as a draft, handed in, written anew, thrown away.
#pragma once

#include "exemplars/exemplars_desk.h"

namespace guidon::exemplars {

/// POST /exemplars. A form that was refused comes back with what was typed, and everything that is wrong at its field.
web::Answer write_new(const Desk& desk, const web::Request& request);
/// PUT /exemplars/:id. If-Match: `version` of its document.
web::Answer write_anew(const Desk& desk, const web::Request& request);
/// POST /exemplars/:id/discard.
web::Answer discard(const Desk& desk, const web::Request& request);

}  // namespace guidon::exemplars
