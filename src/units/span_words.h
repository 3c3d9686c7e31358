// How does a page say from when to when something holds?
#pragma once

#include <string>

#include "base/day.h"
#include "base/language.h"

namespace guidon::units {

/// "since 1 July 2025", "until 30 June 2025", "1 January 1998 – 30 June 2025", "always". A span holds no longer on its
/// `to`; people say the day before.
std::string span_text(const Span& span, Language language);

}  // namespace guidon::units
