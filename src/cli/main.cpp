// The one program: finds the command, runs it, and turns refusals into sentences and an exit status
// (0 done, 1 our fault or an outage, 2 what was handed in has faults or the command line is wrong).
#include <exception>
#include <iostream>

#include "base/language.h"
#include "base/problem.h"
#include "cli/commands.h"
#include "cli/report.h"

namespace guidon::cli {
namespace {

int run(int argc, char** argv) {
    CLI::App app{"Guidon runs emulation movements: exact, explained standings", "guidon"};
    app.require_subcommand(1);
    app.set_version_flag("--version", "guidon " GUIDON_VERSION);
    add_score(app);
    add_check(app);
    add_import(app);
    add_export(app);
    add_serve(app);
    add_doctor(app);
    add_backup(app);
    add_people(app);
    add_mail(app);
    add_journal(app);
    add_demo(app);
    try {
        app.parse(argc, argv);
    } catch (const CLI::RuntimeError& done) {
        return done.get_exit_code();  // the command has said why
    } catch (const CLI::ParseError& wrong) {
        return app.exit(wrong) == 0 ? 0 : 2;
    } catch (const Faults& faults) {
        print_faults(std::cerr, faults.list);
        return 2;
    } catch (const Problem& problem) {
        std::cerr << "guidon: " << sentence(Language::en, problem) << '\n';
        return problem.status < 500 ? 2 : 1;
    }
    return 0;
}

}  // namespace
}  // namespace guidon::cli

int main(int argc, char** argv) {
    try {
        return guidon::cli::run(argc, argv);
    } catch (const std::exception& outage) {
        std::cerr << "guidon: " << outage.what() << '\n';
        return 1;
    }
}
