// GET /reviews ?state= ?unit= ?field= ?page=: which surveys are due, overdue, planned, done?
#pragma once

#include "reviews/review_desk.h"

namespace guidon::reviews {

/// Those of units whose chain the viewer belongs to. .csv gives the whole list that page one begins.
web::Answer review_list(const Desk& desk, const web::Request& request);

}  // namespace guidon::reviews
