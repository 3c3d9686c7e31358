// How is an exemplar adopted in another unit? Suggested by a superior or one of the two, agreed by both, begun with an
// exemplar of the adopter's own, carried out, assessed. And who is told when an ancestor ends?
#pragma once

#include <boost/json.hpp>

#include "replications/replication_desk.h"

namespace guidon::replications {

/// POST /exemplars/:id/adoptions: unit; adaptation, mentor, mentor_unit, note. Whoever acts for one of the two agrees
/// with it. Problems of the gate, "replication.not-active" (409), "replication.own-unit", "replication.twice" (409),
/// "replication.unknown-unit".
web::Answer suggest(const Desk& desk, const web::Request& request);

/// POST /adoptions/:id/steps: verb; on, note; begin: exemplar, adaptation, mentor, mentor_unit; assessing: outcome,
/// measure, origin_result, own_result. If-Match: the adoption's version. Problems of the gate, "replication.step"
/// (409), "replication.needs", "replication.day", "replication.decimal", "replication.cycle", "replication.has-origin"
/// (409), "replication.not-own", "replication.not-registered".
web::Answer take_step(const Desk& desk, const web::Request& request);

/// POST /exemplars/:id/family/seen: its owner has read that an ancestor ended.
web::Answer mark_seen(const Desk& desk, const web::Request& request);

/// An exemplars::StepPart: when `exemplar` ends or is removed, the owners of its living descendants are told, and the
/// journal entry names these as `told`.
void tell_descendants(store::Change& change, const exemplars::Exemplar& exemplar, const exemplars::Event& event,
                      boost::json::object& document);

}  // namespace guidon::replications
