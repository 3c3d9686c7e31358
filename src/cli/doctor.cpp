// guidon doctor: is the database sound? Prints a sentence for everything that is not; exit status 1 if there is one.
#include <iostream>
#include <memory>
#include <optional>
#include <string>

#include "base/language.h"
#include "cli/commands.h"
#include "store/doctor.h"
#include "store/store.h"
#include "units/units_store.h"
#include "values/values_store.h"

namespace guidon::cli {
namespace {

std::vector<Problem> examine(const store::Reader& reader, const std::optional<store::PublicKey>& trusted) {
    auto found = store::check_store(reader, trusted);
    for (const auto& check : {units::check_units, values::check_values}) {
        for (auto& problem : check(reader)) found.push_back(std::move(problem));
    }
    return found;
}

void doctor(const std::string& url, const std::string& key_file) {
    store::Options options;
    options.create = false;
    options.key_file = key_file;
    auto store = store::Store::open(url, options);
    const auto reader = store.read();
    const auto found = examine(reader, store.trusted_key());
    for (const auto& problem : found) std::cout << sentence(Language::en, problem) << '\n';
    std::cout << say(Language::en, "doctor.outcome",
                     {{"found", std::to_string(found.size())},
                      {"entries", std::to_string(reader.seq())},
                      {"values", std::to_string(values::count_values(reader))}})
              << '\n';
    if (!found.empty()) throw CLI::RuntimeError(1);
}

}  // namespace

void add_doctor(CLI::App& app) {
    auto url = std::make_shared<std::string>("sqlite:guidon.sqlite");
    CLI::App* command = app.add_subcommand("doctor", "Check that a database is sound in itself");
    command->add_option("--db", *url, "sqlite:FILE or postgresql://…")->capture_default_str();
    auto key_file = std::make_shared<std::string>();
    add_key_option(*command, *key_file);
    command->callback([url, key_file] { doctor(*url, *key_file); });
}

}  // namespace guidon::cli
