#include "cli/serve_wish.h"

#include <algorithm>

#include "base/language.h"
#include "base/problem.h"
#include "cli/commands.h"

namespace guidon::cli {

namespace {

/// A name that a browser could send as Host, in lower case: no scheme, no path, no spaces.
std::string host_name(std::string host) {
    for (char& c : host) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    const bool fine = !host.empty() && std::all_of(host.begin(), host.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || std::string_view("-._[]:").find(c) < 6;
    });
    if (!fine) throw Problem("web.bad-host", {{"host", host}});
    return host;
}

}  // namespace

void add_options(CLI::App& command, ServeWish& wish) {
    web::ServerOptions& server = wish.server;
    command.add_option("--db", wish.db, "sqlite:FILE or postgresql://…")->capture_default_str();
    add_key_option(command, wish.key_file);
    add_files_option(command, wish.files);
    command.add_option("--listen", server.listen, "HOST:PORT; port 0 takes a free one")->capture_default_str();
    command.add_option("--host", wish.hosts, "A name under which browsers ask for this server; may be repeated")
        ->type_name("NAME");
    auto* certificate = command.add_option("--tls-cert", server.tls_certificate,
                                           "Speak https: PEM file of the certificate and those that signed it");
    auto* key = command.add_option("--tls-key", server.tls_key, "PEM file of the certificate's key");
    certificate->needs(key)->type_name("FILE");
    key->needs(certificate)->type_name("FILE");
    command
        .add_option("--trusted-proxy", wish.trusted_proxies,
                    "Believe X-Forwarded-For, -Proto and -Host from these addresses, e.g. 127.0.0.1,10.0.0.0/8")
        ->type_name("CIDR[,CIDR]");
    command.add_flag("--insecure-http", server.insecure_http,
                     "Speak plain HTTP to other machines, though everybody on the way can read along");
    command
        .add_option("--rate", wish.rate, "Requests a second from one client, a tenth of them changes; 0: not counted")
        ->check(CLI::Range(0.0, 1e6))
        ->type_name("NUMBER");
    command
        .add_option("--connections-per-client", server.most_per_client,
                    "Connections that one client may hold (not this machine, nor proxies)")
        ->check(CLI::Range(1, 1024))
        ->capture_default_str();
    command.add_option("--log-format", wish.log_format, "How requests are logged on standard error")
        ->check(CLI::IsMember({"text", "json"}))
        ->capture_default_str();
    command.add_option("--oidc", wish.oidc, "TOML file of the identity providers through which people may sign in")
        ->type_name("FILE");
    command.add_option("--site", wish.site, "Address under which people know this server, for links in mails")
        ->type_name("URL");
    command.add_flag("--routes", wish.only_routes, "Print every address that is answered, and end");
    add_mail_options(command, wish.mail);
    command.add_option("--threads", server.threads, "Threads that answer; 0 = cores + 1")->capture_default_str();
}

void complete(ServeWish& wish) {
    for (std::string& host : wish.hosts) host = host_name(std::move(host));
    for (const std::string& list : wish.trusted_proxies) {
        const web::IpRanges ranges = web::read_ranges(list);
        wish.server.trusted_proxies.insert(wish.server.trusted_proxies.end(), ranges.begin(), ranges.end());
    }
    while (wish.site.ends_with('/')) wish.site.pop_back();
    web::check(wish.server);
}

web::GuardOptions guard_options(const ServeWish& wish) {
    const web::ListenAddress address = web::read_listen(wish.server.listen);
    web::GuardOptions guard;
    guard.hosts = wish.hosts;
    if (!address.ip.is_loopback() && !address.ip.is_any()) guard.hosts.push_back(host_name(address.host));
    guard.trusted_proxies = wish.server.trusted_proxies;
    guard.plain_beyond = web::secrecy_of(wish.server) != web::Secrecy::behind;
    if (!wish.rate) {
        guard.rates = web::Rates();
    } else if (*wish.rate > 0) {
        guard.rates = web::Rates::at_most(*wish.rate);
    }
    return guard;
}

std::vector<std::string> warnings(const ServeWish& wish) {
    const web::ListenAddress address = web::read_listen(wish.server.listen);
    std::vector<std::string> found;
    if (!address.ip.is_loopback() && web::secrecy_of(wish.server) == web::Secrecy::insecure)
        found.push_back(say(Language::en, "web.warn.insecure-http"));
    if (address.ip.is_any() && wish.hosts.empty()) found.push_back(say(Language::en, "web.warn.no-host"));
    return found;
}

}  // namespace guidon::cli
