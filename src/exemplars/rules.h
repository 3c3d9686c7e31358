// Is a form complete, and may an exemplar take a step now? Pure; says everything that is wrong at once.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/problem.h"
#include "exemplars/exemplars_store.h"

namespace guidon::exemplars {

/// What is still missing or wrong before `writing` can be registered: codes "exemplar.missing",
/// "exemplar.unknown-field", "exemplar.unknown-topic", "exemplar.kind", "exemplar.owner", "exemplar.dates", each with
/// its form field. Empty = complete.
std::vector<Problem> faults_of(const Writing& writing, const movements::ExemplarRules& rules);

/// Where a step is decided.
struct Decider {
    std::string kind;    // of the unit that decides; "" = of none
    bool above = false;  // it is the owner's unit, or stands above it
};

/// What of it speaks against keeping a draft: values that are not in the movement's catalogue.
std::vector<Problem> draft_faults_of(const Writing& writing, const movements::ExemplarRules& rules);

/// Whether a unit of `kind` decides at some level: only such units decline and remove.
bool decides_some_level(const movements::ExemplarRules& rules, std::string_view kind);
/// Whether a unit of `kind` recognises at this level.
bool decides(const movements::Level& level, std::string_view kind);

/// Throws what speaks against the step: "exemplar.step" (409: not from this state; says from which, and what the state
/// is), "exemplar.needs" (what it has to say), "exemplar.unknown-level", "exemplar.level-authority" (who decides that
/// level), "exemplar.level-after", "exemplar.level-lower", "exemplar.authority" (403: an authority's step by
/// a unit that does not stand above, or decides nothing), "exemplar.day" (before the step before it, or in the
/// future), "exemplar.confirmed-already" (for that year),
/// "exemplar.not-open-yet", "exemplar.deadline" (registering outside the days of the cycle; the unit above may
/// still take it in).
void check_step(const Exemplar& it, const Step& step, const movements::ExemplarRules& rules, const Decider& decider,
                Day last_step, Day today);

/// Whether a look at it is due on `today`: more than the movement's months since it was looked at, or recognised.
bool review_due(const Exemplar& it, const movements::ExemplarRules& rules, Day today);
/// The day from which it is.
Day review_due_on(const Exemplar& it, const movements::ExemplarRules& rules);

}  // namespace guidon::exemplars
