#include "cli/demo_facts.h"

#include <iostream>
#include <set>
#include <unordered_set>

#include "books/book_rules.h"
#include "books/books_store.h"
#include "cli/commands.h"
#include "comments/comments_store.h"
#include "evaluation/looking.h"
#include "evaluation/parts.h"
#include "evaluation/standings_document.h"
#include "files/table.h"
#include "gallery/figures.h"
#include "news/articles_store.h"
#include "replications/spread.h"

namespace guidon::cli {

namespace json = boost::json;
using gallery::Count;

namespace {

class Facts {
public:
    explicit Facts(store::Store& store)
        : store_(store),
          reader_(store.read()),
          register_(store),
          live_(
              store, [](const auto&, const auto&) {}, 1) {}

    void print() {
        movement_of_models();
        province_of_models();
        topics();
        company();
        named();
        article();
        cluster();
        good_cells();
        pilots();
        province_of_examples();
        book();
        theme_of_examples();
        trackers();
        std::cout << files::csv_text(table_);
    }

private:
    void row(std::string_view name, std::string_view what, std::string_view figure) {
        table_.rows.push_back({std::string(name), std::string(what), std::string(figure)});
    }
    void row(std::string_view name, std::string_view what, std::int64_t figure) {
        row(name, what, std::to_string(figure));
    }

    std::optional<units::Unit> unit(const char* code, Day on) { return units::find_unit_by_code(reader_, code, on); }

    gallery::Tally tally(const units::Unit& unit, int year) {
        gallery::Scope scope;
        scope.days = gallery::year_of(year);
        scope.tree = register_.tree(scope.days.last);
        scope.unit = static_cast<std::int32_t>(unit.id.number());
        return register_.with([&](const gallery::View& view) {
            return gallery::count_all(view, scope, gallery::Eyes(reader_, nullptr)).total;
        });
    }

    void movement_of_models() {
        const auto of_2024 = cycle("skilled-mass-mobilisation", "2024");
        if (!of_2024) return;
        row("A1", "theme of 2024", pick(of_2024->theme, Language::en));
        row("A2", "fields", static_cast<std::int64_t>(of_2024->exemplars->fields.size()));
    }

    /// What the movement follows from and leads to, and its focus.
    void topics() {
        const auto of_2025 = cycle("skilled-mass-mobilisation", "2025");
        if (!of_2025) return;
        for (const auto& document : of_2025->documents)
            if (document.number.ends_with("/TU")) row("A4", "resolution of the province", document.number);
        row("A4", "congresses", static_cast<std::int64_t>(of_2025->occasions.size()));
        row("A5", "focus topics", static_cast<std::int64_t>(of_2025->exemplars->topics.size()));
    }

    /// The newest one: in each language there is the same.
    void article() {
        const auto newest = news::published(reader_, 0, 1, 0);
        if (newest.empty()) return;
        const auto& shown = newest.front().article;
        const auto said = news::version(reader_, shown.id, shown.shown).text;
        row("A10", "authors of the article", static_cast<std::int64_t>(said.authors.size()));
        row("A10", "sources of the article", static_cast<std::int64_t>(said.sources.size()));
        if (const auto thread = comments::thread_of(reader_, shown.href()))
            row("A10", "comments on the article", thread->shown);
    }

    void good_cells() {
        const auto cells = cycle("four-good-cells", "2024");
        if (!cells) return;
        for (const auto& document : cells->documents)
            if (!document.date.empty()) row("C1", "day of the launch plan", document.date);
        row("C2", "goods of a cell", static_cast<std::int64_t>(cells->rules.sections.size()));
    }

    void book() {
        for (const auto& one : books::books(reader_)) {
            row("D6", "plan of the book", one.plan_number);
            row("D6", "years of the book", std::to_string(one.from_year) + "–" + std::to_string(one.to_year));
            if (const auto quota = books::read_rules(one.rules).quota) row("D6", "exemplars in the book", *quota);
            std::int64_t chosen = 0;
            for (const auto& entry : books::entries_of(reader_, one.id)) chosen += books::is_chosen(entry.state);
            row("D6", "chosen so far", chosen);
        }
    }

    void theme_of_examples() {
        if (const auto of_2023 = cycle("skilled-mass-mobilisation-ninh-binh", "2023"))
            row("D8", "theme of 2023", pick(of_2023->theme, Language::en));
    }

    void province_of_models() {
        const auto province = unit("22", Day::of_number(20'241'231));
        if (!province) return;
        const auto of_2024 = tally(*province, 2024);
        row("A2", "registered in 2024", of_2024[Count::registered]);
        row("A3", "recognised in 2024", of_2024[Count::recognised]);
        row("A3", "recognised in 2024, of collectives", of_2024[Count::recognised] - of_2024.recognised_individuals);
        row("A3", "recognised in 2024, of individuals", of_2024.recognised_individuals);
    }

    void company() {
        const Day first = Day::of_number(20'240'229), last = Day::of_number(20'241'231);
        const auto committee = unit("TQN", last);
        if (!committee) return;
        const auto below = units::subtree(reader_, committee->id, last);
        const auto spread =
            replications::spread_of(replications::counted(reader_, "skilled-mass-mobilisation", first, last),
                                    std::unordered_set<units::UnitId>(below.begin(), below.end()));
        row("A6", "initial models of the coal company", spread.all.initial);
        row("A6", "models of the coal company at the end of 2024", spread.all.total);
    }

    /// Those that are not made up, and how many kinds of owners they have.
    void named() {
        const auto [owners, count] = register_.with([&](const gallery::View& view) {
            std::pair<std::set<std::int32_t>, int> found;
            for (gallery::Columns::Row i = 0; i < view.all.size(); ++i) {
                if (!view.all.there[i] || view.all.sample[i] || !exemplars::is_public(view.all.state[i])) continue;
                found.first.insert(view.all.unit[i]);
                ++found.second;
            }
            return found;
        });
        if (count == 0) return;
        std::set<std::string> kinds;
        for (const auto owner : owners) kinds.insert(register_.unit(owner)->kind);
        row("A7", "models told by name", count);
        row("A7", "kinds of their owners", static_cast<std::int64_t>(kinds.size()));
    }

    void cluster() {
        if (!movements::find_cycle(reader_, "north-central-cluster", "2023")) return;
        const auto shown = evaluation::look_as(
            live_, store_, nullptr, "north-central-cluster", "2023", [](const auto& board, const auto& insight) {
                return evaluation::standings_document(board, insight, {}, Language::en);
            });
        row("B1", "provinces in the cluster", shown.at("count").to_number<std::int64_t>());
        const auto& leader = shown.at("group").as_object().at("leader").as_object();
        row("B1", "leader of the cluster in 2023", std::string_view(leader.at("name").as_string()));
    }

    std::optional<movements::Cycle> cycle(const char* key, const char* period) {
        const auto stored = movements::find_cycle(reader_, key, period);
        std::vector<Fault> faults;
        return stored ? movements::read_cycle(stored->toml, key, faults) : std::nullopt;
    }

    void pilots() {
        const auto rules = cycle("four-good-organisations", "2024");
        if (!rules) return;
        for (const auto& gate : rules->rules.gates)
            if (gate.key == "at-least-one-pilot" || gate.key == "at-most-two-pilots")
                row("C3", gate.key == "at-least-one-pilot" ? "pilot cells each, at least" : "pilot cells each, at most",
                    gate.bound.text());
    }

    void province_of_examples() {
        const auto province = unit("37", Day::of_number(20'231'231));
        if (!province) return;
        const auto of_2023 = tally(*province, 2023);
        row("D3", "new in 2023", of_2023[Count::new_]);
        row("D3", "active at the end of 2023", of_2023[Count::active_end]);
        row("D4", "removed in 2023", of_2023[Count::removed]);
    }

    void trackers() {
        const auto of_2023 = cycle("ky-anh-trackers", "2023");
        if (!of_2023) return;
        json::object page;
        evaluation::movement_parts(live_, store_)
            .results(page, *of_2023, movements::Detail::page, {reader_, nullptr, Language::en});
        const std::map<std::string_view, std::pair<const char*, const char*>> known{
            {"households_gave_land", {"E5", "households that gave land"}},
            {"sites_handed_over", {"E6", "projects whose site was handed over"}},
            {"backlogs_settled", {"E6", "backlogs resolved"}}};
        for (const auto& figure : page.at("figures").as_array())
            if (const auto found = known.find(figure.at("key").as_string()); found != known.end())
                row(found->second.first, found->second.second, std::string_view(figure.at("value_text").as_string()));
    }

    files::Table table_{.columns = {{"row"}, {"what"}, {"figure"}}, .rows = {}};
    store::Store& store_;
    store::Reader reader_;
    gallery::Register register_;
    evaluation::LiveCycles live_;
};

}  // namespace

void add_demo_facts(CLI::App& demo) {
    auto* command =
        demo.add_subcommand("facts", "Print the figures of the sources that are computed from what is stored");
    auto url = std::make_shared<std::string>();
    command->add_option("--db", *url, "sqlite:FILE or postgresql://…")->required();
    auto key_file = std::make_shared<std::string>();
    add_key_option(*command, *key_file);
    command->callback([url, key_file] {
        store::Options options;
        options.create = false;
        options.key_file = *key_file;
        auto store = store::Store::open(*url, options);
        Facts(store).print();
    });
}

}  // namespace guidon::cli
