// What does a provider's answer say, and may it be believed? Pure: no network, no clock, no cache.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/jwt.h"
#include "accounts/oidc.h"

namespace guidon::accounts {

/// What discovery tells (OpenID Connect Discovery 1.0, RFC 8414).
struct Metadata {
    std::string issuer;
    std::string authorization_endpoint;
    std::string token_endpoint;
    std::string jwks_uri;
    std::string userinfo_endpoint;       // "" when there is none
    std::string end_session_endpoint;    // "" when there is none
    bool secret_in_form = false;         // else HTTP Basic
    std::vector<std::string> languages;  // of its pages, as BCP 47 tags; may be empty
    bool names_itself = false;           // RFC 9207: every answer of a browser carries `iss`
};

/// Throws Problem "oidc.bad-answer" (502; argument what), "oidc.wrong-issuer" (502; expected, found) and
/// "oidc.insecure-address" (502).
Metadata parse_metadata(std::string_view text, const std::string& issuer);

/// The JSON object of an answer. Throws Problem "oidc.bad-answer" (502; argument what).
boost::json::object parse_answer(std::string_view text, const std::string& what);
/// The text of a member; "" if it is not there or no text.
std::string member_text(const boost::json::object& object, std::string_view name);

/// What an ID token of this sign-in has to say.
struct Expected {
    std::string issuer;
    std::string client_id;
    std::string nonce;
    std::string access_token;
};

/// How far the provider's clock may be from ours.
constexpr std::chrono::seconds clock_skew{60};

/// Checks a token whose signature is verified (OpenID Connect Core 3.1.3.7). Throws Problem "oidc.token-claim" or
/// "oidc.clock".
void check_id_token(const Jwt& token, const Expected& expected, Seconds now);

/// Whether a claim that the provider's settings name is not among these.
bool lacks_claims(const Provider& provider, const boost::json::object& claims);
/// Adds what is not in `claims` yet. Throws Problem "oidc.token-claim" if the two are not about the same subject.
void add_userinfo(boost::json::object& claims, const boost::json::object& userinfo);
/// Claims are found by their name, or by a path with dots: `realm_access.roles`.
Identity identity_from(const Provider& provider, const boost::json::object& claims);

}  // namespace guidon::accounts
