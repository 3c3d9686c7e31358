// `guidon check MOVEMENT`: what is wrong with a movement file, or what it says in words.
#include <filesystem>
#include <fstream>
#include <iostream>
#include <optional>

#include "cli/commands.h"
#include "cli/report.h"
#include "movements/cycle_text.h"

namespace guidon::cli {

namespace {

struct Options {
    std::string movement;
    std::string language = "en";
};

std::optional<std::string> content(const std::string& file) {
    if (std::filesystem::is_directory(file)) return std::nullopt;  // reading one throws
    std::ifstream in(file, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(in), {}};
    return in.is_open() && !in.bad() ? std::optional(std::move(text)) : std::nullopt;
}

/// Faults and warnings go to standard error, the words to standard output, so that these can be kept.
void check(const Options& options) {
    const auto language = *language_of(options.language);
    const auto toml = content(options.movement);
    std::vector<Fault> faults;
    std::optional<movements::Cycle> cycle;
    if (toml)
        cycle = movements::read_cycle(*toml, options.movement, faults);
    else
        faults.push_back({options.movement, 0, 0, "movement.unreadable", {}});
    if (cycle) {
        const auto further = movements::check_cycle(*cycle, *toml, options.movement);
        faults.insert(faults.end(), further.begin(), further.end());
    }
    print_faults(std::cerr, faults, language);
    if (has_errors(faults)) throw CLI::RuntimeError(2);
    std::cout << movements::text_of(*cycle, language) << '\n'
              << say(language, "movement.check.fine", {{"warnings", std::to_string(faults.size())}}) << '\n';
}

}  // namespace

void add_check(CLI::App& app) {
    auto options = std::make_shared<Options>();
    auto* command = app.add_subcommand("check", "Tell what is wrong with a movement file, or what it says in words");
    command->add_option("MOVEMENT", options->movement, "movement.toml")->required();
    command->add_option("--language", options->language, "en, vi or ur")
        ->check(CLI::IsMember({"en", "vi", "ur"}))
        ->capture_default_str();
    command->callback([options] { check(*options); });
}

}  // namespace guidon::cli
