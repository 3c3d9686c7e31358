// Is it still the one who signed in? Whoever changes how an account is opened proves it once more: a browser that was
// left open, or a session that was stolen, is not enough to stay in for good.
#pragma once

#include "accounts/house.h"
#include "people/viewer.h"
#include "web/resource.h"

namespace guidon::accounts {

/// How long signing in is itself the proof.
constexpr std::int64_t fresh_ms = 10 * 60'000;

/// Whether the session began within `fresh_ms`.
bool is_fresh(const store::Reader& reader, const people::Viewer& viewer, std::int64_t now_utc_ms);
/// Problem "account.sign-in-again" (403) unless it did.
void must_be_fresh(const House& house, const people::Viewer& viewer);

/// By the password of now, field `now`; where there is none, by a fresh session. Problems "account.password-now-wrong"
/// (403), "account.too-many-tries", as must_be_fresh(). Takes as long as a password.
void prove_again(House& house, const web::Request& request, const people::Viewer& viewer, const Account& own);
/// The same, but a fresh session is always enough.
void prove_lately(House& house, const web::Request& request, const people::Viewer& viewer, const Account& own);

}  // namespace guidon::accounts
