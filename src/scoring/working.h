// How does a person check a criterion's points by hand? The rule with its numbers filled in, in no language.
#pragma once

#include <string>

#include "scoring/sheet.h"

namespace guidon::scoring {

/// "30 × (81 − 0) / (86 − 0)"; empty where the rule was not worked (nothing reported, no limit or target).
std::string working(const Criterion& criterion, const SheetCriterion& line);

}  // namespace guidon::scoring
