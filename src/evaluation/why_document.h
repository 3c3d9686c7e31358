// Why does a unit stand where it stands? The sum by hand, gates, class, ties, neighbours and what was missing.
#pragma once

#include <boost/json.hpp>

#include "evaluation/board.h"

namespace guidon::evaluation {

/// The document of /movements/KEY/PERIOD/units/ID. `unit` takes part in the cycle.
boost::json::object why_document(const Board& board, int unit, Language language);

}  // namespace guidon::evaluation
