// What does every page know besides its document? Its language and the others, its address, the assets.
#pragma once

#include <boost/json.hpp>
#include <string>

#include "base/language.h"
#include "web/address.h"

namespace guidon::web {

/// The value of `page` in a page's document; resource.h tells what templates see of it.
boost::json::object page_values(const std::string& origin, const Address& address, Language language,
                                const boost::json::object& assets, const std::string& version);

}  // namespace guidon::web
