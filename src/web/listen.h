// On which address does the server listen, and may it, in the way it was asked to?
#pragma once

#include <cstdint>
#include <string>

#include "web/peers.h"

namespace guidon::web {

struct ListenAddress {
    std::string host;  // as written: "office.example", "127.0.0.1", "[::]"
    std::uint16_t port = 0;
    IpAddress ip;

    bool operator==(const ListenAddress&) const = default;
};

/// How what is said on the way is kept from others.
enum class Secrecy {
    none,       // plain HTTP
    insecure,   // plain HTTP, said on purpose (--insecure-http)
    behind,     // plain HTTP to a trusted proxy, which speaks https
    encrypted,  // TLS
};

/// Reads HOST:PORT; a name is looked up. Problems: web.bad-listen, web.unknown-name (arguments name, reason).
ListenAddress read_listen(const std::string& listen);

/// Problem web.open-http: other machines would reach `address`, and everything on the way could read along.
void refuse_open_http(const ListenAddress& address, Secrecy secrecy);

}  // namespace guidon::web
