// Which identity providers does this server trust, and what do their groups mean here? Read from a TOML file.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/language.h"
#include "base/problem.h"

namespace guidon::accounts {

/// Members of `group` at the provider hold `role` in `unit` here.
struct GroupRule {
    std::string group;
    std::string role;  // a people::Role; only administrators and auditors may be so without a unit
    std::string unit;  // its code; "" for the whole system
    int line = 0;      // in the file, for messages

    bool operator==(const GroupRule&) const = default;
};

struct Provider {
    std::string key;  // in addresses: /sign-in/oidc/KEY; lower-case letters, digits, `-`
    std::string issuer;
    std::string client_id;
    std::string client_secret;
    std::vector<std::string> scopes{"openid", "profile", "email"};
    Texts title;  // on the button
    std::string user_name_claim = "preferred_username";
    std::string name_claim = "name";
    std::string mail_claim = "email";
    std::string groups_claim = "groups";
    std::string ca_file;  // "" for the system's authorities alone
    std::vector<GroupRule> rules;
    int line = 0;  // where the provider begins in the file

    bool operator==(const Provider&) const = default;
};

/// Throws Faults with all that is wrong, each at its line and column. `client_secret_file` and `ca_file` are relative
/// to the folder of `file`. Whether the units exist is the caller's to ask (GroupRule::unit, GroupRule::line).
std::vector<Provider> parse_providers(std::string_view toml, const std::string& file);
/// Reads and parses the file. Throws Faults, also when it cannot be read.
std::vector<Provider> load_providers(const std::string& path);

/// The rules of the provider that apply to a member of `groups`, each once, in the file's order.
std::vector<GroupRule> rules_for(const Provider& provider, const std::vector<std::string>& groups);

}  // namespace guidon::accounts
