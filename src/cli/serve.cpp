// How is the server put together? The modules' routes, the site that answers them, the network around it.
#include <algorithm>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "base/embedded.h"
#include "cli/commands.h"
#include "evaluation/evaluation_pages.h"
#include "evaluation/parts.h"
#include "imports/export_pages.h"
#include "imports/imports_pages.h"
#include "store/jobs.h"
#include "store/writer.h"
#include "web/live_hub.h"
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
    const web::Presenter::Parts parts{embedded::templates(), embedded::assets(), GUIDON_VERSION};
    return {parts, embedded::api(), wish.log_format == "json" ? web::LogFormat::json : web::LogFormat::text};
}

std::vector<web::HealthCheck> health_checks(store::Store& store, evaluation::LiveCycles& live) {
    const auto database = [&store](Language language) {
        const std::string backend = store.backend() == store::Backend::sqlite ? "SQLite" : "PostgreSQL";
        const std::string entries = std::to_string(store.read().seq());
        return say(language, "web.health.entries", {{"backend", backend}, {"entries", entries}});
    };
    const auto engine = [&live](Language language) {
        const auto [cycles, units] = live.figures();
        return say(language, "web.health.in-memory",
                   {{"cycles", std::to_string(cycles)}, {"units", std::to_string(units)}});
    };
    return {{"database", database}, {"engine", engine}};
}

/// The modules' routes, in the order of the pages' navigation.
web::Routes all_routes(store::Store& store, evaluation::LiveCycles& live, store::Writer& writer, store::Jobs& jobs,
                       web::LiveHub& hub) {
    web::Routes routes;
    movements::add_routes(routes, store, evaluation::movement_parts(live));
    evaluation::add_routes(routes, live, store);
    units::add_routes(routes, store, {evaluation::unit_part_of(live)});
    imports::add_export_routes(routes, store);
    imports::add_routes(routes, store, writer, jobs,
                        [&hub](const std::string& topic, const std::string& data) { hub.tell(topic, data); });
    return routes;
}

void serve(const ServeWish& wish) {
    web::read_listen(wish.server.listen);  // refuses what must not be, before anything is opened
    auto store = store::Store::open(wish.db);
    web::LiveHub hub;
    store::Jobs jobs(store);
    std::optional<store::Writer> writer(store);
    evaluation::LiveCycles live(
        store, [&hub](const std::string& topic, const std::string& data) { hub.tell(topic, data); },
        static_cast<int>(std::max(1U, std::thread::hardware_concurrency())));

    std::unique_ptr<web::Server> server;
    web::Surroundings around;
    around.submit = [&writer](auto work, auto done) { writer->submit(std::move(work), std::move(done)); };
    around.submit_alone = [&writer](auto work, auto done) { writer->submit_alone(std::move(work), std::move(done)); };
    around.post = [&server](std::function<void()> work) { server->post(std::move(work)); };
    around.database = store.backend() == store::Backend::sqlite ? "sqlite" : "postgresql";
    around.checks = health_checks(store, live);
    around.as_problem = [](std::exception_ptr thrown) { return store::as_problem(std::move(thrown)); };
    web::Site site(all_routes(store, live, *writer, jobs, hub), hub, std::move(around), site_options(wish));
    server = std::make_unique<web::Server>(site, wish.server);
    server->run([&live](const std::string& address) {
        std::cout << address << std::endl;
        live.start_following();
    });
    writer.reset();  // finishes what is queued, while those who wait for it still exist
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
