#include "accounts/secret.h"

#include <sodium.h>

#include <algorithm>
#include <array>

#include "accounts/ready.h"
#include "store/hash.h"

namespace guidon::accounts {
namespace {

constexpr std::string_view base32_digits = "abcdefghijklmnopqrstuvwxyz234567";
constexpr std::string_view crockford_digits = "0123456789abcdefghjkmnpqrstvwxyz";

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

std::string random_bytes(std::size_t count) {
    sodium_ready();
    std::string bytes(count, '\0');
    randombytes_buf(bytes.data(), bytes.size());
    return bytes;
}

/// One of 32 digits for each byte.
std::string in_digits(std::string_view bytes, std::string_view digits) {
    std::string text;
    for (const char byte : bytes) text += digits[static_cast<unsigned char>(byte) & 31];
    return text;
}

std::string hmac(std::string_view key, std::string_view text) {
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, bytes_of(key), key.size());
    crypto_auth_hmacsha256_update(&state, bytes_of(text), text.size());
    std::string code(crypto_auth_hmacsha256_BYTES, '\0');
    crypto_auth_hmacsha256_final(&state, reinterpret_cast<unsigned char*>(code.data()));
    sodium_memzero(&state, sizeof state);
    return code;
}

constexpr std::string_view token_prefix = "gdn_";
constexpr std::size_t token_random = 32;
constexpr std::size_t token_check = 7;

std::string check_digits(std::string_view token) {
    return in_digits(hmac("check digits of an access token", token).substr(0, token_check), base32_digits);
}

constexpr std::size_t secret_bytes = 32;
constexpr std::size_t recovery_digits = 12;
constexpr std::size_t recovery_group = 4;
constexpr std::size_t recovery_count = 10;

std::string in_groups(std::string_view digits) {
    std::string text;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && i % recovery_group == 0) text += '-';
        text += digits[i];
    }
    return text;
}

}  // namespace

std::string session_token() {
    return base64url(random_bytes(secret_bytes));
}
std::string link_token() {
    return base64url(random_bytes(secret_bytes));
}
std::string new_key() {
    return base64url(random_bytes(secret_bytes));
}

std::string access_token() {
    const std::string token = std::string(token_prefix) + in_digits(random_bytes(token_random), base32_digits);
    return token + check_digits(token);
}

bool is_access_token(std::string_view text) {
    if (text.size() != token_prefix.size() + token_random + token_check || !text.starts_with(token_prefix))
        return false;
    if (text.find_first_not_of(base32_digits, token_prefix.size()) != text.npos) return false;
    const std::size_t end = text.size() - token_check;
    return same_secret(text.substr(end), check_digits(text.substr(0, end)));
}

std::vector<std::string> recovery_codes() {
    std::vector<std::string> codes;
    while (codes.size() < recovery_count) {
        std::string code = in_groups(in_digits(random_bytes(recovery_digits), crockford_digits));
        if (std::find(codes.begin(), codes.end(), code) == codes.end()) codes.push_back(std::move(code));
    }
    return codes;
}

std::optional<std::string> recovery_code(std::string_view typed) {
    std::string digits;
    for (char c : typed) {
        if (c == '-' || c == ' ') continue;
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        if (c == 'o') c = '0';
        if (c == 'i' || c == 'l') c = '1';
        if (crockford_digits.find(c) == crockford_digits.npos || digits.size() == recovery_digits) return std::nullopt;
        digits += c;
    }
    if (digits.size() != recovery_digits) return std::nullopt;
    return in_groups(digits);
}

std::string secret_hash(std::string_view secret, std::string_view salt) {
    if (salt.empty()) return store::sha256_hex(secret);
    const std::string code = hmac(salt, secret);
    std::array<char, 2 * crypto_auth_hmacsha256_BYTES + 1> hex{};
    return sodium_bin2hex(hex.data(), hex.size(), bytes_of(code), code.size());
}

bool same_secret(std::string_view one, std::string_view other) {
    return one.size() == other.size() && sodium_memcmp(one.data(), other.data(), one.size()) == 0;
}

std::string key_for(std::string_view purpose, std::string_view key) {
    return base64url(hmac(key, purpose));
}

std::string sealed(std::string_view key, std::string_view text) {
    return base64url(text) + "." + base64url(hmac(key, text));
}

std::string hidden(std::string_view key, std::string_view text) {
    const std::string nonce = random_bytes(crypto_secretbox_NONCEBYTES), box_key = hmac(key, "hidden");
    std::string box(crypto_secretbox_MACBYTES + text.size(), '\0');
    crypto_secretbox_easy(reinterpret_cast<unsigned char*>(box.data()), bytes_of(text), text.size(), bytes_of(nonce),
                          bytes_of(box_key));
    return base64url(nonce + box);
}

std::optional<std::string> revealed(std::string_view key, std::string_view hidden) {
    const auto bytes = base64url_bytes(hidden);
    constexpr std::size_t around = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
    if (!bytes || bytes->size() < around) return std::nullopt;
    const std::string box = bytes->substr(crypto_secretbox_NONCEBYTES), box_key = hmac(key, "hidden");
    std::string text(bytes->size() - around, '\0');
    if (crypto_secretbox_open_easy(reinterpret_cast<unsigned char*>(text.data()), bytes_of(box), box.size(),
                                   bytes_of(*bytes), bytes_of(box_key)) != 0)
        return std::nullopt;
    return text;
}

std::optional<std::string> unsealed(std::string_view key, std::string_view sealed) {
    const std::size_t dot = sealed.find('.');
    if (dot == sealed.npos) return std::nullopt;
    auto text = base64url_bytes(sealed.substr(0, dot));
    const auto code = base64url_bytes(sealed.substr(dot + 1));
    if (!text || !code || !same_secret(*code, hmac(key, *text))) return std::nullopt;
    return text;
}

std::string base64url(std::string_view bytes) {
    constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
    std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes_of(bytes), bytes.size(), variant);
    text.pop_back();  // the end of a C text
    return text;
}

std::optional<std::string> base64url_bytes(std::string_view text) {
    // libsodium 1.0.18 takes bytes from 0x80 on for some of the characters.
    constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    if (text.find_first_not_of(digits) != text.npos) return std::nullopt;
    std::string bytes(text.size(), '\0');
    std::size_t count = 0;
    if (sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(), text.size(),
                          nullptr, &count, nullptr, sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0)
        return std::nullopt;
    bytes.resize(count);
    return bytes;
}

}  // namespace guidon::accounts
