// How are adoptions kept? One row each with every step beside it; the exemplars that came of them are one family, which
// is read from here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "exemplars/exemplars_store.h"
#include "replications/course.h"
#include "replications/family.h"

namespace guidon::replications {

using ReplicationId = Id<struct ReplicationTag>;
using exemplars::ExemplarId;
using units::UnitId;

/// What is written of an adoption.
struct Writing {
    Day starts_on;  // the adopter began; always() = not yet
    std::string adaptation;
    std::optional<UnitId> mentor_unit;
    std::string mentor;
    std::string outcome, measure;
    std::string origin_result, own_result;  // decimals; "" = none
    bool operator==(const Writing&) const = default;
};

struct Replication : Writing {
    ReplicationId id;
    std::string public_id;
    ExemplarId origin;
    UnitId unit;                        // the adopter
    std::optional<ExemplarId> adopted;  // the adopter's exemplar
    State state = State::suggested;
    Agreement agreement;
    std::int64_t since = 0;  // its version
};

struct Step {
    Verb verb;
    State from, to;
    Day on;
    std::string note, who, capacity;
    std::int64_t seq = 0, at_utc_ms = 0;
};

std::optional<Replication> find_replication(const store::Reader& reader, std::string_view public_id);
/// By which it came; nothing for one that nobody adopted from another.
/// Active exemplars of a unit that have no origin yet, the newest first.
std::vector<ExemplarId> without_origin(const store::Reader& reader, UnitId unit, int most);
std::optional<Replication> origin_of(const store::Reader& reader, ExemplarId adopted);
/// Of one exemplar, oldest first.
std::vector<Replication> replications_of(const store::Reader& reader, ExemplarId origin);
/// Where `unit` owns the origin or is the adopter, and in one of these states.
std::vector<Replication> waiting_at(const store::Reader& reader, UnitId unit);
/// Oldest first; the suggestion itself is the first one.
std::vector<Step> steps_of(const store::Reader& reader, ReplicationId id);

/// A suggestion. The journal entry is the caller's to commit, here and below.
Replication add_replication(store::Change& change, ExemplarId origin, UnitId unit, const Agreement& agreement,
                            State state, const Writing& writing, const std::string& note, Day on);
/// What a step leaves: state, agreement, texts, the adopter's exemplar.
void store_step(store::Change& change, const Replication& was, const Replication& now, Verb verb,
                const std::string& note, Day on);

/// Whether `ancestor` is `exemplar` or one from which it was adopted, through however many.
bool descends_from(const store::Reader& reader, ExemplarId exemplar, ExemplarId ancestor);
/// The line from the first one down to the origin of `exemplar`; empty where it has none.
std::vector<ExemplarId> ancestors_of(const store::Reader& reader, ExemplarId exemplar);
/// `root` and all that was adopted from it, through however many, in no order.
std::vector<Member> members_of(const store::Reader& reader, ExemplarId root);
/// How many were adopted from it directly, of those that the public sees.
std::int64_t count_adopters(const store::Reader& reader, ExemplarId origin);

/// An ancestor's end, of which the owner of `exemplar` is told.
struct Notice {
    ExemplarId exemplar, ancestor;
    std::int64_t seq = 0;
    std::string verb;
    Day on;
};
void add_notice(store::Change& change, const Notice& notice);
/// Not yet seen: of one exemplar; of those that a unit owns.
std::vector<Notice> notices_of(const store::Reader& reader, ExemplarId exemplar);
std::vector<Notice> notices_at(const store::Reader& reader, UnitId unit);
void mark_notices_seen(store::Change& change, ExemplarId exemplar);

/// One exemplar of the movement as the spread is counted.
struct Counted {
    ExemplarId id;
    std::optional<ExemplarId> origin;
    UnitId unit;
    std::string field, title;
    bool open = true;
    exemplars::State at_start, at_end;  // draft: it was not registered then
};
/// All exemplars of `movement` ("" = of all) that were registered by `to`.
std::vector<Counted> counted(const store::Reader& reader, std::string_view movement, Day from, Day to);

/// States and exemplars agree, nothing descends from itself: codes "doctor.replication-*".
std::vector<Problem> check_replications(const store::Reader& reader);

}  // namespace guidon::replications
