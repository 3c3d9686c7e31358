// What do all pages of accounts share? The store and its writer, the server's own secrets, how long sessions last, and
// how often somebody may try.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "accounts/accounts_store.h"
#include "accounts/oidc.h"
#include "accounts/password.h"
#include "accounts/sessions_store.h"
#include "accounts/throttle.h"
#include "store/store.h"
#include "store/writer.h"
#include "web/resource.h"

namespace guidon::accounts {

/// How long a session lasts; settings of the whole server.
struct SessionRules {
    std::int64_t idle_ms = 3'600'000;      // an hour
    std::int64_t longest_ms = 43'200'000;  // twelve
};

/// Sends a mail about an account within the change; nothing where no mail server is known.
using Notify = std::function<void(store::Change& change, const Account& account, const std::string& kind,
                                  const std::string& href)>;

struct House {
    store::Store& store;
    store::Writer& writer;
    std::string key;  // seals what browsers keep for us; made of one in the database and the key's file
    WorkFactor work;
    Throttle throttle{};
    std::vector<std::unique_ptr<OidcClient>> providers{};
    Notify notify{};

    std::string totp_key() const;  // hides the secrets of authenticator apps in the database
    SessionRules session_rules(const store::Reader& reader) const;
};

/// Reads the server's key and work factor from the store; the first time they are made (about a second) and kept.
House open_house(store::Store& store, store::Writer& writer);

/// Whether nobody can administer the system yet: then a set-up link is needed.
bool needs_setup(const store::Reader& reader);
/// A new one-time link, "/setup/SECRET", "/invite/SECRET", "/reset/SECRET"; earlier ones of the account are void.
std::string new_link(store::Change& change, LinkKind kind, std::optional<AccountId> account);

}  // namespace guidon::accounts
