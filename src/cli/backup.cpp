// guidon backup DIR --db URL, guidon restore DIR --db URL: the database and its files, to another disk and back.
#include "evidence/backup.h"

#include <iostream>
#include <memory>
#include <string>

#include "base/language.h"
#include "cli/commands.h"
#include "store/database_file.h"

namespace guidon::cli {
namespace {

struct BackupWish {
    std::string folder, database, key_file, files;
};

void say_line(const std::string& key, const Arguments& arguments) {
    std::cout << say(Language::en, key, arguments) << '\n';
}

Arguments told(const evidence::BackedUp& outcome, const BackupWish& wish) {
    const auto address = store::Address::parse(wish.database);
    return {{"entries", std::to_string(outcome.entries)},
            {"files", std::to_string(outcome.files)},
            {"copied", std::to_string(outcome.copied)},
            {"folder", wish.folder},
            {"database", address.shown},
            {"key", wish.key_file.empty() ? store::database_file(address, "key") : wish.key_file}};
}

void back_up(const BackupWish& wish) {
    store::Options options;
    options.create = false;
    options.key_file = wish.key_file;
    auto store = store::Store::open(wish.database, options);
    const auto outcome =
        evidence::back_up(store, wish.database, evidence::Depot::of(wish.database, wish.files), wish.folder);
    for (const auto& problem : outcome.damaged) std::cout << sentence(Language::en, problem) << '\n';
    const auto arguments = told(outcome, wish);
    say_line("backup.done", arguments);
    if (outcome.database == store::Done::no_tool) say_line("backup.no-pg-dump", arguments);
    say_line("backup.without-key", arguments);
    if (!outcome.damaged.empty() || outcome.database == store::Done::no_tool) throw CLI::RuntimeError(1);
}

void restore(const BackupWish& wish) {
    const auto outcome = evidence::restore(wish.folder, wish.database, evidence::Depot::of(wish.database, wish.files));
    const auto arguments = told(outcome, wish);
    say_line("backup.restored", arguments);
    if (outcome.database == store::Done::no_tool) say_line("backup.no-pg-restore", arguments);
    say_line("backup.key-wanted", arguments);
    if (outcome.database == store::Done::no_tool) throw CLI::RuntimeError(1);
}

CLI::App* add_part(CLI::App& app, const std::string& name, const std::string& about,
                   const std::shared_ptr<BackupWish>& wish) {
    CLI::App* command = app.add_subcommand(name, about);
    command->add_option("folder", wish->folder, "of the backup")->required()->type_name("DIR");
    command->add_option("--db", wish->database, "sqlite:FILE or postgresql://…")->required();
    add_key_option(*command, wish->key_file);
    add_files_option(*command, wish->files);
    return command;
}

}  // namespace

void add_files_option(CLI::App& command, std::string& folder) {
    command
        .add_option("--files", folder,
                    "the folder of photos and documents (default: $GUIDON_FILES; else beside an SQLite file, "
                    "FILE.files; for PostgreSQL guidon-NAME.files here)")
        ->type_name("DIR");
}

void add_backup(CLI::App& app) {
    const auto wish = std::make_shared<BackupWish>();
    add_part(app, "backup", "Copy the database, as it is now, and its files", wish)->callback([wish] {
        back_up(*wish);
    });
    add_part(app, "restore", "Check a backup, and make a database and its files of it", wish)->callback([wish] {
        restore(*wish);
    });
}

}  // namespace guidon::cli
