// What do the pages of books share? Who may see and do what with a book, and its entries together with their
// exemplars. For books/*.cpp alone.
#pragma once

#include <boost/json.hpp>
#include <map>
#include <string>
#include <vector>

#include "books/book_rules.h"
#include "books/books_pages.h"
#include "books/books_store.h"
#include "people/gate.h"

namespace guidon::books {

struct Desk {
    store::Store& store;
    Parts parts;

    Day today() const { return Day::of_utc_ms(store.now_utc_ms()); }
};

/// An entry with what it is about.
struct Seen {
    Entry entry;
    exemplars::Exemplar exemplar;
};

/// What somebody may do with a book.
struct Rights {
    bool edit = false, approve = false;

    bool any() const { return edit || approve; }
    bool may(people::Action action) const { return action == people::Action::approve_book ? approve : edit; }
};
Rights rights(const store::Reader& reader, const people::Viewer* viewer, const Book& book);
/// Whether `viewer` acts for the exemplar's unit: nominates, hands in the text, withdraws.
bool acts_for_unit(const store::Reader& reader, const people::Viewer* viewer, const exemplars::Exemplar& exemplar);

/// Whether it may be seen at all: published ones by everybody, others by who works at them or may nominate.
bool sees(const store::Reader& reader, const people::Viewer* viewer, const Book& book);
bool sees(const store::Reader& reader, const people::Viewer* viewer, const Book& book, const Seen& seen);
/// By the place `id` of the address. Throws Problem "book.unknown" (404).
Book must_find_book(const store::Reader& reader, const web::Request& request);
/// By the place `entry`. Throws Problem "book.unknown-entry" (404).
Seen must_find_entry(const store::Reader& reader, const web::Request& request, const Book& book);

/// All entries that `viewer` may see.
std::vector<Seen> seen_entries(const store::Reader& reader, const people::Viewer* viewer, const Book& book);
/// Every entry, whoever asks: for the rules and the book itself.
std::vector<Seen> all_entries(const store::Reader& reader, const Book& book);

/// What the rules look at of the entries in states that `counts` takes.
std::vector<Share> shares(const store::Reader& reader, const std::vector<Seen>& entries, bool (*counts)(State),
                          Day today);
/// Whether some of them are made up to try the program.
bool has_samples(const std::vector<Seen>& entries);
/// Titles of the fields in the movement's newest catalogue, in its order; empty without one.
std::vector<movements::Entitled> fields_of(const store::Reader& reader, const std::string& movement);

boost::json::object book_reference(const Book& book, Language language);
std::string state_title(State state, Language language);
/// The name of a unit; what it was called last where it has ended.
std::string unit_name(const store::Reader& reader, UnitId unit, Day today, Language language);
/// "2021–2025"
std::string years_text(const Book& book);

web::Answer books_list(const Desk& desk, const web::Request& request);
web::Answer book_answer(const Desk& desk, const web::Request& request, const Book& book, int status);
web::Answer entry_answer(const Desk& desk, const web::Request& request, const std::string& entry, int status);

}  // namespace guidon::books
