#include "accounts/oidc_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace guidon::accounts {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::string smallest = R"([[providers]]
key = "province"
issuer = "https://login.example"
client_id = "guidon"
title = { en = "Province account" }
)";

/// `LINE:COLUMN code`, one a fault.
std::vector<std::string> faults_in(const std::string& toml) {
    std::vector<std::string> told;
    try {
        parse_providers(toml, "oidc.toml");
    } catch (const Faults& faults) {
        for (const auto& fault : faults.list) {
            told.push_back(std::to_string(fault.line) + ":" + std::to_string(fault.column) + " " + fault.code);
            for (const auto language : languages)
                EXPECT_TRUE(has_message(language, "problem." + fault.code)) << fault.code;
        }
    }
    return told;
}

/// `group → role unit`, one a rule.
std::vector<std::string> told(const std::vector<GroupRule>& rules) {
    std::vector<std::string> list;
    for (const auto& rule : rules) list.push_back(rule.group + " → " + rule.role + " " + rule.unit);
    return list;
}

TEST(ParseProviders, WhatIsNotSaidHasItsUsualValue) {
    const auto provider = parse_providers(smallest, "oidc.toml").at(0);
    EXPECT_EQ(provider.key, "province");
    EXPECT_EQ(provider.issuer, "https://login.example");
    EXPECT_EQ(provider.client_secret, "");
    EXPECT_THAT(provider.scopes, ElementsAre("openid", "profile", "email"));
    EXPECT_EQ(provider.title, Texts({{"en", "Province account"}}));
    EXPECT_EQ(provider.user_name_claim, "preferred_username");
    EXPECT_EQ(provider.groups_claim, "groups");
    EXPECT_THAT(provider.rules, IsEmpty());
}

TEST(ParseProviders, EverythingThatCanBeSaidIsRead) {
    const auto provider = parse_providers(R"([[providers]]
key = "province-2"
issuer = "http://localhost:8180/realms/office"
client_id = "guidon"
client_secret = "s"
scopes = ["openid", "groups"]
title = { en = "Province", vi = "Tỉnh", ur = "صوبہ" }
claims = { user_name = "uid", name = "display", mail = "mail", groups = "realm_access.roles" }

[[providers.roles]]
group = "council"
role = "council_secretary"
unit = "42.KA"

[[providers.roles]]
group = "inspectors"
role = "auditor"
)",
                                          "oidc.toml")
                              .at(0);
    EXPECT_EQ(provider.client_secret, "s");
    EXPECT_THAT(provider.scopes, ElementsAre("openid", "groups"));
    EXPECT_EQ(pick(provider.title, Language::vi), "Tỉnh");
    EXPECT_EQ(provider.user_name_claim + provider.name_claim + provider.mail_claim + provider.groups_claim,
              "uiddisplaymailrealm_access.roles");
    EXPECT_THAT(told(provider.rules), ElementsAre("council → council_secretary 42.KA", "inspectors → auditor "));
    EXPECT_EQ(provider.rules.at(1).line, 15);
}

TEST(ParseProviders, EachFaultIsToldAtItsPlaceAndAllAtOnce) {
    EXPECT_THAT(
        faults_in(R"([[providers]]
key = "Province!"
issuer = "http://login.example"
client_id = ""
client_sekret = "s"
scopes = ["profile"]
title = { en = "P", fr = "P" }

[[providers.roles]]
group = "council"
role = "king"
unit = "42"

[[providers.roles]]
group = "reporters"
role = "reporter"
)"),
        ElementsAre("2:7 oidc.key-form", "3:10 oidc.issuer-form", "4:13 oidc.empty", "5:1 oidc.unknown-key",
                    "6:10 oidc.no-openid", "7:21 oidc.unknown-key", "11:8 oidc.unknown-role", "14:1 oidc.missing-key"));
}

TEST(ParseProviders, AFileWithoutProvidersOrWithTwoOfOneKeyIsRefused) {
    EXPECT_THAT(faults_in(""), ElementsAre("1:1 oidc.no-providers"));
    EXPECT_THAT(faults_in(smallest + smallest), ElementsAre("7:7 oidc.twice"));
    EXPECT_THAT(faults_in("providers = 3"), ElementsAre("1:13 oidc.wrong-type"));
    EXPECT_THAT(faults_in("providers = [1]"), ElementsAre("1:14 oidc.wrong-type"));
}

TEST(ParseProviders, WhatIsNoTomlIsToldWithTheWordsOfThisFile) {
    EXPECT_THAT(faults_in("[[providers]\n"), ElementsAre("1:13 oidc.syntax"));
    EXPECT_THAT(faults_in("key = 'a'\nkey = 'b'\n"), ElementsAre("2:7 oidc.duplicate-key"));
    EXPECT_THAT(faults_in("key = '\xFF'"), ElementsAre("1:8 oidc.encoding"));
    EXPECT_THAT(faults_in("key = secret"), ElementsAre("1:7 oidc.syntax"));
}

class SecretFile : public testing::Test {
protected:
    SecretFile() : folder(std::filesystem::temp_directory_path() / "guidon-oidc-file-test") {
        std::filesystem::create_directories(folder);
        std::ofstream(folder / "secret") << "from the file\r\n";
        std::ofstream(folder / "oidc.toml") << smallest << "client_secret_file = \"secret\"\n";
    }
    ~SecretFile() override { std::filesystem::remove_all(folder); }

    std::filesystem::path folder;
};

TEST_F(SecretFile, IsReadBesideTheFileThatNamesIt) {
    EXPECT_EQ(load_providers((folder / "oidc.toml").string()).at(0).client_secret, "from the file");
}

TEST_F(SecretFile, ThatIsMissingOrGivenTwiceIsToldAtItsPlace) {
    EXPECT_THAT(faults_in(smallest + "client_secret_file = \"no such file\"\n"), ElementsAre("6:22 oidc.unreadable"));
    EXPECT_THAT(
        faults_in(smallest + "client_secret = \"a\"\nclient_secret_file = \"" + (folder / "secret").string() + "\"\n"),
        ElementsAre("7:22 oidc.two-secrets"));
    EXPECT_THROW(load_providers((folder / "none.toml").string()), Faults);
}

TEST(RulesFor, AMemberOfTwoGroupsWithOneRoleHoldsItOnce) {
    Provider provider;
    provider.rules = {
        {"a", "reporter", "42", 1}, {"b", "verifier", "42", 2}, {"c", "reporter", "42", 3}, {"c", "reporter", "40", 4}};
    EXPECT_THAT(told(rules_for(provider, {"c", "a", "z"})), ElementsAre("a → reporter 42", "c → reporter 40"));
    EXPECT_THAT(rules_for(provider, {}), IsEmpty());
    EXPECT_THAT(rules_for(provider, {"A", "a "}), IsEmpty()) << "names are compared to the letter";
}

}  // namespace
}  // namespace guidon::accounts
