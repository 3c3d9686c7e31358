// guidon export units|groups|values|exemplars|movement|standings --db URL --out FILE.csv|.xlsx|.toml
#include <functional>
#include <iostream>
#include <memory>
#include <optional>
#include <string>

#include "base/day.h"
#include "base/language.h"
#include "cli/commands.h"
#include "cli/export_site.h"
#include "evaluation/live_cycles.h"
#include "evaluation/standings_document.h"
#include "files/output.h"
#include "imports/export.h"
#include "store/store.h"

namespace guidon::cli {
namespace {

struct ExportWish {
    std::string what, folder, database, out, date;
    std::string key, period;
    std::string language = "en";
};

void refuse_ending(const std::string& path, const std::string& endings) {
    throw Problem("export.format", {{"path", path}, {"endings", endings}}, "out");
}

/// Writes a table where its name says how.
std::int64_t write_table(const std::string& path, const std::string& sheet,
                         const std::function<std::int64_t(imports::TableOut&)>& fill) {
    const bool as_xlsx = path.ends_with(".xlsx");
    if (!as_xlsx && !path.ends_with(".csv")) refuse_ending(path, ".csv, .xlsx");
    files::OutputFiles files;
    files.begin(path);
    std::int64_t rows = 0;
    if (as_xlsx) {
        imports::XlsxOut out(sheet);
        rows = fill(out);
        files.append(out.bytes());
    } else {
        imports::CsvOut out([&](std::string_view piece) { files.append(piece); });
        rows = fill(out);
    }
    files.commit();
    return rows;
}

std::int64_t fill_standings(const store::Reader& reader, const ExportWish& wish, imports::TableOut& out) {
    const auto language = language_of(wish.language).value_or(Language::en);
    const auto cycle = imports::meant_cycle(reader, wish.key, wish.period);
    const auto board = evaluation::load_board(reader, cycle.key, cycle.period, 1);
    const auto table = evaluation::standings_table(*board, evaluation::Insight::at_terminal(*board), {}, language);
    out.begin(table.columns);
    for (const auto& row : table.rows) out.row({row.begin(), row.end()});
    return static_cast<std::int64_t>(table.rows.size());
}

void write_movement(const store::Reader& reader, const ExportWish& wish) {
    if (!wish.out.ends_with(".toml")) refuse_ending(wish.out, ".toml");
    const auto text = imports::meant_cycle(reader, wish.key, wish.period).toml;
    files::OutputFiles files;
    files.begin(wish.out);
    files.append(text);
    files.commit();
    std::cout << say(Language::en, "export.written", {{"path", wish.out}}) << '\n';
}

void run_export(const ExportWish& wish) {
    if (wish.what == "site") return export_site(wish.database, wish.folder);
    if (wish.out.empty()) throw CLI::RequiredError("--out");
    store::Options options;
    options.create = false;
    auto store = store::Store::open(wish.database, options);
    const auto today = wish.date.empty() ? std::optional(Day::of_utc_ms(store.now_utc_ms())) : Day::parse(wish.date);
    if (!today) throw Problem("import.date", {{"text", wish.date}}, "date");
    const auto reader = store.read();
    if (wish.what == "movement") return write_movement(reader, wish);
    const auto rows = write_table(wish.out, wish.what, [&](imports::TableOut& out) {
        if (wish.what == "units") return imports::export_units(reader, *today, out);
        if (wish.what == "exemplars")
            return imports::export_exemplars(
                reader, *today, [](const exemplars::Exemplar&) { return true; }, out);
        if (wish.what == "groups") return imports::export_groups(reader, *today, out);
        if (wish.what == "standings") return fill_standings(reader, wish, out);
        imports::ValueFilter filter;
        if (!wish.period.empty()) filter.period = wish.period;
        return imports::export_values(reader, *today, filter, out);
    });
    std::cout << say(Language::en, "export.done", {{"path", wish.out}, {"rows", std::to_string(rows)}}) << '\n';
}

}  // namespace

void add_export(CLI::App& app) {
    const auto wish = std::make_shared<ExportWish>();
    auto* command = app.add_subcommand("export", "Write what is stored as the files that import takes, or standings");
    command->add_option("what", wish->what, "units, groups, values, exemplars, movement, standings or site")
        ->required()
        ->check(CLI::IsMember({"units", "groups", "values", "exemplars", "movement", "standings", "site"}));
    command->add_option("folder", wish->folder, "of a copy of the public site, which opens without a server (site)");
    command->add_option("--db", wish->database, "sqlite:FILE or postgresql://…")->required();
    command->add_option("--out", wish->out, "FILE.csv or FILE.xlsx; a movement as FILE.toml");
    command->add_option("--movement", wish->key, "key of the movement (movement, standings)");
    command->add_option("--period", wish->period, "its period; for values: only this period");
    command->add_option("--date", wish->date, "units as they stood on this day (default: today, UTC)");
    command->add_option("--language", wish->language, "of names in standings: en, vi or ur")
        ->check(CLI::IsMember({"en", "vi", "ur"}));
    command->callback([wish] { run_export(*wish); });
}

}  // namespace guidon::cli
