#include "replications/spread_page.h"

#include <algorithm>
#include <iterator>
#include <set>

#include "exemplars/life.h"
#include "movements/movements_store.h"
#include "people/sight.h"
#include "replications/drawing.h"
#include "replications/family_document.h"
#include "replications/spread.h"
#include "units/units_pages.h"

namespace guidon::replications {

namespace json = boost::json;
using people::Viewer;
using web::Request;

namespace {

constexpr std::size_t most_listed = 50, most_drawn = 3'000, most_initial_drawn = 400;

/// What is asked for.
struct Wish {
    std::optional<units::Unit> unit;
    std::string movement;
    Day from, to;
};

Day asked_day(const Request& request, const std::string& name, Day fallback) {
    const std::string text = request.asked(name);
    if (text.empty()) return fallback;
    const auto day = Day::parse(text);
    if (!day) throw Problem("people.day", {{"day", text}}, name);
    return *day;
}

Wish read_wish(const Desk& desk, const store::Reader& reader, const Request& request) {
    const Day today = desk.today();
    Wish wish;
    if (const auto text = request.asked("unit"); !text.empty()) wish.unit = must_find_unit(reader, text, "unit", today);
    wish.movement = request.asked("movement");
    wish.to = std::min(asked_day(request, "to", today), today);
    wish.from = asked_day(request, "from", Day::of_number(wish.to.number() / 10'000 * 10'000 + 101));
    if (wish.from > wish.to) throw Problem("replication.days", {}, "from");
    return wish;
}

/// Leaves what is not open to everybody only where the viewer reads the figures: everywhere, or below the unit asked
/// for.
std::vector<Counted> visible(const std::vector<Counted>& all, const store::Reader& reader, const Viewer* viewer,
                             const Wish& wish, const std::unordered_set<UnitId>& units) {
    const people::Sight sight(reader, viewer, wish.movement, "");
    if (sight.everywhere()) return all;
    const bool below = wish.unit && sight.sees_below(wish.unit->id);
    std::vector<Counted> left;
    std::copy_if(all.begin(), all.end(), std::back_inserter(left),
                 [&](const Counted& one) { return one.open || (below && units.contains(one.unit)); });
    return left;
}

json::object growth_part(const Growth& growth, Language language) {
    json::object part{{"initial", growth.initial},
                      {"initial_text", number_text(language, std::to_string(growth.initial))},
                      {"total", growth.total},
                      {"total_text", number_text(language, std::to_string(growth.total))},
                      {"growth", growth.total - growth.initial},
                      {"growth_text", number_text(language, std::to_string(growth.total - growth.initial))},
                      {"has_factor", growth.initial > 0}};
    if (const auto factor = growth_factor(growth.total, growth.initial); !factor.empty()) {
        part["factor"] = factor;
        part["factor_text"] = number_text(language, factor);
    }
    return part;
}

json::array units_part(const store::Reader& reader, const Spread& spread, Day today, Language language) {
    std::vector<std::pair<UnitId, Growth>> rows(spread.by_unit.begin(), spread.by_unit.end());
    std::stable_sort(rows.begin(), rows.end(),
                     [](const auto& a, const auto& b) { return a.second.total > b.second.total; });
    if (rows.size() > most_listed) rows.resize(most_listed);
    json::array all;
    for (const auto& [unit, growth] : rows) {
        json::object row = growth_part(growth, language);
        row["unit"] = units::unit_reference(units::unit(reader, unit, today), language);
        all.push_back(std::move(row));
    }
    return all;
}

/// Fields are named as the newest cycle of the movement names them.
json::array fields_part(const store::Reader& reader, const Spread& spread, const std::string& movement,
                        Language language) {
    std::optional<movements::Cycle> cycle;
    for (const auto& one : movements::cycles(reader)) {
        if (one.key != movement) continue;
        const auto stored = movements::find_cycle(reader, one.key, one.period);
        std::vector<Fault> faults;
        cycle = movements::read_cycle(stored->toml, one.key, faults);
        break;
    }
    json::array all;
    for (const auto& [key, growth] : spread.by_field) {
        json::object row = growth_part(growth, language);
        const auto* field = cycle && cycle->exemplars ? cycle->exemplars->field(key) : nullptr;
        row["field"] = key;
        row["field_title"] = field ? pick(field->title, language) : key;
        all.push_back(std::move(row));
    }
    return all;
}

json::array initial_part(const store::Reader& reader, const std::vector<Counted>& all, const Spread& spread, Day today,
                         Language language) {
    json::array rows;
    for (std::size_t i = 0; i < std::min(most_listed, spread.initial.size()); ++i) {
        const auto exemplar = exemplars::exemplar(reader, all[spread.initial[i].exemplar].id);
        rows.push_back(
            json::object{{"exemplar", exemplars::exemplar_reference(exemplar, language)},
                         {"unit", units::unit_reference(units::unit(reader, exemplar.unit, today), language)},
                         {"family", spread.initial[i].family},
                         {"family_text", number_text(language, std::to_string(spread.initial[i].family))},
                         {"family_href", "/exemplars/" + exemplar.public_id + "/family"}});
    }
    return rows;
}

/// Without those that stand alone: neither adopted nor adopted from.
std::vector<Mark> of_families(const std::vector<Mark>& marks) {
    std::vector<bool> drawn(marks.size());
    for (std::size_t i = 0; i < marks.size(); ++i)
        if (marks[i].parent >= 0) drawn[i] = drawn[static_cast<std::size_t>(marks[i].parent)] = true;
    std::vector<Mark> kept;
    std::vector<int> place(marks.size(), -1);
    for (std::size_t i = 0; i < marks.size(); ++i) {
        if (!drawn[i]) continue;
        place[i] = static_cast<int>(kept.size());
        kept.push_back(marks[i]);
        if (kept.back().parent >= 0) kept.back().parent = place[static_cast<std::size_t>(kept.back().parent)];
    }
    return kept;
}

/// One wheel of all the families; those between an active one and its initial one are left out where they ended, and
/// very many that stand alone, too.
std::string wheel(const std::vector<Counted>& all, const Spread& spread, const Growth& growth, Language language) {
    std::unordered_map<ExemplarId, int> at;
    std::unordered_map<ExemplarId, ExemplarId> above;
    for (const Counted& one : all)
        if (one.origin) above.emplace(one.id, *one.origin);
    std::vector<Mark> marks;
    for (const std::size_t member : spread.members) {
        const Counted& one = all[member];
        int parent = -1;
        for (auto up = above.find(one.id); up != above.end() && parent < 0; up = above.find(up->second))
            if (const auto found = at.find(up->second); found != at.end()) parent = found->second;
        at.emplace(one.id, static_cast<int>(marks.size()));
        const int generation = parent < 0 ? 0 : marks[static_cast<std::size_t>(parent)].generation + 1;
        marks.push_back({parent, generation, one.title, one.field, "", Tone::active});
    }
    if (spread.initial.size() > most_initial_drawn) marks = of_families(marks);
    if (marks.size() <= most_named / 4 || marks.size() > most_drawn) return "";
    return drawn(
        marks, {.direction = direction(language) == "rtl" ? Direction::rtl : Direction::ltr,
                .place = Place::page,
                .label = say(language, "replications.spread-drawing",
                             {{"initial", std::to_string(growth.initial)}, {"total", std::to_string(growth.total)}})});
}

json::array movement_choices(const store::Reader& reader, const std::string& chosen, Language language) {
    std::set<std::string> told;
    json::array all;
    for (const auto& [cycle, rules] : movements::cycles_with_exemplars(reader)) {
        if (!told.insert(cycle.key).second) continue;
        std::vector<Fault> ignored;
        const auto file = movements::read_cycle(cycle.toml, cycle.key, ignored);
        all.push_back(json::object{
            {"key", cycle.key}, {"title", pick(file->title, language)}, {"selected", cycle.key == chosen}});
    }
    return all;
}

}  // namespace

SpreadPage::All SpreadPage::counted_once(const store::Reader& reader, const Span& span) {
    constexpr std::size_t most_kept = 4;
    const auto count = [&] {
        return std::make_shared<const std::vector<Counted>>(counted(reader, span.movement, span.from, span.to));
    };
    if (!version_) return count();
    const std::scoped_lock lock(mutex_);  // whoever asks meanwhile waits for the same figures
    for (const auto& [known, all] : kept_)
        if (known == span) return all;
    kept_.remove_if([&](const auto& one) { return one.first.version != span.version; });
    if (kept_.size() >= most_kept) kept_.pop_back();
    return kept_.emplace_front(span, count()).second;
}

web::Answer SpreadPage::answer(const Request& request) {
    read_wish(desk_, desk_.store.read(), request);  // refuses what cannot be asked
    web::Answer answer{.template_name = "replications/spread"};
    if (version_ && !people::viewer_of(request))
        answer.version = "spread-" + std::to_string(version_()) + "-" + desk_.today().text();
    answer.fill = [this, request] { return document(request); };
    return answer;
}

json::object SpreadPage::document(const Request& request) {
    const std::int64_t version = version_ ? version_() : 0;  // before the figures, which may be newer, never older
    const auto reader = desk_.store.read();
    const Language language = request.language;
    const Wish wish = read_wish(desk_, reader, request);
    std::unordered_set<UnitId> units;
    if (wish.unit)
        for (const UnitId unit : units::subtree(reader, wish.unit->id, desk_.today())) units.insert(unit);
    const auto all = visible(*counted_once(reader, {version, wish.movement, wish.from, wish.to}), reader,
                             people::viewer_of(request), wish, units);
    const Spread spread = spread_of(all, units);

    json::object document{
        {"title", say(language, "replications.spread-title")},
        {"lede", say(language, "replications.spread-lede",
                     {{"initial", std::to_string(spread.all.initial)},
                      {"total", std::to_string(spread.all.total)},
                      {"from", date_text(language, wish.from.text())},
                      {"to", date_text(language, wish.to.text())}})},
        {"href", "/exemplars/spread"},
        {"unit_code", request.asked("unit")},
        {"movement", wish.movement},
        {"movements", movement_choices(reader, wish.movement, language)},
        {"from", wish.from.text()},
        {"to", wish.to.text()},
        {"growth", growth_part(spread.all, language)},
        {"generations", spread.generations},
        {"generations_text", number_text(language, std::to_string(spread.generations))},
        {"units", units_part(reader, spread, desk_.today(), language)},
        {"fields", wish.movement.empty() ? json::array() : fields_part(reader, spread, wish.movement, language)},
        {"initial", initial_part(reader, all, spread, desk_.today(), language)}};
    if (wish.unit) document["unit"] = units::unit_reference(*wish.unit, language);
    if (auto drawing = wheel(all, spread, spread.all, language); !drawing.empty())
        document["drawing"] = std::move(drawing);
    document["alone_left_out"] = spread.initial.size() > most_initial_drawn;
    return document;
}

}  // namespace guidon::replications
