// How does a movement read as plain text, on a terminal or in a letter?
#pragma once

#include <string>

#include "movements/cycle.h"

namespace guidon::movements {

/// Title, theme, period and dates, then the rules in words; lines end with a newline.
std::string text_of(const Cycle& cycle, Language language);

}  // namespace guidon::movements
