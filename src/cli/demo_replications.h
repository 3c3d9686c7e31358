// How did exemplars of the demo come from one another? Each adoption with its steps: agreed, begun, carried out,
// assessed.
#pragma once

#include <vector>

#include "exemplars/exemplars_store.h"

namespace guidon::cli {

/// `adopted` came from `origin`.
struct Descent {
    exemplars::ExemplarId origin, adopted;
    units::UnitId origin_unit, unit;
    Day begun;
    Day recognised;  // always() = it was not
};

/// In four journal entries.
void add_demo_replications(store::Store& store, const std::vector<Descent>& all);

}  // namespace guidon::cli
