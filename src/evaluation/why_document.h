// Why does a unit stand where it stands? The sum by hand, gates, class, ties, neighbours and what was missing.
#pragma once

#include <boost/json.hpp>

#include <cstdint>
#include <map>
#include <string>

#include "evaluation/insight.h"

namespace guidon::evaluation {

/// What is known of the unit's values beside the cycle in memory.
struct Reported {
    std::map<std::string, std::int64_t> versions;  // indicator → journal entry that stored its value
    bool may_change = false;                       // by who looks
};

/// The document of /movements/KEY/PERIOD/units/ID. `unit` is listed.
boost::json::object why_document(const Board& board, const Insight& insight, int unit, const Reported& reported,
                                 Language language);

}  // namespace guidon::evaluation
