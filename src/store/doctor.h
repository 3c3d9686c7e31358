// Is the database sound in itself? What the store can check without knowing the nouns: file, foreign keys, journal.
#pragma once

#include <vector>

#include "base/problem.h"
#include "store/store.h"

namespace guidon::store {

/// Codes "doctor.*"; empty = sound. At most max_faults of each kind.
std::vector<Problem> check_store(const Reader& reader);

}  // namespace guidon::store
