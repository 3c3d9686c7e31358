#include "accounts/accounts_store.h"

#include <algorithm>

#include "accounts/sessions_store.h"
#include "base/problem.h"
#include "base/states.h"
#include "store/columns.h"
#include "store/sql.h"

namespace guidon::accounts {

using store::first_of;
using store::first_row;
using store::joined;
using store::next_id;
using store::one;
using store::parted;
using store::rows;
using store::run;

namespace {

constexpr Names<AccountState, 3> state_names{"invited", "active", "closed"};

template <class... Arguments>
std::optional<Account> read_account(const store::Reader& reader, const std::string& condition,
                                    const Arguments&... arguments) {
    const auto row = first_row<AccountId, std::string, PersonId, std::string, std::string, std::string, std::int64_t,
                               std::string, std::string, std::string, std::int64_t, std::int64_t, std::int64_t>(
        reader,
        "SELECT id, public_id, person, name, password_hash, totp_secret, totp_step, mail, state, preferences,"
        " created_utc_ms, signed_in_utc_ms, since_seq FROM account " +
            condition,
        arguments...);
    if (!row) return std::nullopt;
    const auto& [id, public_id, person, name, hash, totp, step, mail, state, preferences, created, signed_in, since] =
        *row;
    return Account{id,
                   public_id,
                   person,
                   name,
                   hash,
                   totp,
                   step,
                   mail,
                   state_names.named(state),
                   boost::json::parse(preferences).as_object(),
                   created,
                   signed_in,
                   since};
}

/// 3–64 characters that people can say on the telephone.
void check_name(const std::string& name) {
    const bool fits = name.size() >= 3 && name.size() <= 64 && std::all_of(name.begin(), name.end(), [](char c) {
                          return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                                 c == '.' || c == '_' || c == '-' || c == '@';
                      });
    if (!fits) throw Problem("account.name-form", {{"name", name}}, "account");
}

template <class... Arguments>
void update_account(store::Change& change, AccountId id, const std::string& what, const Arguments&... arguments) {
    run(change, "UPDATE account SET " + what + ", since_seq = :seq WHERE id = :id", arguments..., change.next_seq(),
        id);
}

template <class... Arguments>
std::vector<Passkey> read_passkeys(const store::Reader& reader, const std::string& condition,
                                   const Arguments&... arguments) {
    std::vector<Passkey> all;
    for (const auto& [public_id, id, credential, key, algorithm, count, transports, title, created, used] :
         rows<std::string, AccountId, std::string, std::string, int, std::int64_t, std::string, std::string,
              std::int64_t, std::int64_t>(
             reader,
             "SELECT public_id, account, credential, public_key, algorithm, sign_count, transports, title,"
             " created_utc_ms, used_utc_ms FROM passkey " +
                 condition,
             arguments...))
        all.push_back({public_id, id, credential, key, algorithm, count, parted(transports), title, created, used});
    return all;
}

}  // namespace

std::string_view code(AccountState state) {
    return state_names[state];
}

std::optional<Account> find_account(const store::Reader& reader, std::string_view public_id) {
    return read_account(reader, "WHERE public_id = :id", public_id);
}

std::optional<Account> find_account_by_name(const store::Reader& reader, std::string_view name) {
    return read_account(reader, "WHERE folded = :name", folded(name));
}

std::optional<Account> account_of(const store::Reader& reader, PersonId person) {
    return read_account(reader, "WHERE person = :person", person);
}

Account account(const store::Reader& reader, AccountId id) {
    return read_account(reader, "WHERE id = :id", id).value();
}

std::int64_t count_accounts(const store::Reader& reader) {
    return one<std::int64_t>(reader, "SELECT count(*) FROM account WHERE state = 'active'");
}

std::int64_t count_invited(const store::Reader& reader) {
    return one<std::int64_t>(reader, "SELECT count(*) FROM account WHERE state = 'invited'");
}

std::vector<Account> accounts_with_mail(const store::Reader& reader) {
    std::vector<Account> all;
    for (const auto& [id] :
         rows<AccountId>(reader, "SELECT id FROM account WHERE state = 'active' AND mail <> '' ORDER BY id"))
        all.push_back(account(reader, id));
    return all;
}

bool somebody_administers(const store::Reader& reader, Day today) {
    return one<std::int64_t>(reader,
                             "SELECT count(*) FROM role_grant g JOIN office o ON o.id = g.office"
                             " JOIN account a ON a.person = o.person WHERE g.role = 'administrator'"
                             " AND a.state = 'active' AND g.valid_from <= :day1 AND g.valid_to > :day2"
                             " AND o.valid_from <= :day3 AND o.valid_to > :day4",
                             today, today, today, today) > 0;
}

AccountId add_account(store::Change& change, PersonId person, const std::string& name, const std::string& mail) {
    check_name(name);
    if (find_account_by_name(change, name)) throw Problem("account.name-taken", {{"name", name}}, "account");
    const AccountId id(next_id(change, "account"));
    run(change,
        "INSERT INTO account (id, public_id, person, name, folded, password_hash, totp_secret, totp_step, mail, state,"
        " preferences, created_utc_ms, signed_in_utc_ms, since_seq)"
        " VALUES (:id, :public, :person, :name, :folded, '', '', 0, :mail, 'invited', '{}', :now, 0, :seq)",
        id, store::new_public_id(), person, name, folded(name), mail, change.at_utc_ms(), change.next_seq());
    return id;
}

void set_password(store::Change& change, AccountId id, const std::string& hash) {
    update_account(change, id, "password_hash = :hash", hash);
}

void set_state(store::Change& change, AccountId id, AccountState state) {
    update_account(change, id, "state = :state", code(state));
}

void end_ways_in(store::Change& change, AccountId id) {
    set_password(change, id, "");
    set_totp(change, id, "");
    end_sessions(change, id);
    end_access_tokens(change, id);
    for (const char* table : {"recovery_code", "passkey", "one_time_link"})
        run(change, std::string("DELETE FROM ") + table + " WHERE account = :account", id);
}

void set_totp(store::Change& change, AccountId id, const std::string& secret) {
    update_account(change, id, "totp_secret = :secret, totp_step = 0", secret);
}

void use_totp_step(store::Change& change, AccountId id, std::int64_t step) {
    run(change, "UPDATE account SET totp_step = :step WHERE id = :id", step, id);
}

void set_mail(store::Change& change, AccountId id, const std::string& mail) {
    update_account(change, id, "mail = :mail", mail);
}

void set_preferences(store::Change& change, AccountId id, const boost::json::object& preferences) {
    update_account(change, id, "preferences = :preferences", boost::json::serialize(preferences));
}

void note_sign_in(store::Change& change, AccountId id) {
    run(change, "UPDATE account SET signed_in_utc_ms = :now WHERE id = :id", change.at_utc_ms(), id);
}

void erase_account(store::Change& change, AccountId id) {
    const std::string name = "erased-" + store::new_public_id();
    update_account(change, id,
                   "name = :name, folded = :folded, password_hash = '', totp_secret = '', mail = '', state = 'closed',"
                   " preferences = '{}'",
                   name, name);
    for (const char* table :
         {"recovery_code", "passkey", "external_identity", "session", "access_token", "one_time_link"})
        run(change, std::string("DELETE FROM ") + table + " WHERE account = :account", id);
}

void set_recovery_codes(store::Change& change, AccountId id, const std::vector<std::string>& hashes) {
    run(change, "DELETE FROM recovery_code WHERE account = :account", id);
    for (const auto& hash : hashes)
        run(change, "INSERT INTO recovery_code (account, hash, used_utc_ms) VALUES (:account, :hash, 0)", id, hash);
}

std::int64_t count_recovery_codes(const store::Reader& reader, AccountId id) {
    return one<std::int64_t>(reader, "SELECT count(*) FROM recovery_code WHERE account = :account AND used_utc_ms = 0",
                             id);
}

bool use_recovery_code(store::Change& change, AccountId id, const std::string& hash) {
    if (!first_row<int>(change,
                        "SELECT 1 FROM recovery_code WHERE account = :account AND hash = :hash"
                        " AND used_utc_ms = 0",
                        id, hash))
        return false;
    run(change, "UPDATE recovery_code SET used_utc_ms = :now WHERE account = :account AND hash = :hash",
        change.at_utc_ms(), id, hash);
    return true;
}

std::vector<Passkey> passkeys_of(const store::Reader& reader, AccountId id) {
    return read_passkeys(reader, "WHERE account = :account ORDER BY id", id);
}

std::optional<Passkey> find_passkey(const store::Reader& reader, std::string_view credential) {
    return first_of(read_passkeys(reader, "WHERE credential = :credential", credential));
}

void add_passkey(store::Change& change, const Passkey& passkey) {
    if (find_passkey(change, passkey.credential)) throw Problem("account.passkey-known", {}, "response", 409);
    run(change,
        "INSERT INTO passkey (id, public_id, account, credential, public_key, algorithm, sign_count, transports, title,"
        " created_utc_ms, used_utc_ms)"
        " VALUES (:id, :public, :account, :credential, :key, :algorithm, :count, :transports, :title, :now, 0)",
        next_id(change, "passkey"), store::new_public_id(), passkey.account, passkey.credential, passkey.public_key,
        passkey.algorithm, passkey.sign_count, joined(passkey.transports), passkey.title, change.at_utc_ms());
}

void use_passkey(store::Change& change, const std::string& credential, std::int64_t sign_count) {
    run(change, "UPDATE passkey SET sign_count = :count, used_utc_ms = :now WHERE credential = :credential", sign_count,
        change.at_utc_ms(), credential);
}

bool remove_passkey(store::Change& change, AccountId id, const std::string& public_id) {
    if (!first_row<int>(change, "SELECT 1 FROM passkey WHERE account = :account AND public_id = :id", id, public_id))
        return false;
    run(change, "DELETE FROM passkey WHERE public_id = :id", public_id);
    return true;
}

std::optional<AccountId> find_external(const store::Reader& reader, std::string_view provider,
                                       std::string_view subject) {
    const auto row = first_row<AccountId>(
        reader, "SELECT account FROM external_identity WHERE provider = :provider AND subject = :subject", provider,
        subject);
    return row ? std::optional(std::get<0>(*row)) : std::nullopt;
}

std::vector<ExternalIdentity> external_identities_of(const store::Reader& reader, AccountId id) {
    std::vector<ExternalIdentity> all;
    for (const auto& [provider, subject, groups, seen] : rows<std::string, std::string, std::string, std::int64_t>(
             reader,
             "SELECT provider, subject, groups, seen_utc_ms FROM external_identity WHERE account = :account"
             " ORDER BY provider, subject",
             id))
        all.push_back({provider, subject, parted(groups), seen});
    return all;
}

void put_external(store::Change& change, AccountId id, const std::string& provider, const std::string& subject,
                  const std::vector<std::string>& groups) {
    run(change, "DELETE FROM external_identity WHERE provider = :provider AND subject = :subject", provider, subject);
    run(change,
        "INSERT INTO external_identity (provider, subject, account, groups, seen_utc_ms)"
        " VALUES (:provider, :subject, :account, :groups, :now)",
        provider, subject, id, joined(groups), change.at_utc_ms());
}

}  // namespace guidon::accounts
