// Has somebody else changed it since this client looked? Every change names the version that it was made from.
#pragma once

#include <string_view>

#include "web/resource.h"

namespace guidon::web {

/// Whether `current`, the version of what is to change, is one that the client says it saw: in header If-Match
/// (RFC 9110, 13.1.1: `*`, or a list of entity tags; without quotes too) or, from a form, in its hidden field
/// `if_match`. A weak tag never matches. Throws Problem "web.if-match-needed" (428, RFC 6585) where neither is sent.
bool matches(const Request& request, std::string_view current);

/// Throws Problem "web.changed-meanwhile" (412) unless it matches; for those who have nothing to tell of what the other
/// one changed.
void must_match(const Request& request, std::string_view current);

}  // namespace guidon::web
