// Is this token signed by one of those keys? (RFC 7515, 7517, 7518, 8037.) What its claims mean is asked elsewhere.
//
// Public keys alone: RS256–512, PS256–512, ES256–512, EdDSA (Ed25519). "none" and all HMAC algorithms are refused, and
// a key is used only with the algorithms of its own type, so that a public key can never be taken for a secret.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace guidon::accounts {

struct PublicKey {
    std::string kid;   // "" when the provider gives none
    std::string type;  // RSA, EC, OKP
    std::string curve;
    std::string algorithm;  // the only one it may be used with; "" for any of its type
    std::string jwk;        // JSON
};
using KeySet = std::vector<PublicKey>;

/// The signature keys of a JWK set that this program can use; others are left out. Throws Problem
/// "oidc.bad-answer" if it is no JWK set.
KeySet parse_key_set(std::string_view json);

struct Jwt {
    std::string algorithm;
    std::string kid;  // "" when the header has none
    boost::json::object claims;
};

/// Reads header and claims, verifies nothing. Throws Problem "oidc.token-form" or "oidc.token-algorithm".
Jwt peek_jwt(std::string_view token);

/// The key for the token: by kid; a token without kid takes the only key that fits its algorithm. nullptr if none.
const PublicKey* find_key(const KeySet& keys, const Jwt& token);

/// Throws Problem "oidc.token-signature" if `key` did not sign `token`, "oidc.token-form" and "oidc.token-algorithm".
Jwt verify_jwt(std::string_view token, const PublicKey& key);

/// Whether `hash` is the at_hash of `text` (OpenID Connect Core 3.1.3.6): the left half of the hash that belongs to the
/// algorithm, base64url. EdDSA names none to its user; SHA-512 is usual and SHA-256 is met.
bool is_half_hash(std::string_view hash, std::string_view algorithm, std::string_view text);

}  // namespace guidon::accounts
