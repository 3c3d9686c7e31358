// Which addresses show the results of a cycle? Standings, why, roll-up, changing one value, and publishing.
//
//   GET  /movements/:key/:period/standings            (.json .csv .xlsx)  ?group= &class= &q= &sort= &page=
//   GET  /movements/:key/:period/rollup               (.json .csv .xlsx)  ?under=UNIT
//   GET  /movements/:key/:period/units/:id            why
//   PUT  /movements/:key/:period/units/:id/values/:indicator    fields value, target, note; If-Match
//   POST /movements/:key/:period/publish              If-Match
//   POST /movements/:key/:period/unpublish            field reason; If-Match
#pragma once

#include "evaluation/live_cycles.h"
#include "web/resource.h"

namespace guidon::evaluation {

/// `live` and `store` outlive the routes.
void add_routes(web::Routes& routes, LiveCycles& live, store::Store& store);

}  // namespace guidon::evaluation
