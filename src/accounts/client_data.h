// What did the browser sign? An answer to a passkey's question, taken apart and held against the question.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <string>
#include <string_view>

#include "accounts/passkey.h"

namespace guidon::accounts {

enum class CeremonyKind { registration, assertion };

/// The parts that both kinds of answers have, as bytes.
struct Answer {
    std::string credential_id;  // base64url
    std::string client_data;    // bytes of the JSON that was signed
    boost::json::object response;
};

/// Throws "account.passkey-malformed" unless `response_json` is a PublicKeyCredential's JSON with the fields of
/// `Answer`.
Answer read_answer(std::string_view response_json);
/// The bytes of a base64url field of `response`, not empty. Throws "account.passkey-malformed".
std::string bytes_field(const boost::json::object& response, std::string_view name);

/// WebAuthn 7.1 and 7.2: type, challenge, origin, crossOrigin of the client data. Throws as passkey.h says.
void check_client_data(const Answer& answer, CeremonyKind kind, const Ceremony& expected);

/// The fixed beginning of authenticator data (WebAuthn 6.1).
struct AuthenticatorFlags {
    bool user_present = false;
    bool user_verified = false;
    bool can_be_backed_up = false;
    bool backed_up = false;
    std::uint32_t sign_count = 0;
};
/// Checks whose site and whose presence `authenticator_data` speaks of. Throws as passkey.h says.
AuthenticatorFlags check_authenticator_data(std::string_view authenticator_data, const Ceremony& expected);

[[noreturn]] void refuse_passkey(std::string_view what, Arguments arguments = {});

}  // namespace guidon::accounts
