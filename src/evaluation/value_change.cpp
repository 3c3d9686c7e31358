#include "evaluation/value_change.h"

#include <algorithm>
#include <memory>
#include <tuple>

#include "evaluation/looking.h"
#include "movements/reporting.h"
#include "movements/value_sight.h"
#include "store/journal.h"
#include "units/units_store.h"
#include "values/values_store.h"
#include "web/precondition.h"

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
    int class_index = -1;
    std::string total;
};
Place place_of(const Board& board, int unit) {
    return {board.engine.rank(unit), board.engine.class_index(unit), board.engine.total(unit)};
}

/// A peer whose rank the change moves.
struct Move {
    int unit, before, after;
};

/// What a change did: all that its document needs beside what never changes on the board.
struct Told {
    ValueWish wish;
    values::Row was, is;
    Place before, after;
    std::vector<Move> moved;   // in the order of the standings after the change; in full
    std::string group;         // code of the peer group, "" for a unit that takes no part
    std::int64_t entry = 0;    // in the journal; 0 = nothing changed
    std::int64_t version = 0;  // of the value as it is now
};

json::object side(const Board& board, const Insight& insight, const Told& told, bool after, Language language) {
    const values::Row& row = after ? told.is : told.was;
    const Place& place = after ? told.after : told.before;
    const auto& [unit, indicator] = std::pair(told.wish.unit, told.wish.indicator);
    const auto shown = [&](const Cell& cell) {
        return cell.reported() ? number_text(language, cell.value().text())
                               : say(language, cell.missing() ? "why.not-reported" : "why.not-applicable");
    };
    json::object side;
    if (after || insight.value(unit, indicator)) {  // who changes it knows what it is now
        side["value"] = cell_text(row.value);
        side["value_text"] = shown(row.value);
        if (row.target.reported()) side["target"] = cell_text(row.target), side["target_text"] = shown(row.target);
    } else {
        side["value_text"] = insight.hidden_text(language);
    }
    const bool takes_part = board.engine.takes_part(unit);
    if (takes_part && !insight.standing(unit)) {
        side["rank_text"] = side["total_text"] = insight.hidden_text(language);
        side["class_title"] = "";
        return side;
    }
    const bool has_rank = !takes_part || insight.ranks(board.engine.peer_group(unit));
    side["rank_text"] = !has_rank    ? insight.hidden_text(language)
                        : place.rank ? count_text(language, static_cast<std::size_t>(place.rank))
                                     : "–";
    side["total"] = place.total;
    side["total_text"] = number_text(language, place.total);
    side["class_title"] = place.class_index < 0 || !insight.standing_class(unit)
                              ? json::value("")
                              : class_part(board, place.class_index, language).at("title");
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
json::object named(const Board& board, const Told& told, Language language) {
    const ValueWish& wish = told.wish;
    const auto unit = static_cast<std::size_t>(wish.unit);
    json::object movement = movement_part(board, language);
    const std::string why = board.address() + "/units/" + board.units[unit].id;
    const std::string query = query_text({{"group", told.group}});
    const auto& indicator = board.engine.rules().indicators[static_cast<std::size_t>(wish.indicator)];
    return {{"title", say(language, told.was.same_as(told.is) ? "value.unchanged" : "value.changed")},
            {"kicker", std::string(movement["title"].as_string()) + " · " + board.cycle.period},
            {"movement", std::move(movement)},
            {"unit", unit_part(board, wish.unit, language)},
            {"indicator",
             json::object{{"key", indicator.key}, {"title", indicator_title(board, wish.indicator, language)}}},
            {"why_href", why},
            {"standings_href", board.address() + "/standings" + query + "#" + board.units[unit].id}};
}

/// Where everybody stands with the change carried out, of those whom it may have moved.
void note_after(Told& told, const Board& board, const std::vector<int>& units) {
    const auto& engine = board.engine;
    told.after = place_of(board, told.wish.unit);
    if (!engine.takes_part(told.wish.unit)) return;
    const int group = engine.peer_group(told.wish.unit);
    told.group = engine.peer_group_code(group);
    for (const int unit : units)
        if (engine.takes_part(unit) && engine.peer_group(unit) == group)
            told.moved.push_back({unit, 0, engine.rank(unit)});
}

/// Only those whose rank did move, in the order of the standings.
void put_in_order(Told& told, const Board& board) {
    std::erase_if(told.moved, [](const Move& move) { return move.before == move.after; });
    const auto& codes = board.engine.field().codes;
    const auto place = [&](const Move& move) {  // the unranked come last
        return std::tuple(move.after == 0, move.after, std::string_view(codes[static_cast<std::size_t>(move.unit)]));
    };
    std::sort(told.moved.begin(), told.moved.end(),
              [&](const Move& one, const Move& other) { return place(one) < place(other); });
}

/// Compares with the board without the change.
void note_before(Told& told, const Board& board) {
    told.before = place_of(board, told.wish.unit);
    for (Move& move : told.moved) move.before = board.engine.rank(move.unit);
    put_in_order(told, board);
}

void tell_moved(json::object& document, const Board& board, const Insight& insight, const Told& told,
                Language language) {
    const int its = told.wish.unit;
    if (board.engine.takes_part(its) && !insight.ranks(board.engine.peer_group(its))) {
        document["moved"] = json::array();
        document["moved_text"] = insight.hidden_text(language);
        return;
    }
    constexpr std::size_t most_told = 20;
    const auto shown = [&](int rank) { return rank ? count_text(language, static_cast<std::size_t>(rank)) : "–"; };
    json::array moved;
    for (const auto& [unit, was, is] : told.moved) {
        if (moved.size() == most_told) break;
        moved.push_back(json::object{{"unit", unit_part(board, unit, language)},
                                     {"rank_before_text", shown(was)},
                                     {"rank_after_text", shown(is)},
                                     {"up", is && (!was || is < was)},
                                     {"down", was && (!is || is > was)}});
    }
    document["moved"] = std::move(moved);
    document["moved_text"] = say(language, "value.moved", {{"count", std::to_string(told.moved.size())}});
}

json::object tell_entry(std::int64_t entry, Language language) {
    return {{"entry", entry}, {"entry_text", say(language, "value.entry", {{"entry", std::to_string(entry)}})}};
}

/// The document of a change.
json::object tell_change(const Board& board, const Insight& insight, const Told& told, Language language) {
    const auto& [was, is] = std::tie(told.was, told.is);
    json::object document = named(board, told, language);
    tell_moved(document, board, insight, told, language);
    document["before"] = side(board, insight, told, false, language);
    document["after"] = side(board, insight, told, true, language);
    document["version"] = std::to_string(told.version);
    document["changed"] = !was.same_as(is);
    const auto text = [&](const char* part, const char* field) {
        return std::string(document.at(part).as_object().at(field).as_string());
    };
    document["lede"] = say(language, was.same_as(is) ? "value.unchanged-lede" : "value.changed-lede",
                           {{"indicator", text("indicator", "title")},
                            {"unit", text("unit", "name")},
                            {"before", text("before", "value_text")},
                            {"after", text("after", "value_text")}});
    if (told.entry) document["journal"] = tell_entry(told.entry, language);
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

/// A unit's first value brings it into the cycle, which is scored anew with what this change has stored.
std::shared_ptr<const Board> join(const store::Change& change, const std::string& key, const std::string& period,
                                  const std::string& id, Told& told, Language language) {
    std::shared_ptr<const Board> board = load_board(change, key, period, 1);
    const auto joined = board->unit_by_id.find(id);
    if (joined == board->unit_by_id.end()) {
        const auto unit = units::unit(change, told.is.unit, Day::of_utc_ms(change.at_utc_ms()));
        throw Problem("standings.not-a-participant", {{"unit", pick(unit.names, language)}}, "", 404);
    }
    told.wish.unit = joined->second;
    const auto& engine = board->engine;
    note_after(
        told, *board,
        engine.takes_part(told.wish.unit) ? engine.members(engine.peer_group(told.wish.unit)) : std::vector<int>());
    put_in_order(told, *board);
    return board;
}

/// Tries the wish on the cycle in memory, unless its unit is not in it yet: refused here, before anything is stored,
/// if the unit's rule cannot take the value.
LiveCycles::Held try_it(LiveCycles& live, const web::Request& request, Told& told) {
    Trial trial;
    trial.wish = [&](const Board& board) -> std::optional<ValueWish> {
        told.wish.indicator = index_of_indicator(board, request.place.at("indicator"));
        const auto known = board.unit_by_id.find(request.place.at("id"));
        if (known == board.unit_by_id.end()) return std::nullopt;
        told.wish.unit = known->second;
        return told.wish;
    };
    trial.carried_out = [&](const Board& board, const scoring::Moved& moved) {
        note_after(told, board, moved.standings);
    };
    trial.taken_back = [&](const Board& board) { note_before(told, board); };
    return live.try_value(request.place.at("key"), request.place.at("period"), trial);
}

std::string text_of(const values::Row& row, Language language) {
    return row.value.reported() ? number_text(language, row.value.value().text())
                                : say(language, row.value.missing() ? "why.not-reported" : "why.not-applicable");
}

/// In which capacity the value was stored: the office and role, no name.
store::Entry entry_of(const store::Reader& reader, std::int64_t seq) {
    const auto entries = store::entries_since(reader, seq - 1, 1);
    return entries.empty() ? store::Entry() : entries.front();
}

/// Throws Problem "value.changed-meanwhile" (412) unless the request names the version of `row`: with who changed it
/// in which capacity, when and from what to what, if whoever asks may see the value.
void must_be_seen(const store::Reader& reader, const web::Request& request, const values::Row& row,
                  const values::Row& wanted) {
    if (web::matches(request, std::to_string(row.since))) return;
    const Language language = request.language;
    const movements::ValueSight sight(reader, people::viewer_of(request));
    const bool seen = sight.sees(row.unit, request.place.at("indicator"), request.place.at("period"));
    const auto entry = row.since > 0 ? entry_of(reader, row.since) : store::Entry();
    Arguments arguments{{"seen", seen ? "yes" : "no"}, {"entry", std::to_string(row.since)}};
    if (seen) {
        const std::string role = entry.capacity.substr(0, entry.capacity.find_first_of("@/"));
        arguments["capacity"] = role.empty() ? "-" : role;
        arguments["date"] = row.since > 0 ? date_text(language, Day::of_utc_ms(entry.at_utc_ms).text()) : "-";
        arguments["stored"] = text_of(row, language);
        arguments["yours"] = text_of(wanted, language);
    }
    throw Problem("value.changed-meanwhile", std::move(arguments), "value", 412);
}

/// Puts the change into words for who asked; `look` runs a function on the board that knows it.
template <class LookAt>
json::object tell_to(store::Store& store, const web::Request& request, const Told& told, LookAt look) {
    const auto* viewer = people::viewer_of(request);
    if (!viewer || look([](const Board& board) { return board.open(); }))
        return look([&](const Board& board) { return tell_change(board, Insight(board), told, request.language); });
    const auto reader = store.read();
    const people::Sight sight(reader, viewer, request.place.at("key"), request.place.at("period"));
    return look([&](const Board& board) { return tell_change(board, Insight(board, sight), told, request.language); });
}

/// What the engine refuses of the unit itself is told as it is. What it refuses of others – a unit above, of whose
/// result this value is a part – would tell of figures that are not for whoever reports.
[[noreturn]] void refuse_trial(const store::Reader& reader, const web::Request& request, units::UnitId unit,
                               const Faults& faults, Day today) {
    const std::string key = request.place.at("key"), period = request.place.at("period");
    if (sees_everything(reader, people::viewer_of(request), key, period)) throw faults;
    const std::string code = units::unit(reader, unit, today).code;
    std::vector<Fault> own;
    for (const Fault& fault : faults.list)
        if (const auto named = fault.arguments.find("unit"); named != fault.arguments.end() && named->second == code)
            own.push_back(fault);
    if (own.empty()) throw Problem("value.beyond-above", {}, "value");
    throw Faults(std::move(own));
}

/// Loads the cycle, which has to be sound before a value of it can change.
void must_be_sound(LiveCycles& live, store::Store& store, const web::Request& request) {
    const std::string key = request.place.at("key"), period = request.place.at("period");
    try {
        live.with(key, period, [](const Board&) {});
    } catch (const Faults& faults) {
        refuse_unsound(store, people::viewer_of(request), key, period, faults);
    }
}

/// What is stored of the value, empty where nothing is.
values::Row stored_row(const store::Reader& reader, units::UnitId unit, const web::Request& request) {
    const auto series = values::find_series(reader, request.place.at("indicator"), request.place.at("period"));
    const auto row = series ? values::find_value(reader, unit, *series) : std::nullopt;
    return row.value_or(values::Row{.unit = unit, .value = {}, .target = {}, .note = {}});
}

}  // namespace

web::Answer change_value(LiveCycles& live, store::Store& store, const web::Request& request) {
    const std::string key = request.place.at("key"), period = request.place.at("period");
    const std::string id = request.place.at("id"), indicator = request.place.at("indicator");

    const auto reader = store.read();
    const auto unit = units::find_unit_id(reader, id);
    if (!unit) throw Problem("standings.unknown-unit", {{"unit", id}}, "", 404);
    auto change = store.change(movements::permit_report(reader, people::viewer_of(request), *unit, key,
                                                        movements::reporting_of(reader, indicator, period)));
    must_be_sound(live, store, request);
    const auto told = std::make_shared<Told>();
    told->was = stored_row(change, *unit, request);
    told->is = wanted(request, told->was);
    must_be_seen(change, request, told->was, told->is);
    ValueWish& wish = told->wish;
    wish.value = told->is.value;
    wish.target = told->is.target;

    const auto held = [&] {
        try {
            return try_it(live, request, *told);
        } catch (const Faults& faults) {
            refuse_trial(change, request, *unit, faults, Day::of_utc_ms(change.at_utc_ms()));
        }
    }();
    const bool changed = values::put_value(change, indicator, period, told->is);
    told->version = told->is.says_nothing() ? 0 : changed ? change.next_seq() : told->was.since;
    // Put into words once it is on disk, by the thread that answers.
    web::Answer answer{.template_name = "values/changed"};
    if (wish.unit >= 0) {
        answer.fill = [held, told, &store, request] {
            return tell_to(store, request, *told, [&](auto look) { return held.look(look); });
        };
    } else {
        const auto board = join(change, key, period, id, *told, request.language);
        answer.fill = [board, told, &store, request] {
            return tell_to(store, request, *told, [&](auto look) { return look(*board); });
        };
    }
    if (!changed) return answer;
    change.after_commit([&live, followed = ChangedValue{change.next_seq(), id, indicator, period, wish.value,
                                                        wish.target}] { live.follow(followed); });
    told->entry = change.commit("value.changed", id, journal_document(indicator, period, told->was, told->is));
    return answer;
}

}  // namespace guidon::evaluation
