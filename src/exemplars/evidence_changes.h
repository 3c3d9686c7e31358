// How do photos, papers and office files come to an exemplar, in which order, and how do they go again?
#pragma once

#include "exemplars/exemplars_desk.h"

namespace guidon::exemplars {

constexpr std::size_t most_files = 50;

/// POST /exemplars/:id/evidence: looking into a file takes long, so it is no work for the writer's thread.
web::Answer add_file(const Desk& desk, const web::Request& request);
/// POST /exemplars/:id/evidence/:file.
web::Answer change_file(const Desk& desk, const web::Request& request);

}  // namespace guidon::exemplars
