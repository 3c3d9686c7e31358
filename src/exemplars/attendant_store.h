// What has to be done for exemplars while nobody asks? Texts brought into the index of similar ones, and drafts that
// the deadline of their cycle found unfinished.
#pragma once

#include "exemplars/cycle_files.h"

namespace guidon::exemplars {

/// Brings the index of similar texts up to date with at most `most` exemplars; gives with how many. 0: it is.
int index_some(store::Change& change, int most);

/// Whether there is anything to bring.
bool index_waits(const store::Reader& reader);

/// Drafts of cycles whose registering ended before `today` that are not marked yet.
std::vector<Exemplar> drafts_behind_deadline(const store::Reader& reader, const CycleFiles& cycles, Day today);

}  // namespace guidon::exemplars
