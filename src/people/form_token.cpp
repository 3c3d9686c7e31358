#include "people/form_token.h"

#include "store/hash.h"
#include "store/store.h"

namespace guidon::people {
namespace {

constexpr std::size_t seal_length = 32;

// The random part has a fixed length and the key comes first on both sides: no extension of a sealed text is another.
std::string seal(const std::string& key, std::string_view random) {
    return store::sha256_hex(store::sha256_hex(key + "/form/" + std::string(random)) + key).substr(0, seal_length);
}

}  // namespace

std::string new_form_token(const std::string& key) {
    const auto random = store::new_public_id();
    return random + "." + seal(key, random);
}

bool form_token_fits(const std::string& key, std::string_view token) {
    const auto dot = token.find('.');
    if (dot == std::string_view::npos || token.size() != dot + 1 + seal_length) return false;
    const auto wanted = seal(key, token.substr(0, dot));
    unsigned different = 0;  // in the same time wherever they differ
    for (std::size_t i = 0; i < seal_length; ++i)
        different |= static_cast<unsigned char>(wanted[i] ^ token[dot + 1 + i]);
    return different == 0;
}

}  // namespace guidon::people
