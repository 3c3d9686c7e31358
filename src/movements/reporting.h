// Who may still report a value? While the cycles that read it run: whoever reports for the unit. Once one of them is
// closed or its standings are published, only those who verify may correct it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "people/gate.h"

namespace guidon::movements {

/// How far the cycles that read an indicator in a period have come; of several, the one that has come farthest.
enum class Reporting { open, closed, published };
Reporting reporting_of(const store::Reader& reader, std::string_view indicator, std::string_view period);

/// Keys of the movements with a cycle that reads it.
std::vector<std::string> readers_of(const store::Reader& reader, std::string_view indicator, std::string_view period);

/// Throws what the gate throws, and Problem "value.cycle-closed" or "value.published" (403) where only a verifier may.
store::Permit permit_report(const store::Reader& reader, const people::Viewer* viewer, people::UnitId unit,
                            const std::string& movement, Reporting reporting);
bool may_report(const store::Reader& reader, const people::Viewer* viewer, people::UnitId unit,
                const std::string& movement, Reporting reporting);

}  // namespace guidon::movements
