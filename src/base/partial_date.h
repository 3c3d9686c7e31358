// When was a document issued of which not everything is known? The day, the month or the year; or the day alone, as in
// "the circular of 14 March".
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/language.h"

namespace guidon {

/// `2024-03-14`, `2024-03`, `2024` or, where the year is not known, `--03-14`; of what is typed like that or as offices
/// write it: `14/3/2024`, `3/2024`, `14/3`. Nothing where it is no such date.
std::optional<std::string> read_partial_date(std::string_view typed);

/// As it is read in `language`; what is no such date as it is.
std::string partial_date_text(Language language, const std::string& date);

}  // namespace guidon
