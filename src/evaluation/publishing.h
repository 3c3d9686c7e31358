// How do standings become public, and how are they taken back? By somebody who may publish for the movement's issuer;
// each act is in the journal, and a withdrawal says why.
#pragma once

#include <boost/json.hpp>

#include "evaluation/live_cycles.h"
#include "people/viewer.h"
#include "people/work.h"
#include "web/resource.h"

namespace guidon::evaluation {

/// POST /movements/:key/:period/publish. If-Match: `publication.version` of the cycle's document. Runs on the writer's
/// thread. Problems of the gate, web.if-match-needed (428), web.changed-meanwhile (412), publication.stands (409).
web::Answer publish(LiveCycles& live, store::Store& store, const web::Request& request);

/// POST …/unpublish with field `reason`. Also publication.none (409), publication.no-reason (422).
web::Answer withdraw(LiveCycles& live, store::Store& store, const web::Request& request);

/// Adds `publication` to the document of a cycle: {published, version, state_text, history, may_publish, action}.
void tell_publication(boost::json::object& document, const store::Reader& reader, const people::Viewer* viewer,
                      const movements::Cycle& cycle, Language language);

/// Standings of cycles that have ended and wait for the viewer to publish them. `live` outlives the part.
people::WorkPart standings_to_publish(LiveCycles& live);

}  // namespace guidon::evaluation
