// Which reported values may somebody see where they are listed by themselves – a unit's page, an export? Those that the
// cycles of their period show them. What no cycle of its period reads is for the unit and those above it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "movements/cycle.h"
#include "people/sight.h"

namespace guidon::movements {

class ValueSight {
public:
    /// `reader` and `viewer` (null: the public) outlive it.
    ValueSight(const store::Reader& reader, const people::Viewer* viewer);

    /// Whether everybody sees what all units reported of the indicator in the period.
    bool open(const std::string& indicator, const std::string& period) const;
    bool sees(people::UnitId unit, const std::string& indicator, const std::string& period) const;

private:
    /// A cycle that reads something, and who sees that.
    struct Reading {
        people::Sight sight;
        std::map<std::string, people::Audience> audiences;  // by what the values are stored under
    };
    std::map<std::string, std::vector<Reading>> by_period_;
    people::Sight unread_;
};

}  // namespace guidon::movements
