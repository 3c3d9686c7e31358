// The genuine answers in tests/accounts/passkeys come from Chromium; tools/passkey_fixture.mjs makes them again.
#include "accounts/passkey.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <functional>
#include <sstream>

#include "accounts/secret.h"
#include "base/assert.h"
#include "base/language.h"

#if defined(__SANITIZE_ADDRESS__)
// libcbor asks for as much memory as a damaged length says and copes with not getting it.
extern "C" const char* __asan_default_options() {
    return "allocator_may_return_null=1";
}
#endif

namespace guidon::accounts {
namespace {

namespace json = boost::json;

std::string text_of(const json::value& value) {
    return std::string(value.as_string());
}

/// One passkey's life: the question of each ceremony and the browser's answer to it.
struct Recording {
    json::value file;

    explicit Recording(const std::string& name) {
        std::ifstream in("tests/accounts/passkeys/" + name + ".json");
        std::stringstream all;
        all << in.rdbuf();
        file = json::parse(all.str());
    }
    Ceremony ceremony(const char* which) const {
        const std::string verification = text_of(file.at("user_verification"));
        return {text_of(file.at("challenges").at(which)), text_of(file.at("origin")), text_of(file.at("rp_id")),
                verification == "required" ? UserVerification::required : UserVerification::discouraged};
    }
    Ceremony creation() const { return ceremony("creation"); }
    Ceremony request() const { return ceremony("request"); }
    std::string registration() const { return json::serialize(file.at("registration")); }
    std::string assertion() const { return json::serialize(file.at("assertion")); }
    StoredPasskey stored() const {
        const NewPasskey made = verify_registration(registration(), creation());
        return {made.credential_id, made.public_key, made.algorithm, made.sign_count, text_of(file.at("user_handle"))};
    }
};

const std::vector<std::string> recordings = {"built-in", "built-in-eddsa", "built-in-rs256", "stick", "u2f-stick"};

std::string told(const std::function<void()>& attempt) {
    try {
        attempt();
    } catch (const Problem& problem) {
        EXPECT_EQ(problem.field, "passkey");
        for (const Language language : languages) EXPECT_NE(sentence(language, problem), "");
        return problem.code.substr(std::string_view("account.passkey-").size());
    }
    return "accepted";
}

std::string registered(const std::string& answer, const Ceremony& expected) {
    return told([&] { verify_registration(answer, expected); });
}

std::string signed_in(const std::string& answer, const StoredPasskey& stored, const Ceremony& expected) {
    return told([&] { verify_assertion(answer, stored, expected); });
}

/// The answer with `change` done to its field `response.name`, as bytes.
std::string changed(const std::string& answer, const char* name, const std::function<void(std::string&)>& change) {
    json::value value = json::parse(answer);
    json::value& field = value.at("response").at(name);
    std::string bytes = *base64url_bytes(text_of(field));
    change(bytes);
    field = base64url(bytes);
    return json::serialize(value);
}

std::string with_client_data(const std::string& answer, const char* name, const json::value& other) {
    return changed(answer, "clientDataJSON", [&](std::string& bytes) {
        json::value client = json::parse(bytes);
        client.as_object()[name] = other;
        bytes = json::serialize(client);
    });
}

TEST(VerifyRegistration, KeepsWhatIsNeededToKnowTheKeyAgain) {
    const Recording recording("built-in");
    const NewPasskey made = verify_registration(recording.registration(), recording.creation());
    EXPECT_EQ(made.credential_id, text_of(recording.file.at("registration").at("id")));
    EXPECT_EQ(made.algorithm, -7);
    EXPECT_EQ(base64url_bytes(made.public_key)->size(), 64u);
    EXPECT_EQ(made.sign_count, 1u);
    EXPECT_EQ(made.aaguid, "01020304-0506-0708-0102-030405060708");  // Chromium's virtual authenticator
    EXPECT_THAT(made.transports, testing::ElementsAre("internal"));
    EXPECT_TRUE(made.user_verified);
    EXPECT_TRUE(made.can_be_backed_up);
    EXPECT_TRUE(made.backed_up);
}

TEST(VerifyRegistration, KnowsEachKindOfKey) {
    std::string kinds;
    for (const std::string& name : recordings) {
        const Recording recording(name);
        const NewPasskey made = verify_registration(recording.registration(), recording.creation());
        kinds += std::to_string(made.algorithm) + (made.user_verified ? " verified " : " touched ") +
                 made.transports.at(0) + "\n";
    }
    EXPECT_EQ(kinds, "-7 verified internal\n-8 verified ble\n-257 verified internal\n-7 touched usb\n-7 touched usb\n");
}

TEST(VerifyRegistration, AnAnswerToAnotherQuestionIsRefused) {
    const Recording recording("built-in");
    const std::string answer = recording.registration();
    EXPECT_EQ(registered(answer, recording.request()), "challenge");
    auto expected = recording.creation();
    expected.origin = "http://localhost";
    EXPECT_EQ(registered(answer, expected), "origin");
    expected = recording.creation();
    expected.rp_id = "guidon.example.org";
    EXPECT_EQ(registered(answer, expected), "site");
    EXPECT_EQ(registered(recording.assertion(), recording.request()), "malformed");
}

TEST(VerifyRegistration, WhatTheBrowserSaysOfItsPageCounts) {
    const Recording recording("built-in");
    const std::string answer = recording.registration();
    const auto told_of = [&](const std::string& other) { return registered(other, recording.creation()); };
    EXPECT_EQ(told_of(with_client_data(answer, "crossOrigin", true)), "origin");
    EXPECT_EQ(told_of(with_client_data(answer, "crossOrigin", "no")), "origin");
    EXPECT_EQ(told_of(with_client_data(answer, "origin", "https://guidon.example.net")), "origin");
    EXPECT_EQ(told_of(with_client_data(answer, "origin", 7)), "origin");
    EXPECT_EQ(told_of(with_client_data(answer, "type", "webauthn.get")), "malformed");
    EXPECT_EQ(told_of(with_client_data(answer, "challenge", "")), "challenge");
}

TEST(VerifyRegistration, AKeyThatDoesNotKnowItsOwnerIsNoOnlyFactor) {
    const Recording recording("stick");
    auto expected = recording.creation();
    expected.user_verification = UserVerification::preferred;
    EXPECT_EQ(registered(recording.registration(), expected), "accepted");
    expected.user_verification = UserVerification::required;
    EXPECT_EQ(registered(recording.registration(), expected), "not-verified");
}

/// In an attestation object of Chromium the authenticator data is last: hash of the site (32 bytes), flags, counter.
std::string with_authenticator_data(const std::string& answer,
                                    const std::function<void(std::string&, std::size_t)>& change) {
    return changed(answer, "attestationObject",
                   [&](std::string& bytes) { change(bytes, bytes.find("authData") + 10); });
}

TEST(VerifyRegistration, FlagsAndKindOfKeyAreLookedAt) {
    const Recording recording("built-in");
    const auto told_with = [&](const std::function<void(std::string&, std::size_t)>& change) {
        return registered(with_authenticator_data(recording.registration(), change), recording.creation());
    };
    constexpr std::size_t flags = 32;
    EXPECT_EQ(told_with([](std::string&, std::size_t) {}), "accepted");
    EXPECT_EQ(told_with([](std::string& all, std::size_t at) { all[at + flags] &= ~1; }), "not-touched");
    EXPECT_EQ(told_with([](std::string& all, std::size_t at) { all[at + flags] &= ~4; }), "not-verified");
    EXPECT_EQ(told_with([](std::string& all, std::size_t at) { all[at + flags] &= ~8; }), "malformed");
    EXPECT_EQ(told_with([](std::string& all, std::size_t at) { all[at] ^= 1; }), "site");
    EXPECT_EQ(told_with([](std::string& all, std::size_t) { all[all.rfind("\x03\x26") + 1] = 0x25; }),
              "algorithm");                                                                     // -6
    EXPECT_EQ(told_with([](std::string& all, std::size_t) { all.back() ^= 1; }), "malformed");  // a point off the curve
}

TEST(VerifyAssertion, AcceptsTheKeyThatWasRegistered) {
    for (const std::string& name : recordings) {
        const Recording recording(name);
        const PasskeyProof proof = verify_assertion(recording.assertion(), recording.stored(), recording.request());
        EXPECT_GT(proof.sign_count, 0u) << name;
        EXPECT_EQ(proof.user_verified, recording.request().user_verification == UserVerification::required) << name;
    }
}

TEST(ClaimedPasskey, NamesKeyAndAccountWhereTheKeyTells) {
    const Recording built_in("built-in");
    const ClaimedPasskey claimed = claimed_passkey(built_in.assertion());
    EXPECT_EQ(claimed.credential_id, built_in.stored().credential_id);
    EXPECT_EQ(claimed.user_handle, text_of(built_in.file.at("user_handle")));
    EXPECT_EQ(claimed_passkey(Recording("stick").assertion()).user_handle, "");
    EXPECT_EQ(told([] { claimed_passkey("{}"); }), "malformed");
}

TEST(VerifyAssertion, TheSignatureIsOfThisKeyOverThisAnswer) {
    for (const std::string& name : recordings) {
        const Recording recording(name);
        const auto told_of = [&](const std::string& answer) {
            return signed_in(answer, recording.stored(), recording.request());
        };
        const std::string answer = recording.assertion();
        EXPECT_EQ(told_of(changed(answer, "signature", [](std::string& all) { all.back() ^= 1; })), "signature")
            << name;
        EXPECT_EQ(told_of(changed(answer, "signature", [](std::string& all) { all = "x"; })), "signature") << name;
        EXPECT_EQ(told_of(changed(answer, "authenticatorData", [](std::string& all) { all[35] ^= 1; })), "signature")
            << name;
        EXPECT_EQ(told_of(with_client_data(answer, "topOrigin", "x")), "signature") << name;
    }
    const Recording one("stick");
    const Recording other("u2f-stick");
    StoredPasskey swapped = one.stored();
    swapped.public_key = other.stored().public_key;
    EXPECT_EQ(signed_in(one.assertion(), swapped, one.request()), "signature");
}

TEST(VerifyAssertion, AnotherKeyOrAccountIsRefused) {
    const Recording recording("built-in");
    EXPECT_EQ(signed_in(recording.assertion(), Recording("stick").stored(), recording.request()), "other");
    StoredPasskey stored = recording.stored();
    stored.user_handle = "c29tZWJvZHkgZWxzZQ";
    EXPECT_EQ(signed_in(recording.assertion(), stored, recording.request()), "other");
}

TEST(VerifyAssertion, AnAnswerToAnotherQuestionIsRefused) {
    const Recording recording("stick");
    EXPECT_EQ(signed_in(recording.assertion(), recording.stored(), recording.creation()), "challenge");
    auto expected = recording.request();
    expected.user_verification = UserVerification::required;
    EXPECT_EQ(signed_in(recording.assertion(), recording.stored(), expected), "not-verified");
    expected = recording.request();
    expected.rp_id = "example.org";
    EXPECT_EQ(signed_in(recording.assertion(), recording.stored(), expected), "site");
}

TEST(VerifyAssertion, ACounterThatWentBackMeansACopy) {
    const Recording recording("stick");
    const auto told_after = [&](std::uint32_t count) {
        StoredPasskey stored = recording.stored();
        stored.sign_count = count;
        return signed_in(recording.assertion(), stored, recording.request());
    };
    EXPECT_EQ(told_after(0), "accepted");
    EXPECT_EQ(told_after(1), "accepted");
    EXPECT_EQ(told_after(2), "cloned");
    EXPECT_EQ(told_after(0xffffffff), "cloned");
}

TEST(VerifyAssertion, AStoredKeyThatIsNoneIsOurMistake) {
    const Recording recording("stick");
    StoredPasskey stored = recording.stored();
    stored.public_key.pop_back();
    EXPECT_THROW(verify_assertion(recording.assertion(), stored, recording.request()), BrokenPromise);
    stored = recording.stored();
    stored.algorithm = -8;
    EXPECT_THROW(verify_assertion(recording.assertion(), stored, recording.request()), BrokenPromise);
}

TEST(Passkeys, AnswersThatAreNoneAreRefused) {
    const Recording recording("stick");
    const StoredPasskey stored = recording.stored();
    for (const std::string& bad :
         {std::string(), std::string("[]"), std::string("null"), std::string("{}"), std::string(100, '['),
          std::string(100'000, ' '), std::string(R"({"type":"public-key","id":"YQ","response":[]})"),
          std::string(R"({"type":"public-key","id":"YQ","response":{"clientDataJSON":"e30"}})"),
          std::string(R"({"type":"public-key","id":7,"response":{}})")}) {
        EXPECT_EQ(registered(bad, recording.creation()), "malformed") << bad;
        EXPECT_THAT(signed_in(bad, stored, recording.request()), testing::AnyOf("malformed", "other")) << bad;
    }
    for (const char* object : {"", "\xa0", "\xbf", "\xa1hauthData\x40", "\xa1hauthDatac123",
                               "\x9b\xff\xff\xff\xff\xff\xff\xff\xff", "\xbb\x10\xff\xff\xff\xff\xff\xff\xff"})
        EXPECT_EQ(
            registered(changed(recording.registration(), "attestationObject", [&](std::string& all) { all = object; }),
                       recording.creation()),
            "malformed")
            << testing::PrintToString(object);
}

TEST(Passkeys, AFewBytesThatPromiseBillionsCostNothing) {
    const Recording recording("stick");
    const std::string promise("\x9a\x55\x07\x00\x90\x61\x61", 7);  // an array of 1.4 thousand million
    std::string nested;
    for (int i = 0; i < 200; ++i) nested += std::string("\x99\x02\x00", 3);  // 512 in each, within each other
    const auto told_of = [&](const std::string& object) {
        return registered(
            changed(recording.registration(), "attestationObject", [&](std::string& all) { all = object; }),
            recording.creation());
    };
    EXPECT_EQ(told_of(promise), "malformed");
    EXPECT_EQ(told_of(nested), "malformed");
    const std::string key = with_authenticator_data(recording.registration(), [&](std::string& all, std::size_t at) {
        all.replace(at + 37 + 16 + 2 + 32, promise.size(), promise);
    });
    EXPECT_EQ(registered(key, recording.creation()), "malformed");
    const std::string extended = changed(recording.assertion(), "authenticatorData", [&](std::string& all) {
        all[32] = static_cast<char>(all[32] | 0x80);  // extensions follow
        all += promise;
    });
    EXPECT_EQ(signed_in(extended, recording.stored(), recording.request()), "malformed");
}

/// Flips, drops or doubles a byte somewhere.
std::string damaged(std::string bytes) {
    const auto place = *rc::gen::inRange<std::size_t>(0, bytes.size());
    switch (*rc::gen::inRange(0, 4)) {
        case 0:
            bytes[place] = static_cast<char>(bytes[place] ^ (1 << *rc::gen::inRange(0, 8)));
            break;
        case 1:
            bytes[place] = *rc::gen::arbitrary<char>();
            break;
        case 2:
            bytes.erase(place, *rc::gen::inRange<std::size_t>(1, 9));
            break;
        default:
            bytes.insert(place, bytes.substr(place, *rc::gen::inRange<std::size_t>(1, 9)));
    }
    return bytes;
}

RC_GTEST_PROP(Passkeys, NoDamagedAssertionIsAcceptedOrCrashes, ()) {
    static const Recording recording(recordings.at(0));
    static const StoredPasskey stored = recording.stored();
    const char* const field = *rc::gen::element("clientDataJSON", "authenticatorData", "signature");
    bool same = false;
    const std::string answer = changed(recording.assertion(), field, [&](std::string& bytes) {
        const std::string other = damaged(bytes);
        same = other == bytes;
        bytes = other;
    });
    RC_PRE(!same);
    RC_ASSERT(signed_in(answer, stored, recording.request()) != "accepted");
}

RC_GTEST_PROP(Passkeys, NoDamagedRegistrationCrashes, ()) {
    static const std::vector<Recording> all(recordings.begin(), recordings.end());
    const Recording& recording = *rc::gen::elementOf(all);
    const char* const field = *rc::gen::element("clientDataJSON", "attestationObject");
    registered(changed(recording.registration(), field, [](std::string& bytes) { bytes = damaged(damaged(bytes)); }),
               recording.creation());
}

RC_GTEST_PROP(Passkeys, NoDamagedJsonCrashes, ()) {
    static const Recording recording(recordings.at(3));
    static const StoredPasskey stored = recording.stored();
    registered(damaged(damaged(recording.registration())), recording.creation());
    signed_in(damaged(damaged(recording.assertion())), stored, recording.request());
}

TEST(CreationOptions, AreTheJsonOfTheStandard) {
    const Ceremony ceremony{"Y2hhbGxlbmdl", "https://guidon.example.org", "guidon.example.org",
                            UserVerification::required};
    const auto options = creation_options(ceremony, "Guidon", {"aGFuZGxl", "secretary.kyanh", "Secretary, Ky Anh"},
                                          {{"b2xk", {"usb", "nfc"}}, {"b2xkZXI", {}}});
    EXPECT_EQ(json::value(options), json::parse(R"({
      "challenge": "Y2hhbGxlbmdl",
      "rp": {"id": "guidon.example.org", "name": "Guidon"},
      "user": {"id": "aGFuZGxl", "name": "secretary.kyanh", "displayName": "Secretary, Ky Anh"},
      "pubKeyCredParams": [{"type": "public-key", "alg": -7}, {"type": "public-key", "alg": -8}, {"type": "public-key", "alg": -257}],
      "timeout": 300000,
      "excludeCredentials": [{"type": "public-key", "id": "b2xk", "transports": ["usb", "nfc"]}, {"type": "public-key", "id": "b2xkZXI"}],
      "authenticatorSelection": {"residentKey": "required", "requireResidentKey": true, "userVerification": "required"},
      "attestation": "none"})"));
}

TEST(RequestOptions, AreTheJsonOfTheStandard) {
    const Ceremony ceremony{"Y2hhbGxlbmdl", "https://guidon.example.org", "guidon.example.org",
                            UserVerification::discouraged};
    EXPECT_EQ(json::value(request_options(ceremony, {{"b2xk", {"usb"}}})), json::parse(R"({
      "challenge": "Y2hhbGxlbmdl", "rpId": "guidon.example.org", "timeout": 300000, "userVerification": "discouraged",
      "allowCredentials": [{"type": "public-key", "id": "b2xk", "transports": ["usb"]}]})"));
}

}  // namespace
}  // namespace guidon::accounts
