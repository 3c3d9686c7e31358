#include "accounts/oidc.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>
#include <map>

#include "accounts/jwt.h"
#include "accounts/oidc_answers.h"
#include "accounts/signing_key_test.h"
#include "base/problem.h"

namespace guidon::accounts {
namespace {

namespace json = boost::json;
using Kind = SigningKey::Kind;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

const std::string issuer = "https://login.example";
const std::string back = "https://guidon.example/sign-in/oidc/province/back";
const Seconds noon{seconds(1'700'000'000)};

Provider province() {
    Provider provider;
    provider.key = "province";
    provider.issuer = issuer;
    provider.client_id = "guidon";
    provider.client_secret = "s3cret";
    return provider;
}

/// What a provider would answer. A test changes what it wants to be wrong.
struct Answers {
    std::vector<SigningKey> keys{SigningKey(Kind::ec, "1")};
    std::string algorithm = "ES256";
    json::object metadata{{"issuer", issuer},
                          {"authorization_endpoint", issuer + "/auth"},
                          {"token_endpoint", issuer + "/token"},
                          {"jwks_uri", issuer + "/jwks"},
                          {"userinfo_endpoint", issuer + "/userinfo"},
                          {"end_session_endpoint", issuer + "/end"},
                          {"ui_locales_supported", {"en", "vi"}}};
    json::object claims{{"iss", issuer},
                        {"aud", "guidon"},
                        {"sub", "17"},
                        {"iat", 1'700'000'000},
                        {"exp", 1'700'000'300},
                        {"preferred_username", "secretary-ky-anh"},
                        {"name", "Thư ký Kỳ Anh"},
                        {"email", "secretary@ky-anh.example"},
                        {"groups", {"council", "reporters"}}};
    json::object userinfo{{"sub", "17"}};
    int token_status = 200;
    std::string token_error;
    bool down = false;
    std::map<std::string, int> asked;
    std::vector<FetchRequest> requests;

    Fetched operator()(const FetchRequest& request) {
        const auto path = request.url.substr(issuer.size());
        ++asked[path];
        requests.push_back(request);
        if (down) throw Problem("oidc.unreachable", {{"host", "login.example"}, {"reason", "down"}}, {}, 503);
        if (path == "/.well-known/openid-configuration")
            return {200, json::serialize(metadata), "application/json", "\"v1\"", {}};
        if (path == "/jwks") return {200, key_set(keys), "application/json", "", {}};
        if (path == "/userinfo") return {200, json::serialize(userinfo), "application/json", "", {}};
        if (token_status != 200) return {token_status, token_error, "application/json", "", {}};
        const json::object tokens{{"id_token", keys.back().sign(algorithm, claims)}, {"access_token", "access"}};
        return {200, json::serialize(tokens), "application/json", "", {}};
    }
};

class Oidc : public testing::Test {
protected:
    /// Signs in and gives the identity; the provider copies the nonce unless a test set one.
    Identity sign_in(Seconds now = noon) {
        const auto begun = client.begin(back, Language::vi, now);
        if (!answers.claims.contains("nonce") || copied_nonce_) {
            answers.claims["nonce"] = begun.pending.nonce;
            copied_nonce_ = true;
        }
        return client.finish({"code", begun.pending.state, "", "", ""}, begun.pending, now);
    }

    /// The code of the problem, with the claim that it is about.
    std::string refusal(Seconds now = noon) {
        try {
            sign_in(now);
        } catch (const Problem& problem) {
            const auto claim = problem.arguments.find("claim");
            return problem.code + (claim == problem.arguments.end() ? "" : " " + claim->second);
        }
        return "signed in";
    }

    std::string refusal_of(const ProviderAnswer& answer, const PendingSignIn& pending, Seconds now = noon) {
        try {
            client.finish(answer, pending, now);
        } catch (const Problem& problem) {
            return problem.code;
        }
        return "signed in";
    }

    Answers answers;
    OidcClient client{province(), [this](const FetchRequest& request) { return answers(request); }};

private:
    bool copied_nonce_ = false;
};

TEST_F(Oidc, TheBrowserIsSentAwayWithAChallengeAndWithoutASecret) {
    const auto begun = client.begin(back, Language::vi, noon);
    EXPECT_THAT(begun.address,
                HasSubstr(issuer + "/auth?response_type=code&client_id=guidon&redirect_uri=https%3A%2F%2F"));
    EXPECT_THAT(begun.address, HasSubstr("&scope=openid%20profile%20email&"));
    EXPECT_THAT(begun.address, HasSubstr("&code_challenge_method=S256&ui_locales=vi"));
    EXPECT_THAT(begun.address, HasSubstr("&state=" + begun.pending.state + "&nonce=" + begun.pending.nonce));
    EXPECT_THAT(begun.address, Not(HasSubstr(begun.pending.code_verifier)));
    EXPECT_EQ(begun.pending.code_verifier.size(), 43U);

    const auto again = client.begin(back, Language::ur, noon);
    EXPECT_NE(again.pending.state, begun.pending.state);
    EXPECT_NE(again.pending.code_verifier, begun.pending.code_verifier);
    EXPECT_THAT(again.address, Not(HasSubstr("ui_locales"))) << "the provider does not speak Urdu";
}

TEST_F(Oidc, AGoodAnswerTellsWhoItIs) {
    const auto identity = sign_in();
    EXPECT_EQ(identity.issuer, issuer);
    EXPECT_EQ(identity.subject, "17");
    EXPECT_EQ(identity.user_name, "secretary-ky-anh");
    EXPECT_EQ(identity.name, "Thư ký Kỳ Anh");
    EXPECT_EQ(identity.mail, "secretary@ky-anh.example");
    EXPECT_THAT(identity.groups, ElementsAre("council", "reporters"));
    EXPECT_FALSE(identity.mail_verified);
    EXPECT_EQ(answers.asked["/userinfo"], 0) << "nothing was missing";
}

TEST_F(Oidc, TheSecretGoesInTheHeaderIfTheProviderTakesNoForms) {
    sign_in();
    const auto& token_request = answers.requests.at(1);
    EXPECT_EQ(token_request.url, issuer + "/token");
    EXPECT_THAT(token_request.headers,
                testing::Contains(std::pair<std::string, std::string>("Authorization", "Basic Z3VpZG9uOnMzY3JldA==")));
    for (const auto& [name, value] : *token_request.form) EXPECT_NE(value, "s3cret") << name;
}

TEST_F(Oidc, TheSecretGoesInTheFormIfTheProviderTakesIt) {
    answers.metadata["token_endpoint_auth_methods_supported"] = {"client_secret_basic", "client_secret_post"};
    sign_in();
    const auto& token_request = answers.requests.at(1);
    EXPECT_THAT(*token_request.form, testing::Contains(std::pair<std::string, std::string>("client_secret", "s3cret")));
    for (const auto& [name, value] : token_request.headers) EXPECT_NE(name, "Authorization") << value;
}

TEST_F(Oidc, EachClaimThatBelongsToAnotherSignInIsRefused) {
    const auto with = [&](std::string_view name, json::value value) {
        const auto kept = answers.claims;
        answers.claims[name] = std::move(value);
        auto told = refusal();
        answers.claims = kept;
        return told;
    };
    EXPECT_EQ(refusal(), "signed in");
    EXPECT_EQ(with("iss", "https://other.example"), "oidc.token-claim iss");
    EXPECT_EQ(with("aud", "another-client"), "oidc.token-claim aud");
    EXPECT_EQ(with("aud", json::array{"another", "guidon"}), "oidc.token-claim azp");
    EXPECT_EQ(with("azp", "another-client"), "oidc.token-claim azp");
    EXPECT_EQ(with("sub", ""), "oidc.token-claim sub");
    EXPECT_EQ(with("exp", nullptr), "oidc.token-claim exp");
    EXPECT_EQ(with("iat", "yesterday"), "oidc.token-claim iat");
    EXPECT_EQ(with("at_hash", "AAAAAAAAAAAAAAAAAAAAAA"), "oidc.token-claim at_hash");
}

TEST_F(Oidc, ANonceOfAnotherSignInIsRefused) {
    answers.claims["nonce"] = "of another sign-in";
    EXPECT_EQ(refusal(), "oidc.token-claim nonce");
}

TEST_F(Oidc, AMinuteOfDifferenceIsAcceptedAndMoreIsToldAsTheClock) {
    EXPECT_EQ(refusal(noon - seconds(60)), "signed in");
    EXPECT_EQ(refusal(noon - seconds(61)), "oidc.clock");
    EXPECT_EQ(refusal(noon + seconds(300 + 59)), "signed in");
    EXPECT_EQ(refusal(noon + seconds(300 + 60)), "oidc.clock");
}

TEST_F(Oidc, ATamperedOrUnsignedTokenIsRefused) {
    answers.keys.emplace_back(Kind::rsa, "2");
    answers.algorithm = "RS256";
    EXPECT_EQ(refusal(), "signed in");
    answers.keys.back() = SigningKey(Kind::rsa, "2");
    EXPECT_EQ(refusal(), "oidc.token-signature") << "the same id, another key";
}

TEST_F(Oidc, AChangedKeyIsFetchedOnceAndNotMoreOftenThanEveryTenSeconds) {
    sign_in();
    EXPECT_EQ(answers.asked["/jwks"], 1);
    sign_in(noon + seconds(1));
    EXPECT_EQ(answers.asked["/jwks"], 1) << "known keys stay in memory";

    answers.keys = {SigningKey(Kind::ec, "2")};
    EXPECT_EQ(refusal(noon + seconds(9)), "oidc.token-key");
    EXPECT_EQ(answers.asked["/jwks"], 1) << "too soon";
    EXPECT_EQ(refusal(noon + seconds(10)), "signed in");
    EXPECT_EQ(answers.asked["/jwks"], 2);
    EXPECT_EQ(answers.asked["/.well-known/openid-configuration"], 1);
}

TEST_F(Oidc, AChangedKeyWithoutAnIdIsFoundToo) {
    answers.keys = {SigningKey(Kind::ec, "")};
    EXPECT_EQ(refusal(), "signed in");
    answers.keys = {SigningKey(Kind::ec, "")};
    EXPECT_EQ(refusal(noon + seconds(20)), "signed in");
}

TEST_F(Oidc, WhatTheTokenLacksComesFromUserinfoOfTheSameSubject) {
    answers.claims.erase("groups");
    answers.userinfo["groups"] = json::array{"council"};
    answers.userinfo["name"] = "not this: the token has one";
    const auto identity = sign_in();
    EXPECT_THAT(identity.groups, ElementsAre("council"));
    EXPECT_EQ(identity.name, "Thư ký Kỳ Anh");

    answers.userinfo["sub"] = "18";
    EXPECT_EQ(refusal(), "oidc.token-claim sub");
}

TEST_F(Oidc, OnlyTheAnswerToThisSignInIsTaken) {
    const auto begun = client.begin(back, Language::en, noon);
    const auto& pending = begun.pending;
    answers.claims["nonce"] = pending.nonce;
    EXPECT_EQ(refusal_of({"code", "other", "", "", ""}, pending), "oidc.wrong-state");
    EXPECT_EQ(refusal_of({"code", "", "", "", ""}, pending), "oidc.wrong-state");
    EXPECT_EQ(refusal_of({"", pending.state, "", "", ""}, pending), "oidc.no-code");
    EXPECT_EQ(refusal_of({"", pending.state, "", "access_denied", ""}, pending), "oidc.refused");
    EXPECT_EQ(refusal_of({"code", pending.state, "https://other.example", "", ""}, pending), "oidc.token-claim");
    EXPECT_EQ(refusal_of({"code", pending.state, "", "", ""}, pending, noon + seconds(601)), "oidc.too-late");
    EXPECT_EQ(answers.asked["/token"], 0) << "no code left this server";
    EXPECT_EQ(refusal_of({"code", pending.state, issuer, "", ""}, pending), "signed in");

    auto elsewhere = pending;
    elsewhere.provider = "other";
    EXPECT_EQ(refusal_of({"code", pending.state, "", "", ""}, elsewhere), "oidc.wrong-state");
    EXPECT_EQ(refusal_of({"code", "", "", "", ""}, PendingSignIn{}), "oidc.wrong-state");
}

TEST_F(Oidc, AProviderThatPromisesToNameItselfHasTo) {
    answers.metadata["authorization_response_iss_parameter_supported"] = true;
    EXPECT_EQ(refusal(), "oidc.token-claim iss");
}

TEST_F(Oidc, AnotherIssuerOrAnUnencryptedEndpointIsRefusedBeforeAnybodyIsSentThere) {
    answers.metadata["issuer"] = issuer + "/";
    EXPECT_EQ(refusal(), "oidc.wrong-issuer");
    answers.metadata["issuer"] = issuer;
    answers.metadata["token_endpoint"] = "http://login.example/token";
    EXPECT_EQ(refusal(), "oidc.insecure-address");
    answers.metadata.erase("token_endpoint");
    EXPECT_EQ(refusal(), "oidc.bad-answer");
}

TEST_F(Oidc, RefusalsAndOutagesOfTheProviderAreToldApart) {
    answers.token_status = 400;
    answers.token_error = R"({"error":"invalid_grant"})";
    EXPECT_EQ(refusal(), "oidc.code-refused");
    answers.token_error = R"({"error":"invalid_client"})";
    EXPECT_EQ(refusal(), "oidc.client-refused");
    answers.token_status = 502;
    EXPECT_EQ(refusal(), "oidc.unreachable");
    answers.down = true;
    EXPECT_EQ(refusal(noon + seconds(100'000)), "oidc.unreachable");
    EXPECT_EQ(client.sign_out_address("t", "https://guidon.example/", noon + seconds(100'000)), std::nullopt);
}

TEST_F(Oidc, WhatIsStillAsItWasIsNotSentAgain) {
    sign_in();
    sign_in(noon + seconds(30));
    EXPECT_EQ(answers.asked["/.well-known/openid-configuration"], 1);
    EXPECT_NE(client.sign_out_address("t", "https://guidon.example/", noon + seconds(4'000)), std::nullopt);
    EXPECT_THAT(answers.requests.back().headers,
                testing::Contains(std::pair<std::string, std::string>("If-None-Match", "\"v1\"")));
}

TEST_F(Oidc, SigningOutGoesToTheProviderIfItCan) {
    EXPECT_EQ(
        client.sign_out_address("token", "https://guidon.example/", noon).value_or(""),
        issuer + "/end?id_token_hint=token&client_id=guidon&post_logout_redirect_uri=https%3A%2F%2Fguidon.example%2F");
    answers.metadata.erase("end_session_endpoint");
    OidcClient other(province(), [this](const FetchRequest& request) { return answers(request); });
    EXPECT_EQ(other.sign_out_address("token", "https://guidon.example/", noon), std::nullopt);
}

TEST(IdentityFrom, ClaimsAreFoundByNameOrByPath) {
    auto provider = province();
    provider.groups_claim = "realm_access.roles";
    provider.name_claim = "https://example/name";
    const json::object claims{{"sub", "1"},
                              {"realm_access", {{"roles", {"a", 7, "b"}}}},
                              {"https://example/name", "Clerk, Hanoi"},
                              {"email", 12},
                              {"email_verified", true},
                              {"auth_time", 1'700'000'000}};
    const auto identity = identity_from(provider, claims);
    EXPECT_THAT(identity.groups, ElementsAre("a", "b"));
    EXPECT_EQ(identity.name, "Clerk, Hanoi");
    EXPECT_EQ(identity.mail, "");
    EXPECT_TRUE(identity.mail_verified);
    EXPECT_EQ(identity.auth_time, noon);
}

}  // namespace
}  // namespace guidon::accounts
