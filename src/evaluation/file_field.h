// What goes into the engine when a cycle is scored from files alone?
#pragma once

#include <string_view>
#include <vector>

#include "movements/cycle.h"
#include "scoring/engine.h"
#include "units/group_file.h"
#include "units/unit_file.h"
#include "values/value_file.h"

namespace guidon::evaluation {

/// Units are numbered as in their file. Groups are those of the cycle's period and those without one. Throws Problem
/// "participants.unknown-root" as participants() does.
scoring::Field field_of_files(const movements::Cycle& cycle, const units::UnitFile& units,
                              const units::GroupFile& groups, values::ValueColumns values);

}  // namespace guidon::evaluation
