#include "accounts/passkey.h"

#include <cbor.h>
#include <fido.h>
#include <fido/eddsa.h>
#include <fido/es256.h>
#include <fido/rs256.h>

#include <array>
#include <boost/json.hpp>
#include <memory>
#include <new>

#include "accounts/cbor_bounds.h"
#include "accounts/client_data.h"
#include "accounts/secret.h"
#include "base/assert.h"

namespace guidon::accounts {
namespace {

namespace json = boost::json;

constexpr std::array algorithms = {COSE_ES256, COSE_EDDSA, COSE_RS256};  // wished most first
constexpr int answer_within_ms = 5 * 60 * 1000;

template <auto release>
struct Released {
    template <class T>
    void operator()(T* thing) const {
        release(&thing);
    }
};
using Credential = std::unique_ptr<fido_cred_t, Released<fido_cred_free>>;
using Assertion = std::unique_ptr<fido_assert_t, Released<fido_assert_free>>;
using CborItem = std::unique_ptr<cbor_item_t, Released<cbor_decref>>;

template <class Pointer>
Pointer there(Pointer pointer) {
    if (!pointer) throw std::bad_alloc();
    return pointer;
}

void fido_ready() {
    static const bool ready = [] {
        fido_init(0);
        return true;
    }();
    GUIDON_ASSERT(ready);
}

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}
std::string_view view(const unsigned char* bytes, std::size_t size) {
    return {reinterpret_cast<const char*>(bytes), size};
}

std::string_view word(UserVerification verification) {
    switch (verification) {
        case UserVerification::required:
            return "required";
        case UserVerification::preferred:
            return "preferred";
        case UserVerification::discouraged:
            break;
    }
    return "discouraged";
}

json::array descriptors(const std::vector<KnownPasskey>& keys) {
    json::array list;
    for (const KnownPasskey& key : keys) {
        json::object each{{"type", "public-key"}, {"id", key.credential_id}};
        if (!key.transports.empty()) each["transports"] = json::array(key.transports.begin(), key.transports.end());
        list.push_back(std::move(each));
    }
    return list;
}

/// The byte string `authData` of an attestation object; what else it says about the maker of the key is not looked at.
std::string authenticator_data(std::string_view attestation_object) {
    if (!promises_are_kept(attestation_object)) refuse_passkey("malformed");
    cbor_load_result result{};
    const CborItem item(cbor_load(bytes_of(attestation_object), attestation_object.size(), &result));
    if (!item || result.read != attestation_object.size() || !cbor_isa_map(item.get()) ||
        !cbor_map_is_definite(item.get()))
        refuse_passkey("malformed");
    for (std::size_t i = 0; i < cbor_map_size(item.get()); ++i) {
        const cbor_pair pair = cbor_map_handle(item.get())[i];
        if (!cbor_isa_string(pair.key) || !cbor_string_is_definite(pair.key)) continue;
        if (view(cbor_string_handle(pair.key), cbor_string_length(pair.key)) != "authData") continue;
        if (!cbor_isa_bytestring(pair.value) || !cbor_bytestring_is_definite(pair.value)) break;
        return std::string(view(cbor_bytestring_handle(pair.value), cbor_bytestring_length(pair.value)));
    }
    refuse_passkey("malformed");
}

constexpr std::size_t es256_bytes = 64;       // x and y
constexpr std::size_t eddsa_bytes = 32;       // RFC 8032
constexpr std::size_t rs256_bytes = 256 + 3;  // modulus and exponent

/// A public key as libfido2 verifies with it.
using PublicKey = std::unique_ptr<void, void (*)(void*)>;

template <auto fresh, auto take, auto release, std::size_t size>
PublicKey taken_key(std::string_view bytes) {
    auto* const key = there(fresh());
    PublicKey held(key, [](void* each) {
        auto* typed = static_cast<decltype(fresh())>(each);
        release(&typed);
    });
    if (bytes.size() != size || take(key, bytes.data(), bytes.size()) != FIDO_OK) held.reset();
    return held;
}

/// Taking a key checks it: a point on its curve, an RSA key of its size. Null if `bytes` are no key of `algorithm`.
PublicKey public_key(int algorithm, std::string_view bytes) {
    switch (algorithm) {
        case COSE_ES256:
            return taken_key<es256_pk_new, es256_pk_from_ptr, es256_pk_free, es256_bytes>(bytes);
        case COSE_EDDSA:
            return taken_key<eddsa_pk_new, eddsa_pk_from_ptr, eddsa_pk_free, eddsa_bytes>(bytes);
        case COSE_RS256:
            return taken_key<rs256_pk_new, rs256_pk_from_ptr, rs256_pk_free, rs256_bytes>(bytes);
        default:
            return {nullptr, nullptr};
    }
}

/// WebAuthn 6.1: what follows the counter in authenticator data, and there the make (16 bytes) and id of a new
/// credential.
constexpr std::size_t after_counter = 37;
constexpr std::size_t make_bytes = 16;

std::string_view after_credential_id(std::string_view data) {
    constexpr std::size_t id = after_counter + make_bytes + 2;
    if (data.size() < id) refuse_passkey("malformed");
    const auto byte = [&](std::size_t at) { return static_cast<std::size_t>(static_cast<unsigned char>(data[at])); };
    const std::size_t id_bytes = byte(id - 2) << 8 | byte(id - 1);
    if (data.size() - id < id_bytes) refuse_passkey("malformed");
    return data.substr(id + id_bytes);
}

/// The new credential in `data`, in whichever of our algorithms it is. Throws "account.passkey-algorithm".
Credential credential_in(std::string_view data) {
    fido_ready();
    if (!promises_are_kept(after_credential_id(data))) refuse_passkey("malformed");
    for (const int algorithm : algorithms) {
        Credential credential(there(fido_cred_new()));
        if (fido_cred_set_type(credential.get(), algorithm) == FIDO_OK &&
            fido_cred_set_authdata_raw(credential.get(), bytes_of(data), data.size()) == FIDO_OK)
            return credential;
    }
    refuse_passkey("algorithm");
}

std::string uuid(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
        const auto byte = static_cast<unsigned char>(bytes[i]);
        text += {digits[byte >> 4], digits[byte & 15]};
    }
    return text;
}

/// The ways to reach the key that the browser tells of, those that the standard names; the others mean nothing yet.
std::vector<std::string> transports_in(const json::object& response) {
    std::vector<std::string> found;
    const json::value* const list = response.if_contains("transports");
    if (!list || !list->is_array()) return found;
    for (const std::string_view known : {"ble", "hybrid", "internal", "nfc", "smart-card", "usb"})
        for (const json::value& each : list->as_array())
            if (each.is_string() && std::string_view(each.as_string()) == known) {
                found.emplace_back(known);
                break;
            }
    return found;
}

/// The handle of the account as the key tells it; "" where it tells none.
std::string user_handle_in(const json::object& response) {
    const json::value* const handle = response.if_contains("userHandle");
    if (!handle || handle->is_null()) return {};
    return base64url(bytes_field(response, "userHandle"));
}

void check_signature(const Answer& answer, std::string_view data, const StoredPasskey& stored,
                     const Ceremony& expected) {
    const auto key_bytes = base64url_bytes(stored.public_key);
    GUIDON_ASSERT(key_bytes.has_value());
    const PublicKey key = public_key(stored.algorithm, *key_bytes);
    GUIDON_ASSERT(key != nullptr);
    const std::string signature = bytes_field(answer.response, "signature");
    const Assertion assertion(there(fido_assert_new()));
    fido_assert_t* const each = assertion.get();
    GUIDON_ASSERT(fido_assert_set_count(each, 1) == FIDO_OK);
    GUIDON_ASSERT(fido_assert_set_rp(each, expected.rp_id.c_str()) == FIDO_OK);
    GUIDON_ASSERT(fido_assert_set_clientdata(each, bytes_of(answer.client_data), answer.client_data.size()) == FIDO_OK);
    if (!promises_are_kept(data.substr(after_counter))) refuse_passkey("malformed");
    if (fido_assert_set_authdata_raw(each, 0, bytes_of(data), data.size()) != FIDO_OK) refuse_passkey("malformed");
    if (fido_assert_set_sig(each, 0, bytes_of(signature), signature.size()) != FIDO_OK) refuse_passkey("malformed");
    if (fido_assert_verify(each, 0, stored.algorithm, key.get()) != FIDO_OK) refuse_passkey("signature");
}

/// WebAuthn 7.2, the last step: a counter that counts has to go up.
void check_counter(std::uint32_t now, std::uint32_t before) {
    if ((now != 0 || before != 0) && now <= before) refuse_passkey("cloned");
}

}  // namespace

json::object creation_options(const Ceremony& ceremony, std::string_view site_name, const PasskeyUser& user,
                              const std::vector<KnownPasskey>& existing) {
    json::array wished;
    for (const int algorithm : algorithms) wished.push_back({{"type", "public-key"}, {"alg", algorithm}});
    return {
        {"challenge", ceremony.challenge},
        {"rp", {{"id", ceremony.rp_id}, {"name", site_name}}},
        {"user", {{"id", user.handle}, {"name", user.name}, {"displayName", user.display_name}}},
        {"pubKeyCredParams", std::move(wished)},
        {"timeout", answer_within_ms},
        {"excludeCredentials", descriptors(existing)},
        {"authenticatorSelection",
         {{"residentKey", ceremony.user_verification == UserVerification::required ? "required" : "preferred"},
          {"requireResidentKey", ceremony.user_verification == UserVerification::required},
          {"userVerification", word(ceremony.user_verification)}}},
        {"attestation", "none"},
    };
}

json::object request_options(const Ceremony& ceremony, const std::vector<KnownPasskey>& permitted) {
    return {
        {"challenge", ceremony.challenge},
        {"rpId", ceremony.rp_id},
        {"timeout", answer_within_ms},
        {"allowCredentials", descriptors(permitted)},
        {"userVerification", word(ceremony.user_verification)},
    };
}

NewPasskey verify_registration(std::string_view response_json, const Ceremony& expected) {
    const Answer answer = read_answer(response_json);
    check_client_data(answer, CeremonyKind::registration, expected);
    const std::string data = authenticator_data(bytes_field(answer.response, "attestationObject"));
    const AuthenticatorFlags flags = check_authenticator_data(data, expected);
    const Credential credential = credential_in(data);
    const fido_cred_t* const made = credential.get();

    NewPasskey passkey;
    passkey.credential_id = base64url(view(fido_cred_id_ptr(made), fido_cred_id_len(made)));
    if (passkey.credential_id != answer.credential_id) refuse_passkey("malformed");
    const std::string_view key = view(fido_cred_pubkey_ptr(made), fido_cred_pubkey_len(made));
    passkey.algorithm = fido_cred_type(made);
    if (!public_key(passkey.algorithm, key)) refuse_passkey("malformed");
    passkey.public_key = base64url(key);
    passkey.sign_count = flags.sign_count;
    passkey.aaguid = uuid(view(fido_cred_aaguid_ptr(made), fido_cred_aaguid_len(made)));
    passkey.transports = transports_in(answer.response);
    passkey.user_verified = flags.user_verified;
    passkey.can_be_backed_up = flags.can_be_backed_up;
    passkey.backed_up = flags.backed_up;
    return passkey;
}

ClaimedPasskey claimed_passkey(std::string_view response_json) {
    Answer answer = read_answer(response_json);
    std::string handle = user_handle_in(answer.response);
    return {std::move(answer.credential_id), std::move(handle)};
}

PasskeyProof verify_assertion(std::string_view response_json, const StoredPasskey& stored, const Ceremony& expected) {
    fido_ready();
    const Answer answer = read_answer(response_json);
    const std::string handle = user_handle_in(answer.response);
    if (answer.credential_id != stored.credential_id || (!handle.empty() && handle != stored.user_handle))
        refuse_passkey("other");
    check_client_data(answer, CeremonyKind::assertion, expected);
    const std::string data = bytes_field(answer.response, "authenticatorData");
    const AuthenticatorFlags flags = check_authenticator_data(data, expected);
    check_signature(answer, data, stored, expected);
    check_counter(flags.sign_count, stored.sign_count);
    return {flags.sign_count, flags.user_verified, flags.backed_up};
}

}  // namespace guidon::accounts
