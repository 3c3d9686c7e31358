// With which certificate does the server prove who it is? A chain and its key, checked before anything listens, and
// read again when they were renewed.
#pragma once

#include <asio/ssl/context.hpp>
#include <memory>
#include <mutex>
#include <string>

namespace guidon::web {

class Certificate {
public:
    /// PEM files: the chain (the server's certificate first) and its key without a pass phrase. Problems:
    /// file.not-readable, web.tls-certificate, web.tls-key (both: file, reason), web.tls-mismatch (certificate, key),
    /// web.tls-expired (file, until), web.tls-not-yet (file, from).
    Certificate(std::string chain_file, std::string key_file);

    /// Reads the files again. Problems as above; what was read before stays in use then.
    void reload();
    /// For connections that begin now: TLS 1.2 and 1.3, forward secrecy and authenticated ciphers only (RFC 9325).
    std::shared_ptr<asio::ssl::context> current() const;

private:
    std::string chain_file_, key_file_;
    mutable std::mutex mutex_;
    std::shared_ptr<asio::ssl::context> current_;
};

}  // namespace guidon::web
