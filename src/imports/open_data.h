// What may everybody take away? Exemplars as open data, without anything personal, and what each column means.
//
//   GET /open-data                          what there is, with the dictionary
//   GET /open-data/exemplars     (.csv .json)
//   GET /open-data/datapackage   (.json)    the dictionary, as Frictionless Data Package and Table Schema write it
#pragma once

#include <cstdint>
#include <functional>

#include "store/store.h"
#include "web/resource.h"

namespace guidon::imports {

/// `store` outlives the routes. `version`: the newest journal entry that may have moved an exemplar, a unit or a
/// movement; a file is kept until then. Without it, it is written for each request.
void add_open_data_routes(web::Routes& routes, store::Store& store, std::function<std::int64_t()> version = {});

}  // namespace guidon::imports
