// Which addresses belong to signing in and to one's own account?
//
//   GET  /setup/:secret /invite/:secret /reset/:secret   choose name and password; POST the same
//   GET  /sign-in              ?to=PATH;  POST: name, password
//   GET  /sign-in/second       POST: code (app or recovery code), or response (passkey)
//   GET  /sign-in/passkey      what the browser is asked (JSON);  POST: response
//   GET  /sign-in/oidc/:provider, /sign-in/oidc/:provider/back
//   POST /sign-out
//   GET  /me                   what waits for this person; POST /me/capacity
//   GET  /me/account           password, second factor, passkeys, sessions, tokens, preferences; POST beside it
//   POST /people/:id/account   an account for somebody;  …/invite, /reset, /close, /reopen
//   GET  /system               settings of the whole server; POST the same
#pragma once

#include <functional>
#include <vector>

#include "accounts/house.h"
#include "people/work.h"
#include "web/resource.h"

namespace guidon::accounts {

using people::WorkPart;

/// `house` outlives the routes.
void add_link_routes(web::Routes& routes, House& house);
void add_sign_in_routes(web::Routes& routes, House& house);
void add_oidc_routes(web::Routes& routes, House& house);
void add_own_routes(web::Routes& routes, House& house, const std::vector<WorkPart>& work);
void add_token_routes(web::Routes& routes, House& house);
void add_passkey_routes(web::Routes& routes, House& house);
void add_admin_routes(web::Routes& routes, House& house);
void add_system_routes(web::Routes& routes, House& house);

}  // namespace guidon::accounts
