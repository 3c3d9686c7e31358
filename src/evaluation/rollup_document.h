// How did the units below each unit do? The result over the hierarchy, one level at a time.
#pragma once

#include <boost/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "evaluation/insight.h"
#include "files/table.h"

namespace guidon::evaluation {

/// The children of `under` (engine index), or the roots, that have ranked participants below them; by name alone where
/// the result of one of these is hidden.
boost::json::object rollup_document(const Board& board, const Insight& insight, std::optional<int> under,
                                    Language language);

/// rollup.csv, all units or those below `under`, with the units' names. What is hidden is empty.
files::Table rollup_table(const Board& board, const Insight& insight, std::optional<int> under, Language language);

}  // namespace guidon::evaluation
