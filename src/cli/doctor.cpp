// guidon doctor: are the database and its files sound? Prints a sentence for everything that is not; exit status 1 if
// there is one.
#include <iostream>
#include <memory>
#include <optional>
#include <string>

#include "base/language.h"
#include "books/books_store.h"
#include "cli/commands.h"
#include "comments/comments_store.h"
#include "evidence/evidence_store.h"
#include "exemplars/exemplars_store.h"
#include "gallery/counts_check.h"
#include "gallery/search_store.h"
#include "news/articles_store.h"
#include "people/gate.h"
#include "replications/replications_store.h"
#include "reviews/reviews_store.h"
#include "store/doctor.h"
#include "store/store.h"
#include "units/units_store.h"
#include "values/values_store.h"

namespace guidon::cli {
namespace {

struct DoctorWish {
    std::string database = "sqlite:guidon.sqlite", key_file, files;
    bool read_files = false, sweep = false;
};

std::vector<Problem> examine(const store::Reader& reader, const std::optional<store::PublicKey>& trusted,
                             const evidence::Depot& depot, evidence::Closeness closeness) {
    auto found = store::check_store(reader, trusted);
    const auto add = [&found](std::vector<Problem> more) {
        for (auto& problem : more) found.push_back(std::move(problem));
    };
    for (const auto& check :
         {units::check_units, values::check_values, exemplars::check_exemplars, gallery::check_counts,
          gallery::check_texts, replications::check_replications, reviews::check_reviews, comments::check_comments,
          news::check_articles, books::check_books})
        add(check(reader));
    add(evidence::check_evidence(reader, depot, closeness));
    return found;
}

/// Files that nobody names harm nobody: they are told, and taken away when it is wished.
void tell_unnamed(store::Store& store, const evidence::Depot& depot, bool sweep) {
    std::vector<evidence::Depot::File> unnamed;
    if (sweep) {
        auto change = store.change(people::Gate::terminal());
        unnamed = evidence::sweep(change, depot);
        change.keep();
    } else {
        unnamed = evidence::unnamed_files(store.read(), depot, store.now_utc_ms());
    }
    std::uint64_t bytes = 0;
    for (const auto& file : unnamed) bytes += file.size;
    if (unnamed.empty()) return;
    std::cout << say(Language::en, sweep ? "evidence.swept" : "evidence.unnamed",
                     {{"files", std::to_string(unnamed.size())},
                      {"size", std::to_string((bytes + 1023) >> 10)},
                      {"folder", depot.folder().string()}})
              << '\n';
}

void doctor(const DoctorWish& wish) {
    store::Options options;
    options.create = false;
    options.key_file = wish.key_file;
    auto store = store::Store::open(wish.database, options);
    const auto depot = evidence::Depot::of(wish.database, wish.files);
    tell_unnamed(store, depot, wish.sweep);
    const auto reader = store.read();
    const auto found = examine(reader, store.trusted_key(), depot,
                               wish.read_files ? evidence::Closeness::whole : evidence::Closeness::there);
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
    const auto wish = std::make_shared<DoctorWish>();
    CLI::App* command = app.add_subcommand("doctor", "Check that a database and its files are sound");
    command->add_option("--db", wish->database, "sqlite:FILE or postgresql://…")->capture_default_str();
    add_key_option(*command, wish->key_file);
    add_files_option(*command, wish->files);
    command->add_flag("--read-files", wish->read_files, "Compare every byte of the files with their hashes: slow");
    command->add_flag("--sweep", wish->sweep, "Take files away that nothing has named for a day");
    command->callback([wish] { doctor(*wish); });
}

}  // namespace guidon::cli
