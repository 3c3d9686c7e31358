// Is the database sound in itself? What the store can check without knowing the nouns: file, foreign keys, journal.
#pragma once

#include <optional>
#include <vector>

#include "base/problem.h"
#include "store/journal_verify.h"
#include "store/store.h"

namespace guidon::store {

/// Codes "doctor.*"; empty = sound. At most max_faults of each kind. `trusted` is the key that must have signed the
/// journal, from outside the database (Store::trusted_key()).
std::vector<Problem> check_store(const Reader& reader, const std::optional<PublicKey>& trusted = {});

/// The journal alone: every entry, the head's row, and what `trust` says.
Verdict check_journal(const Reader& reader, const Trust& trust);

}  // namespace guidon::store
