// Secrets that the server makes: which forms do they have, and what is kept of them?
//
// All come from the system's generator. What opens an account is kept as `secret_hash` only: who reads the database
// cannot sign in with it. Texts here are ASCII and safe in addresses, cookies and forms.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace guidon::accounts {

/// For the cookie of a session: 256 bits, 43 characters base64url.
std::string session_token();
/// For set-up, invitation and reset links and for challenges: 256 bits, 43 characters base64url.
std::string link_token();
/// A personal access token: "gdn_", 32 characters (160 bits) and a check sum of 7, all of a–z and 2–7. The prefix lets
/// scanners of leaked secrets find it (pattern in `access_token_pattern`), the check sum lets us refuse typing errors
/// without a look-up.
std::string access_token();
constexpr std::string_view access_token_pattern = "gdn_[a-z2-7]{39}";
/// Whether `text` has the form and the check sum of an access token. Says nothing about whether it was ever given out.
bool is_access_token(std::string_view text);

/// Ten new recovery codes, each "xxxx-xxxx-xxxx" in Crockford's base 32 (60 bits), all different.
std::vector<std::string> recovery_codes();
/// A recovery code as typed – any case, with or without hyphens and spaces, O for 0, I and L for 1 – in the one form
/// that is hashed; nothing if it is not one.
std::optional<std::string> recovery_code(std::string_view typed);

/// What is kept instead of a secret: SHA-256 in 64 hexadecimal digits; with a `salt` (for recovery codes, whose 60 bits
/// are few: a random one per account) HMAC-SHA-256 with the salt as key.
std::string secret_hash(std::string_view secret, std::string_view salt = {});
/// Compares in a time that depends on the lengths only.
bool same_secret(std::string_view one, std::string_view other);

/// A new key for sealing, or a salt: 256 bits, 43 characters base64url.
std::string new_key();
/// The key for one purpose ("device cookie", "form token"), so that what is sealed for one is worth nothing for
/// another.
std::string key_for(std::string_view purpose, std::string_view key);
/// `text` readable by everyone, but ours only: base64url of it, ".", base64url of its HMAC-SHA-256 under `key`.
/// Anything that has to end (a date) or belongs to one session or account stands in the text.
std::string sealed(std::string_view key, std::string_view text);
/// The text of `sealed` if it was sealed with `key`, else nothing.
std::optional<std::string> unsealed(std::string_view key, std::string_view sealed);

/// `text` as whoever has not `key` cannot read it (XSalsa20-Poly1305, a nonce of its own each time), base64url.
std::string hidden(std::string_view key, std::string_view text);
/// The text of `hidden` if it was hidden with `key`, else nothing.
std::optional<std::string> revealed(std::string_view key, std::string_view hidden);

/// RFC 4648, section 5, without padding.
std::string base64url(std::string_view bytes);
/// Nothing if `text` is not the one way to write some bytes (padding, other characters, stray bits).
std::optional<std::string> base64url_bytes(std::string_view text);

}  // namespace guidon::accounts
