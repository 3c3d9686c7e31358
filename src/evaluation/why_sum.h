// The sum by hand: how does each value become points, and how do these become the total?
#pragma once

#include "evaluation/why_telling.h"

namespace guidon::evaluation {

/// The sections with their criteria, and last the criteria beside them. Not of a hidden standing.
boost::json::array sections_part(const Telling& telling);
/// What is added up to the total, as far as it may be seen.
boost::json::array sum_part(const Telling& telling);
boost::json::array gates_part(const Telling& telling);

}  // namespace guidon::evaluation
