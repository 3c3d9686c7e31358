// Who does the identity provider say is signing in? (OpenID Connect Core 1.0: authorization code with PKCE.)
//
// Two requests of a browser: begin() sends it to the provider, finish() takes what it brings back. What must be kept
// in between (PendingSignIn) is the caller's to store, bound to that browser and used once. Every call may
// block the calling thread for as long as the provider takes (at most FetchLimits::total_ms a request), so none is made
// inside of a transaction. Safe to use from several threads.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "accounts/fetch.h"
#include "accounts/oidc_file.h"
#include "base/language.h"

namespace guidon::accounts {

using Seconds = std::chrono::sys_seconds;

/// Kept at the server between the two requests. Secret, except for `provider`.
struct PendingSignIn {
    std::string provider;  // Provider::key
    std::string state;
    std::string nonce;
    std::string code_verifier;
    std::string redirect_uri;
    Seconds begun_at;

    bool operator==(const PendingSignIn&) const = default;
};

struct BegunSignIn {
    std::string address;  // where to send the browser
    PendingSignIn pending;
};

/// The query of the address to which the provider sent the browser back; "" for what is not there.
struct ProviderAnswer {
    std::string code;
    std::string state;
    std::string iss;  // RFC 9207
    std::string error;
    std::string error_description;
};

struct Identity {
    std::string issuer;
    std::string subject;  // with the issuer the only lasting name of the person
    std::string user_name;
    std::string name;
    std::string mail;
    bool mail_verified = false;
    std::vector<std::string> groups;
    std::optional<Seconds> auth_time;  // when they proved who they are, if the provider tells
    std::string id_token;              // as a hint for signing out; secret
};

/// How long a person may take at the provider.
constexpr std::chrono::minutes longest_sign_in{10};

class OidcClient {
public:
    explicit OidcClient(Provider provider, Fetch fetch);  // usually fetch_by_network({.ca_file = provider.ca_file})
    ~OidcClient();
    OidcClient(OidcClient&&) noexcept;

    const Provider& provider() const;

    /// Begins: `redirect_uri` is the absolute address of /sign-in/oidc/KEY/back as the provider knows it.
    /// Throws Problem "oidc.unreachable" (503), "oidc.bad-answer" (502), "oidc.wrong-issuer" (502).
    BegunSignIn begin(const std::string& redirect_uri, Language language, Seconds now);

    /// Exchanges the code and checks everything that the provider asserts. Problems, besides those of begin():
    /// "oidc.wrong-state", "oidc.too-late", "oidc.refused" (argument error: the person or provider said no),
    /// "oidc.no-code", "oidc.code-refused", "oidc.client-refused" (502: our secret is wrong), "oidc.clock" (argument
    /// seconds: by how much the clocks differ), "oidc.token-form", "oidc.token-algorithm", "oidc.token-key",
    /// "oidc.token-signature", "oidc.token-claim" (argument claim: iss, aud, azp, iat, exp, nonce, at_hash, sub).
    Identity finish(const ProviderAnswer& answer, const PendingSignIn& pending, Seconds now);

    /// Where to send the browser to end the session at the provider too; nothing if the provider cannot do that or
    /// cannot be reached.
    std::optional<std::string> sign_out_address(const std::string& id_token, const std::string& back_to, Seconds now);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace guidon::accounts
