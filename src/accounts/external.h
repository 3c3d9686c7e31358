// Which account belongs to an identity at a provider, and which roles do its groups give? The provider says who
// somebody is; the mapping in the provider's file says what that means here.
#pragma once

#include "accounts/house.h"

namespace guidon::accounts {

/// The account of `identity`: the one known already, or a new person and account. Its roles follow the groups: what the
/// mapping gives is begun, what it gave and gives no more ends today. Each change is journalled.
/// Problem "oidc.closed" (403) if the account was closed here; "oidc.no-role" (403) for somebody unknown to whom no
/// group gives a role: being known at the provider alone opens nothing.
Account account_for(House& house, const Provider& provider, const Identity& identity);

}  // namespace guidon::accounts
