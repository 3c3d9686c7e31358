#include "web/tls.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/problem.h"

namespace guidon::web {

namespace {

namespace ssl = asio::ssl;

/// Gives back what OpenSSL gave.
struct Free {
    void operator()(BIO* bio) const { BIO_free(bio); }
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};

std::string content_of(const std::string& path) {
    std::error_code unknown;
    if (std::filesystem::is_directory(path, unknown))
        throw Problem("file.not-readable", {{"path", path}, {"reason", "directory"}, {"detail", ""}});
    errno = 0;
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        const char* reason = errno == ENOENT ? "missing" : errno == EACCES ? "denied" : "other";
        throw Problem("file.not-readable", {{"path", path}, {"reason", reason}, {"detail", std::strerror(errno)}});
    }
    return {std::istreambuf_iterator<char>(file), {}};
}

/// What OpenSSL says about its last failure.
std::string last_reason() {
    const char* reason = ERR_reason_error_string(ERR_peek_last_error());
    ERR_clear_error();
    return reason == nullptr ? "?" : reason;
}

/// "2026-11-26 08:00 UTC"
std::string text_of(const ASN1_TIME* time) {
    tm parts{};
    if (ASN1_TIME_to_tm(time, &parts) != 1) return "?";
    char text[32];
    std::strftime(text, sizeof text, "%Y-%m-%d %H:%M UTC", &parts);
    return text;
}

void set_up(ssl::context& context) {
    SSL_CTX* native = context.native_handle();
    SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
    SSL_CTX_set_cipher_list(native, "ECDHE+AESGCM:ECDHE+CHACHA20");  // of TLS 1.2; all of TLS 1.3 are good
    SSL_CTX_set_options(native, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE |
                                    SSL_OP_PRIORITIZE_CHACHA);
    SSL_CTX_set_mode(native, SSL_MODE_RELEASE_BUFFERS);  // idle connections hold no buffers
}

void use_chain(ssl::context& context, const std::string& file) {
    asio::error_code wrong;
    context.use_certificate_chain(asio::buffer(content_of(file)), wrong);
    if (wrong) throw Problem("web.tls-certificate", {{"file", file}, {"reason", wrong.message()}});
    const X509* own = SSL_CTX_get0_certificate(context.native_handle());
    if (X509_cmp_current_time(X509_get0_notAfter(own)) < 0)
        throw Problem("web.tls-expired", {{"file", file}, {"until", text_of(X509_get0_notAfter(own))}});
    if (X509_cmp_current_time(X509_get0_notBefore(own)) > 0)
        throw Problem("web.tls-not-yet", {{"file", file}, {"from", text_of(X509_get0_notBefore(own))}});
}

void use_key(ssl::context& context, const std::string& file, const std::string& chain_file) {
    const std::string content = content_of(file);
    const std::unique_ptr<BIO, Free> bytes(BIO_new_mem_buf(content.data(), static_cast<int>(content.size())));
    const auto no_pass_phrase = [](char*, int, int, void*) { return -1; };
    const std::unique_ptr<EVP_PKEY, Free> key(PEM_read_bio_PrivateKey(bytes.get(), nullptr, no_pass_phrase, nullptr));
    if (!key) throw Problem("web.tls-key", {{"file", file}, {"reason", last_reason()}});
    SSL_CTX* native = context.native_handle();
    if (X509_check_private_key(SSL_CTX_get0_certificate(native), key.get()) != 1) {
        ERR_clear_error();
        throw Problem("web.tls-mismatch", {{"certificate", chain_file}, {"key", file}});
    }
    if (SSL_CTX_use_PrivateKey(native, key.get()) != 1)
        throw Problem("web.tls-key", {{"file", file}, {"reason", last_reason()}});
}

}  // namespace

Certificate::Certificate(std::string chain_file, std::string key_file)
    : chain_file_(std::move(chain_file)), key_file_(std::move(key_file)) {
    reload();
}

void Certificate::reload() {
    auto fresh = std::make_shared<ssl::context>(ssl::context::tls_server);
    set_up(*fresh);
    use_chain(*fresh, chain_file_);
    use_key(*fresh, key_file_, chain_file_);
    const std::lock_guard lock(mutex_);
    current_ = std::move(fresh);
}

std::shared_ptr<ssl::context> Certificate::current() const {
    const std::lock_guard lock(mutex_);
    return current_;
}

}  // namespace guidon::web
