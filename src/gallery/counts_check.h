// Do the counts agree with what is stored? Recomputed by the database alone, from the exemplars as they stand and from
// their steps, and compared with what is counted in memory.
#pragma once

#include <vector>

#include "base/problem.h"
#include "store/store.h"

namespace guidon::gallery {

/// Codes "doctor.exemplar-counts" (of one unit: the active ones are not what came and went) and
/// "doctor.exemplar-identity" (of one year: what the pages count does not add up, or is not what the database counts),
/// each with the number by which it is off.
std::vector<Problem> check_counts(const store::Reader& reader);

}  // namespace guidon::gallery
