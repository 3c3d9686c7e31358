// Which addresses plan surveys of exemplars, and show what was found?
//
//   GET  /reviews              (.json .csv) ?state=due|overdue|planned|done ?unit= ?field= ?page=
//   POST /reviews              exemplar, planned_on; team, member…, form_toml
//   POST /reviews/plans        movement, period, unit, planned_on; field, team, member…, form_toml, count
//   GET  /reviews/:id          (.json)
//   POST /reviews/:id/steps    verb; …
#pragma once

#include <string>

#include "exemplars/exemplar_part.h"
#include "people/work.h"
#include "store/store.h"
#include "web/resource.h"

namespace guidon::reviews {

/// `store` outlives the routes. `sample_form`: the questions with which a plan begins (TOML).
void add_routes(web::Routes& routes, store::Store& store, std::string sample_form);

/// Adds `review` to an exemplar's document; its template is reviews/part. `store` outlives the part.
exemplars::ExemplarPart exemplar_part(store::Store& store);

/// Surveys in whose team the viewer is, those that their unit planned for nobody in particular, and how many exemplars
/// wait for a survey that the viewer may plan.
people::WorkPart surveys_to_do();

}  // namespace guidon::reviews
