// Who vouches for the journal? An Ed25519 key with a name, written as C2SP signed-note and the tools around it do
// (c2sp.org/signed-note). The secret half is in a file outside the database, so that whoever can change the
// database cannot sign what they made of it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace guidon::store {

/// What checks a signature; may be given to anybody.
class PublicKey {
public:
    PublicKey(std::string name, const std::array<unsigned char, 32>& bytes) : name_(std::move(name)), bytes_(bytes) {}
    /// `NAME+ID+BASE64(0x01 ‖ key)`; nothing for anything else, by a single letter too.
    static std::optional<PublicKey> parse(std::string_view text);
    std::string text() const;

    /// Names the journal: `guidon/journal/` and 16 characters.
    const std::string& name() const { return name_; }
    /// For people to compare: 128 bits of SHA-256(name ‖ 0x0A ‖ 0x01 ‖ key) as 8 groups of 4 hexadecimal digits.
    std::string fingerprint() const;
    /// Whether `line` (without its line end) is this key's signature over `text`: `— NAME BASE64(ID ‖ signature)`.
    bool has_signed(std::string_view text, std::string_view line) const;
    /// The 4 bytes that begin each signature: the first of the hash of which the fingerprint shows more.
    std::string id() const;

    bool operator==(const PublicKey&) const = default;

private:
    std::string hash() const;
    std::string name_;
    std::array<unsigned char, 32> bytes_;
};

class SigningKey {
public:
    /// A new pair with a name of its own.
    static SigningKey generate();
    /// `PRIVATE+KEY+NAME+ID+BASE64(0x01 ‖ seed)`
    static std::optional<SigningKey> parse(std::string_view text);
    std::string text() const;

    const PublicKey& public_key() const { return public_; }
    /// The line `— NAME BASE64(ID ‖ signature)` for `text`, without a line end.
    std::string sign(std::string_view text) const;

    /// A secret of its own for each `purpose`, 32 bytes (HMAC-SHA-256 of the seed): tells nothing of the key.
    std::string derived(std::string_view purpose) const;

private:
    SigningKey(const std::string& name, const std::array<unsigned char, 32>& seed);
    std::array<unsigned char, 32> seed_;
    std::array<unsigned char, 64> secret_;
    PublicKey public_;
};

/// The key in `file`; nothing if there is no such file. Throws Problem "store.journal-key" if it cannot be read or
/// holds no key.
std::optional<SigningKey> read_key_file(const std::string& file);
/// Writes `file` for its owner alone (mode 0600), to the disk. Throws Problem "store.journal-key".
void write_key_file(const std::string& file, const SigningKey& key);

/// Base 64 with padding (RFC 4648, section 4).
std::string base64(std::string_view bytes);
/// Nothing unless `text` is exactly what base64() gives for something.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace guidon::store
