// What passes between the socket and the site? Plain requests and replies; only server.cpp knows RESTinio.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "web/peers.h"

namespace guidon::web {

struct Incoming {
    std::string method;                          // as sent: "GET"
    std::string target;                          // as sent: path and query
    std::map<std::string, std::string> headers;  // names in lower case
    std::string_view body;                       // lives until the reply was called
    std::uint64_t body_size = 0;  // as sent; the body itself is dropped when it is larger than its route takes
    std::uint64_t header_size = 0;
    IpAddress peer;       // the other end of the connection; :: in tests, which is this machine
    bool secure = false;  // the client speaks https, to us or to a proxy that we trust
    std::string client;   // address of the client, behind proxies that we trust; set by the guard, as is `host`
    std::string host;     // under which name, and at which port, the client asked

    /// "https://office.example": how a browser names this server (RFC 6454).
    std::string origin() const { return (secure ? "https://" : "http://") + host; }
};

struct Outgoing {
    int status = 200;
    std::vector<std::pair<std::string, std::string>> headers;
    std::shared_ptr<const std::string> body;  // may be shared with the kept answers
    bool close = false;                       // the connection ends with this reply
    bool stream = false;                      // server-sent events follow: `topic`, `last_event`
    std::string topic;
    std::string last_event;

    void set(std::string name, std::string value) { headers.emplace_back(std::move(name), std::move(value)); }
};

/// The words that go with a status on the wire; for people there is the catalogue.
std::string_view reason_phrase(int status);

using Reply = std::function<void(Outgoing)>;

}  // namespace guidon::web
