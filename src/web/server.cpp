// RESTinio is named in this file and in wire.h alone.
#include "web/server.h"

#include <csignal>
#include <mutex>
#include <thread>

#include <restinio/all.hpp>

#include "base/language.h"
#include "base/problem.h"
#include "web/guard.h"
#include "web/site.h"
#include "web/wire.h"

namespace guidon::web {

namespace {

namespace net = restinio::asio_ns;

/// A body that its route does not take is read and forgotten, so that the client hears "too large" instead of a
/// broken connection; above this size it hears that at once and the connection ends.
constexpr std::uint64_t largest_forgotten = std::uint64_t{1} << 30;
/// Headers above `largest_headers` are answered; above this size nobody can mean well and the connection ends.
constexpr std::uint32_t most_header_bytes_read = 256 << 10;

/// What the parser's callbacks tell the handler, under a name that no client can send.
constexpr auto body_size_field = ":body-size";

std::atomic<const Site*> site_asked{nullptr};

using Parsing = restinio::impl::http_parser_ctx_t;

Parsing& parsing(http_parser* parser) {
    return *static_cast<Parsing*>(parser->data);
}

std::uint64_t limit_of(http_parser* parser) {
    const Site* site = site_asked;
    return site == nullptr ? form_limit
                           : site->body_limit(http_method_str(static_cast<http_method>(parser->method)),
                                              parsing(parser).m_header.request_target());
}

int on_headers_complete(http_parser* parser) {
    auto& reading = parsing(parser);
    reading.m_leading_headers_completed = true;
    const std::uint64_t length = parser->content_length;
    if (length == ULLONG_MAX || length == 0) return 0;
    if (length > limit_of(parser)) {
        reading.m_header.set_field(body_size_field, std::to_string(length));
        return length > largest_forgotten ? 1 : 0;  // 1: there is no body to wait for
    }
    reading.m_body.reserve(length);
    return 0;
}

int on_body(http_parser* parser, const char* at, std::size_t length) {
    auto& reading = parsing(parser);
    if (reading.m_header.has_field(body_size_field)) return 0;
    const std::uint64_t size = reading.m_body.size() + length;
    if (size > form_limit && size > limit_of(parser)) {  // chunked: nobody said before how much it would be
        reading.m_header.set_field(body_size_field, std::to_string(size));
        reading.m_body = std::string();
        return 0;
    }
    reading.m_body.append(at, length);
    return 0;
}

struct OurMethods : restinio::default_http_methods_t {};

}  // namespace

}  // namespace guidon::web

namespace restinio::impl {

/// RESTinio ends the connection without a word when a limit is passed. These callbacks let the handler answer; an
/// exception must not pass through them, as the parser is C.
template <>
http_parser_settings create_parser_settings<guidon::web::OurMethods>() noexcept {
    using namespace guidon::web;
    http_parser_set_max_header_size(most_header_bytes_read);
    http_parser_settings settings = create_parser_settings<restinio::default_http_methods_t>();
    settings.on_headers_complete = [](http_parser* parser) -> int {
        try {
            return on_headers_complete(parser);
        } catch (const std::exception&) {
            return -1;
        }
    };
    settings.on_body = [](http_parser* parser, const char* at, std::size_t length) -> int {
        try {
            return on_body(parser, at, length);
        } catch (const std::exception&) {
            return -1;
        }
    };
    return settings;
}

}  // namespace restinio::impl

namespace guidon::web {

namespace {

struct Traits
    : restinio::traits_t<restinio::asio_timer_manager_t, restinio::null_logger_t,
                         restinio::details::autodetect_request_handler_type, restinio::default_strand_t, Wire> {
    using http_methods_mapper_t = OurMethods;
    static constexpr bool use_connection_count_limiter = true;
};

using RestinioServer = restinio::http_server_t<Traits>;
using RequestHandle = restinio::request_handle_t;

std::uint64_t number_in(const restinio::http_request_header_t& header, const char* field) {
    const auto value = header.opt_value_of(field);
    return value ? std::strtoull(std::string(*value).c_str(), nullptr, 10) : 0;
}

Incoming incoming_of(const RequestHandle& request, bool encrypted) {
    const auto& header = request->header();
    Incoming incoming;
    incoming.method = header.method().c_str();
    incoming.target = header.request_target();
    incoming.body = request->body();
    incoming.peer = ip_of(request->remote_endpoint().address());
    incoming.secure = encrypted;
    incoming.body_size = std::max<std::uint64_t>(incoming.body.size(), number_in(header, body_size_field));
    header.for_each_field([&](const auto& field) {
        incoming.header_size += field.name().size() + field.value().size() + 4;
        std::string name = field.name();
        for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        const auto [entry, fresh] = incoming.headers.emplace(std::move(name), field.value());
        if (!fresh) entry->second.append(entry->first == "cookie" ? "; " : ", ").append(field.value());
    });
    return incoming;
}

/// One open event stream. The builder is used under the lock only; what became of a write arrives on other threads.
class Stream : public std::enable_shared_from_this<Stream> {
public:
    using Builder = restinio::response_builder_t<restinio::chunked_output_t>;
    explicit Stream(Builder builder) : builder_(std::move(builder)) {}
    ~Stream() { end(); }

    bool send(std::shared_ptr<const std::string> bytes) {
        constexpr int most_pending = 64;  // a client that is this far behind is better served by loading anew
        const std::lock_guard lock(mutex_);
        if (gone_ || pending_ > most_pending) return false;
        ++pending_;
        builder_.append_chunk(std::const_pointer_cast<std::string>(bytes));
        builder_.flush([weak = weak_from_this()](const auto& wrong) {
            if (const auto self = weak.lock()) {
                --self->pending_;
                if (wrong) self->gone_ = true;
            }
        });
        return true;
    }

private:
    void end() {
        const std::lock_guard lock(mutex_);
        try {
            builder_.done();
        } catch (const std::exception&) {  // the connection went first
        }
    }
    std::mutex mutex_;
    Builder builder_;
    std::atomic<int> pending_{0};
    std::atomic<bool> gone_{false};
};

}  // namespace

Secrecy secrecy_of(const ServerOptions& options) {
    if (!options.tls_certificate.empty()) return Secrecy::encrypted;
    if (options.insecure_http) return Secrecy::insecure;
    return options.trusted_proxies.empty() ? Secrecy::none : Secrecy::behind;
}

void check(const ServerOptions& options) {
    refuse_open_http(read_listen(options.listen), secrecy_of(options));
    if (!options.tls_certificate.empty()) Certificate(options.tls_certificate, options.tls_key);
}

namespace {

std::shared_ptr<const Door> door_of(const ServerOptions& options) {
    Door door{std::make_shared<Connections>(options.most_per_client, options.trusted_proxies), nullptr,
              options.time_to_shake_hands};
    if (secrecy_of(options) == Secrecy::encrypted)
        door.certificate = std::make_shared<Certificate>(options.tls_certificate, options.tls_key);
    return std::make_shared<const Door>(std::move(door));
}

}  // namespace

struct Server::Machine {
    Machine(Site& site_, ServerOptions options_)
        : site(site_), options(std::move(options_)), address(read_listen(options.listen)), door(door_of(options)) {}

    restinio::request_handling_status_t handle(const RequestHandle& request);
    void reply(const RequestHandle& request, Outgoing outgoing);
    void send_stream(const RequestHandle& request, const Outgoing& outgoing);
    template <typename Builder>
    void add_headers(Builder& response, const RequestHandle& request, const Outgoing& outgoing);
    void open();
    void renew_on_hangup();
    std::string origin() const;
    void tick();
    void stop();
    void wait_for_what_runs();

    Site& site;
    ServerOptions options;
    ListenAddress address;
    std::shared_ptr<const Door> door;
    net::io_context context;
    net::signal_set signals{context};
    net::signal_set hangups{context};
    net::steady_timer ticker{context};
    net::steady_timer drain{context};
    std::unique_ptr<RestinioServer> server;
    std::atomic<std::int64_t> writing{0};
    std::atomic<bool> stopping{false};
    std::chrono::steady_clock::time_point stop_at;
    std::uint16_t port = 0;
    unsigned ticks = 0;
};

template <typename Builder>
void Server::Machine::add_headers(Builder& response, const RequestHandle& request, const Outgoing& outgoing) {
    for (const auto& [name, value] : outgoing.headers) response.append_header(name, value);
    response.append_header_date_field();
    if (outgoing.close || stopping || !request->header().should_keep_alive()) response.connection_close();
}

restinio::request_handling_status_t Server::Machine::handle(const RequestHandle& request) {
    site.answer(incoming_of(request, door->certificate != nullptr),
                [this, request](Outgoing outgoing) { reply(request, std::move(outgoing)); });
    return restinio::request_accepted();
}

void Server::Machine::reply(const RequestHandle& request, Outgoing outgoing) {
    try {
        if (outgoing.stream) return send_stream(request, outgoing);
        const restinio::http_status_line_t status{
            restinio::http_status_code_t{static_cast<std::uint16_t>(outgoing.status)},
            std::string(reason_phrase(outgoing.status))};
        ++writing;
        const auto written = [this](const auto&) { --writing; };
        if (request->header().method() == restinio::http_method_head()) {
            auto response = request->create_response<restinio::user_controlled_output_t>(status);
            add_headers(response, request, outgoing);
            response.set_content_length(outgoing.body ? outgoing.body->size() : 0);
            response.done(written);
            return;
        }
        auto response = request->create_response(status);
        add_headers(response, request, outgoing);
        if (outgoing.body) response.set_body(std::const_pointer_cast<std::string>(outgoing.body));
        response.done(written);
    } catch (const std::exception& wrong) {
        site.log().wrong("-", std::string("reply: ") + wrong.what());
    }
}

void Server::Machine::send_stream(const RequestHandle& request, const Outgoing& outgoing) {
    auto response = request->create_response<restinio::chunked_output_t>();
    add_headers(response, request, outgoing);
    response.connection_close();
    const auto stream = std::make_shared<Stream>(std::move(response));
    site.live().subscribe(outgoing.topic, outgoing.last_event,
                          [stream](auto bytes) { return stream->send(std::move(bytes)); });
}

void Server::Machine::open() {
    server = std::make_unique<RestinioServer>(restinio::external_io_context(context), [this](auto& settings) {
        settings.address(address.ip.text())
            .protocol(address.ip.is_v4() ? net::ip::tcp::v4() : net::ip::tcp::v6())
            .door(door)
            .port(address.port)
            .request_handler([this](const RequestHandle& request) { return handle(request); })
            .read_next_http_message_timelimit(options.time_to_send)
            .handle_request_timeout(options.time_to_answer)
            .write_http_response_timelimit(options.time_to_answer)
            .max_parallel_connections(connections_granted(options.most_connections))
            .buffer_size(16 << 10)
            .concurrent_accepts_count(2)
            .socket_options_setter([](auto& socket) { socket.set_option(net::ip::tcp::no_delay(true)); })
            .acceptor_post_bind_hook(
                [this](net::ip::tcp::acceptor& acceptor) { port = acceptor.local_endpoint().port(); });
    });
    try {
        server->open_sync();
    } catch (const std::exception& wrong) {
        throw Problem("web.port-taken", {{"address", options.listen}, {"reason", wrong.what()}}, {}, 503);
    }
}

/// A renewed certificate is used from the next connection on; one that does not fit is told in the log.
void Server::Machine::renew_on_hangup() {
    hangups.async_wait([this](const auto& wrong, int) {
        if (wrong) return;
        try {
            door->certificate->reload();
            site.log().say("The certificate was read again.");
        } catch (const Problem& problem) {
            site.log().wrong("-", sentence(Language::en, problem));
        }
        renew_on_hangup();
    });
}

std::string Server::Machine::origin() const {
    return (door->certificate ? "https://" : "http://") + address.host + ":" + std::to_string(port);
}

void Server::Machine::tick() {
    constexpr unsigned ticks_between_beats = 15;
    ticker.expires_after(std::chrono::seconds(1));
    ticker.async_wait([this](const auto& wrong) {
        if (wrong) return;
        site.log().flush();
        if (++ticks % ticks_between_beats == 0) site.live().beat();
        tick();
    });
}

void Server::Machine::stop() {
    if (stopping.exchange(true)) return;
    stop_at = std::chrono::steady_clock::now() + options.time_to_stop;
    server->close_async([this] { wait_for_what_runs(); }, [this](std::exception_ptr) { context.stop(); });
    site.live().close();
}

void Server::Machine::wait_for_what_runs() {
    const bool idle = site.metrics().in_flight() == 0 && writing == 0;
    if (idle || std::chrono::steady_clock::now() > stop_at) return context.stop();
    drain.expires_after(std::chrono::milliseconds(20));
    drain.async_wait([this](const auto&) { wait_for_what_runs(); });
}

Server::Server(Site& site, ServerOptions options) : machine_(std::make_unique<Machine>(site, std::move(options))) {}

Server::~Server() {
    site_asked = nullptr;
}

void Server::post(std::function<void()> work) {
    net::post(machine_->context, std::move(work));
}

void Server::stop() {
    net::post(machine_->context, [this] { machine_->stop(); });
}

void Server::run(const std::function<void(const std::string&)>& on_ready) {
    Machine& machine = *machine_;
    std::signal(SIGPIPE, SIG_IGN);  // a log that nobody reads any more must not end the server
    site_asked = &machine.site;
    machine.open();
    machine.site.listen_on(machine.port);
    machine.signals.add(SIGINT);
    machine.signals.add(SIGTERM);
    machine.signals.async_wait([&machine](const auto& wrong, int) {
        if (!wrong) machine.stop();
    });
    if (machine.door->certificate) {
        machine.hangups.add(SIGHUP);
        machine.renew_on_hangup();
    }
    machine.tick();
    on_ready(machine.origin());

    const unsigned cores = std::max(1u, std::thread::hardware_concurrency());
    const unsigned threads = machine.options.threads > 0 ? machine.options.threads : cores + 1;
    std::vector<std::jthread> helpers;
    for (unsigned i = 1; i < threads; ++i) helpers.emplace_back([&machine] { machine.context.run(); });
    machine.context.run();
    helpers.clear();  // joins
    machine.server.reset();
}

}  // namespace guidon::web
