// Which figures does somebody still have to report? Those that a running cycle reads of the units for which they
// report.
#pragma once

#include "evaluation/live_cycles.h"
#include "people/work.h"

namespace guidon::evaluation {

/// One piece of work a cycle, due when the cycle ends. `live` outlives the part.
people::WorkPart figures_to_report(LiveCycles& live);

}  // namespace guidon::evaluation
