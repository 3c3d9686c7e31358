// How is the site put on the network? `run` listens, answers until SIGINT or SIGTERM, lets what runs finish, and
// returns. SIGHUP reads the certificate again.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "web/listen.h"

namespace guidon::web {

class Site;

struct ServerOptions {
    std::string listen = "127.0.0.1:8080";  // HOST:PORT; port 0 takes any free one
    std::string tls_certificate;            // PEM files, see tls.h; both empty: plain HTTP
    std::string tls_key;
    IpRanges trusted_proxies;
    bool insecure_http = false;  // plain HTTP beyond this machine was asked for by name
    unsigned threads = 0;        // 0 = one more than there are cores, so that a slow page stops nobody
    std::size_t most_connections = 1024;
    std::size_t most_per_client = 64;              // connections, see connections.h
    std::chrono::seconds time_to_shake_hands{10};  // for a client to begin speaking TLS
    std::chrono::seconds time_to_send{60};         // for a client to send a whole request
    std::chrono::seconds time_to_answer{300};      // for a handler, an import included
    std::chrono::seconds time_to_stop{10};         // for what runs when the server stops
};

Secrecy secrecy_of(const ServerOptions& options);

/// Refuses what must not be, before anything is opened. Problems of read_listen, refuse_open_http and Certificate.
void check(const ServerOptions& options);

/// One at a time in a process: the parser's callbacks ask its site how large a body may be.
class Server {
public:
    Server(Site& site, ServerOptions options);
    ~Server();

    /// Runs `work` on an answering thread. Safe to call from any thread while the Server exists.
    void post(std::function<void()> work);
    /// `on_ready` is told the address (http://127.0.0.1:8080) once connections are accepted. Problem web.port-taken.
    void run(const std::function<void(const std::string& address)>& on_ready);
    /// As SIGTERM does, from any thread.
    void stop();

private:
    struct Machine;
    std::unique_ptr<Machine> machine_;
};

}  // namespace guidon::web
