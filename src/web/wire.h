// What does RESTinio see of a connection? One kind of socket for http and https: which of them it is turns out when
// it was accepted, with the certificate that is current then. A client that holds too many connections, that went
// before it was looked at, or that does not finish its handshake, is closed here.
//
// RESTinio's own TLS socket keeps the certificate of its start and waits for a handshake without end; its acceptor
// counts a connection that was reset at once as open for ever.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <utility>

#include <restinio/all.hpp>

#include <asio/ssl.hpp>

#include "web/connections.h"
#include "web/tls.h"

namespace guidon::web {

inline IpAddress ip_of(const asio::ip::address& address) {
    if (address.is_v4()) return IpAddress::v4(address.to_v4().to_bytes());
    return {address.to_v6().to_bytes()};
}

/// What all connections of a server have in common.
struct Door {
    std::shared_ptr<Connections> connections;
    std::shared_ptr<Certificate> certificate;  // null: plain HTTP
    std::chrono::seconds time_to_shake_hands{10};
};

/// A TCP socket whose other end may be gone already.
class TcpSocket : public asio::ip::tcp::socket {
public:
    using asio::ip::tcp::socket::socket;
    endpoint_type remote_endpoint() const {
        asio::error_code gone;
        return asio::ip::tcp::socket::remote_endpoint(gone);  // 0.0.0.0 then
    }
};

class Wire {
public:
    using executor_type = TcpSocket::executor_type;
    using Tls = asio::ssl::stream<TcpSocket&>;

    Wire(asio::io_context& context, std::shared_ptr<const Door> door) : socket_(context), door_(std::move(door)) {}

    TcpSocket& lowest_layer() { return socket_; }
    const TcpSocket& lowest_layer() const { return socket_; }
    executor_type get_executor() { return socket_.get_executor(); }
    TcpSocket::endpoint_type remote_endpoint() const { return socket_.remote_endpoint(); }
    bool is_open() const { return socket_.is_open(); }

    template <typename... Args>
    void cancel(Args&&... args) {
        socket_.cancel(std::forward<Args>(args)...);
    }
    template <typename... Args>
    void shutdown(Args&&... args) {
        socket_.shutdown(std::forward<Args>(args)...);
    }
    template <typename... Args>
    void close(Args&&... args) {
        place_.reset();
        socket_.close(std::forward<Args>(args)...);
    }
    template <typename Buffers, typename Handler>
    void async_read_some(const Buffers& buffers, Handler&& handler) {
        if (tls_) return tls_->async_read_some(buffers, std::forward<Handler>(handler));
        socket_.async_read_some(buffers, std::forward<Handler>(handler));
    }
    template <typename Buffers, typename Handler>
    void async_write_some(const Buffers& buffers, Handler&& handler) {
        if (tls_) return tls_->async_write_some(buffers, std::forward<Handler>(handler));
        socket_.async_write_some(buffers, std::forward<Handler>(handler));
    }

    /// Calls `done` with an error code, at once or – after a handshake – on `strand`. The Wire does not move any more.
    template <typename Strand, typename Done>
    void begin(Strand strand, Done done) {
        const IpAddress address = ip_of(remote_endpoint().address());
        if (address.is_any()) return done(asio::error_code(asio::error::not_connected));
        place_ = door_->connections->enter(address);
        if (!place_) return done(asio::error_code(asio::error::connection_refused));
        if (!door_->certificate) return done(asio::error_code());
        context_ = door_->certificate->current();
        tls_ = std::make_unique<Tls>(socket_, *context_);
        auto late = std::make_shared<asio::steady_timer>(strand, door_->time_to_shake_hands);
        late->async_wait([this, done](const auto& aborted) {
            asio::error_code ignored;
            if (!aborted) socket_.close(ignored);  // `done` is kept here, too, and with it what owns this
        });
        tls_->async_handshake(asio::ssl::stream_base::server,
                              asio::bind_executor(strand, [late, done](const asio::error_code& wrong) {
                                  late->cancel();
                                  done(wrong);
                              }));
    }

private:
    TcpSocket socket_;
    std::shared_ptr<const Door> door_;
    std::optional<Connections::Place> place_;
    std::shared_ptr<asio::ssl::context> context_;
    std::unique_ptr<Tls> tls_;
};

/// RESTinio's customisation point: called for each accepted connection, before the first request is read.
template <typename Connection, typename Start, typename Failed>
void prepare_connection_and_start_read(Wire& wire, Connection& connection, Start start, Failed failed) {
    wire.begin(connection.get_executor(),
               [start, failed, kept = connection.shared_from_this()](const asio::error_code& wrong) {
                   if (wrong) return failed(wrong);
                   start();
               });
}

inline restinio::impl::tls_socket_t* make_tls_socket_pointer_for_state_listener(Wire&) noexcept {
    return nullptr;
}

}  // namespace guidon::web

namespace restinio {

template <typename Settings>
class socket_type_dependent_settings_t<Settings, guidon::web::Wire> {
public:
    Settings& door(std::shared_ptr<const guidon::web::Door> door) {
        door_ = std::move(door);
        return static_cast<Settings&>(*this);
    }
    std::shared_ptr<const guidon::web::Door> door() const { return door_; }

protected:
    ~socket_type_dependent_settings_t() = default;

private:
    std::shared_ptr<const guidon::web::Door> door_;
};

namespace impl {

/// The sockets into which connections are accepted.
template <>
class socket_supplier_t<guidon::web::Wire> {
protected:
    template <typename Settings>
    socket_supplier_t(Settings& settings, asio_ns::io_context& context) : context_(context), door_(settings.door()) {
        while (wires_.size() < settings.concurrent_accepts_count()) wires_.emplace_back(context_, door_);
    }
    guidon::web::Wire& socket(std::size_t index) { return wires_.at(index); }
    guidon::web::Wire move_socket(std::size_t index) {
        return std::exchange(wires_.at(index), guidon::web::Wire(context_, door_));
    }
    std::size_t concurrent_accept_sockets_count() const { return wires_.size(); }

private:
    asio_ns::io_context& context_;
    std::shared_ptr<const guidon::web::Door> door_;
    std::vector<guidon::web::Wire> wires_;
};

}  // namespace impl

}  // namespace restinio
