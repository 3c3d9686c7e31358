#include "accounts/jwt.h"

#include <cjose/cjose.h>
#include <openssl/evp.h>
#include <sodium.h>

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <memory>
#include <optional>
#include <stdexcept>

#include "accounts/secret.h"
#include "base/problem.h"

namespace guidon::accounts {

namespace json = boost::json;

namespace {

/// What an algorithm needs. A key serves only the rows of its own type and curve.
struct Algorithm {
    std::string_view name;
    std::string_view type;
    std::string_view curve;
    const char* hash;  // of at_hash, as OpenSSL calls it
};
constexpr Algorithm algorithms[] = {
    {"RS256", "RSA", "", "SHA256"},        {"RS384", "RSA", "", "SHA384"},     {"RS512", "RSA", "", "SHA512"},
    {"PS256", "RSA", "", "SHA256"},        {"PS384", "RSA", "", "SHA384"},     {"PS512", "RSA", "", "SHA512"},
    {"ES256", "EC", "P-256", "SHA256"},    {"ES384", "EC", "P-384", "SHA384"}, {"ES512", "EC", "P-521", "SHA512"},
    {"EdDSA", "OKP", "Ed25519", "SHA512"},
};
constexpr std::size_t least_rsa_bytes = 256;  // 2048 bits (RFC 7518 section 3.3)

const Algorithm* find_algorithm(std::string_view name) {
    const auto* const found = std::find_if(std::begin(algorithms), std::end(algorithms),
                                           [&](const Algorithm& row) { return row.name == name; });
    return found == std::end(algorithms) ? nullptr : found;
}

std::optional<std::string> decoded(std::string_view text) {
    std::string bytes(text.size(), '\0');
    std::size_t size = 0;
    if (sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(), text.size(),
                          nullptr, &size, nullptr, sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0)
        return std::nullopt;
    bytes.resize(size);
    return bytes;
}

std::string text_of(const json::object& object, std::string_view name) {
    const auto* const value = object.if_contains(name);
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

/// A number of a key without leading zeros, or filled up with them to `size` bytes: some providers write one byte more.
std::optional<std::string> number_of(const json::object& key, std::string_view name, std::size_t size = 0) {
    auto bytes = decoded(text_of(key, name));
    if (!bytes || bytes->empty()) return std::nullopt;
    bytes->erase(0, std::min(bytes->find_first_not_of('\0'), bytes->size()));
    if (size == 0) return bytes;
    if (bytes->size() > size) return std::nullopt;
    return std::string(size - bytes->size(), '\0') + *bytes;
}

/// The public members alone, in the form that the library expects; "" if this is no key that we use.
std::string public_jwk(const json::object& key, std::string_view type, std::string_view curve) {
    if (type == "RSA") {
        const auto n = number_of(key, "n");
        const auto e = number_of(key, "e");
        if (!n || !e || n->size() < least_rsa_bytes) return {};
        return json::serialize(json::object{{"kty", "RSA"}, {"n", base64url(*n)}, {"e", base64url(*e)}});
    }
    if (type == "EC") {
        const std::size_t size = curve == "P-256" ? 32 : curve == "P-384" ? 48 : curve == "P-521" ? 66 : 0;
        if (size == 0) return {};
        const auto x = number_of(key, "x", size);
        const auto y = number_of(key, "y", size);
        if (!x || !y) return {};
        return json::serialize(json::object{{"kty", "EC"}, {"crv", curve}, {"x", base64url(*x)}, {"y", base64url(*y)}});
    }
    if (type == "OKP" && curve == "Ed25519") {
        const auto x = decoded(text_of(key, "x"));
        return x && x->size() == crypto_sign_PUBLICKEYBYTES ? base64url(*x) : std::string();
    }
    return {};
}

bool fits(const PublicKey& key, const Algorithm& algorithm) {
    return key.type == algorithm.type && (algorithm.curve.empty() || key.curve == algorithm.curve) &&
           (key.algorithm.empty() || key.algorithm == algorithm.name);
}

std::optional<json::object> object_in(std::string_view text) {
    boost::system::error_code error;
    auto value = json::parse(text, error);
    if (error || !value.is_object()) return std::nullopt;
    return std::move(value.get_object());
}

[[noreturn]] void refuse_form() {
    throw Problem("oidc.token-form", {}, {}, 502);
}

struct Parts {
    std::string_view signed_text;  // header.claims
    std::string_view header, claims, signature;
};

Parts parts_of(std::string_view token) {
    const auto first = token.find('.');
    const auto second = first == std::string_view::npos ? first : token.find('.', first + 1);
    if (second == std::string_view::npos || token.find('.', second + 1) != std::string_view::npos) refuse_form();
    return {token.substr(0, second), token.substr(0, first), token.substr(first + 1, second - first - 1),
            token.substr(second + 1)};
}

bool signed_by_ed25519(const Parts& parts, const PublicKey& key) {
    const auto x = decoded(key.jwk);
    const auto signature = decoded(parts.signature);
    if (!x || !signature || signature->size() != crypto_sign_BYTES) return false;
    return crypto_sign_verify_detached(reinterpret_cast<const unsigned char*>(signature->data()),
                                       reinterpret_cast<const unsigned char*>(parts.signed_text.data()),
                                       parts.signed_text.size(),
                                       reinterpret_cast<const unsigned char*>(x->data())) == 0;
}

bool signed_by(std::string_view token, const PublicKey& key) {
    cjose_err error{};
    const std::unique_ptr<cjose_jwk_t, bool (*)(cjose_jwk_t*)> jwk(
        cjose_jwk_import(key.jwk.data(), key.jwk.size(), &error), &cjose_jwk_release);
    const std::unique_ptr<cjose_jws_t, void (*)(cjose_jws_t*)> jws(cjose_jws_import(token.data(), token.size(), &error),
                                                                   &cjose_jws_release);
    return jwk && jws && cjose_jws_verify(jws.get(), jwk.get(), &error);
}

std::string half_hash(const char* name, std::string_view text) {
    unsigned char hash[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    if (EVP_Digest(text.data(), text.size(), hash, &size, EVP_get_digestbyname(name), nullptr) != 1)
        throw std::runtime_error("OpenSSL cannot hash");
    return base64url({reinterpret_cast<const char*>(hash), size / 2});
}

}  // namespace

KeySet parse_key_set(std::string_view text) {
    const auto set = object_in(text);
    const auto* const list = set ? set->if_contains("keys") : nullptr;
    if (!list || !list->is_array()) throw Problem("oidc.bad-answer", {{"what", "keys"}}, {}, 502);
    KeySet keys;
    for (const auto& item : list->get_array()) {
        if (!item.is_object()) continue;
        const auto& object = item.get_object();
        PublicKey key{
            text_of(object, "kid"), text_of(object, "kty"), text_of(object, "crv"), text_of(object, "alg"), {}};
        const auto use = text_of(object, "use");
        key.jwk = public_jwk(object, key.type, key.curve);
        if (!key.jwk.empty() && (use.empty() || use == "sig")) keys.push_back(std::move(key));
    }
    return keys;
}

Jwt peek_jwt(std::string_view token) {
    const auto parts = parts_of(token);
    const auto header_text = decoded(parts.header);
    const auto claims_text = decoded(parts.claims);
    if (!header_text || !claims_text) refuse_form();
    const auto header = object_in(*header_text);
    auto claims = object_in(*claims_text);
    if (!header || !claims) refuse_form();
    Jwt jwt{text_of(*header, "alg"), text_of(*header, "kid"), std::move(*claims)};
    if (!find_algorithm(jwt.algorithm)) throw Problem("oidc.token-algorithm", {{"algorithm", jwt.algorithm}}, {}, 502);
    // An extension that must be understood (RFC 7515 section 4.1.11): we understand none.
    if (header->contains("crit")) refuse_form();
    return jwt;
}

const PublicKey* find_key(const KeySet& keys, const Jwt& token) {
    const auto* const algorithm = find_algorithm(token.algorithm);
    if (!algorithm) return nullptr;
    const PublicKey* found = nullptr;
    for (const auto& key : keys) {
        if (!fits(key, *algorithm) || (!token.kid.empty() && key.kid != token.kid)) continue;
        if (found) return nullptr;
        found = &key;
    }
    return found;
}

Jwt verify_jwt(std::string_view token, const PublicKey& key) {
    auto jwt = peek_jwt(token);
    const auto* const algorithm = find_algorithm(jwt.algorithm);
    if (!fits(key, *algorithm)) throw Problem("oidc.token-algorithm", {{"algorithm", jwt.algorithm}}, {}, 502);
    const bool good = algorithm->type == "OKP" ? signed_by_ed25519(parts_of(token), key) : signed_by(token, key);
    if (!good) throw Problem("oidc.token-signature", {}, {}, 502);
    return jwt;
}

bool is_half_hash(std::string_view hash, std::string_view algorithm, std::string_view text) {
    const auto* const row = find_algorithm(algorithm);
    if (!row) return false;
    return hash == half_hash(row->hash, text) || (row->type == "OKP" && hash == half_hash("SHA256", text));
}

}  // namespace guidon::accounts
