// Which addresses show the journal: who changed what, when, in which capacity?
//
//   GET /journal              (.json .csv)   ?who=PERSON ?what=KIND ?about=ID ?from=DAY ?to=DAY ?before=SEQ
//   GET /journal/checkpoint   (.json)        the signed head, to print and keep elsewhere
//   GET /journal/:seq         (.json)        one entry with the proof that it is in the journal
//
// `/journal?about=ID` is the history of a unit or person, for those who may see it (journal_sight.h).
#pragma once

#include "journal/journal_words.h"
#include "store/store.h"
#include "units/units_pages.h"
#include "web/resource.h"

namespace guidon::journal {

/// `store` outlives the routes.
void add_routes(web::Routes& routes, store::Store& store, Names names);

/// Of a unit's page: the link to its history, for those who may read it.
units::UnitPart unit_part();

}  // namespace guidon::journal
