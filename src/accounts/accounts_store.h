// How are accounts and what proves them kept: passwords, second factors, passkeys, identities at a provider? Secrets
// are stored as hashes; whoever reads the database cannot sign in with it. What they opened is in sessions_store.h.
#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "people/people_store.h"
#include "people/viewer.h"
#include "store/store.h"

namespace guidon::accounts {

using AccountId = Id<struct AccountTag>;
using people::OfficeId;
using people::PersonId;
using units::UnitId;

/// Wire form = name. An invited account has no way to sign in yet; a closed one keeps its name for nobody else.
enum class AccountState { invited, active, closed };
std::string_view code(AccountState state);

struct Account {
    AccountId id;
    std::string public_id;
    PersonId person;
    std::string name;
    std::string password_hash;  // "" = none
    std::string totp_secret;    // "" = none; as hidden() by House::totp_key()
    std::int64_t totp_step = 0;
    std::string mail;
    AccountState state = AccountState::invited;
    boost::json::object preferences;
    std::int64_t created_utc_ms = 0, signed_in_utc_ms = 0;
    std::int64_t since = 0;  // journal entry that last changed it: its version
};

std::optional<Account> find_account(const store::Reader& reader, std::string_view public_id);
/// As typed at sign-in: case and accents do not matter.
std::optional<Account> find_account_by_name(const store::Reader& reader, std::string_view name);
std::optional<Account> account_of(const store::Reader& reader, PersonId person);
Account account(const store::Reader& reader, AccountId id);            // must exist
std::int64_t count_accounts(const store::Reader& reader);              // that can sign in
std::vector<Account> accounts_with_mail(const store::Reader& reader);  // active ones that have an address
std::int64_t count_invited(const store::Reader& reader);               // that nobody has opened yet
/// Whether somebody who can sign in is administrator on `today`.
bool somebody_administers(const store::Reader& reader, Day today);

/// Throws Problem "account.name-taken" or "account.name-form" (3–64 letters, digits and . _ - @).
AccountId add_account(store::Change& change, PersonId person, const std::string& name, const std::string& mail);
void set_password(store::Change& change, AccountId id, const std::string& hash);
void set_state(store::Change& change, AccountId id, AccountState state);
/// Nothing that opened the account opens it any more: password, second factor, passkeys, sessions, access tokens and
/// links end. What is left are identities at a provider.
void end_ways_in(store::Change& change, AccountId id);
void set_totp(store::Change& change, AccountId id, const std::string& secret);
void use_totp_step(store::Change& change, AccountId id, std::int64_t step);
void set_mail(store::Change& change, AccountId id, const std::string& mail);
void set_preferences(store::Change& change, AccountId id, const boost::json::object& preferences);
void note_sign_in(store::Change& change, AccountId id);
/// Everything that proves or tells something of the person goes; the row stays closed, under a name that says nothing.
void erase_account(store::Change& change, AccountId id);

// Recovery codes ------------------------------------------------------------------------------------------------------

void set_recovery_codes(store::Change& change, AccountId id, const std::vector<std::string>& hashes);
std::int64_t count_recovery_codes(const store::Reader& reader, AccountId id);  // not used yet
/// Whether there was such a code; it is used up now.
bool use_recovery_code(store::Change& change, AccountId id, const std::string& hash);

// Passkeys ------------------------------------------------------------------------------------------------------------

struct Passkey {
    std::string public_id;
    AccountId account;
    std::string credential, public_key;
    int algorithm = 0;
    std::int64_t sign_count = 0;
    std::vector<std::string> transports;
    std::string title;
    std::int64_t created_utc_ms = 0, used_utc_ms = 0;
};
std::vector<Passkey> passkeys_of(const store::Reader& reader, AccountId id);
std::optional<Passkey> find_passkey(const store::Reader& reader, std::string_view credential);
void add_passkey(store::Change& change, const Passkey& passkey);
void use_passkey(store::Change& change, const std::string& credential, std::int64_t sign_count);
bool remove_passkey(store::Change& change, AccountId id, const std::string& public_id);

// Identities at a provider --------------------------------------------------------------------------------------------

std::optional<AccountId> find_external(const store::Reader& reader, std::string_view provider,
                                       std::string_view subject);
struct ExternalIdentity {
    std::string provider, subject;
    std::vector<std::string> groups;  // as told last
    std::int64_t seen_utc_ms = 0;
};
std::vector<ExternalIdentity> external_identities_of(const store::Reader& reader, AccountId id);
void put_external(store::Change& change, AccountId id, const std::string& provider, const std::string& subject,
                  const std::vector<std::string>& groups);

}  // namespace guidon::accounts
