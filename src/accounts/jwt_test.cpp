#include "accounts/jwt.h"

#include <gtest/gtest.h>
#include <sodium.h>

#include <boost/json/serialize.hpp>

#include "accounts/secret.h"
#include "accounts/signing_key_test.h"
#include "base/problem.h"

namespace guidon::accounts {
namespace {

namespace json = boost::json;
using Kind = SigningKey::Kind;

const json::object claims{{"sub", "17"}, {"name", "Thư ký"}};

/// "good", or the code of the problem.
std::string verified(const std::string& token, const std::string& set) {
    try {
        const auto keys = parse_key_set(set);
        const auto* const key = find_key(keys, peek_jwt(token));
        if (!key) return "no key";
        return verify_jwt(token, *key).claims == claims ? "good" : "other claims";
    } catch (const Problem& problem) {
        return problem.code;
    }
}

std::string with_another_character(std::string text, std::size_t at) {
    text[at] = text[at] == 'A' ? 'B' : 'A';
    return text;
}

TEST(VerifyJwt, EachPublicKeyAlgorithmIsVerified) {
    const SigningKey rsa(Kind::rsa, "r");
    const SigningKey ec(Kind::ec, "e");
    const SigningKey ed(Kind::ed25519, "d");
    const auto set = key_set({rsa, ec, ed});
    for (const auto* algorithm : {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"})
        EXPECT_EQ(verified(rsa.sign(algorithm, claims), set), "good") << algorithm;
    EXPECT_EQ(verified(ec.sign("ES256", claims), set), "good");
    EXPECT_EQ(verified(ed.sign("EdDSA", claims), set), "good");
}

TEST(VerifyJwt, ATokenIsRefusedWhateverPartOfItIsChanged) {
    for (const auto& [kind, algorithm] :
         {std::pair(Kind::rsa, "RS256"), {Kind::ec, "ES256"}, {Kind::ed25519, "EdDSA"}}) {
        const SigningKey key(kind, "k");
        const auto set = key_set({key});
        const auto token = key.sign(algorithm, claims);
        const auto first = token.find('.');
        const auto second = token.find('.', first + 1);
        for (const auto at : {first + 5, second - 6, second + 1, second + 20})
            EXPECT_NE(verified(with_another_character(token, at), set), "good") << algorithm << " at " << at;
        EXPECT_EQ(verified(token.substr(0, second + 1), set), "oidc.token-signature");
    }
}

TEST(VerifyJwt, AKeyOfSomebodyElseWithTheSameIdDoesNotSign) {
    const SigningKey ours(Kind::rsa, "1");
    const SigningKey theirs(Kind::rsa, "1");
    EXPECT_EQ(verified(theirs.sign("RS256", claims), key_set({ours})), "oidc.token-signature");
}

TEST(VerifyJwt, WithoutSignatureOrWithASecretAsKeyNothingIsAccepted) {
    const SigningKey rsa(Kind::rsa, "1");
    const auto set = key_set({rsa});
    for (const auto* algorithm : {"none", "None", "HS256", "HS384", "HS512", "", "RS1"})
        EXPECT_EQ(verified(raw_token({{"alg", algorithm}, {"kid", "1"}}, claims), set), "oidc.token-algorithm")
            << algorithm;

    // The public key taken for an HMAC secret (the algorithm is the attacker's to write).
    const auto text = json::serialize(rsa.jwk());
    const auto head = raw_token({{"alg", "HS256"}, {"kid", "1"}}, claims);
    std::string mac(crypto_auth_hmacsha256_BYTES, '\0');
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, reinterpret_cast<const unsigned char*>(text.data()), text.size());
    crypto_auth_hmacsha256_update(&state, reinterpret_cast<const unsigned char*>(head.data()), head.size() - 1);
    crypto_auth_hmacsha256_final(&state, reinterpret_cast<unsigned char*>(mac.data()));
    EXPECT_EQ(verified(head + base64url(mac), set), "oidc.token-algorithm");
}

TEST(VerifyJwt, AKeyServesItsOwnTypeAndNamedAlgorithmAlone) {
    const SigningKey rsa(Kind::rsa, "1");
    const SigningKey ec(Kind::ec, "1");
    EXPECT_EQ(verified(rsa.sign("RS256", claims), key_set({ec})), "no key");
    EXPECT_EQ(verified(ec.sign("ES256", claims), key_set({rsa})), "no key");

    auto jwk = rsa.jwk();
    jwk["alg"] = "PS256";
    const auto set = json::serialize(json::object{{"keys", {jwk}}});
    EXPECT_EQ(verified(rsa.sign("PS256", claims), set), "good");
    EXPECT_EQ(verified(rsa.sign("RS256", claims), set), "no key");

    const auto keys = parse_key_set(set);
    EXPECT_THROW(verify_jwt(rsa.sign("RS256", claims), keys.at(0)), Problem);
}

TEST(VerifyJwt, WhatIsNoTokenHasAWordedRefusal) {
    const SigningKey key(Kind::ed25519, "1");
    const auto set = key_set({key});
    const auto good = key.sign("EdDSA", claims);
    for (const auto& text : {std::string(), std::string("."), std::string(".."), std::string("a.b.c"), good + ".x.y",
                             good.substr(0, good.find('.')), raw_token({{"alg", "EdDSA"}, {"crit", {"b64"}}}, claims),
                             "W10." + good.substr(good.find('.') + 1)})
        EXPECT_EQ(verified(text, set), "oidc.token-form") << text;
}

TEST(FindKey, WithoutAnIdTheOnlyFittingKeyIsTakenAndTwoAreNone) {
    const SigningKey rsa(Kind::rsa, "");
    const SigningKey ec(Kind::ec, "e");
    EXPECT_EQ(verified(rsa.sign("RS256", claims), key_set({rsa, ec})), "good");
    EXPECT_EQ(verified(rsa.sign("RS256", claims), key_set({rsa, SigningKey(Kind::rsa, "other")})), "no key");
}

TEST(ParseKeySet, KeysThatAreNotForSignaturesOrTooShortOrUnknownAreLeftOut) {
    const SigningKey ec(Kind::ec, "kept");
    auto encrypting = SigningKey(Kind::rsa, "encrypting").jwk();
    encrypting["use"] = "enc";
    const json::object secret{{"kty", "oct"}, {"k", base64url("a secret")}, {"kid", "secret"}};
    const json::object weak{{"kty", "RSA"}, {"n", base64url(std::string(128, '\xF1'))}, {"e", "AQAB"}, {"kid", "weak"}};
    const json::object strange{{"kty", "NTRU"}, {"kid", "strange"}};
    const auto keys =
        parse_key_set(json::serialize(json::object{{"keys", {encrypting, secret, weak, strange, 17, ec.jwk()}}}));
    ASSERT_EQ(keys.size(), 1U);
    EXPECT_EQ(keys[0].kid, "kept");
    EXPECT_THROW(parse_key_set("<html>"), Problem);
    EXPECT_THROW(parse_key_set("{}"), Problem);
}

TEST(ParseKeySet, NumbersWithALeadingZeroAreTheSameNumbers) {
    const SigningKey ec(Kind::ec, "1");
    auto jwk = ec.jwk();
    for (const auto* name : {"x", "y"}) {
        std::string bytes(64, '\0');
        const std::string text(jwk[name].as_string());
        std::size_t size = 0;
        sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(), text.size(),
                          nullptr, &size, nullptr, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
        jwk[name] = base64url(std::string(1, '\0') + bytes.substr(0, size));
    }
    EXPECT_EQ(verified(ec.sign("ES256", claims), json::serialize(json::object{{"keys", {jwk}}})), "good");
}

TEST(IsHalfHash, TheExampleOfTheSpecificationHolds) {
    // OpenID Connect Core 1.0, appendix A.3
    EXPECT_TRUE(is_half_hash("77QmUPtjPfzWtF2AnpK9RQ", "RS256", "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y"));
    EXPECT_FALSE(is_half_hash("77QmUPtjPfzWtF2AnpK9RQ", "RS384", "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y"));
    EXPECT_FALSE(is_half_hash("", "RS256", ""));
}

}  // namespace
}  // namespace guidon::accounts
