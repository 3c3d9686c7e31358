// How far is the demo's book of a hundred? The project of demo/book.json with entries that have come to each state, the
// surveys before it and texts put together from what the exemplars say: marked as samples.
#pragma once

#include "store/store.h"

namespace guidon::cli {

/// In one journal entry for each step that entries take. Gives how many entries there are.
int add_demo_book(store::Store& store);

}  // namespace guidon::cli
