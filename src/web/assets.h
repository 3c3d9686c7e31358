// Which styles, scripts, fonts and pictures are in the program, and under which addresses?
#pragma once

#include <boost/json.hpp>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/embedded.h"
#include "web/http.h"
#include "web/negotiation.h"

namespace guidon::web {

/// Files as web/build.mjs writes them: NAME.HASH.ext, its twins .br and .gz, and manifest.json (logical name → file).
class Assets {
public:
    explicit Assets(const embedded::Files& files);

    /// Logical name (other characters than letters and digits as `_`) → address: what {{page.assets.…}} says.
    const boost::json::object& addresses() const { return addresses_; }
    /// The file at /assets/NAME; null body if there is none. It never changes, and says so.
    Outgoing file(const std::string& name, std::string_view accept_encoding) const;

private:
    struct File {
        std::string type;
        std::shared_ptr<const std::string> plain, gzip, brotli;
    };
    std::map<std::string, File> files_;
    boost::json::object addresses_;
};

/// The media type of a file name's ending.
std::string type_of_file(std::string_view name);

}  // namespace guidon::web
