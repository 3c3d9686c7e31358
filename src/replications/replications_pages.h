// Which addresses show how exemplars spread, and take adoptions on their way?
//
//   GET  /exemplars/:id/family       (.json .csv)
//   GET  /exemplars/:id/family.svg
//   POST /exemplars/:id/family/seen
//   POST /exemplars/:id/adoptions    unit; adaptation, mentor, mentor_unit, note
//   GET  /exemplars/spread           (.json) ?unit= ?movement= ?from= ?to=
//   GET  /adoptions/:id              (.json)
//   POST /adoptions/:id/steps        verb; …
#pragma once

#include <cstdint>
#include <functional>

#include "exemplars/exemplar_part.h"
#include "people/work.h"
#include "store/store.h"
#include "web/resource.h"

namespace guidon::replications {

/// The newest journal entry that may have moved an exemplar, a unit or a movement.
using Version = std::function<std::int64_t()>;

/// `store` outlives the routes. What is counted over all exemplars is kept as long as `version` stays; without it, it
/// is counted for each request.
void add_routes(web::Routes& routes, store::Store& store, Version version = {});

/// Adds `replication` to an exemplar's document: {family_href, adopters, adopters_text, origin?, action, may_suggest,
/// own_unit}. Its template is replications/part.
exemplars::ExemplarPart exemplar_part(const store::Store& store);

/// Suggestions to agree to, adoptions to begin and to finish, ancestors that ended.
people::WorkPart adoptions_waiting();

}  // namespace guidon::replications
