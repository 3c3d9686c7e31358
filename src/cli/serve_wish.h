// How is the server wished for on the command line?
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "cli/mail_options.h"
#include "web/guard.h"
#include "web/server.h"
#include "web/site.h"

namespace guidon::cli {

struct ServeWish {
    std::string db = "sqlite:guidon.sqlite";
    std::string key_file;  // see store::Options
    std::string files;     // folder; see evidence::Depot::of
    std::string log_format = "text";
    std::vector<std::string> hosts;            // names besides localhost
    std::vector<std::string> trusted_proxies;  // ranges, as written
    std::optional<double> rate;                // requests a second from one client; 0: not counted
    std::string oidc;                          // file of identity providers; "" = none
    std::string site;          // address of the server as people know it, for links; "" = where it listens
    bool only_routes = false;  // print them and end
    MailWish mail;
    web::ServerOptions server;
};

void add_options(CLI::App& command, ServeWish& wish);

/// Makes `server` of what was written, and refuses what must not be, before anything is opened. Problems: web.bad-host,
/// web.bad-range, and those of web::check.
void complete(ServeWish& wish);

web::GuardOptions guard_options(const ServeWish& wish);

/// The site of a program without a network around it, for as long as `work` takes: it answers as it would to the
/// public. The database has to be there. In serve.cpp.
void with_site(const ServeWish& wish, const std::function<void(web::Site&)>& work);

/// What an operator should know before the first request comes; sentences.
std::vector<std::string> warnings(const ServeWish& wish);

}  // namespace guidon::cli
