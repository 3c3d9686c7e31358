// How is the server put together? The modules' routes, who may come in, the site that answers, the network around it.
#include <algorithm>
#include <atomic>
#include <iostream>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <thread>

#include "accounts/accounts_pages.h"
#include "accounts/admin_work.h"
#include "accounts/caretaker.h"
#include "accounts/doorman.h"
#include "accounts/mails.h"
#include "accounts/person_part.h"
#include "accounts/secret.h"
#include "accounts/sessions_store.h"
#include "base/embedded.h"
#include "books/books_pages.h"
#include "cli/commands.h"
#include "cli/serve_wish.h"
#include "comments/comments_pages.h"
#include "evaluation/evaluation_pages.h"
#include "evaluation/looking.h"
#include "evaluation/parts.h"
#include "evaluation/publishing.h"
#include "evaluation/work.h"
#include "evidence/evidence_pages.h"
#include "evidence/evidence_store.h"
#include "exemplars/attendant.h"
#include "exemplars/exemplars_pages.h"
#include "exemplars/exemplars_work.h"
#include "gallery/feeds_pages.h"
#include "gallery/gallery_pages.h"
#include "gallery/register.h"
#include "imports/export_pages.h"
#include "imports/first_steps.h"
#include "imports/imports_pages.h"
#include "imports/open_data.h"
#include "journal/journal_pages.h"
#include "mail/postman.h"
#include "news/news_pages.h"
#include "people/gate.h"
#include "people/people_pages.h"
#include "replications/replication_changes.h"
#include "replications/replications_pages.h"
#include "reviews/reviews_pages.h"
#include "store/jobs.h"
#include "store/writer.h"
#include "web/live_hub.h"
#include "web/router.h"
#include "web/server.h"
#include "web/site.h"
#include "web/slow_lane.h"

namespace guidon::cli {

namespace {

web::Site::Options site_options(const ServeWish& wish) {
    const web::Presenter::Parts parts{embedded::templates(), embedded::assets(), GUIDON_VERSION};
    return {parts, embedded::api(), wish.log_format == "json" ? web::LogFormat::json : web::LogFormat::text,
            guard_options(wish)};
}

/// Everything of the program that the pages talk to, in the order in which it is made.
struct Program {
    store::Store store;
    evidence::Depot depot;
    web::LiveHub hub;
    store::Jobs jobs{store};
    std::optional<store::Writer> writer{std::in_place, store};
    evaluation::LiveCycles live;
    gallery::Register shown;
    gallery::SearchFollower search;
    accounts::House house;
    accounts::Doorman doorman{house};
    comments::Desk comments{store, accounts::key_for("comments", house.key)};
    std::vector<people::WorkPart> work;
    std::unique_ptr<mail::Postman> postman;

    explicit Program(const ServeWish& wish)
        : store(store::Store::open(wish.db, {.key_file = wish.key_file})),
          depot(evidence::Depot::of(wish.db, wish.files)),
          live(
              store, [this](const std::string& topic, const std::string& data) { hub.tell(topic, data); },
              static_cast<int>(std::max(1U, std::thread::hardware_concurrency()))),
          shown(store),
          search(store),
          house(accounts::open_house(store, *writer)),
          work{evaluation::figures_to_report(live),
               evaluation::standings_to_publish(live),
               imports::first_steps(),
               exemplars::exemplars_to_do(),
               replications::adoptions_waiting(),
               reviews::surveys_to_do(),
               books::entries_waiting(),
               comments::comments_to_moderate(),
               accounts::own_protection(),
               accounts::open_invitations(),
               accounts::ending_grants()} {}
};

std::vector<web::HealthCheck> health_checks(Program& program) {
    const auto database = [&store = program.store](Language language) {
        store.read();
        return say(language, "web.health.backend",
                   {{"backend", store.backend() == store::Backend::sqlite ? "SQLite" : "PostgreSQL"}});
    };
    const auto engine = [&live = program.live](Language language) {
        // how many units are in them would tell who reported
        return say(language, "web.health.in-memory", {{"cycles", std::to_string(live.figures().first)}});
    };
    std::vector<web::HealthCheck> checks{{"database", database}, {"engine", engine}};
    if (program.postman)
        checks.push_back(
            {"mail", [&postman = *program.postman](Language language) { return postman.health(language); }});
    return checks;
}

/// What the pages of people show and do beyond their own noun.
people::Parts people_parts() {
    people::Parts parts;
    parts.persons.push_back(accounts::person_part());
    parts.persons.push_back(comments::person_part());
    parts.movements = [](const store::Reader& reader) {
        std::set<std::string> keys;
        for (const auto& cycle : movements::cycles(reader)) keys.insert(cycle.key);
        return std::vector<std::string>(keys.begin(), keys.end());
    };
    return parts;
}

/// The nouns that show files, and say to whom.
std::vector<evidence::MaySee> owners_of_evidence() {
    return {exemplars::may_see_evidence(), news::may_see_photos()};
}

/// The small copy of an exemplar's first photo.
gallery::PhotoOf first_photo() {
    return [](const store::Reader& reader, exemplars::ExemplarId id) -> std::optional<std::string> {
        for (const auto& one : exemplars::attached_to(reader, id)) {
            const auto found = evidence::find(reader, one.evidence);
            if (found && found->kind() == evidence::Kind::photo) return "/evidence/" + one.evidence + "?size=small";
        }
        return std::nullopt;
    };
}

/// The bytes of a photo as it is shown.
std::function<std::string(const store::Reader&, const std::string&)> picture_of(const evidence::Depot& depot) {
    return [&depot](const store::Reader& reader, const std::string& id) -> std::string {
        const auto found = evidence::find(reader, id);
        if (!found || found->kind() != evidence::Kind::photo) return "";
        return evidence::content(reader, depot, *found, evidence::Size::shown);
    };
}

/// What other nouns tell on an exemplar's page.
exemplars::Parts exemplar_parts(store::Store& store, gallery::Register& shown) {
    return {.page = {replications::exemplar_part(store), reviews::exemplar_part(store), books::in_books(),
                     gallery::share_part(first_photo())},
            .steps = {replications::tell_descendants},
            .version = [&shown](const std::string& public_id) { return shown.page_version(public_id); }};
}

/// The modules' routes, in the order of the pages' navigation.
web::Routes all_routes(Program& program) {
    web::Routes routes;
    auto& [store, depot, hub, jobs, writer, live, shown, search, house, doorman, comments, work, postman] = program;
    const gallery::Parts gallery_parts{.photo = first_photo(), .search = &search};
    auto movement_parts = evaluation::movement_parts(live, store);
    movement_parts.front.push_back(gallery::front_part(store, shown, gallery_parts));
    movements::add_routes(routes, store, std::move(movement_parts));
    gallery::add_routes(routes, store, shown, gallery_parts);
    gallery::add_feed_routes(routes, store, shown);
    evaluation::add_routes(routes, live, store);
    units::add_routes(routes, store,
                      {evaluation::unit_part_of(live, store), gallery::unit_part(store, shown, gallery_parts),
                       people::unit_part(), journal::unit_part()});
    people::add_routes(routes, store, people_parts());
    replications::add_routes(routes, store, [&shown = shown] { return shown.version(); });
    reviews::add_routes(routes, store, std::string(embedded::review_forms().at("effectiveness.toml")));
    books::add_routes(routes, store, {.picture = picture_of(depot)});
    journal::add_routes(routes, store, {exemplars::naming(), books::naming(), news::naming()});
    evidence::add_routes(routes, store, depot, owners_of_evidence());
    news::add_routes(routes, store, depot, comments);
    comments::add_routes(routes, comments);
    exemplars::add_routes(routes, store, depot, exemplar_parts(store, shown));
    imports::add_export_routes(routes, store);
    imports::add_open_data_routes(routes, store, [&shown = shown] { return shown.version(); });
    imports::add_routes(routes, store, *writer, jobs,
                        [&hub = hub](const std::string& topic, const std::string& data) { hub.tell(topic, data); });
    accounts::add_link_routes(routes, house);
    accounts::add_sign_in_routes(routes, house);
    accounts::add_oidc_routes(routes, house);
    accounts::add_own_routes(routes, house, work);
    accounts::add_token_routes(routes, house);
    accounts::add_passkey_routes(routes, house);
    accounts::add_admin_routes(routes, house);
    accounts::add_system_routes(routes, house);
    return routes;
}

/// One for passwords and one for photos and books, whose memory bounds how many may be looked at together; some for
/// other servers, of which one that is down must keep nobody from signing in here.
struct Lanes {
    web::SlowLane slow{1};
    web::SlowLane files{1};
    web::SlowLane remote{4};
};

web::Surroundings surroundings(Program& program, Lanes& lanes, std::unique_ptr<web::Server>& server) {
    web::Surroundings around;
    const auto told = [&program](auto done) {  // whoever asks after the answer sees what was written
        return [&program, done = std::move(done)](std::exception_ptr thrown) {
            program.shown.stir();
            done(std::move(thrown));
        };
    };
    around.submit = [&program, told](auto work, auto done) {
        program.writer->submit(std::move(work), told(std::move(done)));
    };
    around.submit_alone = [&program, told](auto work, auto done) {
        program.writer->submit_alone(std::move(work), told(std::move(done)));
    };
    around.submit_slow = [&lanes](auto work) { lanes.slow.submit(std::move(work)); };
    around.submit_files = [&lanes, &program](auto work) {
        lanes.files.submit([&program, work = std::move(work)] {
            work();
            program.shown.stir();
        });
    };
    around.submit_remote = [&lanes](auto work) { lanes.remote.submit(std::move(work)); };
    around.post = [&server](std::function<void()> work) { server->post(std::move(work)); };
    around.recognise = [&program](const web::Request& request) { return program.doorman.recognise(request); };
    around.answered_before = [&program](const web::Request& r) { return program.doorman.answered_before(r); };
    around.answered = [&program](const web::Request& r, const web::Answer& a) { program.doorman.answered(r, a); };
    around.admit_operator = [&program](const web::Request& request) {
        people::Gate::permit(program.store.read(), people::viewer_of(request), people::Action::run_system, {});
    };
    around.may_watch = [&program](const web::Request& request, const std::string& topic) {
        return imports::may_watch(program.jobs, request, topic) &&
               evaluation::may_watch(program.live, program.store, request, topic);
    };
    around.database = program.store.backend() == store::Backend::sqlite ? "sqlite" : "postgresql";
    around.checks = health_checks(program);
    around.as_problem = [](std::exception_ptr thrown) { return store::as_problem(std::move(thrown)); };
    return around;
}

/// Sends what is queued; nobody without a mail server.
void start_postman(Program& program, const ServeWish& wish) {
    const auto server = mail_server(wish.mail);
    if (!server) return;
    const std::string site =
        !wish.site.empty() ? wish.site : (wish.server.tls_key.empty() ? "http://" : "https://") + wish.server.listen;
    mail::Rounds rounds;
    rounds.send = [server = *server](const mail::Message& message, const std::atomic<bool>& stop) {
        mail::send(server, message, &stop);
    };
    rounds.log = [](const std::string& what) { std::cerr << "guidon: " + what + "\n" << std::flush; };
    accounts::fill_rounds(rounds, program.work, site);
    program.house.notify = accounts::notify_by_mail();
    program.postman = std::make_unique<mail::Postman>(program.store, std::move(rounds));
}

/// On an empty system whoever reads the log becomes its first administrator.
void tell_set_up(Program& program, web::AccessLog& log, const std::string& address) {
    if (!accounts::needs_setup(program.store.read())) return;
    auto change = program.store.change(people::Gate::program("first start"));
    const auto path = accounts::new_link(change, accounts::LinkKind::setup, std::nullopt);
    change.commit("account.set-up-offered", "");
    log.say(say(Language::en, "accounts.set-up-here", {{"address", address + path}}));
}

void serve(ServeWish wish) {
    complete(wish);
    const auto providers = wish.oidc.empty() ? std::vector<accounts::Provider>() : accounts::load_providers(wish.oidc);
    Program program(wish);
    for (const auto& provider : providers)
        program.house.providers.push_back(std::make_unique<accounts::OidcClient>(
            provider, accounts::fetch_by_network({.ca_file = provider.ca_file})));
    std::optional<Lanes> lanes(std::in_place);
    std::unique_ptr<web::Server> server;
    start_postman(program, wish);
    accounts::Caretaker caretaker(program.store);
    exemplars::Attendant attendant(program.store);
    web::Site site(all_routes(program), program.hub, surroundings(program, *lanes, server), site_options(wish));
    if (wish.only_routes) {
        for (const auto& route : site.routes().all())
            std::cout << web::name_of(route.method) << ' ' << route.path << '\n';
        return;
    }
    server = std::make_unique<web::Server>(site, wish.server);
    for (const std::string& warning : warnings(wish)) site.log().say(warning);
    server->run([&](const std::string& address) {
        std::cout << address << std::endl;
        tell_set_up(program, site.log(), wish.site.empty() ? address : wish.site);
        program.live.start_following();
        program.shown.start_following();
        program.search.start();
    });
    lanes.reset();           // what is in them answers through the site
    program.writer.reset();  // finishes what is queued, while those who wait for it still exist
}

}  // namespace

void with_site(const ServeWish& wish, const std::function<void(web::Site&)>& work) {
    Program program(wish);
    program.search.catch_up();
    std::optional<Lanes> lanes(std::in_place);
    std::unique_ptr<web::Server> nowhere;
    auto options = site_options(wish);
    options.log_format = web::LogFormat::none;
    web::Site site(all_routes(program), program.hub, surroundings(program, *lanes, nowhere), options);
    work(site);
    lanes.reset();
    program.writer.reset();
}

void add_serve(CLI::App& app) {
    auto wish = std::make_shared<ServeWish>();
    CLI::App* command = app.add_subcommand("serve", "Serve the pages and the API");
    add_options(*command, *wish);
    command->callback([wish] { serve(*wish); });
}

}  // namespace guidon::cli
