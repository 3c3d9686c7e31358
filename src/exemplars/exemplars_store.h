// How are exemplars kept? One row each, as it stands; what it said before and every step that it took beside it. A step
// is one event, from which everything is counted as of any day.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "base/language.h"
#include "exemplars/content.h"
#include "exemplars/life.h"
#include "movements/movements_store.h"
#include "people/people_store.h"
#include "units/units_store.h"

namespace guidon::exemplars {

using ExemplarId = Id<struct ExemplarTag>;
using movements::CycleId;
using people::PersonId;
using units::UnitId;

/// Wire form = name.
enum class Kind : std::uint8_t { model, example };
std::string_view code(Kind kind);
std::optional<Kind> kind_of(std::string_view code);

/// Wire form = name.
enum class OwnerKind : std::uint8_t { collective, individual };
std::string_view code(OwnerKind kind);
std::optional<OwnerKind> owner_kind_of(std::string_view code);

/// What people write of an exemplar; a change of it is a new version.
struct Writing {
    Kind kind = Kind::model;
    OwnerKind owner_kind = OwnerKind::collective;
    UnitId unit;                     // the owner; of an individual, the unit to which they belong
    std::optional<PersonId> person;  // the owner, of an individual
    std::string field;               // key of the movement's catalogue; "" = not yet chosen
    std::vector<std::string> side_fields, topics;
    std::optional<UnitId> place;  // where it works, when that is not the unit itself
    std::string title;            // as its owner wrote it
    Texts titles;                 // translations: en, vi, ur
    Language language = Language::vi;
    Content content;
    bool open = true;  // false: kept from the public

    bool operator==(const Writing&) const = default;
};

struct Exemplar : Writing {
    ExemplarId id;
    std::string public_id;
    CycleId cycle;
    std::string movement, period;  // of the cycle
    bool sample = false;           // made up to try the program
    State state = State::draft;
    std::string level;                            // reached; "" = none
    Day registered_on, recognised_on, looked_on;  // always() = never
    int confirmed_year = 0;                       // 0 = never
    Day swept_on;                                 // a draft that the deadline found unfinished
    std::string drafted_by;                       // who, as the journal names them
    std::int64_t since = 0;                       // journal entry that last changed it: its version
};

/// One step that it took.
struct Event {
    ExemplarId exemplar;
    std::int64_t seq = 0;
    int step = 1;  // within the journal entry
    Day on;
    std::int64_t at_utc_ms = 0;
    Verb verb = Verb::register_;
    State from = State::draft, to = State::draft;
    UnitId unit, unit_before;
    std::string level;
    std::optional<UnitId> by_unit;
    std::string reason, note, decision;
    std::string who, capacity;
};

/// A step that somebody wants it to take; checked by rules.h before it is stored.
struct Step {
    Verb verb = Verb::register_;
    State to = State::draft;
    Day on;
    std::string level;
    std::optional<UnitId> by_unit, unit;  // who decides; to which unit it moves
    std::string reason, note, decision;
};

/// Which version of a cycle's file holds.
struct CycleHead {
    CycleId id;
    movements::CycleState state;
    std::int64_t since = 0;
};
std::optional<CycleHead> find_cycle_head(const store::Reader& reader, std::string_view key, std::string_view period);

std::optional<Exemplar> find_exemplar(const store::Reader& reader, std::string_view public_id);
std::optional<Exemplar> find_exemplar(const store::Reader& reader, ExemplarId id);
Exemplar exemplar(const store::Reader& reader, ExemplarId id);  // must exist
/// With ids greater than `after`, in their order: for walking through all of them. `since` leaves out what journal
/// entries up to it have left as it is.
std::vector<Exemplar> exemplars_after(const store::Reader& reader, ExemplarId after, int most, std::int64_t since = 0);
/// One after the other, by id, a thousand at a time.
void for_each_exemplar(const store::Reader& reader, const std::function<void(const Exemplar&)>& look);
/// Drafts of a unit, newest change first.
std::vector<Exemplar> drafts_of(const store::Reader& reader, UnitId unit);
std::vector<Exemplar> owned_by(const store::Reader& reader, PersonId person);
/// All of a cycle in one state, by id: as little of each as choosing needs.
struct Listed {
    std::string public_id;
    UnitId unit;
    std::int64_t since = 0;
};
std::vector<Listed> listed(const store::Reader& reader, CycleId cycle, State state);
/// Individuals who own exemplars of `unit`.
std::vector<PersonId> owners_at(const store::Reader& reader, UnitId unit);
/// How many a unit has in a state; `returned`: its newest step sent it back.
struct Waiting {
    UnitId unit;
    State state = State::draft;
    bool returned = false, swept = false;
    std::int64_t count = 0;
    std::string public_id;  // of one of them
};
std::vector<Waiting> waiting_in(const store::Reader& reader, CycleId cycle);
/// Recognised before `year` and not confirmed in it.
std::vector<Waiting> unconfirmed(const store::Reader& reader, CycleId cycle, int year);

/// Every step of one exemplar, oldest first; or of all of them, by journal entry, after entry `seq`.
std::vector<Event> events_of(const store::Reader& reader, ExemplarId id);
std::vector<Event> events_after(const store::Reader& reader, std::int64_t seq, int most);

/// Where a follower stands among all exemplars, which it reads in the order of their last change: its journal entry,
/// then the id, as one entry may change many.
struct Position {
    std::int64_t seq = 0;
    ExemplarId exemplar;
    auto operator<=>(const Position&) const = default;
};
/// Of the next `most` behind `from`.
std::vector<Position> changed_after(const store::Reader& reader, const Position& from, int most);

/// Adds a draft and gives its row. The journal entry is the caller's to commit.
ExemplarId add_draft(store::Change& change, CycleId cycle, const Writing& writing, bool sample = false,
                     std::string public_id = "");
/// Adds one that is registered at once, without a draft before: `it` needs no id. Gives the event of `step`.
Event add_registered(store::Change& change, Exemplar it, const Step& step);
/// Replaces what it says; what it said is kept, except of a draft that was never handed in.
void rewrite(store::Change& change, const Exemplar& was, const Writing& writing);
/// Takes a step and gives the event. What changes with it (state, level, days, owner) is stored. Several may be taken
/// in one change, each of the exemplar as the one before left it.
Event take_step(store::Change& change, const Exemplar& was, const Step& step);
/// A draft that nobody handed in goes; a registered exemplar never does.
void discard_draft(store::Change& change, const Exemplar& draft);
/// Somebody looked at it: a survey, a visit.
void mark_looked_at(store::Change& change, ExemplarId id, Day on);
/// The deadline found it unfinished.
void mark_swept(store::Change& change, ExemplarId id, Day on);

/// A kept file that belongs to an exemplar, in order.
struct Attached {
    std::string evidence;  // public id
    std::string caption, credit;
    bool operator==(const Attached&) const = default;
};
std::vector<Attached> attached_to(const store::Reader& reader, ExemplarId id);
/// Replaces them all.
void attach(store::Change& change, ExemplarId id, const std::vector<Attached>& all);
/// The exemplars to which a kept file belongs.
std::vector<ExemplarId> with_evidence(const store::Reader& reader, std::string_view evidence);

/// What people wrote of it, as the text that is kept when it is replaced.
std::string as_document(const Writing& writing);

/// An earlier text of it, the newest first.
struct Past {
    std::int64_t since = 0, until = 0;
    std::string document;  // JSON, as `rewrite` kept it
};
std::vector<Past> past_of(const store::Reader& reader, ExemplarId id);

/// State and events agree, active ones add up: codes "doctor.*".
std::vector<Problem> check_exemplars(const store::Reader& reader);

}  // namespace guidon::exemplars
