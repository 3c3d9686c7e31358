// Which addresses show and change books of exemplars?
//
//   GET  /books                                  (.json)   published ones; all that somebody works at
//   POST /books                                            unit, movement, title_en|vi|ur, from_year, to_year,
//                                                          plan_number, plan_issuer, plan_date, call, rules
//   GET  /books/:id                              (.json)   progress, balance, entries by state
//   PUT  /books/:id                                        as POST /books
//   POST /books/:id/entries                                exemplar: nominates it
//   POST /books/:id/moves                                  verb, reason, entry … (ID or ID@VERSION)
//   POST /books/:id/publish
//   GET  /books/:id/print                        (.json)   the book on one page, to read and to print
//   GET  /books/:id/book.pdf, /books/:id/book.docx
//   GET  /books/:id/entries/:entry               (.json)
//   PUT  /books/:id/entries/:entry/texts/:language         title, body, editor
//   POST /books/:id/entries/:entry/consent                 by, how, on, facts_by
//   POST /books/:id/entries/:entry/errata                  wrong, correct
#pragma once

#include <functional>
#include <string>

#include "exemplars/exemplar_part.h"
#include "people/naming.h"
#include "people/work.h"
#include "web/resource.h"

namespace guidon::books {

/// What other nouns lend to a book.
struct Parts {
    /// The bytes of a kept picture (PNG or JPEG) by the public id of the evidence; "" = it is no such picture.
    std::function<std::string(const store::Reader& reader, const std::string& evidence)> picture;
};

/// `store` outlives the routes.
void add_routes(web::Routes& routes, store::Store& store, Parts parts);

/// Of an exemplar's page: the books that it is in, or is on its way to.
exemplars::ExemplarPart in_books();
/// Books by their titles, entries by those of their exemplars.
people::Naming naming();
/// Entries of books under way that wait for the viewer: for a text of their unit, for the owner's consent to be
/// recorded, for approval.
people::WorkPart entries_waiting();

}  // namespace guidon::books
