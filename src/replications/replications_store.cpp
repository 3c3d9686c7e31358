#include "replications/replications_store.h"

#include <unordered_map>
#include <unordered_set>

#include "exemplars/life.h"
#include "store/sql.h"

namespace guidon::replications {

using store::first_of;
using store::first_row;
using store::next_id;
using store::one;
using store::rows;
using store::run;

namespace {

template <class... Arguments>
std::vector<Replication> read_replications(const store::Reader& reader, const std::string& condition,
                                           const Arguments&... arguments) {
    std::vector<Replication> all;
    for (const auto& [id, public_id, origin, unit, adopted, state, origin_agreed, adopter_agreed, starts, adaptation,
                      mentor_unit, mentor, outcome, measure, origin_result, own_result, since] :
         rows<ReplicationId, std::string, ExemplarId, UnitId, std::optional<ExemplarId>, std::string, Day, Day, Day,
              std::string, std::optional<UnitId>, std::string, std::string, std::string, std::string, std::string,
              std::int64_t>(
             reader,
             "SELECT r.id, r.public_id, r.origin, r.unit, r.adopted, r.state, r.origin_agreed_on, r.adopter_agreed_on,"
             " r.starts_on, r.adaptation, r.mentor_unit, r.mentor, r.outcome, r.measure, r.origin_result,"
             " r.own_result, r.since_seq FROM replication r " +
                 condition,
             arguments...)) {
        Replication found;
        static_cast<Writing&>(found) = {starts,  adaptation, mentor_unit,   mentor,
                                        outcome, measure,    origin_result, own_result};
        found.id = id;
        found.public_id = public_id;
        found.origin = origin;
        found.unit = unit;
        found.adopted = adopted;
        found.state = state_of(state).value();
        found.agreement = {origin_agreed, adopter_agreed};
        found.since = since;
        all.push_back(std::move(found));
    }
    return all;
}

void add_step(store::Change& change, ReplicationId id, std::string_view verb, State from, State to,
              const std::string& note, Day on) {
    run(change,
        "INSERT INTO replication_step (replication, seq, on_day, at_utc_ms, verb, from_state, to_state, note, who,"
        " capacity) VALUES (:id, :seq, :on, :at, :verb, :from, :to, :note, :who, :capacity)",
        id, change.next_seq(), on, change.at_utc_ms(), verb, code(from), code(to), note, change.permit().who(),
        change.permit().capacity());
}

/// Of every exemplar that was adopted: from which.
std::unordered_map<ExemplarId, ExemplarId> origins(const store::Reader& reader) {
    std::unordered_map<ExemplarId, ExemplarId> all;
    for (const auto& [adopted, origin] :
         rows<ExemplarId, ExemplarId>(reader, "SELECT adopted, origin FROM replication WHERE adopted IS NOT NULL"))
        all.emplace(adopted, origin);
    return all;
}

/// As exemplar `e` stood at the end of day `day`: SQL.
std::string state_on(const std::string& day) {
    return "coalesce((SELECT v.to_state FROM exemplar_event v WHERE v.exemplar = e.id AND v.on_day <= " + day +
           " ORDER BY v.on_day DESC, v.seq DESC, v.step DESC LIMIT 1), 'draft')";
}

}  // namespace

std::optional<Replication> find_replication(const store::Reader& reader, std::string_view public_id) {
    return first_of(read_replications(reader, "WHERE r.public_id = :id", public_id));
}

std::optional<Replication> origin_of(const store::Reader& reader, ExemplarId adopted) {
    return first_of(read_replications(reader, "WHERE r.adopted = :id", adopted));
}

std::vector<ExemplarId> without_origin(const store::Reader& reader, UnitId unit, int most) {
    std::vector<ExemplarId> ids;
    for (const auto& [id] : store::rows<ExemplarId>(
             reader,
             "SELECT e.id FROM exemplar e WHERE e.unit = :unit AND e.state NOT IN ('draft', 'ended', 'removed')"
             " AND NOT EXISTS (SELECT 1 FROM replication r WHERE r.adopted = e.id) ORDER BY e.id DESC LIMIT :most",
             unit, most))
        ids.push_back(id);
    return ids;
}

std::vector<Replication> replications_of(const store::Reader& reader, ExemplarId origin) {
    return read_replications(reader, "WHERE r.origin = :origin ORDER BY r.id", origin);
}

std::vector<Replication> waiting_at(const store::Reader& reader, UnitId unit) {
    return read_replications(reader,
                             "JOIN exemplar o ON o.id = r.origin WHERE r.state IN ('suggested', 'agreed', 'adopting')"
                             " AND (r.unit = :adopter OR o.unit = :origin) ORDER BY r.id",
                             unit, unit);
}

std::vector<Step> steps_of(const store::Reader& reader, ReplicationId id) {
    std::vector<Step> all;
    for (const auto& [verb, from, to, on, note, who, capacity, seq, at] :
         rows<std::string, std::string, std::string, Day, std::string, std::string, std::string, std::int64_t,
              std::int64_t>(reader,
                            "SELECT verb, from_state, to_state, on_day, note, who, capacity, seq, at_utc_ms"
                            " FROM replication_step WHERE replication = :id ORDER BY seq",
                            id))
        all.push_back({verb_of(verb).value_or(Verb::begin), state_of(from).value(), state_of(to).value(), on, note, who,
                       capacity, seq, at});
    return all;
}

Replication add_replication(store::Change& change, ExemplarId origin, UnitId unit, const Agreement& agreement,
                            State state, const Writing& writing, const std::string& note, Day on) {
    Replication added;
    static_cast<Writing&>(added) = writing;
    added.id = ReplicationId(next_id(change, "replication"));
    added.public_id = store::new_public_id();
    added.origin = origin;
    added.unit = unit;
    added.state = state;
    added.agreement = agreement;
    added.since = change.next_seq();
    run(change,
        "INSERT INTO replication (id, public_id, origin, unit, adopted, state, origin_agreed_on, adopter_agreed_on,"
        " starts_on, adaptation, mentor_unit, mentor, outcome, measure, origin_result, own_result, since_seq)"
        " VALUES (:id, :public_id, :origin, :unit, NULL, :state, :o, :a, :starts, :adaptation, :mentor_unit, :mentor,"
        " :outcome, :measure, :origin_result, :own_result, :since)",
        added.id, added.public_id, origin, unit, code(state), agreement.origin, agreement.adopter, writing.starts_on,
        writing.adaptation, writing.mentor_unit, writing.mentor, writing.outcome, writing.measure,
        writing.origin_result, writing.own_result, added.since);
    add_step(change, added.id, "suggest", State::suggested, state, note, on);
    return added;
}

void store_step(store::Change& change, const Replication& was, const Replication& now, Verb verb,
                const std::string& note, Day on) {
    run(change,
        "UPDATE replication SET adopted = :adopted, state = :state, origin_agreed_on = :o, adopter_agreed_on = :a,"
        " starts_on = :starts, adaptation = :adaptation, mentor_unit = :mentor_unit, mentor = :mentor,"
        " outcome = :outcome, measure = :measure, origin_result = :origin_result, own_result = :own_result,"
        " since_seq = :since WHERE id = :id",
        now.adopted, code(now.state), now.agreement.origin, now.agreement.adopter, now.starts_on, now.adaptation,
        now.mentor_unit, now.mentor, now.outcome, now.measure, now.origin_result, now.own_result, change.next_seq(),
        was.id);
    add_step(change, was.id, code(verb), was.state, now.state, note, on);
}

bool descends_from(const store::Reader& reader, ExemplarId exemplar, ExemplarId ancestor) {
    if (exemplar == ancestor) return true;
    for (const ExemplarId above : ancestors_of(reader, exemplar))
        if (above == ancestor) return true;
    return false;
}

std::vector<ExemplarId> ancestors_of(const store::Reader& reader, ExemplarId exemplar) {
    std::vector<ExemplarId> line;
    std::unordered_set<ExemplarId> seen{exemplar};
    for (ExemplarId at = exemplar;;) {
        const auto above = first_row<ExemplarId>(reader, "SELECT origin FROM replication WHERE adopted = :adopted", at);
        if (!above || !seen.insert(std::get<0>(*above)).second) break;
        at = std::get<0>(*above);
        line.insert(line.begin(), at);
    }
    return line;
}

std::vector<Member> members_of(const store::Reader& reader, ExemplarId root) {
    std::vector<Member> all;
    for (const auto& [id, public_id, movement, period, kind, unit, field, title, en, vi, ur, open, state, registered,
                      origin, starts, adoption, way, later] :
         rows<ExemplarId, std::string, std::string, std::string, std::string, UnitId, std::string, std::string,
              std::string, std::string, std::string, bool, std::string, Day, std::optional<ExemplarId>, Day,
              std::string, std::string, std::string>(
             reader,
             "WITH RECURSIVE line (id) AS (SELECT x.id FROM exemplar x WHERE x.id = :root UNION"
             " SELECT a.adopted FROM replication a JOIN line l ON a.origin = l.id WHERE a.adopted IS NOT NULL)"
             " SELECT e.id, e.public_id, m.code, c.period, e.kind, e.unit, e.field, e.title, e.title_en, e.title_vi,"
             " e.title_ur, e.open, e.state, e.registered_on, r.origin, coalesce(r.starts_on, 0),"
             " coalesce(r.public_id, ''), coalesce(r.state, ''), " +
                 state_on("r.starts_on + 10000") +
                 " FROM line l JOIN exemplar e ON e.id = l.id JOIN cycle c ON c.id = e.cycle"
                 " JOIN movement m ON m.id = c.movement LEFT JOIN replication r ON r.adopted = e.id",
             root)) {
        Member member;
        member.exemplar.id = id;
        member.exemplar.public_id = public_id;
        member.exemplar.movement = movement;
        member.exemplar.period = period;
        member.exemplar.kind = exemplars::kind_of(kind).value();
        member.exemplar.unit = unit;
        member.exemplar.field = field;
        member.exemplar.title = title;
        for (const auto& [language, text] : {std::pair{"en", &en}, {"vi", &vi}, {"ur", &ur}})
            if (!text->empty()) member.exemplar.titles[language] = *text;
        member.exemplar.open = open;
        member.exemplar.state = exemplars::state_of(state).value();
        member.exemplar.registered_on = registered;
        member.origin = origin;
        member.starts = starts;
        member.adoption = adoption;
        member.way = state_of(way);
        member.after_a_year = exemplars::state_of(later).value();
        all.push_back(std::move(member));
    }
    return all;
}

std::int64_t count_adopters(const store::Reader& reader, ExemplarId origin) {
    return one<std::int64_t>(
        reader,
        "SELECT count(*) FROM replication r JOIN exemplar e ON e.id = r.adopted WHERE r.origin = :origin"
        " AND e.open = 1 AND e.state <> 'draft'",
        origin);
}

void add_notice(store::Change& change, const Notice& notice) {
    run(change,
        "INSERT INTO replication_notice (exemplar, seq, ancestor, verb, on_day, seen_seq)"
        " VALUES (:exemplar, :seq, :ancestor, :verb, :on, 0) ON CONFLICT DO NOTHING",
        notice.exemplar, notice.seq, notice.ancestor, notice.verb, notice.on);
}

namespace {

template <class... Arguments>
std::vector<Notice> read_notices(const store::Reader& reader, const std::string& condition,
                                 const Arguments&... arguments) {
    std::vector<Notice> all;
    for (const auto& [exemplar, ancestor, seq, verb, on] : rows<ExemplarId, ExemplarId, std::int64_t, std::string, Day>(
             reader,
             "SELECT n.exemplar, n.ancestor, n.seq, n.verb, n.on_day FROM replication_notice n " + condition +
                 " ORDER BY n.seq, n.exemplar",
             arguments...))
        all.push_back({exemplar, ancestor, seq, verb, on});
    return all;
}

}  // namespace

std::vector<Notice> notices_of(const store::Reader& reader, ExemplarId exemplar) {
    return read_notices(reader, "WHERE n.exemplar = :id AND n.seen_seq = 0", exemplar);
}

std::vector<Notice> notices_at(const store::Reader& reader, UnitId unit) {
    return read_notices(reader, "JOIN exemplar e ON e.id = n.exemplar WHERE e.unit = :unit AND n.seen_seq = 0", unit);
}

void mark_notices_seen(store::Change& change, ExemplarId exemplar) {
    run(change, "UPDATE replication_notice SET seen_seq = :seq WHERE exemplar = :id AND seen_seq = 0",
        change.next_seq(), exemplar);
}

std::vector<Counted> counted(const store::Reader& reader, std::string_view movement, Day from, Day to) {
    std::vector<Counted> all;
    for (const auto& [id, origin, unit, field, title, open, start, end] :
         rows<ExemplarId, std::optional<ExemplarId>, UnitId, std::string, std::string, bool, std::string, std::string>(
             reader,
             "SELECT e.id, r.origin, e.unit, e.field, e.title, e.open, " + state_on(std::to_string(from.number())) +
                 ", " + state_on(std::to_string(to.number())) +
                 " FROM exemplar e JOIN cycle c ON c.id = e.cycle JOIN movement m ON m.id = c.movement"
                 " LEFT JOIN replication r ON r.adopted = e.id"
                 " WHERE e.registered_on > 0 AND e.registered_on <= :to AND (:movement = '' OR m.code = :key)"
                 " ORDER BY e.id",
             to, movement, movement))
        all.push_back({id, origin, unit, field, title, open, exemplars::state_of(start).value(),
                       exemplars::state_of(end).value()});
    return all;
}

std::vector<Problem> check_replications(const store::Reader& reader) {
    std::vector<Problem> found;
    const auto tell = [&](const char* problem, const std::string& condition) {
        for (const auto& [public_id] : rows<std::string>(
                 reader, "SELECT r.public_id FROM replication r WHERE " + condition + " ORDER BY r.id LIMIT 100"))
            found.emplace_back(problem, Arguments{{"adoption", public_id}});
    };
    tell("doctor.replication-state",
         "r.state <> coalesce((SELECT s.to_state FROM replication_step s WHERE s.replication = r.id"
         " ORDER BY s.seq DESC LIMIT 1), '')");
    tell("doctor.replication-exemplar",
         "(r.adopted IS NULL AND r.state IN ('adopted', 'works')) OR"
         " (r.adopted IS NOT NULL AND r.state IN ('suggested', 'agreed', 'declined'))");
    const auto origin = origins(reader);
    std::unordered_set<ExemplarId> sound;  // leads to a first one
    for (const auto& [adopted, above] : origin) {
        std::unordered_set<ExemplarId> way;
        ExemplarId at = adopted;
        while (!sound.contains(at) && way.insert(at).second) {
            const auto next = origin.find(at);
            if (next == origin.end()) {
                sound.insert(way.begin(), way.end());
                break;
            }
            at = next->second;
        }
        if (sound.contains(at)) {
            sound.insert(way.begin(), way.end());
            continue;
        }
        found.emplace_back("doctor.replication-cycle",
                           Arguments{{"exemplar", exemplars::exemplar(reader, adopted).public_id}});
    }
    return found;
}

}  // namespace guidon::replications
