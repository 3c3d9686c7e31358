// How are books kept? The project, its entries with every step, their texts in each version, and errata.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "base/language.h"
#include "books/book_states.h"
#include "exemplars/exemplars_store.h"

namespace guidon::books {

using BookId = Id<struct BookTag>;
using EntryId = Id<struct BookEntryTag>;
using exemplars::ExemplarId;
using units::UnitId;

/// What people write of a book.
struct Writing {
    UnitId unit;           // that issues it
    std::string movement;  // key; "" = exemplars of any movement
    Texts title;
    int from_year = 0, to_year = 0;
    std::string plan_number, plan_issuer, plan_date;
    std::string call;
    std::string rules;  // as book_rules.h reads it

    bool operator==(const Writing&) const = default;
};

struct Book : Writing {
    BookId id;
    std::string public_id;
    Day published_on;  // always() = not yet
    std::int64_t since = 0;

    bool published() const { return published_on != Day::always(); }
};

struct Consent {
    std::string by, how;  // whose, and how it was given: "signed letter"
    Day on;               // always() = not yet
    std::string facts_by;

    bool given() const { return on != Day::always() && !facts_by.empty(); }
};

struct Entry {
    EntryId id;
    std::string public_id;
    BookId book;
    ExemplarId exemplar;
    State state = State::nominated;
    Consent consent;
    std::int64_t since = 0;
};

/// What is printed of an entry in one language.
struct Text {
    Language language = Language::vi;
    std::string title, body, editor;
    std::string who{};  // wrote it, as the journal names them
    std::int64_t since = 0;
};

struct Step {
    std::int64_t seq = 0, at_utc_ms = 0;
    std::string verb;
    std::optional<State> from;  // nothing: it was nominated
    State to = State::nominated;
    std::string reason, who, capacity;
};

struct Erratum {
    Day on;
    std::string wrong, correct;
};

std::vector<Book> books(const store::Reader& reader);
std::optional<Book> find_book(const store::Reader& reader, std::string_view public_id);
Book book(const store::Reader& reader, BookId id);  // must exist
BookId add_book(store::Change& change, const Writing& writing, std::string public_id = "");
void rewrite(store::Change& change, BookId id, const Writing& writing);
void publish(store::Change& change, BookId id, Day on);

/// In the order in which they were nominated.
std::vector<Entry> entries_of(const store::Reader& reader, BookId book);
std::vector<Entry> entries_with(const store::Reader& reader, ExemplarId exemplar);
std::optional<Entry> find_entry(const store::Reader& reader, std::string_view public_id);
/// Throws Problem "book.nominated-twice" (409) where the exemplar is among its entries already.
Entry nominate(store::Change& change, BookId book, ExemplarId exemplar);
/// Stores the step; whether it may be taken was decided before.
void take(store::Change& change, const Entry& was, const Move& move, const std::string& reason);
std::vector<Step> steps_of(const store::Reader& reader, EntryId entry);
void record_consent(store::Change& change, EntryId entry, const Consent& consent);

/// As they are now, by language.
std::vector<Text> texts_of(const store::Reader& reader, EntryId entry);
/// Earlier ones are kept. `current`: the version that it replaces, 0 = the first.
void put_text(store::Change& change, EntryId entry, const Text& text, std::int64_t current);

std::vector<Erratum> errata_of(const store::Reader& reader, EntryId entry);
void add_erratum(store::Change& change, EntryId entry, const Erratum& erratum);

/// Steps and states agree: codes "doctor.*".
std::vector<Problem> check_books(const store::Reader& reader);

}  // namespace guidon::books
