#include "store/hash.h"

#include <sodium.h>

#include "base/assert.h"
#include "store/store.h"

namespace guidon::store {

std::string sha256_hex(std::string_view bytes) {
    unsigned char hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(hash, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    char hex[2 * sizeof hash + 1];
    sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
    return hex;
}

std::string new_public_id() {
    static const int ready = sodium_init();
    GUIDON_ASSERT(ready >= 0);
    constexpr char digits[] = "0123456789abcdefghjkmnpqrstvwxyz";
    unsigned char random[16];
    randombytes_buf(random, sizeof random);
    std::string id(sizeof random, ' ');
    for (std::size_t i = 0; i < id.size(); ++i) id[i] = digits[random[i] & 31];
    return id;
}

}  // namespace guidon::store
