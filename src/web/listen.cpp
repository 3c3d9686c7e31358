#include "web/listen.h"

#include <netdb.h>
#include <sys/socket.h>

#include <charconv>
#include <cstring>
#include <memory>

#include <netinet/in.h>

#include "base/problem.h"

namespace guidon::web {

namespace {

/// The first address that the system's resolver gives; IPv4 before IPv6, as offices have it.
IpAddress look_up(const std::string& name) {
    for (const int family : {AF_INET, AF_INET6}) {
        addrinfo wish{};
        wish.ai_family = family;
        wish.ai_socktype = SOCK_STREAM;
        addrinfo* found = nullptr;
        const int wrong = getaddrinfo(name.c_str(), nullptr, &wish, &found);
        const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owned(found, &freeaddrinfo);
        char text[NI_MAXHOST];
        if (wrong == 0 && found != nullptr &&
            getnameinfo(found->ai_addr, found->ai_addrlen, text, sizeof text, nullptr, 0, NI_NUMERICHOST) == 0) {
            if (const auto address = IpAddress::parse(text)) return *address;
        }
        if (family == AF_INET6) throw Problem("web.unknown-name", {{"name", name}, {"reason", gai_strerror(wrong)}});
    }
    return {};
}

}  // namespace

ListenAddress read_listen(const std::string& listen) {
    const Problem wrong("web.bad-listen", {{"address", listen}});
    const auto colon = listen.rfind(':');
    if (colon == std::string::npos || colon == 0) throw wrong;
    ListenAddress address;
    address.host = listen.substr(0, colon);
    const char* end = listen.data() + listen.size();
    const auto [stopped, error] = std::from_chars(listen.data() + colon + 1, end, address.port);
    if (error != std::errc() || stopped != end) throw wrong;
    const bool bracketed = address.host.front() == '[';
    if (!bracketed && address.host.find(':') != std::string::npos) throw wrong;  // IPv6 without brackets
    if (const auto ip = IpAddress::parse(address.host)) {
        address.ip = *ip;
    } else if (bracketed || address.host.find('/') != std::string::npos) {
        throw wrong;
    } else {
        address.ip = address.host == "localhost" ? *IpAddress::parse("127.0.0.1") : look_up(address.host);
    }
    return address;
}

void refuse_open_http(const ListenAddress& address, Secrecy secrecy) {
    if (secrecy == Secrecy::none && !address.ip.is_loopback())
        throw Problem("web.open-http", {{"address", address.host + ":" + std::to_string(address.port)}});
}

}  // namespace guidon::web
