// How does a request become a reply? Admitted, routed, read, handled, presented, counted and logged – without a
// socket, so that tests can talk to it directly; server.cpp puts it on the network.
#pragma once

#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "web/access_log.h"
#include "web/guard.h"
#include "web/http.h"
#include "web/live_hub.h"
#include "web/metrics.h"
#include "web/own_pages.h"
#include "web/represent.h"
#include "web/resource.h"
#include "web/router.h"

namespace guidon::web {

/// What the site needs from the rest of the program.
struct Surroundings {
    using Work = std::function<void()>;
    using Done = std::function<void(std::exception_ptr)>;

    /// Queues a piece of changing work; `done` is called once, when it is on disk or was undone. See store::Writer.
    std::function<void(Work, Done)> submit;
    std::function<void(Work, Done)> submit_alone;
    /// Queue work that takes long by design, makes files or waits for others, each on a lane of its own. Throw Problem
    /// web.busy (503) when it is full.
    std::function<void(Work)> submit_slow = [](Work work) { work(); };
    std::function<void(Work)> submit_files = [](Work work) { work(); };
    std::function<void(Work)> submit_remote = [](Work work) { work(); };
    /// Who asks? Null is the public. Throws a Problem for a session or token that does not hold, and for a form that
    /// did not come from a page of the one who asks.
    std::function<std::shared_ptr<const Caller>(const Request&)> recognise = [](const Request&) { return nullptr; };
    /// Before something is changed (within its transaction, where it has one): what was answered when the same was sent
    /// before.
    std::function<std::optional<Answer>(const Request&)> answered_before = [](const Request&) { return std::nullopt; };
    /// After it: keeps what to answer when the same is sent again.
    std::function<void(const Request&, const Answer&)> answered = [](const Request&, const Answer&) {};
    /// Throws a Problem unless the caller runs the system: figures of the server tell when something was changed, too.
    std::function<void(const Request&)> admit_operator = [](const Request&) {};
    /// Whether the one who asks may hear of `topic`: of what is not for them, that it changes is not for them either.
    std::function<bool(const Request&, const std::string& topic)> may_watch = [](const Request&, const std::string&) {
        return true;
    };
    /// Runs something on the threads that answer, so that the writer's thread does not build pages.
    std::function<void(std::function<void()>)> post = [](std::function<void()> work) { work(); };
    /// Told and asked by /healthz.
    std::string database;
    std::vector<HealthCheck> checks;
    /// Turns an exception of the database into the Problem that people can act on; others stay as they are.
    std::function<std::exception_ptr(std::exception_ptr)> as_problem = [](std::exception_ptr thrown) { return thrown; };
};

class Site {
public:
    struct Options {
        Presenter::Parts parts;
        const embedded::Files& api;
        LogFormat log_format = LogFormat::text;
        GuardOptions guard;
    };
    /// `routes` of the modules; the site adds its own (/healthz, /metrics, /api, /problems, /live). `live` outlives it.
    Site(Routes routes, LiveHub& live, Surroundings surroundings, Options options);
    ~Site();

    /// Calls `reply` once, from this thread or a later one. Never throws.
    void answer(Incoming incoming, Reply reply);
    /// How large a body the address takes, known before the body has arrived.
    std::uint64_t body_limit(const std::string& method, const std::string& target) const;

    /// From then on only requests whose Host names this port are answered.
    void listen_on(std::uint16_t port) { guard_.listen_on(port); }
    LiveHub& live() { return live_; }
    const Routes& routes() const { return routes_; }
    AccessLog& log() { return log_; }
    const Metrics& metrics() const { return metrics_; }

private:
    struct Exchange;
    using Shared = std::shared_ptr<Exchange>;

    void take(const Shared& exchange);
    bool serve_asset(const Shared& exchange);
    void serve_live(const Shared& exchange);
    bool find_route(const Shared& exchange);
    void recognise_reader(const Shared& exchange);
    void read_request(const Shared& exchange);
    Address page_of_change(const Shared& exchange) const;
    void run(const Shared& exchange);
    void run_on_lane(const Shared& exchange);
    Answer handled(const Shared& exchange);
    void succeed(const Shared& exchange, Answer answer);
    void fail(const Shared& exchange, std::exception_ptr thrown);
    std::string allow_of(const Shared& exchange) const;
    void finish(const Shared& exchange, Outgoing outgoing);

    Routes routes_;
    Surroundings around_;
    Presenter presenter_;
    LiveHub& live_;
    AccessLog log_;
    Metrics metrics_;
    std::unique_ptr<Router> router_;
    Guard guard_;
};

}  // namespace guidon::web
