#include "accounts/client_data.h"

#include <sodium.h>

#include <array>
#include <boost/json.hpp>

#include "accounts/secret.h"
#include "base/language.h"

namespace guidon::accounts {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_answer = std::size_t{64} << 10;  // an RSA key with all that browsers add is below 4 KiB
constexpr std::size_t deepest_answer = 8;
constexpr std::size_t longest_credential_id = 1023;      // bytes; WebAuthn 4, "Credential ID"
constexpr std::size_t shortest_authenticator_data = 37;  // hash of the site, flags, counter

json::object object_of(std::string_view text) {
    json::parse_options options;
    options.max_depth = deepest_answer;
    json::error_code error;
    json::value value = json::parse({text.data(), text.size()}, error, {}, options);
    if (error || !value.is_object()) refuse_passkey("malformed");
    return std::move(value.as_object());
}

/// The text of a field, or nothing to compare with.
std::string_view text_field(const json::object& object, std::string_view name) {
    const json::value* const value = object.if_contains({name.data(), name.size()});
    if (!value || !value->is_string()) return {};
    return {value->as_string().data(), value->as_string().size()};
}

/// What an origin may look like in a message: it comes from outside.
std::string shown(std::string_view origin) {
    constexpr std::size_t longest_shown = 100;
    return first_invalid_utf8(origin) ? "?" : std::string(origin.substr(0, longest_shown));
}

}  // namespace

void refuse_passkey(std::string_view what, Arguments arguments) {
    throw Problem("account.passkey-" + std::string(what), std::move(arguments), "passkey");
}

std::string bytes_field(const json::object& response, std::string_view name) {
    auto bytes = base64url_bytes(text_field(response, name));
    if (!bytes || bytes->empty()) refuse_passkey("malformed");
    return std::move(*bytes);
}

Answer read_answer(std::string_view response_json) {
    if (response_json.size() > longest_answer) refuse_passkey("malformed");
    json::object whole = object_of(response_json);
    if (text_field(whole, "type") != "public-key") refuse_passkey("malformed");
    if (bytes_field(whole, "id").size() > longest_credential_id) refuse_passkey("malformed");
    json::value* const response = whole.if_contains("response");
    if (!response || !response->is_object()) refuse_passkey("malformed");
    return {std::string(text_field(whole, "id")), bytes_field(response->as_object(), "clientDataJSON"),
            std::move(response->as_object())};
}

void check_client_data(const Answer& answer, CeremonyKind kind, const Ceremony& expected) {
    const json::object client = object_of(answer.client_data);
    if (text_field(client, "type") != (kind == CeremonyKind::registration ? "webauthn.create" : "webauthn.get"))
        refuse_passkey("malformed");
    const std::string_view challenge = text_field(client, "challenge");
    if (challenge.empty() || !same_secret(challenge, expected.challenge)) refuse_passkey("challenge");
    const std::string_view origin = text_field(client, "origin");
    const json::value* const cross = client.if_contains("crossOrigin");
    const bool in_foreign_page = cross && !(cross->is_bool() && !cross->as_bool());
    if (origin != expected.origin || in_foreign_page)
        refuse_passkey("origin", {{"origin", shown(origin)}, {"expected", expected.origin}});
}

AuthenticatorFlags check_authenticator_data(std::string_view authenticator_data, const Ceremony& expected) {
    if (authenticator_data.size() < shortest_authenticator_data) refuse_passkey("malformed");
    std::array<unsigned char, crypto_hash_sha256_BYTES> site{};
    crypto_hash_sha256(site.data(), reinterpret_cast<const unsigned char*>(expected.rp_id.data()),
                       expected.rp_id.size());
    if (sodium_memcmp(authenticator_data.data(), site.data(), site.size()) != 0) refuse_passkey("site");
    const auto byte = [&](std::size_t at) {
        return static_cast<std::uint32_t>(static_cast<unsigned char>(authenticator_data[at]));
    };
    const std::uint32_t flags = byte(site.size());
    AuthenticatorFlags found;
    found.user_present = (flags & 0x01) != 0;
    found.user_verified = (flags & 0x04) != 0;
    found.can_be_backed_up = (flags & 0x08) != 0;
    found.backed_up = (flags & 0x10) != 0;
    found.sign_count = byte(33) << 24 | byte(34) << 16 | byte(35) << 8 | byte(36);
    if (found.backed_up && !found.can_be_backed_up) refuse_passkey("malformed");
    if (!found.user_present) refuse_passkey("not-touched");
    if (expected.user_verification == UserVerification::required && !found.user_verified)
        refuse_passkey("not-verified");
    return found;
}

}  // namespace guidon::accounts
