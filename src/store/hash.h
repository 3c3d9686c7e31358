// Which bytes are these? SHA-256 as 64 hexadecimal digits.
#pragma once

#include <string>
#include <string_view>

namespace guidon::store {

std::string sha256_hex(std::string_view bytes);

}  // namespace guidon::store
