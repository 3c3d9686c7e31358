// How do 300 exemplars take one step by one decision? Chosen, planned – each line says whether it will and why not –,
// then carried out in one change with one entry of the journal: all or none, or only those that can, as was asked for.
#pragma once

#include "exemplars/exemplars_desk.h"

namespace guidon::exemplars {

constexpr std::size_t most_at_once = 2'000;

/// GET /exemplars/bulk: ?movement ?period ?unit ?state; ?done=SEQ tells what that journal entry did.
web::Answer choose_many(const Desk& desk, const web::Request& request);
/// POST /exemplars/bulk/plan: ids[], or what choose_many was asked for and all=1; the fields of a step. Reads alone.
web::Answer plan_many(const Desk& desk, const web::Request& request);
/// POST /exemplars/bulk: the same, and mode = all | able. If-Match: `version` of the plan.
web::Answer apply_many(const Desk& desk, const web::Request& request);

}  // namespace guidon::exemplars
