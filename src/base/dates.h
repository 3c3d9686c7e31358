// Is a text a date or a period, and which days does it cover? ISO dates compare as text, so text they stay.
#pragma once

#include <string>
#include <string_view>

namespace guidon {

/// Whether `text` is a day of the Gregorian calendar written `YYYY-MM-DD` (years 0001–9999).
bool is_date(std::string_view text);

/// Whether `text` is a period as FORMATS writes it: `2025`, `2025-H1`, `2025-Q3` or `2025-07`.
bool is_period(std::string_view text);

}  // namespace guidon
