// Which buttons does an exemplar's page show, and what does each ask for? The steps of the table that leave its state
// and that the gate permits.
#pragma once

#include "exemplars/exemplars_desk.h"

namespace guidon::exemplars {

/// Rows {verb, title, quick, needs_level, needs_reason, needs_decision, needs_unit, by_authority, levels, reasons,
/// units}; `quick` asks for nothing.
boost::json::array step_forms(const Desk& desk, const Looking& looking, const Exemplar& exemplar,
                              const OpenCycle& cycle);

/// What was typed into a step that was refused stands in its form again, unfolded.
void put_back(boost::json::value& forms, const web::Request& request);

}  // namespace guidon::exemplars
