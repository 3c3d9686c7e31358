#include "store/hash.h"

#include <openssl/sha.h>
#include <sodium.h>

#include "base/assert.h"
#include "store/store.h"

namespace guidon::store {

Digest sha256(std::string_view bytes) {
    Digest digest;
    SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest.data());
    return digest;
}

std::string sha256_hex(std::string_view bytes) {
    const Digest hash = sha256(bytes);
    char hex[2 * sizeof hash + 1];
    sodium_bin2hex(hex, sizeof hex, hash.data(), sizeof hash);
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
