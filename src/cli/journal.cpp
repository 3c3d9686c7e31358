// guidon journal export|checkpoint|verify: take the journal and its signed head along, and check both – in the
// database, or in an exported file with nothing else at hand.
#include <iostream>
#include <memory>
#include <optional>
#include <string>

#include "base/language.h"
#include "cli/commands.h"
#include "cli/journal_sheet.h"
#include "files/input.h"
#include "files/output.h"
#include "store/doctor.h"
#include "store/journal_file.h"
#include "store/store.h"

namespace guidon::cli {
namespace {

struct JournalWish {
    std::string database, key_file, out, language = "en";
    std::string file, checkpoint, public_key;  // verify
};

store::Store open(const JournalWish& wish) {
    store::Options options;
    options.create = false;
    options.key_file = wish.key_file;
    return store::Store::open(wish.database, options);
}

void write_file(const std::string& path, std::string_view bytes) {
    files::OutputFiles files;
    files.begin(path);
    files.append(bytes);
    files.commit();
}

void run_export(const JournalWish& wish) {
    auto store = open(wish);
    files::OutputFiles files;
    files.begin(wish.out);
    const auto entries = store::write_journal(store.read(), [&](std::string_view piece) { files.append(piece); });
    files.commit();
    std::cout << say(Language::en, "journal.exported", {{"path", wish.out}, {"entries", std::to_string(entries)}})
              << '\n';
}

void run_checkpoint(const JournalWish& wish) {
    auto store = open(wish);
    const auto reader = store.read();
    const auto head = store::newest_checkpoint(reader);
    const auto key = store::public_key(reader);
    if (!head || !key) throw Problem("journal.no-head");
    if (wish.out.empty()) {
        std::cout << head->text;
        return;
    }
    const auto language = language_of(wish.language).value_or(Language::en);
    write_file(wish.out, wish.out.ends_with(".svg") ? journal_sheet(*head, *key, language) : head->text);
    std::cout << say(Language::en, "export.written", {{"path", wish.out}}) << '\n';
}

store::Trust trust_of(const JournalWish& wish) {
    store::Trust trust;
    if (!wish.public_key.empty()) trust.key = store::trusted_key_of(wish.public_key);
    if (!wish.checkpoint.empty()) {
        trust.older = store::kept_checkpoint(files::InputFile(wish.checkpoint).bytes(), wish.checkpoint);
    }
    return trust;
}

void print_line(const std::string& key, const Arguments& arguments = {}) {
    std::cout << say(Language::en, key, arguments) << '\n';
}

void report(const store::Verdict& verdict, const store::Trust& trust) {
    for (const auto& problem : verdict.found) std::cout << sentence(Language::en, problem) << '\n';
    if (const auto& head = verdict.head) {
        print_line("journal.origin", {{"origin", head->origin}});
        print_line("journal.entries", {{"entries", std::to_string(head->size)}});
        print_line("journal.root", {{"root", head->root}});
        print_line("journal.time", {{"time", utc_text(head->at_utc_ms)}});
    }
    if (verdict.key) print_line("journal.key", {{"fingerprint", verdict.key->fingerprint()}});
    if (!verdict.found.empty()) {
        print_line("journal.unsound", {{"found", std::to_string(verdict.found.size())}});
        throw CLI::RuntimeError(2);
    }
    if (trust.older) print_line("journal.extends", {{"entries", std::to_string(trust.older->size)}});
    print_line(trust.key.empty() ? "journal.sound-in-itself" : "journal.sound");
}

void run_verify(const JournalWish& wish) {
    auto trust = trust_of(wish);
    if (!wish.file.empty()) {
        const files::InputFile input(wish.file);
        return report(store::check_journal_file(input.bytes(), wish.file, trust), trust);
    }
    if (wish.database.empty()) throw Problem("journal.nothing-named");
    auto store = open(wish);
    if (const auto key = store.trusted_key(); key && trust.key.empty()) trust.key = key->text();
    report(store::check_journal(store.read(), trust), trust);
}

CLI::App* add_part(CLI::App& journal, const std::string& name, const std::string& about, JournalWish& wish,
                   bool needs_database) {
    auto* command = journal.add_subcommand(name, about);
    command->add_option("--db", wish.database, "sqlite:FILE or postgresql://…")->required(needs_database);
    add_key_option(*command, wish.key_file);
    return command;
}

}  // namespace

void add_key_option(CLI::App& command, std::string& file) {
    command.add_option("--key", file,
                       "the file with the key that signs the journal (default: beside an SQLite file, FILE.key; for "
                       "PostgreSQL $GUIDON_KEY, or guidon-NAME.key here)");
}

void add_journal(CLI::App& app) {
    const auto wish = std::make_shared<JournalWish>();
    auto* journal = app.add_subcommand("journal", "Take the journal along, sign for it, and check it");
    journal->require_subcommand(1);

    auto* exporting = add_part(*journal, "export", "Write all entries with the signed checkpoint", *wish, true);
    exporting->add_option("--out", wish->out, "FILE.jsonl")->required();
    exporting->callback([wish] { run_export(*wish); });

    auto* checkpoint = add_part(*journal, "checkpoint", "The signed head: to keep, to print, to compare", *wish, true);
    checkpoint->add_option("--out", wish->out, "FILE.txt, or FILE.svg to print (default: standard output)");
    checkpoint->add_option("--language", wish->language, "of the printed sheet: en, vi or ur")
        ->check(CLI::IsMember({"en", "vi", "ur"}));
    checkpoint->callback([wish] { run_checkpoint(*wish); });

    auto* verify = add_part(*journal, "verify", "Whether entries, hashes and signature fit", *wish, false);
    verify->add_option("file", wish->file, "an exported FILE.jsonl, instead of --db");
    verify->add_option("--checkpoint", wish->checkpoint, "one that was kept: the journal must go on from it");
    verify->add_option("--public-key", wish->public_key, "that must have signed: the key, or its fingerprint");
    verify->callback([wish] { run_verify(*wish); });
}

}  // namespace guidon::cli
