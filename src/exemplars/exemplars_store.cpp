#include "exemplars/exemplars_store.h"

#include <numeric>

#include "base/assert.h"
#include "base/states.h"
#include "store/columns.h"
#include "store/sql.h"

namespace guidon::exemplars {

namespace json = boost::json;
using store::first_of;
using store::in;
using store::joined;
using store::next_id;
using store::one;
using store::parted;
using store::rows;
using store::run;
using store::texts;

namespace {

constexpr Names<Kind, 2> kinds{"model", "example"};
constexpr Names<OwnerKind, 2> owner_kinds{"collective", "individual"};

json::object parsed(const std::string& kept) {
    return kept.empty() ? json::object() : json::parse(kept).as_object();
}

template <class... Arguments>
std::vector<Exemplar> read_exemplars(const store::Reader& reader, const std::string& condition,
                                     const Arguments&... arguments) {
    std::vector<Exemplar> all;
    for (const auto& [id, public_id, cycle, movement, period, kind, owner_kind, unit, person, field, side, topics,
                      place, title, en, vi, ur, language, content, open, sample, state, level, registered, recognised,
                      looked, confirmed, swept, drafted_by, since] :
         rows<ExemplarId, std::string, CycleId, std::string, std::string, std::string, std::string, UnitId,
              std::optional<PersonId>, std::string, std::string, std::string, std::optional<UnitId>, std::string,
              std::string, std::string, std::string, std::string, std::string, bool, bool, std::string, std::string,
              Day, Day, Day, int, Day, std::string, std::int64_t>(
             reader,
             "SELECT e.id, e.public_id, e.cycle, m.code, c.period, e.kind, e.owner_kind, e.unit, e.person, e.field,"
             " e.side_fields, e.topics, e.place, e.title, e.title_en, e.title_vi, e.title_ur, e.language, e.content,"
             " e.open, e.sample, e.state, e.level, e.registered_on, e.recognised_on, e.looked_on, e.confirmed_year,"
             " e.swept_on, e.drafted_by, e.since_seq"
             " FROM exemplar e JOIN cycle c ON c.id = e.cycle JOIN movement m ON m.id = c.movement " +
                 condition,
             arguments...)) {
        Exemplar one;
        one.id = id;
        one.public_id = public_id;
        one.cycle = cycle;
        one.movement = movement;
        one.period = period;
        one.kind = kind_of(kind).value();
        one.owner_kind = owner_kind_of(owner_kind).value();
        one.unit = unit;
        one.person = person;
        one.field = field;
        one.side_fields = parted(side);
        one.topics = parted(topics);
        one.place = place;
        one.title = title;
        one.titles = texts(en, vi, ur);
        one.language = language_of(language).value_or(Language::vi);
        one.content = content_of(parsed(content));
        one.open = open;
        one.sample = sample;
        one.state = state_of(state).value();
        one.level = level;
        one.registered_on = registered;
        one.recognised_on = recognised;
        one.looked_on = looked;
        one.confirmed_year = confirmed;
        one.swept_on = swept;
        one.drafted_by = drafted_by;
        one.since = since;
        all.push_back(std::move(one));
    }
    return all;
}

template <class... Arguments>
std::vector<Event> read_events(const store::Reader& reader, const std::string& condition,
                               const Arguments&... arguments) {
    std::vector<Event> all;
    for (const auto& [exemplar, seq, step, on, at, verb, from, to, unit, before, level, by, reason, note, decision, who,
                      capacity] :
         rows<ExemplarId, std::int64_t, int, Day, std::int64_t, std::string, std::string, std::string, UnitId, UnitId,
              std::string, std::optional<UnitId>, std::string, std::string, std::string, std::string, std::string>(
             reader,
             "SELECT exemplar, seq, step, on_day, at_utc_ms, verb, from_state, to_state, unit, unit_before, level, "
             "by_unit,"
             " reason, note, decision, who, capacity FROM exemplar_event " +
                 condition,
             arguments...))
        all.push_back({exemplar, seq, step, on, at, verb_of(verb).value(), state_of(from).value(), state_of(to).value(),
                       unit, before, level, by, reason, note, decision, who, capacity});
    return all;
}

/// The days and the level that a step leaves behind.
void stamp(Exemplar& it, const Event& event) {
    it.state = event.to;
    it.unit = event.unit;
    switch (event.verb) {
        case Verb::register_:
            it.registered_on = event.on;
            it.swept_on = Day::always();
            break;
        case Verb::recognise:
            it.level = event.level;
            it.recognised_on = event.on;
            it.looked_on = event.on;
            break;
        case Verb::reactivate:  // what it was recognised for stays in its history
            it.level.clear();
            it.recognised_on = Day::always();
            it.confirmed_year = 0;
            break;
        case Verb::confirm:
            it.confirmed_year = event.on.number() / 10'000;
            [[fallthrough]];
        case Verb::decline:
        case Verb::remove:
            it.looked_on = event.on;
            break;
        case Verb::send_back:
            if (event.to == State::draft) it.registered_on = Day::always();
            break;
        default:
            break;
    }
}

Event event_of(const store::Change& change, const Exemplar& was, const Step& step, int number) {
    return {was.id,
            change.next_seq(),
            number,
            step.on,
            change.at_utc_ms(),
            step.verb,
            was.state,
            step.to,
            step.unit.value_or(was.unit),
            was.unit,
            step.level,
            step.by_unit,
            step.reason,
            step.note,
            step.decision,
            change.permit().who(),
            change.permit().capacity()};
}

void insert(store::Change& change, const Event& event) {
    run(change,
        "INSERT INTO exemplar_event (exemplar, seq, step, on_day, at_utc_ms, verb, from_state, to_state, unit, "
        "unit_before,"
        " level, by_unit, reason, note, decision, who, capacity) VALUES (:exemplar, :seq, :step, :on, :at, :verb, "
        ":from, :to,"
        " :unit, :before, :level, :by, :reason, :note, :decision, :who, :capacity)",
        event.exemplar, event.seq, event.step, event.on, event.at_utc_ms, code(event.verb), code(event.from),
        code(event.to), event.unit, event.unit_before, event.level, event.by_unit, event.reason, event.note,
        event.decision, event.who, event.capacity);
}

void insert(store::Change& change, const Exemplar& it) {
    run(change,
        "INSERT INTO exemplar (id, public_id, cycle, kind, owner_kind, unit, person, field, side_fields, topics, place,"
        " title, title_en, title_vi, title_ur, language, content, open, sample, state, level, registered_on,"
        " recognised_on, looked_on, confirmed_year, swept_on, drafted_by, since_seq)"
        " VALUES (:id, :public_id, :cycle, :kind, :owner_kind, :unit, :person, :field, :side, :topics, :place, :title,"
        " :en, :vi, :ur, :language, :content, :open, :sample, :state, :level, :registered, :recognised, :looked,"
        " :confirmed, :swept, :who, :since)",
        it.id, it.public_id, it.cycle, code(it.kind), code(it.owner_kind), it.unit, it.person, it.field,
        joined(it.side_fields), joined(it.topics), it.place, it.title, in(it.titles, "en"), in(it.titles, "vi"),
        in(it.titles, "ur"), code(it.language), json::serialize(to_json(it.content)), it.open ? 1 : 0,
        it.sample ? 1 : 0, code(it.state), it.level, it.registered_on, it.recognised_on, it.looked_on,
        it.confirmed_year, it.swept_on, change.permit().who(), change.next_seq());
}

}  // namespace

std::string_view code(Kind kind) {
    return kinds[kind];
}
std::optional<Kind> kind_of(std::string_view code) {
    return kinds.find(code);
}
std::string_view code(OwnerKind kind) {
    return owner_kinds[kind];
}
std::optional<OwnerKind> owner_kind_of(std::string_view code) {
    return owner_kinds.find(code);
}

std::optional<CycleHead> find_cycle_head(const store::Reader& reader, std::string_view key, std::string_view period) {
    const auto row = store::first_row<CycleId, std::string, std::int64_t>(
        reader,
        "SELECT c.id, c.state, c.since_seq FROM cycle c JOIN movement m ON m.id = c.movement"
        " WHERE m.code = :key AND c.period = :period",
        key, period);
    if (!row) return std::nullopt;
    const auto& [id, state, since] = *row;
    return CycleHead{id, movements::cycle_state_of(state).value(), since};
}

std::optional<Exemplar> find_exemplar(const store::Reader& reader, std::string_view public_id) {
    return first_of(read_exemplars(reader, "WHERE e.public_id = :id", public_id));
}

std::optional<Exemplar> find_exemplar(const store::Reader& reader, ExemplarId id) {
    return first_of(read_exemplars(reader, "WHERE e.id = :id", id));
}

Exemplar exemplar(const store::Reader& reader, ExemplarId id) {
    auto found = find_exemplar(reader, id);
    GUIDON_ASSERT(found);
    return std::move(*found);
}

std::vector<Exemplar> exemplars_after(const store::Reader& reader, ExemplarId after, int most, std::int64_t since) {
    if (since == 0) return read_exemplars(reader, "WHERE e.id > :after ORDER BY e.id LIMIT :most", after, most);
    return read_exemplars(reader, "WHERE e.since_seq > :since AND e.id > :after ORDER BY e.id LIMIT :most", since,
                          after, most);
}

void for_each_exemplar(const store::Reader& reader, const std::function<void(const Exemplar&)>& look) {
    constexpr int some = 1000;
    for (ExemplarId after;;) {
        const auto next = exemplars_after(reader, after, some);
        for (const Exemplar& one : next) look(one);
        if (next.size() < static_cast<std::size_t>(some)) return;
        after = next.back().id;
    }
}

std::vector<Exemplar> drafts_of(const store::Reader& reader, UnitId unit) {
    return read_exemplars(reader, "WHERE e.unit = :unit AND e.state = 'draft' ORDER BY e.since_seq DESC", unit);
}

std::vector<Exemplar> owned_by(const store::Reader& reader, PersonId person) {
    return read_exemplars(reader, "WHERE e.person = :person ORDER BY e.id", person);
}

std::vector<Listed> listed(const store::Reader& reader, CycleId cycle, State state) {
    std::vector<Listed> all;
    for (const auto& [public_id, unit, since] : rows<std::string, UnitId, std::int64_t>(
             reader,
             "SELECT public_id, unit, since_seq FROM exemplar WHERE cycle = :cycle AND state = :state ORDER BY id",
             cycle, code(state)))
        all.push_back({public_id, unit, since});
    return all;
}

std::vector<PersonId> owners_at(const store::Reader& reader, UnitId unit) {
    std::vector<PersonId> all;
    for (const auto& [id] :
         rows<PersonId>(reader, "SELECT DISTINCT person FROM exemplar WHERE unit = :unit AND person IS NOT NULL", unit))
        all.push_back(id);
    return all;
}

std::vector<Waiting> waiting_in(const store::Reader& reader, CycleId cycle) {
    std::vector<Waiting> all;
    for (const auto& [unit, state, returned, swept, count, public_id] :
         rows<UnitId, std::string, bool, bool, std::int64_t, std::string>(
             reader,
             "SELECT unit, state, returned, swept, count(*), min(public_id) FROM (SELECT e.unit, e.state, e.public_id,"
             " CASE WHEN (SELECT v.verb FROM exemplar_event v WHERE v.exemplar = e.id ORDER BY v.seq DESC, v.step DESC"
             " LIMIT 1) = 'send_back' THEN 1 ELSE 0 END AS returned, CASE WHEN e.swept_on > 0 THEN 1 ELSE 0 END AS "
             "swept"
             " FROM exemplar e WHERE e.cycle = :cycle AND e.state IN ('draft', 'registered', 'launched', 'running',"
             " 'proposed', 'council', 'recognised', 'kept')) AS waiting GROUP BY unit, state, returned, swept",
             cycle))
        all.push_back({unit, state_of(state).value(), returned, swept, count, public_id});
    return all;
}

std::vector<Waiting> unconfirmed(const store::Reader& reader, CycleId cycle, int year) {
    std::vector<Waiting> all;
    for (const auto& [unit, count, public_id] : rows<UnitId, std::int64_t, std::string>(
             reader,
             "SELECT unit, count(*), min(public_id) FROM exemplar WHERE cycle = :cycle AND state IN ('recognised',"
             " 'kept') AND recognised_on < :begin AND confirmed_year < :year GROUP BY unit",
             cycle, year * 10'000, year))
        all.push_back({unit, State::recognised, false, false, count, public_id});
    return all;
}

std::vector<Event> events_of(const store::Reader& reader, ExemplarId id) {
    return read_events(reader, "WHERE exemplar = :id ORDER BY seq, step", id);
}

std::vector<Event> events_after(const store::Reader& reader, std::int64_t seq, int most) {
    return read_events(reader, "WHERE seq > :seq ORDER BY seq, exemplar, step LIMIT :most", seq, most);
}

std::vector<Position> changed_after(const store::Reader& reader, const Position& from, int most) {
    std::vector<Position> all;
    const auto add = [&](const std::vector<std::tuple<std::int64_t, ExemplarId>>& some) {
        for (const auto& [seq, id] : some) all.push_back({seq, id});
    };
    // two walks along the index: of a comparison of pairs SQLite uses the first half alone
    add(rows<std::int64_t, ExemplarId>(
        reader, "SELECT since_seq, id FROM exemplar WHERE since_seq = :seq AND id > :id ORDER BY id LIMIT :most",
        from.seq, from.exemplar, most));
    if (const int left = most - static_cast<int>(all.size()); left > 0)
        add(rows<std::int64_t, ExemplarId>(
            reader, "SELECT since_seq, id FROM exemplar WHERE since_seq > :seq ORDER BY since_seq, id LIMIT :most",
            from.seq, left));
    return all;
}

ExemplarId add_draft(store::Change& change, CycleId cycle, const Writing& writing, bool sample, std::string public_id) {
    Exemplar draft;
    static_cast<Writing&>(draft) = writing;
    draft.public_id = public_id.empty() ? store::new_public_id() : std::move(public_id);
    draft.cycle = cycle;
    draft.sample = sample;
    draft.id = ExemplarId(next_id(change, "exemplar"));
    insert(change, draft);
    return draft.id;
}

Event add_registered(store::Change& change, Exemplar it, const Step& step) {
    it.id = ExemplarId(next_id(change, "exemplar"));
    const Event event = event_of(change, it, step, 1);
    stamp(it, event);
    insert(change, it);
    insert(change, event);
    return event;
}

void rewrite(store::Change& change, const Exemplar& was, const Writing& writing) {
    if ((was.state != State::draft || !events_of(change, was.id).empty()) && was.since < change.next_seq())
        run(change,
            "INSERT INTO exemplar_past (exemplar, since_seq, until_seq, document) VALUES (:id, :since, :until, :d)",
            was.id, was.since, change.next_seq(), as_document(was));
    run(change,
        "UPDATE exemplar SET kind = :kind, owner_kind = :owner_kind, unit = :unit, person = :person, field = :field,"
        " side_fields = :side, topics = :topics, place = :place, title = :title, title_en = :en, title_vi = :vi,"
        " title_ur = :ur, language = :language, content = :content, open = :open, since_seq = :since WHERE id = :id",
        code(writing.kind), code(writing.owner_kind), writing.unit, writing.person, writing.field,
        joined(writing.side_fields), joined(writing.topics), writing.place, writing.title, in(writing.titles, "en"),
        in(writing.titles, "vi"), in(writing.titles, "ur"), code(writing.language),
        json::serialize(to_json(writing.content)), writing.open ? 1 : 0, change.next_seq(), was.id);
}

Event take_step(store::Change& change, const Exemplar& was, const Step& step) {
    const auto before = one<int>(change, "SELECT count(*) FROM exemplar_event WHERE exemplar = :id AND seq = :seq",
                                 was.id, change.next_seq());
    const Event event = event_of(change, was, step, before + 1);
    Exemplar now = was;
    stamp(now, event);
    insert(change, event);
    run(change,
        "UPDATE exemplar SET state = :state, unit = :unit, level = :level, registered_on = :registered,"
        " recognised_on = :recognised, looked_on = :looked, confirmed_year = :confirmed, swept_on = :swept,"
        " since_seq = :since WHERE id = :id",
        code(now.state), now.unit, now.level, now.registered_on, now.recognised_on, now.looked_on, now.confirmed_year,
        now.swept_on, change.next_seq(), now.id);
    return event;
}

void discard_draft(store::Change& change, const Exemplar& draft) {
    GUIDON_ASSERT(draft.state == State::draft && events_of(change, draft.id).empty());
    run(change, "DELETE FROM exemplar_evidence WHERE exemplar = :id", draft.id);
    run(change, "DELETE FROM exemplar WHERE id = :id", draft.id);
}

void mark_looked_at(store::Change& change, ExemplarId id, Day on) {
    run(change, "UPDATE exemplar SET looked_on = :on, since_seq = :since WHERE id = :id", on, change.next_seq(), id);
}

void mark_swept(store::Change& change, ExemplarId id, Day on) {
    run(change, "UPDATE exemplar SET swept_on = :on, since_seq = :since WHERE id = :id", on, change.next_seq(), id);
}

std::vector<Attached> attached_to(const store::Reader& reader, ExemplarId id) {
    std::vector<Attached> all;
    for (const auto& [evidence, caption, credit] : rows<std::string, std::string, std::string>(
             reader, "SELECT evidence, caption, credit FROM exemplar_evidence WHERE exemplar = :id ORDER BY position",
             id))
        all.push_back({evidence, caption, credit});
    return all;
}

void attach(store::Change& change, ExemplarId id, const std::vector<Attached>& all) {
    run(change, "DELETE FROM exemplar_evidence WHERE exemplar = :id", id);
    for (std::size_t i = 0; i < all.size(); ++i)
        run(change,
            "INSERT INTO exemplar_evidence (exemplar, position, evidence, caption, credit)"
            " VALUES (:id, :position, :evidence, :caption, :credit)",
            id, i + 1, all[i].evidence, all[i].caption, all[i].credit);
    run(change, "UPDATE exemplar SET since_seq = :since WHERE id = :id", change.next_seq(), id);
}

std::vector<ExemplarId> with_evidence(const store::Reader& reader, std::string_view evidence) {
    std::vector<ExemplarId> all;
    for (const auto& [id] : rows<ExemplarId>(
             reader, "SELECT DISTINCT exemplar FROM exemplar_evidence WHERE evidence = :evidence ORDER BY exemplar",
             evidence))
        all.push_back(id);
    return all;
}

std::string as_document(const Writing& writing) {
    json::object titles;
    for (const auto& [language, text] : writing.titles) titles[language] = text;
    json::object kept{{"kind", code(writing.kind)},
                      {"owner_kind", code(writing.owner_kind)},
                      {"unit", writing.unit.number()},
                      {"field", writing.field},
                      {"side_fields", joined(writing.side_fields)},
                      {"topics", joined(writing.topics)},
                      {"title", writing.title},
                      {"titles", std::move(titles)},
                      {"language", code(writing.language)},
                      {"content", to_json(writing.content)},
                      {"open", writing.open}};
    if (writing.person) kept["person"] = writing.person->number();
    if (writing.place) kept["place"] = writing.place->number();
    return json::serialize(kept);
}

std::vector<Past> past_of(const store::Reader& reader, ExemplarId id) {
    std::vector<Past> all;
    for (const auto& [since, until, document] : rows<std::int64_t, std::int64_t, std::string>(
             reader,
             "SELECT since_seq, until_seq, document FROM exemplar_past WHERE exemplar = :id ORDER BY since_seq DESC",
             id))
        all.push_back({since, until, document});
    return all;
}

std::vector<Problem> check_exemplars(const store::Reader& reader) {
    std::vector<Problem> found;
    const auto tell = [&](const char* problem, const std::string& condition) {
        for (const auto& [public_id] : rows<std::string>(
                 reader, "SELECT e.public_id FROM exemplar e WHERE " + condition + " ORDER BY e.id LIMIT 100"))
            found.emplace_back(problem, Arguments{{"exemplar", public_id}});
    };
    // the newest step says where it stands, and whose it is
    tell("doctor.exemplar-state",
         "e.state <> coalesce((SELECT v.to_state FROM exemplar_event v WHERE v.exemplar = e.id"
         " ORDER BY v.seq DESC, v.step DESC LIMIT 1), 'draft')");
    tell("doctor.exemplar-unit",
         "e.unit <> coalesce((SELECT v.unit FROM exemplar_event v WHERE v.exemplar = e.id"
         " ORDER BY v.seq DESC, v.step DESC LIMIT 1), e.unit)");
    // each step begins where the one before has ended
    tell(
        "doctor.exemplar-steps",
        "EXISTS (SELECT 1 FROM exemplar_event v WHERE v.exemplar = e.id AND v.from_state <> coalesce((SELECT w.to_state"
        " FROM exemplar_event w WHERE w.exemplar = e.id AND (w.seq < v.seq OR (w.seq = v.seq AND w.step < v.step)) "
        "ORDER BY w.seq DESC, w.step DESC LIMIT 1), 'draft'))");
    return found;
}

}  // namespace guidon::exemplars
