#include "store/journal_key.h"

#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/assert.h"
#include "base/problem.h"
#include "store/hash.h"
#include "store/store.h"

namespace guidon::store {
namespace {

constexpr char algorithm = 1;  // Ed25519, as signed-note numbers it
constexpr std::string_view dash = "\xe2\x80\x94 ";

const unsigned char* raw(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

/// What stands behind the last `NAME+ID+` of a key: 32 bytes. Sets the name.
std::optional<std::array<unsigned char, 32>> key_bytes(std::string_view text, std::string& name, std::string& id) {
    const auto first = text.find('+');
    const auto second = first == std::string_view::npos ? first : text.find('+', first + 1);
    if (first == 0 || second == std::string_view::npos) return {};
    name = text.substr(0, first);
    id = text.substr(first + 1, second - first - 1);
    const auto bytes = from_base64(text.substr(second + 1));
    if (!bytes || bytes->size() != 33 || bytes->front() != algorithm) return {};
    if (std::any_of(name.begin(), name.end(), [](unsigned char c) { return c <= ' ' || c > '~'; })) return {};
    std::array<unsigned char, 32> key;
    std::copy(bytes->begin() + 1, bytes->end(), key.begin());
    return key;
}

std::string hex_of(std::string_view bytes) {
    std::string text(2 * bytes.size() + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), raw(bytes), bytes.size());
    text.pop_back();
    return text;
}

std::string with_algorithm(const std::array<unsigned char, 32>& bytes) {
    return algorithm + std::string(bytes.begin(), bytes.end());
}

[[noreturn]] void refuse(const std::string& file, const char* reason, const std::string& detail = "") {
    throw Problem("store.journal-key", {{"file", file}, {"reason", reason}, {"detail", detail}}, "", 503);
}

/// So that the file's name survives a power cut, too.
void sync_folder(const std::string& file) {
    const auto folder = std::filesystem::path(file).parent_path();
    const int descriptor = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY);
    if (descriptor < 0) return;
    fsync(descriptor);
    close(descriptor);
}

}  // namespace

std::string base64(std::string_view bytes) {
    std::string text(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
    sodium_bin2base64(text.data(), text.size(), raw(bytes), bytes.size(), sodium_base64_VARIANT_ORIGINAL);
    text.pop_back();
    return text;
}

std::optional<std::string> from_base64(std::string_view text) {
    std::string bytes(text.size(), '\0');
    std::size_t size = 0;
    if (sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(), text.size(),
                          nullptr, &size, nullptr, sodium_base64_VARIANT_ORIGINAL) != 0) {
        return {};
    }
    bytes.resize(size);
    if (base64(bytes) != text) return {};
    return bytes;
}

// Public --------------------------------------------------------------------------------------------------------

std::optional<PublicKey> PublicKey::parse(std::string_view text) {
    std::string name, id;
    const auto bytes = key_bytes(text, name, id);
    if (!bytes) return {};
    PublicKey key(name, *bytes);
    if (key.text() != text) return {};
    return key;
}

std::string PublicKey::text() const {
    return name_ + "+" + hex_of(id()) + "+" + base64(with_algorithm(bytes_));
}

std::string PublicKey::hash() const {
    std::string digest(crypto_hash_sha256_BYTES, '\0');
    const std::string bytes = name_ + "\n" + with_algorithm(bytes_);
    crypto_hash_sha256(reinterpret_cast<unsigned char*>(digest.data()), raw(bytes), bytes.size());
    return digest;
}

std::string PublicKey::id() const {
    return hash().substr(0, 4);
}

std::string PublicKey::fingerprint() const {
    const std::string digits = hex_of(hash().substr(0, 16));
    std::string text;
    for (std::size_t i = 0; i < digits.size(); i += 4) text += (i == 0 ? "" : " ") + digits.substr(i, 4);
    return text;
}

bool PublicKey::has_signed(std::string_view text, std::string_view line) const {
    const std::string begin = std::string(dash) + name_ + " ";
    if (!line.starts_with(begin)) return false;
    const auto bytes = from_base64(line.substr(begin.size()));
    if (!bytes || bytes->size() != 4 + crypto_sign_BYTES || bytes->substr(0, 4) != id()) return false;
    return crypto_sign_verify_detached(raw(*bytes) + 4, raw(text), text.size(), bytes_.data()) == 0;
}

// Secret --------------------------------------------------------------------------------------------------------

SigningKey::SigningKey(const std::string& name, const std::array<unsigned char, 32>& seed)
    : seed_(seed), public_(name, {}) {
    std::array<unsigned char, 32> bytes;
    crypto_sign_seed_keypair(bytes.data(), secret_.data(), seed_.data());
    public_ = PublicKey(name, bytes);
}

SigningKey SigningKey::generate() {
    const std::string name = "guidon/journal/" + new_public_id();  // readies libsodium, too
    std::array<unsigned char, 32> seed;
    randombytes_buf(seed.data(), seed.size());
    return SigningKey(name, seed);
}

std::optional<SigningKey> SigningKey::parse(std::string_view text) {
    constexpr std::string_view begin = "PRIVATE+KEY+";
    if (!text.starts_with(begin)) return {};
    std::string name, id;
    const auto seed = key_bytes(text.substr(begin.size()), name, id);
    if (!seed) return {};
    SigningKey key(name, *seed);
    if (hex_of(key.public_.id()) != id) return {};
    return key;
}

std::string SigningKey::text() const {
    return "PRIVATE+KEY+" + public_.name() + "+" + hex_of(public_.id()) + "+" + base64(with_algorithm(seed_));
}

std::string SigningKey::derived(std::string_view purpose) const {
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, seed_.data(), seed_.size());
    crypto_auth_hmacsha256_update(&state, raw(purpose), purpose.size());
    std::string secret(crypto_auth_hmacsha256_BYTES, '\0');
    crypto_auth_hmacsha256_final(&state, reinterpret_cast<unsigned char*>(secret.data()));
    sodium_memzero(&state, sizeof state);
    return secret;
}

std::string SigningKey::sign(std::string_view text) const {
    std::string signature(crypto_sign_BYTES, '\0');
    crypto_sign_detached(reinterpret_cast<unsigned char*>(signature.data()), nullptr, raw(text), text.size(),
                         secret_.data());
    return std::string(dash) + public_.name() + " " + base64(public_.id() + signature);
}

// Files ---------------------------------------------------------------------------------------------------------

std::optional<SigningKey> read_key_file(const std::string& file) {
    std::error_code unknown;
    if (!std::filesystem::exists(file, unknown) && unknown != std::errc::permission_denied) return {};
    std::ifstream in(file, std::ios::binary);
    if (!in) refuse(file, "unreadable", std::strerror(errno));
    std::string text(std::istreambuf_iterator<char>(in), {});
    while (text.ends_with('\n') || text.ends_with('\r')) text.pop_back();
    const auto key = SigningKey::parse(text);
    if (!key) refuse(file, "empty");
    return key;
}

void write_key_file(const std::string& file, const SigningKey& key) {
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0) refuse(file, "unwritable", std::strerror(errno));
    const std::string text = key.text() + "\n";
    const bool written =
        write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && fsync(descriptor) == 0;
    const int wrong = errno;
    close(descriptor);
    if (!written) {
        unlink(file.c_str());
        refuse(file, "unwritable", std::strerror(wrong));
    }
    sync_folder(file);
}

}  // namespace guidon::store
