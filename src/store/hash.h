// Which bytes are these? By SHA-256; OpenSSL uses what the processor has for it.
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace guidon::store {

using Digest = std::array<unsigned char, 32>;

Digest sha256(std::string_view bytes);
/// As 64 hexadecimal digits.
std::string sha256_hex(std::string_view bytes);

}  // namespace guidon::store
