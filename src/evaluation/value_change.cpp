#include "evaluation/value_change.h"

#include <map>

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
        if (indicators[i].key == key) {
            if (indicators[i].entries) throw Problem("value.of-entries", {{"indicator", key}});
            return static_cast<int>(i);
        }
    throw Problem("value.unknown-indicator", {{"indicator", key}, {"movement", board.cycle.key}}, "", 404);
}

/// The part of the answer that names what was changed.
json::object named(const Board& board, const ValueWish& wish, Language language) {
    const auto unit = static_cast<std::size_t>(wish.unit);
    json::object movement = movement_part(board, language);
    const std::string why = board.address() + "/units/" + board.units[unit].id;
    const std::string group = board.engine.takes_part(wish.unit)
                                  ? std::string(board.engine.peer_group_code(board.engine.peer_group(wish.unit)))
                                  : std::string();
    const std::string query = query_text({{"group", group}});
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

/// How a unit's peers stood before the change.
struct Before {
    bool known = false;  // the unit is in the board
    Place place;
    std::map<std::string, int> ranks;  // by public id
};

Before look_before(const Board& board, const std::string& unit_id, Language language) {
    const auto unit = board.unit_by_id.find(unit_id);
    if (unit == board.unit_by_id.end()) return {};
    Before before{.known = true, .place = place_of(board, unit->second, language)};
    if (board.engine.takes_part(unit->second))
        for (const int peer : board.engine.members(board.engine.peer_group(unit->second)))
            before.ranks[board.units[static_cast<std::size_t>(peer)].id] = board.engine.rank(peer);
    return before;
}

void tell_moved(json::object& document, const Board& board, int unit, const Before& before, Language language) {
    constexpr std::size_t most_told = 20;
    json::array moved;
    std::size_t count = 0;
    if (board.engine.takes_part(unit))
        for (const int peer : board.engine.members(board.engine.peer_group(unit))) {
            const auto known = before.ranks.find(board.units[static_cast<std::size_t>(peer)].id);
            const int was = known == before.ranks.end() ? 0 : known->second, is = board.engine.rank(peer);
            if (was == is) continue;
            if (++count > most_told) continue;
            moved.push_back(
                json::object{{"unit", unit_part(board, peer, language)},
                             {"rank_before_text", was ? count_text(language, static_cast<std::size_t>(was)) : "–"},
                             {"rank_after_text", is ? count_text(language, static_cast<std::size_t>(is)) : "–"},
                             {"up", is && (!was || is < was)},
                             {"down", was && (!is || is > was)}});
        }
    document["moved"] = std::move(moved);
    document["moved_text"] = say(language, "value.moved", {{"count", std::to_string(count)}});
}

/// The document of a change, told on the board with the change carried out.
json::object tell_change(const Board& board, const ValueWish& wish, const values::Row& was, const values::Row& is,
                         const Before& before, Language language) {
    json::object document = named(board, wish, language);
    tell_moved(document, board, wish.unit, before, language);
    document["before"] = side(was.value, was.target, before.place, language);
    document["after"] = side(is.value, is.target, place_of(board, wish.unit, language), language);
    document["changed"] = !was.same_as(is);
    const auto text = [&](const char* part, const char* field) {
        return std::string(document.at(part).as_object().at(field).as_string());
    };
    document["lede"] = say(language, was.same_as(is) ? "value.unchanged-lede" : "value.changed-lede",
                           {{"indicator", text("indicator", "title")},
                            {"unit", text("unit", "name")},
                            {"before", text("before", "value_text")},
                            {"after", text("after", "value_text")}});
    return document;
}

/// What the request wants to be reported, where `row` was.
values::Row wanted(const web::Request& request, values::Row row) {
    if (!sent(request, "value")) throw Problem("value.absent", {}, "value");
    row.value = read_cell(request.field("value"), "value");
    if (sent(request, "target")) row.target = read_cell(request.field("target"), "target");
    if (sent(request, "note")) row.note = request.field("note");
    if (row.note.size() > 2000) throw Problem("value.note-too-long", {{"most", "2000"}}, "note");
    return row;
}

json::object journal_document(const std::string& indicator, const std::string& period, const values::Row& was,
                              const values::Row& is) {
    return {{"indicator", indicator},
            {"period", period},
            {"value", cell_text(is.value)},
            {"target", cell_text(is.target)},
            {"note", is.note},
            {"before",
             json::object{{"value", cell_text(was.value)}, {"target", cell_text(was.target)}, {"note", was.note}}}};
}

}  // namespace

web::Answer change_value(LiveCycles& live, store::Store& store, const web::Request& request) {
    const std::string key = request.place.at("key"), period = request.place.at("period");
    const std::string id = request.place.at("id"), indicator = request.place.at("indicator");
    const Language language = request.language;

    auto change = store.change(store::administrator_permit());
    const auto unit = units::find_unit(change, id, Day::of_utc_ms(change.at_utc_ms()));
    if (!unit) throw Problem("standings.unknown-unit", {{"unit", id}}, "", 404);
    values::Row was{.unit = unit->id, .value = {}, .target = {}, .note = {}};
    if (const auto series = values::find_series(change, indicator, period))
        was = values::find_value(change, unit->id, *series).value_or(was);
    const values::Row is = wanted(request, was);

    ValueWish wish{.value = is.value, .target = is.target};
    const Before before = live.with(key, period, [&](const Board& board) {
        wish.indicator = index_of_indicator(board, indicator);
        if (const auto known = board.unit_by_id.find(id); known != board.unit_by_id.end()) wish.unit = known->second;
        return look_before(board, id, language);
    });
    web::Answer answer{.template_name = "values/changed"};
    if (before.known)  // refused here, before anything is stored, if its rule cannot take the value
        live.try_value(key, period, wish, [&](const Board& board) {
            answer.document = tell_change(board, wish, was, is, before, language);
        });
    const bool changed = values::put_value(change, indicator, period, is);
    if (!before
             .known) {  // its first value brings the unit into the cycle: scored anew with what this change has stored
        const auto board = load_board(change, key, period, 1);
        const auto joined = board->unit_by_id.find(id);
        if (joined == board->unit_by_id.end())
            throw Problem("standings.not-a-participant", {{"unit", pick(unit->names, language)}}, "", 404);
        wish.unit = joined->second;
        answer.document = tell_change(*board, wish, was, is, before, language);
    }
    if (!changed) return answer;
    change.after_commit([&live] { live.follow(); });
    const std::int64_t entry =
        change.commit("value.changed", unit->public_id, journal_document(indicator, period, was, is));
    answer.document["journal"] = json::object{
        {"entry", entry}, {"entry_text", say(language, "value.entry", {{"entry", std::to_string(entry)}})}};
    return answer;
}

}  // namespace guidon::evaluation
