// What does a movement's file say about exemplars? Their fields, topics, levels, reasons for removal, and until when
// they are registered: `[exemplars]`. A movement without it takes none.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/language.h"

namespace guidon::config {
struct Node;
}

namespace guidon::movements {

class Report;

/// An entry of a catalogue.
struct Entitled {
    std::string key;
    Texts title;
};

/// A level of recognition, from the lowest.
struct Level : Entitled {
    std::vector<std::string> recognised_by;  // kinds of units that decide it; empty = any
    std::string after;                       // level that must have been reached before; "" = none
};

struct ExemplarRules {
    std::string opens, closes;       // ISO dates between which exemplars are registered; "" = no limit
    std::vector<std::string> kinds;  // `model`, `example`; never empty
    std::vector<Entitled> fields;    // never empty
    std::vector<Entitled> topics;
    std::vector<Entitled> reasons;  // for removing and declining
    std::vector<Level> levels;      // never empty
    int review_months = 12;         // after so many months without a look at it a review is due

    const Entitled* field(std::string_view key) const;
    const Entitled* topic(std::string_view key) const;
    const Entitled* reason(std::string_view key) const;
    const Level* level(std::string_view key) const;
    /// Position of a level, from 1; 0 = none.
    int rank_of_level(std::string_view key) const;
};

/// Reads the table `[exemplars]`; faults go to `report`.
ExemplarRules read_exemplar_rules(const config::Node& table, Report& report);

}  // namespace guidon::movements
