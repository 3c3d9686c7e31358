// How is a moment written, for a machine and in a language? Moments are milliseconds since 1970, in UTC.
#pragma once

#include <cstdint>
#include <string>

#include "base/language.h"

namespace guidon {

/// "2026-03-14T09:05:07Z"
std::string iso_moment(std::int64_t utc_ms);
/// "2026-03-14T09:05:07.250Z"
std::string iso_moment_ms(std::int64_t utc_ms);

/// "14 March 2026, 09:05 UTC", as `language` writes it.
std::string moment_text(Language language, std::int64_t utc_ms, DateStyle style);
/// "14 Mar 2026, 09:05:07 UTC"
std::string exact_moment_text(Language language, std::int64_t utc_ms);

}  // namespace guidon
