// Which addresses let an officer write exemplars and take them through their life?
//
//   GET  /exemplars/new                  ?movement=KEY ?period=PERIOD ?unit=CODE; without them: which cycle
//   POST /exemplars                      the fields of exemplars/form.h; `then` = register hands it in at once
//   POST /exemplars/similar              the same fields; which others are similar (reads)
//   GET  /exemplars/:id          (.json)
//   PUT  /exemplars/:id                  as POST
//   GET  /exemplars/:id/edit     (.json)
//   POST /exemplars/:id/discard          a draft that was never handed in
//   POST /exemplars/:id/steps            verb; on, level, reason, note, decision, by_unit, unit
//   POST /exemplars/:id/evidence         file, caption, credit
//   POST /exemplars/:id/evidence/:file   do = save | up | down | remove; caption, credit
//   GET  /exemplars/:id/similar  (.json) ; /exemplars/:id/similar/:other side by side
//   GET  /exemplars/bulk         (.json) ; POST /exemplars/bulk/plan, POST /exemplars/bulk
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "evidence/evidence_pages.h"
#include "exemplars/exemplar_part.h"
#include "people/naming.h"
#include "people/work.h"

namespace guidon::exemplars {

struct Parts {
    /// What other nouns tell on an exemplar's page.
    std::vector<ExemplarPart> page;
    /// What they do when one takes a step, in the same change.
    std::vector<StepPart> steps;
    /// The version of what the public sees on it, when that is known without looking ("" = it is not); pages with a
    /// version are kept and not built again. Empty: none is.
    std::function<std::string(const std::string& public_id)> version;
};

/// `store` and `depot` outlive the routes.
void add_routes(web::Routes& routes, store::Store& store, const evidence::Depot& depot, Parts parts);

/// Files of exemplars: everybody who sees the exemplar sees the copies, who works on it the originals.
evidence::MaySee may_see_evidence();
people::Naming naming();

}  // namespace guidon::exemplars
