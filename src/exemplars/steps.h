// How does an exemplar take a step? By its owner's side, or by a unit at or above it that decides; one way for the
// buttons of its page, for JSON and for many at once.
#pragma once

#include <string>
#include <vector>

#include "exemplars/exemplars_desk.h"

namespace guidon::exemplars {

/// What a step's form says: verb, on, level, reason, note, decision, by_unit, unit.
struct StepWish {
    Verb verb = Verb::register_;
    Day on;  // always() = today
    std::string level, reason, note, decision;
    std::optional<UnitId> by_unit, unit;
};
/// Throws Problem "exemplar.unknown-verb", or Problems for what is wrong at single fields.
StepWish read_step(const store::Reader& reader, const web::Request& request, Day today);

/// The day of its newest step; always() of a draft.
Day last_step_of(const store::Reader& reader, const Exemplar& exemplar);
/// Units from the root down to the owner's at which `viewer` may do it.
std::vector<units::Unit> deciding_units(const store::Reader& reader, const people::Viewer* viewer,
                                        const Exemplar& exemplar, people::Action action, Day today);
/// On whose behalf a draft is handed in: behind the deadline somebody of a unit above may.
Decider registering_side(const store::Reader& reader, const people::Viewer& viewer, const Exemplar& draft,
                         const OpenCycle& cycle, const Step& step);

/// A step that may be taken by whoever is asked about, and by which right.
struct Allowed {
    Step step;
    store::Permit permit;
};
/// Throws what speaks against it: of the gate, of check_step, "exemplar.missing" … of a form that is not complete.
Allowed allowed_step(const Desk& desk, const store::Reader& reader, const people::Viewer* viewer,
                     const Exemplar& exemplar, const StepWish& wish, Language language);
/// What the journal says of it.
boost::json::object told_of_step(const store::Reader& reader, const Step& step, Day today);

/// POST /exemplars/:id/steps.
web::Answer take(const Desk& desk, const web::Request& request);

}  // namespace guidon::exemplars
