// `guidon demo`: an office with real units to look around in, loaded through the same import that everybody uses.
#include <iostream>

#include "base/embedded.h"
#include "cli/commands.h"
#include "cli/demo_book.h"
#include "cli/demo_exemplars.h"
#include "cli/demo_facts.h"
#include "cli/demo_news.h"
#include "cli/demo_people.h"
#include "imports/import.h"
#include "movements/movements_store.h"
#include "people/gate.h"
#include "store/store.h"
#include "units/units_store.h"

namespace guidon::cli {

namespace {

void load(store::Store& store, imports::Kind kind, std::string_view file, std::string_view bytes, Day since) {
    imports::Import import(store.read(), {kind, std::string(file), bytes, since, imports::Rights::terminal("demo")});
    import.apply(store, import.plan().identity());
    const store::Tally& tally = import.plan().comparison.tally();
    std::cout << file << ": " << tally.added << " added, " << tally.changed << " changed\n";
}

/// Cycles that were over before the year that the sources tell of.
void close_past_cycles(store::Store& store) {
    for (const auto& cycle : movements::cycles(store.read())) {
        if (cycle.period >= "2023") continue;
        auto change = store.change(people::Gate::terminal("demo"));
        movements::set_state(change, cycle.id, movements::CycleState::closed);
        change.commit("movement.closed", cycle.key + "/" + cycle.period);
    }
}

void load_demo(const std::string& url, const std::string& key_file) {
    store::Options options;
    options.key_file = key_file;
    auto store = store::Store::open(url, options);
    const Day today = Day::of_utc_ms(store.now_utc_ms());
    if (units::count_units(store.read(), today) > 0) throw Problem("demo.not-empty", {{"database", url}});
    const auto& files = embedded::demo();
    // the name that a province had until 2024 first: the names of the others change nothing about that time
    load(store, imports::Kind::units, "units-2023.csv", files.at("units-2023.csv"), *Day::parse("2023-01-01"));
    load(store, imports::Kind::units, "units.csv", files.at("units.csv"), *Day::parse("2025-01-01"));
    load(store, imports::Kind::units, "units-exemplars.csv", files.at("units-exemplars.csv"),
         *Day::parse("2025-01-01"));
    load(store, imports::Kind::units, "units-2025.csv", files.at("units-2025.csv"), *Day::parse("2025-07-01"));
    load(store, imports::Kind::groups, "groups.csv", files.at("groups.csv"), today);
    for (const auto& [name, bytes] : embedded::movements()) load(store, imports::Kind::movement, name, bytes, today);
    load(store, imports::Kind::values, "values.csv", files.at("values.csv"), today);
    std::cout << "people.csv: " << add_demo_people(store, files.at("people.csv")) << " added\n";
    close_past_cycles(store);
    std::cout << "exemplars.csv: " << add_demo_exemplars(store) << " added\n";
    std::cout << "book.json: " << add_demo_book(store) << " added\n";
    std::cout << "news.json: " << add_demo_news(store, evidence::Depot::of(url)) << " added\n";
}

}  // namespace

void add_demo(CLI::App& app) {
    auto* command =
        app.add_subcommand("demo", "Load real units of Viet Nam and sample movements into an empty database");
    auto url = std::make_shared<std::string>();
    command->add_option("--db", *url, "sqlite:FILE or postgresql://…");
    auto key_file = std::make_shared<std::string>();
    add_key_option(*command, *key_file);
    add_demo_facts(*command);
    command->callback([command, url, key_file] {
        if (!command->get_subcommands().empty()) return;
        if (url->empty()) throw CLI::RequiredError("--db");
        load_demo(*url, *key_file);
    });
}

}  // namespace guidon::cli
