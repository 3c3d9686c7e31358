// What opens the server for a while: sessions of browsers, access tokens of programs, one-time links? Each is found by
// the hash of its secret, which nobody else has; each ends, and says when.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/accounts_store.h"

namespace guidon::accounts {

// Sessions ------------------------------------------------------------------------------------------------------------

struct Session {
    std::string public_id;
    AccountId account;
    std::optional<OfficeId> office;  // the capacity
    std::string factors, about;
    std::int64_t created_utc_ms = 0, seen_utc_ms = 0, ends_utc_ms = 0, ended_utc_ms = 0;
};
std::optional<Session> find_session(const store::Reader& reader, const std::string& hash);
std::vector<Session> sessions_of(const store::Reader& reader, AccountId id);  // open ones, the latest seen first
/// Gives its public id. `hash`: of the secret in the cookie.
std::string add_session(store::Change& change, const Session& session, const std::string& hash);
void touch_session(store::Change& change, const std::string& public_id);
void set_capacity(store::Change& change, const std::string& public_id, OfficeId office);
/// Whether it was open and of this account.
bool end_session(store::Change& change, AccountId id, const std::string& public_id);
/// All of an account but `kept`.
void end_sessions(store::Change& change, AccountId id, const std::string& kept = "");

// Access tokens -------------------------------------------------------------------------------------------------------

struct AccessToken {
    std::string public_id;
    AccountId account;
    std::optional<OfficeId> office;
    std::string title;
    std::vector<people::Action> verbs;
    std::optional<UnitId> unit;
    Day ends;
    std::int64_t created_utc_ms = 0, used_utc_ms = 0, ended_utc_ms = 0;
};
std::optional<AccessToken> find_access_token(const store::Reader& reader, const std::string& hash);
std::vector<AccessToken> access_tokens_of(const store::Reader& reader, AccountId id);  // the newest first
std::string add_access_token(store::Change& change, const AccessToken& token, const std::string& hash);
void touch_access_token(store::Change& change, const std::string& public_id);
bool end_access_token(store::Change& change, AccountId id, const std::string& public_id);
void end_access_tokens(store::Change& change, AccountId id);

// One-time links ------------------------------------------------------------------------------------------------------

enum class LinkKind { setup, invite, reset };
std::string_view code(LinkKind kind);
struct Link {
    LinkKind kind = LinkKind::setup;
    std::optional<AccountId> account;
    std::int64_t ends_utc_ms = 0;
};
/// An earlier link of the same kind and account is good no more.
void put_link(store::Change& change, const Link& link, const std::string& hash);
std::optional<Link> find_link(const store::Reader& reader, const std::string& hash);
/// Good no more; false: somebody was faster.
bool use_link(store::Change& change, const std::string& hash);

}  // namespace guidon::accounts
