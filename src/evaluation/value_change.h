// How does one reported value change? Permit, load, decide (the engine refuses what its rule cannot take), store and
// journal together, answer with what moved.
#pragma once

#include "evaluation/live_cycles.h"
#include "web/resource.h"

namespace guidon::evaluation {

/// PUT /movements/:key/:period/units/:id/values/:indicator with fields `value` (a decimal, `na`, or empty = not
/// reported), `target` and `note` (absent = as before). Runs on the writer's thread.
web::Answer change_value(LiveCycles& live, store::Store& store, const web::Request& request);

}  // namespace guidon::evaluation
