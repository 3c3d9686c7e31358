#include "accounts/signing_key_test.h"

#include <cjose/cjose.h>
#include <sodium.h>

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "accounts/jwt.h"
#include "accounts/secret.h"

namespace guidon::accounts {

namespace json = boost::json;

SigningKey::SigningKey(Kind kind, std::string kid) : kid_(std::move(kid)) {
    cjose_err error{};
    const auto keep = [&](cjose_jwk_t* key) {
        key_ = {key, [](void* k) { cjose_jwk_release(static_cast<cjose_jwk_t*>(k)); }};
    };
    const std::string exponent("\x01\x00\x01", 3);
    if (kind == Kind::rsa)
        keep(cjose_jwk_create_RSA_random(2048, reinterpret_cast<const unsigned char*>(exponent.data()), 3, &error));
    if (kind == Kind::ec) keep(cjose_jwk_create_EC_random(CJOSE_JWK_EC_P_256, &error));
    if (kind == Kind::ed25519) {
        ed25519_public_.resize(crypto_sign_PUBLICKEYBYTES);
        ed25519_secret_.resize(crypto_sign_SECRETKEYBYTES);
        crypto_sign_keypair(reinterpret_cast<unsigned char*>(ed25519_public_.data()),
                            reinterpret_cast<unsigned char*>(ed25519_secret_.data()));
    }
}

json::object SigningKey::jwk() const {
    if (!key_)
        return {{"kty", "OKP"}, {"crv", "Ed25519"}, {"x", base64url(ed25519_public_)}, {"kid", kid_}, {"use", "sig"}};
    cjose_err error{};
    char* text = cjose_jwk_to_json(static_cast<cjose_jwk_t*>(key_.get()), false, &error);
    auto object = json::parse(text).as_object();
    cjose_get_dealloc()(text);
    object["kid"] = kid_;
    return object;
}

std::string SigningKey::sign(const std::string& algorithm, const json::object& claims) const {
    const json::object header{{"alg", algorithm}, {"kid", kid_}};
    const auto text = json::serialize(claims);
    if (!key_) {
        const auto signed_text = base64url(json::serialize(header)) + "." + base64url(text);
        std::string signature(crypto_sign_BYTES, '\0');
        crypto_sign_detached(reinterpret_cast<unsigned char*>(signature.data()), nullptr,
                             reinterpret_cast<const unsigned char*>(signed_text.data()), signed_text.size(),
                             reinterpret_cast<const unsigned char*>(ed25519_secret_.data()));
        return signed_text + "." + base64url(signature);
    }
    cjose_err error{};
    auto* const protected_header = cjose_header_new(&error);
    cjose_header_set(protected_header, CJOSE_HDR_ALG, algorithm.c_str(), &error);
    if (!kid_.empty()) cjose_header_set(protected_header, CJOSE_HDR_KID, kid_.c_str(), &error);
    auto* const jws = cjose_jws_sign(static_cast<cjose_jwk_t*>(key_.get()), protected_header,
                                     reinterpret_cast<const unsigned char*>(text.data()), text.size(), &error);
    const char* compact = nullptr;
    cjose_jws_export(jws, &compact, &error);
    std::string token = compact;
    cjose_jws_release(jws);
    cjose_header_release(protected_header);
    return token;
}

std::string key_set(const std::vector<SigningKey>& keys) {
    json::array list;
    for (const auto& key : keys) list.push_back(key.jwk());
    return json::serialize(json::object{{"keys", std::move(list)}});
}

std::string raw_token(const json::object& header, const json::object& claims, const std::string& signature) {
    return base64url(json::serialize(header)) + "." + base64url(json::serialize(claims)) + "." + base64url(signature);
}

}  // namespace guidon::accounts
