#include "gallery/figures_page.h"

#include <algorithm>

#include "gallery/place.h"

namespace guidon::gallery {

namespace json = boost::json;

namespace {

/// The columns of a table, in their order.
constexpr Count columns[] = {Count::registered,   Count::recognised, Count::first_time,  Count::carried,
                             Count::active_start, Count::new_,       Count::reactivated, Count::moved_in,
                             Count::removed,      Count::ended,      Count::moved_out,   Count::active_end,
                             Count::kept};

/// One page of figures in the making: how numbers are written and where they lead.
class Sheet {
public:
    Sheet(const FiguresWish& wish, Language language) : language_(language) {
        wish_.days = wish.days;
        wish_[Facet::unit] = wish.unit;
        wish_[Facet::movement] = wish.movement;
        wish_[Facet::field] = wish.field;
    }
    std::string number(std::int64_t value) const { return number_text(language_, std::to_string(value)); }
    /// With one place: 57.7.
    std::string percent(std::int64_t part, std::int64_t whole) const {
        if (whole == 0) return "–";
        const std::int64_t tenths = (part * 2000 + whole) / (whole * 2);
        return say(
            language_, "gallery.percent",
            {{"number", number_text(language_, std::to_string(tenths / 10) + "." + std::to_string(tenths % 10))}});
    }
    json::object cell(std::string_view key, std::int64_t value, const Wish& behind) const {
        json::object cell{{"key", key}, {"count", value}, {"count_text", number(value)}};
        if (value != 0)
            cell["href"] = behind.href();
        else
            cell["none"] = true;
        return cell;
    }
    Wish list_of(Count count) const {
        Wish behind = wish_;
        behind.counted = count;
        return behind;
    }
    Wish list_of(State state) const {
        Wish behind = list_of(Count::registered);
        behind.stood = state;
        return behind;
    }
    Wish of_owner(Count count, OwnerKind owner) const {
        return list_of(count).with(Facet::owner, std::string(exemplars::code(owner)));
    }
    /// A row of a table with all columns. `narrow` adds to the lists behind it what the row is about.
    template <class Narrow>
    json::object row(std::string_view key, std::string_view title, const Tally& tally, Narrow narrow) const {
        json::array cells;
        for (const Count count : columns) {
            Wish behind = list_of(count);
            narrow(behind);
            cells.push_back(cell(code(count), tally[count], behind));
            if (count != Count::recognised) continue;
            for (const OwnerKind owner : {OwnerKind::collective, OwnerKind::individual}) {
                Wish theirs = of_owner(count, owner);
                narrow(theirs);
                const std::int64_t individuals = tally.recognised_individuals;
                cells.push_back(cell(exemplars::code(owner),
                                     owner == OwnerKind::individual ? individuals : tally[count] - individuals,
                                     theirs));
            }
        }
        return {{"key", key},
                {"title", title},
                {"cells", std::move(cells)},
                {"rate_text", percent(tally[Count::first_time], tally[Count::registered])}};
    }
    Language language() const { return language_; }

private:
    Language language_;
    Wish wish_;
};

json::array column_titles(Language language) {
    json::array titles;
    const auto add = [&](const std::string& key) {
        titles.push_back(json::object{{"key", key}, {"title", say(language, "gallery.column." + key)}});
    };
    for (const Count count : columns) {
        add(std::string(code(count)));
        if (count != Count::recognised) continue;
        add("collective");
        add("individual");
    }
    return titles;
}

json::object table(const std::string& key, json::array rows, const Sheet& sheet) {
    return {{"key", key}, {"title", say(sheet.language(), "gallery.by." + key)}, {"rows", std::move(rows)}};
}

struct Named {
    std::string key, title;
};

int this_year(const FiguresWish& wish) {
    return wish.days.last.number() / 10'000;
}

/// In which something was counted.
std::optional<int> newest_year(const Figures& figures, Count count) {
    for (auto year = figures.years.rbegin(); year != figures.years.rend(); ++year)
        if (year->second[count] != 0) return year->first;
    return std::nullopt;
}

FiguresWish of_year(FiguresWish wish, int year) {
    wish.year = std::to_string(year);
    wish.days = year_of(year);
    return wish;
}

std::string query_of(const FiguresWish& wish) {
    Wish parts;
    parts[Facet::unit] = wish.unit;
    parts[Facet::movement] = wish.movement;
    parts[Facet::field] = wish.field;
    std::string query = parts.href("");
    const auto add = [&](const char* name, const std::string& value) {
        if (!value.empty()) query += (query.empty() ? "?" : "&") + std::string(name) + "=" + value;
    };
    add("year", wish.year);
    add("on", wish.on);
    return query;
}

std::string figures_href(const FiguresWish& wish) {
    return "/exemplars/figures" + query_of(wish);
}

json::array tables(const Figures& figures, const Sheet& sheet, const std::vector<Named>& units,
                   const Catalogue& catalogue, const FiguresWish& wish) {
    const Language language = sheet.language();
    json::array all;
    json::array fields;
    for (const auto& [key, tally] : figures.fields)
        fields.push_back(sheet.row(
            key, key.empty() ? say(language, "gallery.no-field") : Catalogue::title(catalogue.fields, key, language),
            tally, [&](Wish& behind) { behind[Facet::field] = key; }));
    fields.push_back(sheet.row("", say(language, "gallery.total"), figures.total, [](Wish&) {}));
    fields.back().as_object()["total"] = true;
    all.push_back(table("field", std::move(fields), sheet));

    json::array below;
    for (std::size_t i = 0; i < units.size(); ++i) {
        if (figures.units[i] == Tally()) continue;
        below.push_back(sheet.row(units[i].key, units[i].title, figures.units[i],
                                  [&](Wish& behind) { behind[Facet::unit] = units[i].key; }));
        FiguresWish there = wish;
        there.unit = units[i].key;
        below.back().as_object()["figures_href"] = figures_href(there);
    }
    if (!below.empty()) all.push_back(table("unit", std::move(below), sheet));

    if (figures.movements.size() > 1) {
        json::array rows;
        for (const auto& [key, tally] : figures.movements) {
            std::string title = key;
            for (const auto& cycle : catalogue.cycles)
                if (cycle.movement == key) title = pick(cycle.title, language);
            rows.push_back(sheet.row(key, title, tally, [&](Wish& behind) { behind[Facet::movement] = key; }));
        }
        all.push_back(table("movement", std::move(rows), sheet));
    }

    json::array years;
    for (const auto& [year, tally] : figures.years) {
        years.push_back(sheet.row(std::to_string(year), std::to_string(year), tally, [&, year = year](Wish& behind) {
            behind.days = year_of(year);
            behind.days.last = std::min(behind.days.last, wish.days.last);
        }));
        FiguresWish then = wish;
        then.year = std::to_string(year);
        then.on.clear();
        years.back().as_object()["figures_href"] = figures_href(then);
    }
    if (years.size() > 1) all.push_back(table("year", std::move(years), sheet));
    return all;
}

json::array state_rows(const Figures& figures, const Sheet& sheet) {
    json::array rows;
    for (const State state : exemplars::states) {
        const std::int64_t number = figures.total.by_state[static_cast<std::size_t>(state)];
        if (number == 0) continue;
        json::object row = sheet.cell(exemplars::code(state), number, sheet.list_of(state));
        row["title"] = say(sheet.language(), "exemplars.state." + std::string(exemplars::code(state)));
        row["rate_text"] = sheet.percent(number, figures.total[Count::registered]);
        rows.push_back(std::move(row));
    }
    return rows;
}

json::array level_rows(const Figures& figures, const Sheet& sheet, const Catalogue& catalogue) {
    json::array rows;
    for (auto level = catalogue.levels.rbegin(); level != catalogue.levels.rend(); ++level) {
        const auto found = figures.levels.find(level->key);
        if (found == figures.levels.end()) continue;
        const auto& [recognised, individuals] = found->second;
        rows.push_back(json::object{{"key", level->key},
                                    {"title", Catalogue::title(catalogue.levels, level->key, sheet.language())},
                                    {"recognised", recognised},
                                    {"recognised_text", sheet.number(recognised)},
                                    {"collectives", recognised - individuals},
                                    {"collectives_text", sheet.number(recognised - individuals)},
                                    {"individuals", individuals},
                                    {"individuals_text", sheet.number(individuals)}});
    }
    return rows;
}

/// The figures in words: what was registered and recognised, where the rest stands, and why the active are so many.
json::array sentences(const Figures& figures, const Sheet& sheet) {
    const Tally& total = figures.total;
    const auto text = [&](std::int64_t value) { return std::to_string(value); };
    json::array all;
    const auto add = [&](const char* key, const Arguments& arguments) {
        all.push_back(json::value(say(sheet.language(), key, arguments)));
    };
    add("gallery.say.recognised", {{"registered", text(total[Count::registered])},
                                   {"recognised", text(total[Count::recognised])},
                                   {"collectives", text(total[Count::recognised] - total.recognised_individuals)},
                                   {"individuals", text(total.recognised_individuals)},
                                   {"carried", text(total[Count::carried])}});
    if (total[Count::registered] > 0)
        add("gallery.say.rate", {{"rate", sheet.percent(total[Count::first_time], total[Count::registered])},
                                 {"others", text(total[Count::registered] - total[Count::first_time])}});
    add("gallery.say.active", {{"start", text(total[Count::active_start])},
                               {"new", text(total[Count::new_])},
                               {"reactivated", text(total[Count::reactivated])},
                               {"in", text(total[Count::moved_in])},
                               {"removed", text(total[Count::removed])},
                               {"ended", text(total[Count::ended])},
                               {"out", text(total[Count::moved_out])},
                               {"end", text(total[Count::active_end])}});
    return all;
}

struct Counted {
    Figures figures;
    Catalogue catalogue;
};

Scope scope_of(const store::Reader& reader, Register& all, const FiguresWish& wish) {
    Scope scope;
    scope.days = wish.days;
    scope.tree = all.tree(wish.days.last);
    scope.unit = unit_named(reader, wish.unit);
    scope.below = units_below(*scope.tree, scope.unit);
    scope.field = wish.field;
    scope.movement = wish.movement;
    return scope;
}

Counted counted(Register& all, const Scope& scope, const Eyes& eyes) {
    return all.with([&](const View& view) { return Counted{count_all(view, scope, eyes), view.catalogue}; });
}

std::vector<Named> named(Register& all, const std::vector<std::int32_t>& units, Language language) {
    std::vector<Named> names;
    for (const std::int32_t id : units) {
        const auto unit = all.unit(id);
        const std::string& name = pick(unit->names, language);
        names.push_back({unit->public_id, name.empty() ? unit->code : name});
    }
    return names;
}

json::object few_cell(const Sheet& sheet, Count count, std::int64_t value, const Arguments& arguments) {
    json::object cell = sheet.cell(code(count), value, sheet.list_of(count));
    cell["label"] = say(sheet.language(), "gallery.few." + std::string(code(count)), arguments);
    return cell;
}

}  // namespace

FiguresWish read_figures_wish(const web::Request& request, Day today) {
    FiguresWish wish;
    wish.year = request.asked("year");
    wish.on = request.asked("on");
    wish.unit = request.asked("unit");
    wish.movement = request.asked("movement");
    wish.field = request.asked("field");
    if (const auto day = asked_day(request, "on")) {
        wish.days = {year_of(day->number() / 10'000).first, *day};
        wish.year.clear();
    } else if (!wish.year.empty()) {
        if (wish.year.size() != 4 || wish.year.find_first_not_of("0123456789") != std::string::npos ||
            wish.year < "1900")
            refuse_filter("year", wish.year);
        wish.days = year_of(std::stoi(wish.year));
    } else {
        wish.days = {year_of(today.number() / 10'000).first, today};
    }
    return wish;
}

json::object figures_document(store::Store& store, Register& all, const FiguresWish& wish, const Asker& asker) {
    const Language language = asker.language;
    const auto reader = store.read();
    const Scope scope = scope_of(reader, all, wish);
    const auto [figures, catalogue] = counted(all, scope, Eyes(reader, asker.viewer));
    if (const auto year = newest_year(figures, Count::registered);
        year && wish.asks_no_day() && *year < this_year(wish))
        return figures_document(store, all, of_year(wish, *year), asker);
    const Sheet sheet(wish, language);
    const std::string query = query_of(wish);
    json::object document{{"title", say(language, "gallery.figures")},
                          {"lede", say(language, "gallery.figures-lede",
                                       {{"from", date_text(language, wish.days.first.text())},
                                        {"to", date_text(language, wish.days.last.text())}})},
                          {"href", "/exemplars/figures"},
                          {"from", wish.days.first.text()},
                          {"to", wish.days.last.text()},
                          {"year", wish.year},
                          {"on", wish.on},
                          {"movement", wish.movement},
                          {"field", wish.field},
                          {"sample", figures.sample},
                          {"sentences", sentences(figures, sheet)},
                          {"columns", column_titles(language)},
                          {"tables", tables(figures, sheet, named(all, scope.below, language), catalogue, wish)},
                          {"states", state_rows(figures, sheet)},
                          {"levels", level_rows(figures, sheet, catalogue)},
                          {"links", json::object{{"csv", "/exemplars/figures.csv" + query},
                                                 {"xlsx", "/exemplars/figures.xlsx" + query},
                                                 {"json", "/exemplars/figures.json" + query}}}};
    if (scope.unit) document["unit"] = units::unit_reference(*all.unit(*scope.unit), language);
    json::array movements;
    std::string last;
    for (const auto& cycle : catalogue.cycles) {
        if (!cycle.takes_exemplars || cycle.movement == last) continue;
        last = cycle.movement;
        movements.push_back(json::object{{"key", cycle.movement},
                                         {"title", pick(cycle.title, language)},
                                         {"selected", cycle.movement == wish.movement}});
    }
    document["movements"] = std::move(movements);
    return document;
}

files::Table figures_table(const json::object& document, Language language) {
    files::Table table{.columns = {{say(language, "gallery.column.table")}, {say(language, "gallery.column.row")}},
                       .rows = {}};
    const auto text = [](const json::value& value) { return std::string(value.as_string()); };
    for (const auto& column : document.at("columns").as_array())
        table.columns.push_back({text(column.at("title")), files::ColumnKind::number});
    const std::size_t width = table.columns.size();
    for (const auto& one : document.at("tables").as_array())
        for (const auto& row : one.at("rows").as_array()) {
            std::vector<std::string> cells{text(one.at("title")), text(row.at("title"))};
            for (const auto& cell : row.at("cells").as_array())
                cells.push_back(std::to_string(cell.at("count").as_int64()));
            table.rows.push_back(std::move(cells));
        }
    const auto add = [&](const char* by, const json::value& row, const std::vector<const char*>& numbers) {
        std::vector<std::string> cells{say(language, by), text(row.at("title"))};
        for (const char* name : numbers)
            cells.push_back(*name ? std::to_string(row.at(name).as_int64()) : std::string());
        cells.resize(width);
        table.rows.push_back(std::move(cells));
    };
    for (const auto& row : document.at("states").as_array()) add("gallery.by.state", row, {"count"});
    for (const auto& row : document.at("levels").as_array())
        add("gallery.by.level", row, {"", "recognised", "collectives", "individuals"});
    return table;
}

json::object few_figures(store::Store& store, Register& all, const std::string& unit, const Asker& asker) {
    FiguresWish wish;
    const Day today = Day::of_utc_ms(store.now_utc_ms());
    wish.days = {year_of(today.number() / 10'000).first, today};
    wish.unit = unit;
    const auto reader = store.read();
    Scope scope = scope_of(reader, all, wish);
    scope.below.clear();
    const Figures figures = counted(all, scope, Eyes(reader, asker.viewer)).figures;
    json::object few;
    for (const Count count : {Count::registered, Count::recognised}) {
        const int year = newest_year(figures, count).value_or(this_year(wish));
        const auto then = figures.years.find(year);
        const Sheet sheet(of_year(wish, year), asker.language);
        few[std::string(code(count))] = few_cell(sheet, count, then == figures.years.end() ? 0 : then->second[count],
                                                 {{"year", std::to_string(year)}});
    }
    few["active_end"] = few_cell(Sheet(wish, asker.language), Count::active_end, figures.total[Count::active_end], {});
    return few;
}

}  // namespace guidon::gallery
