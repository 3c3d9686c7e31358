// How does any text stand in HTML, XML or SVG, between tags and within the quotes of an attribute?
#pragma once

#include <string>
#include <string_view>

namespace guidon {

/// & < > " ' as references; what XML 1.0 forbids (control characters but tab and line ends, U+FFFE, U+FFFF) is left
/// out. `text` is well-formed UTF-8.
std::string escaped(std::string_view text);

}  // namespace guidon
