#include "accounts/secret.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

namespace guidon::accounts {
namespace {

using testing::MatchesRegex;

TEST(Hidden, OnlyTheKeyReadsItAndNoLetterCanBeChanged) {
    const std::string key = new_key(), box = hidden(key, "JBSWY3DPEHPK3PXP");
    EXPECT_EQ(revealed(key, box), "JBSWY3DPEHPK3PXP");
    EXPECT_NE(hidden(key, "JBSWY3DPEHPK3PXP"), box);
    EXPECT_EQ(box.find("JBSWY"), std::string::npos);
    EXPECT_EQ(revealed(new_key(), box), std::nullopt);
    for (std::size_t at = 0; at < box.size(); ++at) {
        std::string bad = box;
        bad[at] = bad[at] == 'A' ? 'B' : 'A';
        EXPECT_EQ(revealed(key, bad), std::nullopt) << at;
    }
    for (const char* bad : {"", "AAAA", "JBSWY3DPEHPK3PXP"}) EXPECT_EQ(revealed(key, bad), std::nullopt) << bad;
}

TEST(Tokens, HaveTheirFormAndNeverComeTwice) {
    std::set<std::string> all;
    for (int i = 0; i < 100; ++i) {
        for (const std::string& token : {session_token(), link_token(), new_key()}) {
            EXPECT_THAT(token, MatchesRegex("[A-Za-z0-9_-]{43}"));
            all.insert(token);
        }
        const std::string token = access_token();
        EXPECT_THAT(token, MatchesRegex(std::string(access_token_pattern)));
        EXPECT_TRUE(is_access_token(token));
        all.insert(token);
    }
    EXPECT_EQ(all.size(), 400u);
}

TEST(AccessToken, OneWrongCharacterIsNoticed) {
    const std::string token = access_token();
    for (std::size_t i = 0; i < token.size(); ++i) {
        std::string other = token;
        other[i] = other[i] == 'a' ? 'b' : 'a';
        EXPECT_FALSE(is_access_token(other)) << other;
    }
    EXPECT_FALSE(is_access_token(token + "a"));
    EXPECT_FALSE(is_access_token(token.substr(0, token.size() - 1)));
    EXPECT_FALSE(is_access_token(" " + token));
    EXPECT_FALSE(is_access_token(""));
}

TEST(RecoveryCodes, AreTenAndReadAsTheyWereWritten) {
    const auto codes = recovery_codes();
    EXPECT_EQ(codes.size(), 10u);
    EXPECT_EQ(std::set<std::string>(codes.begin(), codes.end()).size(), 10u);
    for (const auto& code : codes) {
        EXPECT_THAT(code, MatchesRegex("[0-9a-hjkmnp-tv-z]{4}(-[0-9a-hjkmnp-tv-z]{4}){2}"));
        EXPECT_EQ(recovery_code(code), code);
    }
}

TEST(RecoveryCode, IsReadAsPeopleTypeIt) {
    EXPECT_EQ(recovery_code("7K2M OI9L ZZ00"), "7k2m-0191-zz00");
    EXPECT_EQ(recovery_code("7k2m0191zz00"), "7k2m-0191-zz00");
    EXPECT_EQ(recovery_code(" 7k2m-0191-zz00 "), "7k2m-0191-zz00");
    for (const char* bad :
         {"", "7k2m-0191-zz0", "7k2m-0191-zz000", "7k2m-0191-zu00", "7k2m_0191_zz00", "٧k2m-0191-zz00"})
        EXPECT_EQ(recovery_code(bad), std::nullopt) << bad;
}

TEST(SecretHash, IsSha256AndWithASaltHmac) {
    EXPECT_EQ(secret_hash("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");  // FIPS 180-2
    EXPECT_EQ(secret_hash("what do ya want for nothing?", "Jefe"),                                      // RFC 4231, 4.3
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    EXPECT_NE(secret_hash("7k2m-0191-zz00", new_key()), secret_hash("7k2m-0191-zz00", new_key()));
}

TEST(SameSecret, ComparesWholeTexts) {
    EXPECT_TRUE(same_secret("", ""));
    EXPECT_TRUE(same_secret("plum", "plum"));
    EXPECT_FALSE(same_secret("plum", "plun"));
    EXPECT_FALSE(same_secret("plum", "plums"));
    EXPECT_FALSE(same_secret("plum", ""));
}

TEST(Sealed, IsOpenedWithItsOwnKeyForItsOwnPurposeOnly) {
    const std::string kept = new_key();
    const std::string key = key_for("device cookie", kept);
    const std::string cookie = sealed(key, "account 7");
    EXPECT_THAT(cookie, MatchesRegex("[A-Za-z0-9_-]+[.][A-Za-z0-9_-]{43}"));
    EXPECT_EQ(unsealed(key, cookie), "account 7");
    EXPECT_EQ(unsealed(key_for("form token", kept), cookie), std::nullopt);
    EXPECT_EQ(unsealed(key_for("device cookie", new_key()), cookie), std::nullopt);
    EXPECT_EQ(key, key_for("device cookie", kept));
    for (const char* bad : {"", ".", "YWNjb3VudCA3", "YWNjb3VudCA3.", ".YWNjb3VudCA3", "YWNjb3VudCA3.YWNj.YWNj", "%.%"})
        EXPECT_EQ(unsealed(key, bad), std::nullopt) << bad;
}

RC_GTEST_PROP(Sealed, WhatIsSealedIsOpenedAndNoCharacterCanBeChanged, (const std::string& text)) {
    const std::string key = new_key();
    const std::string seal = sealed(key, text);
    RC_ASSERT(unsealed(key, seal) == text);
    std::string other = seal;
    const auto place = *rc::gen::inRange<std::size_t>(0, other.size());
    const auto change = *rc::gen::distinctFrom(rc::gen::arbitrary<char>(), other[place]);
    other[place] = change;
    RC_ASSERT(!unsealed(key, other));
    other.erase(place, 1);
    RC_ASSERT(!unsealed(key, other));
}

RC_GTEST_PROP(Base64url, WhatIsWrittenIsRead, (const std::string& bytes)) {
    RC_ASSERT(base64url_bytes(base64url(bytes)) == bytes);
    RC_ASSERT(base64url(bytes).find_first_of("+/=") == std::string::npos);
}

TEST(Base64url, HasOneWayToWriteEachText) {
    EXPECT_EQ(base64url("\xfb\xff"), "-_8");
    EXPECT_EQ(base64url_bytes("-_8"), "\xfb\xff");
    for (const char* bad : {"-_9", "-_8=", "+/8", "-", "-_ 8", "-_8\n", "\xc3\xa9", "\x80\x80\x80\x80"})
        EXPECT_EQ(base64url_bytes(bad), std::nullopt) << bad;
}

}  // namespace
}  // namespace guidon::accounts
