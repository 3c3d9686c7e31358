// Which exemplars does the demo have? Five that are told by name in demo/named.json, and as many of each outcome as
// demo/exemplars.csv says, made up of demo/phrases.json: marked as samples, the same in every demo.
#pragma once

#include "store/store.h"

namespace guidon::cli {

/// Adds them with all that happened to them; one journal entry for each cycle. Gives how many.
int add_demo_exemplars(store::Store& store);

}  // namespace guidon::cli
