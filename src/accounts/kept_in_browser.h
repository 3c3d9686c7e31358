// What does the server give a browser to keep between two steps? A JSON object, sealed, for one purpose and a few
// minutes; what may be used once is used up in the store.
#pragma once

#include <boost/json.hpp>
#include <optional>
#include <string>

#include "accounts/house.h"
#include "web/resource.h"

namespace guidon::accounts {

/// A cookie `name` with `kept` for `minutes`.
web::Cookie keep_in_browser(const House& house, const std::string& name, boost::json::object kept, int minutes);
/// What the browser brings back; nothing when it is not ours or too old.
std::optional<boost::json::object> kept_in_browser(const House& house, const web::Request& request,
                                                   const std::string& name);
web::Cookie taken_from_browser(const std::string& name);
/// Problem "account.step-used" (409) for a `secret` that was used up before.
void must_be_unused(const store::Reader& reader, const std::string& purpose, const std::string& secret);
/// The same, and it is used up from then on.
void use_up(store::Change& change, const std::string& purpose, const std::string& secret);

}  // namespace guidon::accounts
