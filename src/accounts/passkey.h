// Passkeys: what does the browser have to be asked, and does its answer prove the key that we know?
//
// WebAuthn Level 2/3 (W3C), the relying party's side; cryptography by libfido2. Attestation is not asked for: who made
// a key does not matter here. All binary values are base64url texts, as in the JSON forms of the standard, so they can
// be kept and compared as texts.
//
// A ceremony: make a challenge (`link_token()`), keep it with its purpose and an end of a few minutes in the session,
// send the options, take the kept challenge back (once) and verify the answer with it.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"

namespace guidon::accounts {

/// Whether the key has to know its owner too (finger, face, PIN), not only a touch.
enum class UserVerification {
    required,    // as the only factor
    preferred,   // asked for, not insisted on
    discouraged  // beside a password
};

/// One question to the browser. Both halves – options and check – take the same one.
struct Ceremony {
    std::string challenge;  // base64url
    std::string origin;     // "https://guidon.example.org", with the port unless it is the scheme's own
    std::string rp_id;      // "guidon.example.org": the host of the origin or a parent domain of it
    UserVerification user_verification = UserVerification::required;
};

/// Whom a new passkey is for. `handle` is random (base64url, at most 64 bytes), lasting, and tells nothing about the
/// person.
struct PasskeyUser {
    std::string handle;
    std::string name;          // sign-in name
    std::string display_name;  // as the browser shows it
};

/// A key that is known already: in the list of those not to be made twice, or of those that may answer.
struct KnownPasskey {
    std::string credential_id;
    std::vector<std::string> transports;  // "usb", "internal", …
};

/// PublicKeyCredentialCreationOptionsJSON. Asks for ES256, EdDSA or RS256 and no attestation. A key that has to know
/// its owner is discoverable too (it can sign in without a name), others are where they can. Browsers make no second
/// key on a device that has one of `existing`.
boost::json::object creation_options(const Ceremony& ceremony, std::string_view site_name, const PasskeyUser& user,
                                     const std::vector<KnownPasskey>& existing);
/// PublicKeyCredentialRequestOptionsJSON. An empty `permitted` lets the person choose among their discoverable keys
/// (sign-in without a name); beside a password, name the account's keys.
boost::json::object request_options(const Ceremony& ceremony, const std::vector<KnownPasskey>& permitted);

/// What is to be kept of a new passkey.
struct NewPasskey {
    std::string credential_id;
    std::string public_key;  // base64url of the key as libfido2 takes it
    int algorithm = 0;       // COSE: -7 ES256, -8 EdDSA, -257 RS256
    std::uint32_t sign_count = 0;
    std::string aaguid;  // "00000000-0000-0000-0000-000000000000" where the make is not told
    std::vector<std::string> transports;
    bool user_verified = false;
    bool can_be_backed_up = false;  // may live on several devices of its owner
    bool backed_up = false;
};

/// Verifies a RegistrationResponseJSON. Throws the first Problem of:
/// "account.passkey-malformed"  not an answer of that form (also: longer than 64 KiB)
/// "account.passkey-challenge"  the answer to another question: too late, twice, another page
/// "account.passkey-origin" {origin, expected}  made on another site, or inside a page of another site
/// "account.passkey-site"       the key is bound to another host
/// "account.passkey-not-touched", "account.passkey-not-verified"  nobody there; not shown to be the owner
/// "account.passkey-algorithm"  a kind of key that we did not ask for
NewPasskey verify_registration(std::string_view response_json, const Ceremony& expected);

/// Who says to be there: read from an AuthenticationResponseJSON before anything is proven, to find the key.
/// Throws "account.passkey-malformed".
struct ClaimedPasskey {
    std::string credential_id;
    std::string user_handle;  // "" where the key does not tell (second factor)
};
ClaimedPasskey claimed_passkey(std::string_view response_json);

/// What was kept of a passkey, and of the account that it belongs to.
struct StoredPasskey {
    std::string credential_id;
    std::string public_key;
    int algorithm = 0;
    std::uint32_t sign_count = 0;
    std::string user_handle;
};

struct PasskeyProof {
    std::uint32_t sign_count = 0;  // to be kept
    bool user_verified = false;
    bool backed_up = false;
};

/// Verifies an AuthenticationResponseJSON. Throws as `verify_registration`, and:
/// "account.passkey-other"      answered by another key, or by the key of another account
/// "account.passkey-signature"  the signature is not of this key
/// "account.passkey-cloned"     its counter went back: a copy of the key may exist (the signature is right; end its
/// use)
PasskeyProof verify_assertion(std::string_view response_json, const StoredPasskey& stored, const Ceremony& expected);

}  // namespace guidon::accounts
