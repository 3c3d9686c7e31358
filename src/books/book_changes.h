// Which changes of books and their entries are there? Permit, load, compare versions, decide, store and journal. For
// books_pages.cpp alone.
#pragma once

#include "books/book_desk.h"

namespace guidon::books {

web::Answer take_new_book(const Desk& desk, const web::Request& request);
web::Answer change_book(const Desk& desk, const web::Request& request);
web::Answer publish_book(const Desk& desk, const web::Request& request);
web::Answer nominate_exemplar(const Desk& desk, const web::Request& request);
web::Answer move_entries(const Desk& desk, const web::Request& request);
web::Answer write_text(const Desk& desk, const web::Request& request);
web::Answer take_consent(const Desk& desk, const web::Request& request);
web::Answer take_erratum(const Desk& desk, const web::Request& request);

}  // namespace guidon::books
