// Who goes to look? Offices in words, and persons of the reviewer's own unit, whose work list then names the survey.
#pragma once

#include <boost/json.hpp>
#include <vector>

#include "people/people_store.h"
#include "people/viewer.h"
#include "web/resource.h"

namespace guidon::reviews {

/// Who holds office today in the unit for which the viewer acts: {id, office_text}. By office, not by name.
boost::json::array colleagues_part(const store::Reader& reader, const people::Viewer* viewer, Language language);

/// The persons that fields `member` (one each) or `members` (ids with blanks between) name; Problem
/// "review.unknown-person" for who is no colleague.
std::vector<people::PersonId> read_members(const store::Reader& reader, const people::Viewer& viewer,
                                           const web::Request& request);

}  // namespace guidon::reviews
