// GET /exemplars/spread ?unit= ?movement= ?from= ?to=: from how many exemplars of a unit came how many?
#pragma once

#include "replications/replication_desk.h"

namespace guidon::replications {

/// The public counts what the public sees; who reads the figures of the whole unit counts everything in it.
web::Answer spread_page(const Desk& desk, const web::Request& request);

}  // namespace guidon::replications
