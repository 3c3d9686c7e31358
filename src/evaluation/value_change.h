// How does one reported value change? Permit, load, decide (the engine refuses what its rule cannot take), store and
// journal together, answer with what moved.
#pragma once

#include "evaluation/live_cycles.h"
#include "web/resource.h"

namespace guidon::evaluation {

/// PUT /movements/:key/:period/units/:id/values/:indicator with fields `value` (a decimal, `na`, or empty = not
/// reported), `target` and `note` (absent = as before), and If-Match or `if_match` with the value's version: the
/// journal entry that stored it, 0 for none. Runs on the writer's thread. Problems of permit_report(),
/// web.if-match-needed (428), value.changed-meanwhile (412).
web::Answer change_value(LiveCycles& live, store::Store& store, const web::Request& request);

}  // namespace guidon::evaluation
