// Who acts in the demo? Offices, as persons without accounts, with what each may do.
#pragma once

#include <string_view>

#include "store/store.h"

namespace guidon::cli {

/// Adds the people of `csv`: `unit,title:en,title:vi,title:ur,roles`, roles parted by spaces, those of a group as
/// `group_leader:GROUP`. Gives how many.
int add_demo_people(store::Store& store, std::string_view csv);

}  // namespace guidon::cli
