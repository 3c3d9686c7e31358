// guidon score: from four files to standings, without a database. FORMATS says what goes in and what comes out.
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <optional>
#include <thread>

#include "cli/commands.h"
#include "cli/report.h"
#include "cli/result_files.h"
#include "evaluation/file_field.h"
#include "files/input.h"
#include "files/output.h"
#include "movements/cycle.h"

namespace guidon::cli {
namespace {

struct Wish {
    std::string units, groups, movement, values;
    std::string out, rollup, explain;
    bool points = false, timing = false;
    int threads = 1;
};

/// Tells how long each phase took, where that is asked for.
class Clock {
public:
    explicit Clock(bool tells) : tells_(tells) {}
    void phase(const char* name) {
        const auto now = std::chrono::steady_clock::now();
        if (tells_) std::fprintf(stderr, "%s %.3f s\n", name, std::chrono::duration<double>(now - last_).count());
        last_ = now;
    }

private:
    bool tells_;
    std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

/// Where `under` stands in the movement's file.
files::Place place_of_under(std::string_view toml) {
    int line = 1;
    for (std::size_t at = 0; at < toml.size(); ++line) {
        const auto end = std::min(toml.find('\n', at), toml.size());
        const std::string_view text = toml.substr(at, end - at);
        if (const auto key = text.find_first_not_of(" \t"); key != std::string_view::npos)
            if (text.substr(key).starts_with("under")) return {line, static_cast<int>(key) + 1};
        at = end + 1;
    }
    return {1, 1};
}

/// The four files, read; whatever is wrong with any of them is told at once.
class Inputs {
public:
    explicit Inputs(const Wish& wish)
        : wish_(wish), units_(wish.units), movement_(wish.movement), values_(wish.values) {
        if (!wish.groups.empty()) groups_.emplace(wish.groups);
    }

    scoring::Engine engine(Clock& clock) {
        std::vector<Fault> faults;
        const units::UnitFile units = units::read_units(units_.bytes(), wish_.units, faults);
        const bool all_units = !has_errors(faults);
        auto cycle = movements::read_cycle(movement_.bytes(), wish_.movement, faults);
        units::GroupFile groups;
        if (groups_) groups = units::read_groups(groups_->bytes(), wish_.groups, &units.codes, faults);
        values::Wanted wanted;
        if (cycle) wanted = {cycle->rules.indicators, cycle->period};
        auto columns = values::read_columns(values_.bytes(), wish_.values, units.codes, wanted, wish_.threads, faults);
        // While units are missing because of faults of their own, nobody can tell who is unknown.
        if (!all_units) std::erase_if(faults, [](const Fault& fault) { return fault.code.ends_with(".unknown-unit"); });
        if (has_errors(faults)) throw Faults(std::move(faults));
        print_faults(std::cerr, faults);
        scoring::Field known = field(*cycle, units, groups, std::move(columns));
        clock.phase("read");
        return scored(std::move(*cycle), std::move(known), units);
    }

private:
    scoring::Field field(const movements::Cycle& cycle, const units::UnitFile& units, const units::GroupFile& groups,
                         values::ValueColumns columns) const {
        try {
            return evaluation::field_of_files(cycle, units, groups, std::move(columns));
        } catch (const Problem& problem) {
            if (problem.code != "participants.unknown-root") throw;
            const files::Place place = place_of_under(movement_.bytes());
            throw Faults({{wish_.movement, place.line, place.column, problem.code, problem.arguments}});
        }
    }

    scoring::Engine scored(movements::Cycle cycle, scoring::Field field, const units::UnitFile& units) const {
        const std::string period = cycle.period;
        try {
            return scoring::Engine(std::move(cycle.rules), std::move(field), wish_.threads);
        } catch (Faults& faults) {
            place(faults.list, units, period);
            throw;
        }
    }

    /// The engine knows units and indicators; this finds the row that said so, or the unit's own.
    void place(std::vector<Fault>& faults, const units::UnitFile& units, const std::string& period) const {
        std::vector<values::Asked> asked;
        for (Fault& fault : faults) asked.push_back({fault.arguments["unit"], fault.arguments["indicator"]});
        const auto places = values::find_values(values_.bytes(), asked, period);
        for (std::size_t i = 0; i < faults.size(); ++i) {
            files::Place place = places[i];
            faults[i].file = wish_.values;
            if (const int unit = units.codes.find(asked[i].unit); place.line == 0 && unit >= 0) {
                place = units.units[static_cast<std::size_t>(unit)].place;
                faults[i].file = wish_.units;
            }
            faults[i].line = place.line;
            faults[i].column = place.column;
        }
    }

    const Wish& wish_;
    files::InputFile units_;
    std::optional<files::InputFile> groups_;
    files::InputFile movement_, values_;
};

/// Throws Problem "file.not-written" where a result would replace what it is computed from.
void refuse_to_overwrite(const Wish& wish) {
    for (const auto* out : {&wish.out, &wish.rollup, &wish.explain})
        for (const auto* in : {&wish.units, &wish.groups, &wish.movement, &wish.values}) {
            std::error_code other;  // a file that is not there yet is none of the inputs
            if (std::filesystem::equivalent(*out, *in, other))
                throw Problem("file.not-written", {{"path", *out}, {"reason", "input"}, {"detail", ""}});
        }
}

void score(const Wish& wish) {
    refuse_to_overwrite(wish);
    Clock clock(wish.timing);
    const scoring::Engine engine = Inputs(wish).engine(clock);
    clock.phase("score");
    files::OutputFiles files;
    const Sink sink = [&](std::string_view text) { files.append(text); };
    files.begin(wish.out);
    write_standings(engine, wish.points ? Columns::with_points : Columns::plain, wish.threads, sink);
    if (!wish.rollup.empty()) {
        files.begin(wish.rollup);
        write_rollup(engine, sink);
    }
    if (!wish.explain.empty()) {
        files.begin(wish.explain);
        write_explanations(engine, wish.threads, sink);
    }
    files.commit();
    clock.phase("write");
}

}  // namespace

void add_score(CLI::App& app) {
    auto* command = app.add_subcommand("score", "Rank the units of a movement from files, without a database");
    auto wish = std::make_shared<Wish>();
    wish->threads = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    command->add_option("--units", wish->units, "units.csv: the organisation")->required();
    command->add_option("--groups", wish->groups, "groups.csv: who is compared with whom");
    command->add_option("--movement", wish->movement, "movement.toml: the rules")->required();
    command->add_option("--values", wish->values, "values.csv: what was reported")->required();
    command->add_option("--out", wish->out, "Where the standings go")->required();
    command->add_option("--rollup", wish->rollup, "Where the result over the hierarchy goes");
    command->add_flag("--points", wish->points, "Add the points of every criterion and the gates");
    command->add_option("--explain", wish->explain, "Where a line of JSON for each unit goes: why it stands there");
    command->add_option("--threads", wish->threads, "How many processors to use")->check(CLI::Range(1, 1024));
    command->add_flag("--timing", wish->timing, "Tell how long each phase took");
    command->callback([wish] { score(*wish); });
}

}  // namespace guidon::cli
