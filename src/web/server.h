// How is the site put on the network? `run` listens, answers until SIGINT or SIGTERM, lets what runs finish, and
// returns.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace guidon::web {

class Site;

struct ServerOptions {
    std::string listen = "127.0.0.1:8080";  // HOST:PORT; port 0 takes any free one
    unsigned threads = 0;                   // 0 = one more than there are cores, so that a slow page stops nobody
    std::size_t most_connections = 1024;
    std::chrono::seconds time_to_send{60};     // for a client to send a whole request
    std::chrono::seconds time_to_answer{300};  // for a handler, an import included
    std::chrono::seconds time_to_stop{10};     // for what runs when the server stops
};

struct ListenAddress {
    std::string host;
    std::uint16_t port = 0;
};

/// Reads HOST:PORT. Problems: web.bad-listen; web.not-loopback for anything that other machines could reach.
ListenAddress read_listen(const std::string& listen);

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
