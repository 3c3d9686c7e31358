// How is a browser asked for a passkey and its answer brought together with the question? The challenge waits in a
// sealed cookie for five minutes and is used up in the store.
#pragma once

#include <string>
#include <vector>

#include "accounts/kept_in_browser.h"
#include "accounts/passkey.h"

namespace guidon::accounts {

/// The ceremony of a request: this site, by the name under which the browser knows it.
Ceremony ceremony_at(const web::Request& request, const std::string& challenge, UserVerification verification);
web::Cookie keep_challenge(const House& house, const std::string& challenge, const std::string& purpose);
/// The challenge that this browser was given for `purpose`. Problem "account.passkey-challenge" (403).
std::string kept_challenge(const House& house, const web::Request& request, const std::string& purpose);
std::vector<KnownPasskey> known(const std::vector<Passkey>& passkeys);
/// What names an account to its passkeys.
std::string user_handle(const Account& account);

}  // namespace guidon::accounts
