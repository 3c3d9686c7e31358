#include "evaluation/value_change.h"

#include "units/units_store.h"
#include "values/values_store.h"

namespace guidon::evaluation {

namespace json = boost::json;
using scoring::Cell;

namespace {

Cell read_cell(const std::string& text, const std::string& field) {
    if (text.empty()) return {};
    if (text == "na") return Cell::not_applicable();
    const auto decimal = Decimal::parse(text);
    if (!decimal) throw Problem("value.malformed", {{"value", text}}, field);
    return *decimal;
}

std::string cell_text(const Cell& cell) {
    return cell.reported() ? cell.value().text() : cell.is_not_applicable() ? "na" : "";
}

/// Whether a field was sent at all: an empty one means "not reported", an absent one "as before".
bool sent(const web::Request& request, const std::string& name) {
    return request.fields.contains(name);
}

/// A unit's place before or after the change.
struct Place {
    int rank = 0;
    std::string total, class_title;
};
Place place_of(const Board& board, int unit, Language language) {
    Place place{board.engine.rank(unit), board.engine.total(unit), ""};
    if (const int its_class = board.engine.class_index(unit); its_class >= 0)
        place.class_title = class_part(board, its_class, language).at("title").as_string();
    return place;
}

json::object side(const Cell& value, const Cell& target, const Place& place, Language language) {
    const auto shown = [&](const Cell& cell) {
        return cell.reported() ? number_text(language, cell.value().text())
                               : say(language, cell.missing() ? "why.not-reported" : "why.not-applicable");
    };
    json::object side{{"value", cell_text(value)},
                      {"value_text", shown(value)},
                      {"rank_text", place.rank ? count_text(language, static_cast<std::size_t>(place.rank)) : "–"},
                      {"total", place.total},
                      {"total_text", number_text(language, place.total)},
                      {"class_title", place.class_title}};
    if (target.reported()) side["target"] = cell_text(target), side["target_text"] = shown(target);
    return side;
}

int index_of_indicator(const Board& board, const std::string& key) {
    const auto& indicators = board.engine.rules().indicators;
    for (std::size_t i = 0; i < indicators.size(); ++i)
        if (indicators[i].key == key) return static_cast<int>(i);
    throw Problem("value.unknown-indicator", {{"indicator", key}, {"movement", board.cycle.key}}, "", 404);
}

/// What the change would do, told before it is stored.
struct Told {
    json::object document;
    ValueWish wish;
};

/// The part of the answer that names what was changed.
json::object named(const Board& board, const ValueWish& wish, Language language) {
    const auto unit = static_cast<std::size_t>(wish.unit);
    json::object movement = movement_part(board, language);
    const std::string why = board.address() + "/units/" + board.units[unit].id;
    const std::string query =
        query_text({{"group", std::string(board.engine.peer_group_code(board.engine.peer_group(wish.unit)))}});
    const auto& indicator = board.engine.rules().indicators[static_cast<std::size_t>(wish.indicator)];
    return {{"title", say(language, "value.changed")},
            {"kicker", std::string(movement["title"].as_string()) + " · " + board.cycle.period},
            {"movement", std::move(movement)},
            {"unit", unit_part(board, wish.unit, language)},
            {"indicator",
             json::object{{"key", indicator.key}, {"title", indicator_title(board, wish.indicator, language)}}},
            {"why_href", why},
            {"standings_href", board.address() + "/standings" + query + "#" + board.units[unit].id}};
}

Told tell_change(LiveCycles& live, const web::Request& request, const values::Row& before, const values::Row& after) {
    const Language language = request.language;
    const std::string key = request.place.at("key"), period = request.place.at("period");
    Told told;
    Place place_before;
    std::vector<int> ranks_before;
    live.with(key, period, [&](const Board& board) {
        const auto unit = board.unit_by_id.find(request.place.at("id"));
        if (unit == board.unit_by_id.end())
            throw Problem("standings.unknown-unit", {{"unit", request.place.at("id")}}, "", 404);
        told.wish = {unit->second, index_of_indicator(board, request.place.at("indicator")), after.value, after.target};
        told.document = named(board, told.wish, language);
        place_before = place_of(board, told.wish.unit, language);
        const int group = board.engine.takes_part(told.wish.unit) ? board.engine.peer_group(told.wish.unit) : -1;
        if (group < 0) return;
        ranks_before.assign(board.units.size(), 0);
        for (const int peer : board.engine.members(group))
            ranks_before[static_cast<std::size_t>(peer)] = board.engine.rank(peer);
    });
    const bool changed = !before.same_as(after);
    live.try_value(key, period, told.wish, [&](const Board& board) {
        json::array moved;
        std::size_t count = 0;
        if (board.engine.takes_part(told.wish.unit))
            for (const int peer : board.engine.members(board.engine.peer_group(told.wish.unit))) {
                const int was = ranks_before[static_cast<std::size_t>(peer)], is = board.engine.rank(peer);
                if (was == is) continue;
                ++count;
                if (moved.size() >= 20) continue;
                moved.push_back(
                    json::object{{"unit", unit_part(board, peer, language)},
                                 {"rank_before_text", was ? count_text(language, static_cast<std::size_t>(was)) : "–"},
                                 {"rank_after_text", is ? count_text(language, static_cast<std::size_t>(is)) : "–"},
                                 {"up", is && (!was || is < was)},
                                 {"down", was && (!is || is > was)}});
            }
        told.document["moved"] = std::move(moved);
        told.document["moved_text"] = say(language, "value.moved", {{"count", std::to_string(count)}});
        told.document["before"] = side(before.value, before.target, place_before, language);
        told.document["after"] = side(after.value, after.target, place_of(board, told.wish.unit, language), language);
    });
    told.document["changed"] = changed;
    told.document["lede"] =
        say(language, changed ? "value.changed-lede" : "value.unchanged-lede",
            {{"indicator", std::string(told.document["indicator"].as_object()["title"].as_string())},
             {"unit", std::string(told.document["unit"].as_object()["name"].as_string())},
             {"before", std::string(told.document["before"].as_object()["value_text"].as_string())},
             {"after", std::string(told.document["after"].as_object()["value_text"].as_string())}});
    return told;
}

}  // namespace

web::Answer change_value(LiveCycles& live, store::Store& store, const web::Request& request) {
    const std::string indicator = request.place.at("indicator"), period = request.place.at("period");
    if (!sent(request, "value")) throw Problem("value.absent", {}, "value");

    auto change = store.change(store::administrator_permit());
    const auto unit = units::find_unit(change, request.place.at("id"), Day::of_utc_ms(change.at_utc_ms()));
    if (!unit) throw Problem("standings.unknown-unit", {{"unit", request.place.at("id")}}, "", 404);
    values::Row before{.unit = unit->id, .value = {}, .target = {}, .note = {}};
    if (const auto series = values::find_series(change, indicator, period))
        before = values::find_value(change, unit->id, *series).value_or(before);

    values::Row after = before;
    after.value = read_cell(request.field("value"), "value");
    if (sent(request, "target")) after.target = read_cell(request.field("target"), "target");
    if (sent(request, "note")) after.note = request.field("note");
    if (after.note.size() > 2000) throw Problem("value.note-too-long", {{"most", "2000"}}, "note");

    Told told = tell_change(live, request, before, after);
    web::Answer answer{.template_name = "values/changed"};
    if (values::put_value(change, indicator, period, after)) {
        change.after_commit([&live] { live.follow(); });
        const std::int64_t entry = change.commit("value.changed", unit->public_id,
                                                 {{"indicator", indicator},
                                                  {"period", period},
                                                  {"value", cell_text(after.value)},
                                                  {"target", cell_text(after.target)},
                                                  {"note", after.note},
                                                  {"before", json::object{{"value", cell_text(before.value)},
                                                                          {"target", cell_text(before.target)},
                                                                          {"note", before.note}}}});
        told.document["journal"] = json::object{
            {"entry", entry}, {"entry_text", say(request.language, "value.entry", {{"entry", std::to_string(entry)}})}};
    }
    answer.document = std::move(told.document);
    return answer;
}

}  // namespace guidon::evaluation
