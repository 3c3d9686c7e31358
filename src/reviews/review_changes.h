// How is a survey planned, carried out, put off? And how are many planned at once, first as a plan, then all or
// nothing?
#pragma once

#include "reviews/review_desk.h"

namespace guidon::reviews {

/// POST /reviews: exemplar, planned_on; team, member…, form_toml. Problems of the gate, "review.not-active" (409),
/// "review.planned-already" (409), "review.day", Faults of the form.
web::Answer plan_review(const Desk& desk, const web::Request& request);

/// POST /reviews/plans: movement, period, unit, planned_on; field, team, member…, form_toml. Without `count` it says
/// what would be planned; with the count that was said it plans them: "review.plan-changed" (409) where it would be
/// others now, "review.nothing", "review.too-many", "review.unknown-cycle", "review.unknown-field".
web::Answer plan_many(const Desk& desk, const web::Request& request);

/// POST /reviews/:id/steps: verb = finish (points_KEY, remark_KEY, findings, recommendation, reason, on), postpone
/// (planned_on), cancel. If-Match: the survey's version. Problems of the gate, "review.step" (409), "review.missing",
/// "review.points", "review.day", "review.unknown-reason".
web::Answer take_step(const Desk& desk, const web::Request& request);

}  // namespace guidon::reviews
