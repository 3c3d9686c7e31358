// What does the address of a request say? Its path, the suffix that names a representation, and its query.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace guidon::web {

using Pairs = std::multimap<std::string, std::string>;

struct Address {
    std::string path;    // decoded parts are only made by the router: "%2F" in a part stays one part
    std::string query;   // as sent
    std::string suffix;  // "json", "csv", "xlsx" or ""
};

/// Splits the target of a request line. Nothing if it is not an absolute path of printable ASCII, or if a part is
/// "." or ".." or a percent sign is not followed by two hexadecimal digits or hides a zero byte. "//name" is refused,
/// too: as a link it would lead to another server.
std::optional<Address> read_address(std::string_view target);

/// Does `location` stay on this server? One slash begins it, no second follows and no backslash, which browsers read
/// as a slash; nor are there control characters, which they drop.
bool is_local(std::string_view location);

/// Percent-decoded; nothing if an escape is broken, hides a zero byte, or the outcome is not UTF-8.
std::optional<std::string> percent_decoded(std::string_view text);
/// For a path part or a query value: everything but letters, digits and -._~ is escaped.
std::string percent_encoded(std::string_view text);

/// Reads `a=1&b=2` (`+` is a space) into `pairs`; false if an escape is broken.
bool read_pairs(std::string_view text, Pairs& pairs);
/// `query` without parameter `name`, and `name=value` added when `value` is not empty.
std::string with_parameter(std::string_view query, std::string_view name, std::string_view value);

}  // namespace guidon::web
