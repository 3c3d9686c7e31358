// Which addresses give what is stored as the files that import takes?
//
//   GET /export/units     (.csv .xlsx)   ?on=DATE
//   GET /export/groups    (.csv .xlsx)
//   GET /export/values    (.csv .xlsx)   ?period=PERIOD
// With ?movement=KEY&period=PERIOD: as that cycle sees them, so that `guidon score` computes its standings again.
#pragma once

#include "store/store.h"
#include "web/resource.h"

namespace guidon::imports {

/// `store` outlives the routes.
void add_export_routes(web::Routes& routes, store::Store& store);

}  // namespace guidon::imports
