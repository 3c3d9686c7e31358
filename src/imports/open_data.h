// What may everybody take away? Exemplars as open data, without anything personal, and what each column means.
//
//   GET /open-data                          what there is, with the dictionary
//   GET /open-data/exemplars     (.csv .json)
//   GET /open-data/datapackage   (.json)    the dictionary, as Frictionless Data Package and Table Schema write it
#pragma once

#include "store/store.h"
#include "web/resource.h"

namespace guidon::imports {

/// `store` outlives the routes.
void add_open_data_routes(web::Routes& routes, store::Store& store);

}  // namespace guidon::imports
