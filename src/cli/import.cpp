// guidon import units|groups|values|movement|exemplars FILE --db URL [--plan] [--date D]
#include <iostream>
#include <memory>
#include <string>

#include "base/day.h"
#include "base/language.h"
#include "cli/commands.h"
#include "files/input.h"
#include "imports/import.h"
#include "store/store.h"

namespace guidon::cli {
namespace {

struct ImportWish {
    std::string kind, file, database, date, key_file;
    bool plan_only = false;
};

Day day_of(const std::string& text, const store::Store& store) {
    if (text.empty()) return Day::of_utc_ms(store.now_utc_ms());
    const auto day = Day::parse(text);
    if (!day) throw Problem("import.date", {{"text", text}}, "date");
    return *day;
}

/// Faults go to main, with the warnings among them; warnings of a good file are told here.
void tell_warnings(const imports::Plan& plan) {
    if (plan.refused()) throw Faults(plan.faults);
    for (const auto& warning : plan.faults) std::cerr << sentence(Language::en, warning) << '\n';
}

void run_import(const ImportWish& wish) {
    const files::InputFile input(wish.file);
    store::Options options;
    options.key_file = wish.key_file;
    auto store = store::Store::open(wish.database, options);
    const imports::Source source{*imports::kind_of(wish.kind), wish.file, input.bytes(), day_of(wish.date, store),
                                 imports::Rights::terminal()};
    imports::Import import(store.read(), source);
    tell_warnings(import.plan());
    std::cout << imports::in_words(import.plan(), Language::en);
    if (wish.plan_only) {
        std::cout << say(Language::en, "import.planned") << '\n';
        return;
    }
    const auto entry = import.apply(store, import.plan().identity());
    std::cout << (entry == 0 ? say(Language::en, "import.no-change")
                             : say(Language::en, "import.stored", {{"seq", std::to_string(entry)}}))
              << '\n';
}

}  // namespace

void add_import(CLI::App& app) {
    const auto wish = std::make_shared<ImportWish>();
    auto* command = app.add_subcommand("import", "Store what a CSV, XLSX or movement file says: all of it or nothing");
    command->add_option("kind", wish->kind, "units, groups, values, movement or exemplars")
        ->required()
        ->check(CLI::IsMember({"units", "groups", "values", "movement", "exemplars"}));
    command->add_option("file", wish->file, "the file")->required();
    command->add_option("--db", wish->database, "sqlite:FILE or postgresql://…")->required();
    add_key_option(*command, wish->key_file);
    command->add_flag("--plan", wish->plan_only, "only say what would be stored");
    command->add_option("--date", wish->date, "from which day changed names and parents hold (default: today, UTC)");
    command->callback([wish] { run_import(*wish); });
}

}  // namespace guidon::cli
