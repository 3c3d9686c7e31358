// How many, broken down in every way that a page of figures shows? One walk over all exemplars that somebody may see.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "gallery/counts.h"
#include "gallery/eyes.h"
#include "gallery/register.h"

namespace guidon::gallery {

/// What is to be counted.
struct Scope {
    Days days;
    std::shared_ptr<const UnitTree> tree;  // of the last day
    std::optional<std::int32_t> unit;      // it and those below it; nothing: all
    std::vector<std::int32_t> below;       // the units by which it is broken down
    std::string field, movement;           // "" = all
};

struct ByLevel {
    std::int64_t recognised = 0, individuals = 0;
};

struct Figures {
    Tally total;
    std::map<std::string, Tally> fields;     // by main field
    std::map<std::string, Tally> movements;  // by key
    std::vector<Tally> units;                // as Scope::below
    Tally elsewhere;                         // of units that stand below none of them: the unit itself
    std::map<std::string, ByLevel> levels;
    std::map<int, Tally> years;  // each as a whole, the last one until the last day; at most ten
    bool sample = false;
};

Figures count_all(const View& view, const Scope& scope, const Eyes& eyes);

/// The whole of a year.
Days year_of(int year);

}  // namespace guidon::gallery
