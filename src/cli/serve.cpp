// How is the server put together? The modules' routes, the site that answers them, the network around it.
#include <iostream>
#include <memory>
#include <string>

#include "base/embedded.h"
#include "cli/commands.h"
#include "web/server.h"
#include "web/site.h"

namespace guidon::cli {

namespace {

struct ServeWish {
    std::string db = "sqlite:guidon.sqlite";
    std::string log_format = "text";
    web::ServerOptions server;
};

web::Site::Options site_options(const ServeWish& wish) {
    return {{embedded::templates(), embedded::assets(), GUIDON_VERSION},
            wish.log_format == "json" ? web::LogFormat::json : web::LogFormat::text};
}

void serve(const ServeWish& wish) {
    web::read_listen(wish.server.listen);  // refuses what must not be, before anything is opened
    web::Routes routes;
    web::Surroundings around;
    std::unique_ptr<web::Server> server;
    around.post = [&server](std::function<void()> work) { server->post(std::move(work)); };
    web::Site site(std::move(routes), std::move(around), site_options(wish));
    server = std::make_unique<web::Server>(site, wish.server);
    server->run([](const std::string& address) { std::cout << address << std::endl; });
}

}  // namespace

void add_serve(CLI::App& app) {
    auto wish = std::make_shared<ServeWish>();
    CLI::App* command = app.add_subcommand("serve", "Serve the pages and the API to this machine");
    command->add_option("--db", wish->db, "sqlite:FILE or postgresql://…")->capture_default_str();
    command->add_option("--listen", wish->server.listen, "HOST:PORT on this machine; port 0 takes a free one")
        ->capture_default_str();
    command->add_option("--log-format", wish->log_format, "How requests are logged on standard error")
        ->check(CLI::IsMember({"text", "json"}))
        ->capture_default_str();
    command->add_option("--threads", wish->server.threads, "Threads that answer; 0 = cores + 1")->capture_default_str();
    command->callback([wish] { serve(*wish); });
}

}  // namespace guidon::cli
