// What does the page of a book show: how far it is, how balanced the choice, and its entries by state?
#pragma once

#include "books/book_desk.h"

namespace guidon::books {

boost::json::object book_document(const Desk& desk, const store::Reader& reader, const people::Viewer* viewer,
                                  const Book& book, Language language);
boost::json::object entry_document(const Desk& desk, const store::Reader& reader, const people::Viewer* viewer,
                                   const Book& book, const Seen& seen, Language language);

/// Days from `today` to `day`; negative when it has passed.
int days_until(Day day, Day today);

}  // namespace guidon::books
