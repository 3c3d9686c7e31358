// What does the page of one adoption say? From whom to whom, where it is, what was adapted, the outcome against the
// origin, and which steps who looks may take.
#pragma once

#include <boost/json.hpp>

#include "replications/replication_desk.h"

namespace guidon::replications {

/// The document of /adoptions/:id.
boost::json::object adoption_document(const Desk& desk, const store::Reader& reader, const web::Request& request,
                                      const Adoption& adoption);

/// 12 against 8 → "150": own as a percentage of the origin's, to one place, a half rounded up. "" where there is
/// nothing to compare with.
std::string percent_of(const std::string& own, const std::string& origin);

}  // namespace guidon::replications
