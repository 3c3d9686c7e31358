// How does a book project become a printed work?
#pragma once

#include "books/book_desk.h"
#include "files/paper.h"

namespace guidon::books {

/// The work in `language`: parts by field, a chapter an entry, an index of units and one of persons. A chapter without
/// a text in that language is printed in the one in which it was written. A published book has its published entries,
/// another one – a proof – those that have a text.
files::Paper paper_of(const store::Reader& reader, const Desk& desk, const Book& book, Language language);

/// The same for a page: contents, parts, chapters, indexes.
boost::json::object print_document(const files::Paper& paper, const Book& book, Language language);

}  // namespace guidon::books
