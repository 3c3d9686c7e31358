#include "books/books_store.h"

#include "base/assert.h"
#include "store/columns.h"
#include "store/sql.h"

namespace guidon::books {

using store::first_of;
using store::in;
using store::next_id;
using store::one;
using store::rows;
using store::run;

namespace {

template <class... Arguments>
std::vector<Book> read_books(const store::Reader& reader, const std::string& condition, const Arguments&... arguments) {
    std::vector<Book> all;
    for (const auto& [id, public_id, unit, movement, en, vi, ur, from, to, number, issuer, date, call, rules, published,
                      since] :
         rows<BookId, std::string, UnitId, std::string, std::string, std::string, std::string, int, int, std::string,
              std::string, std::string, std::string, std::string, Day, std::int64_t>(
             reader,
             "SELECT id, public_id, unit, movement, title_en, title_vi, title_ur, from_year, to_year, plan_number,"
             " plan_issuer, plan_date, call, rules, published_on, since_seq FROM book " +
                 condition,
             arguments...)) {
        Book book;
        book.unit = unit;
        book.movement = movement;
        book.title = store::texts(en, vi, ur);
        book.from_year = from;
        book.to_year = to;
        book.plan_number = number;
        book.plan_issuer = issuer;
        book.plan_date = date;
        book.call = call;
        book.rules = rules;
        book.id = id;
        book.public_id = public_id;
        book.published_on = published;
        book.since = since;
        all.push_back(std::move(book));
    }
    return all;
}

template <class... Arguments>
std::vector<Entry> read_entries(const store::Reader& reader, const std::string& condition,
                                const Arguments&... arguments) {
    std::vector<Entry> all;
    for (const auto& [id, public_id, book, exemplar, state, by, how, on, facts, since] :
         rows<EntryId, std::string, BookId, ExemplarId, std::string, std::string, std::string, Day, std::string,
              std::int64_t>(reader,
                            "SELECT id, public_id, book, exemplar, state, consent_by, consent_how, consent_on,"
                            " facts_by, since_seq FROM book_entry " +
                                condition,
                            arguments...))
        all.push_back({id, public_id, book, exemplar, state_of(state).value(), {by, how, on, facts}, since});
    return all;
}

void touch(store::Change& change, EntryId entry) {
    run(change, "UPDATE book_entry SET since_seq = :since WHERE id = :id", change.next_seq(), entry);
}

void keep_step(store::Change& change, EntryId entry, std::string_view verb, std::string_view from, State to,
               const std::string& reason) {
    run(change,
        "INSERT INTO book_step (entry, seq, at_utc_ms, verb, from_state, to_state, reason, who, capacity)"
        " VALUES (:entry, :seq, :at, :verb, :from, :to, :reason, :who, :capacity)",
        entry, change.next_seq(), change.at_utc_ms(), verb, from, code(to), reason, change.permit().who(),
        change.permit().capacity());
}

}  // namespace

std::vector<Book> books(const store::Reader& reader) {
    return read_books(reader, "ORDER BY to_year DESC, id DESC");
}

std::optional<Book> find_book(const store::Reader& reader, std::string_view public_id) {
    return first_of(read_books(reader, "WHERE public_id = :id", public_id));
}

Book book(const store::Reader& reader, BookId id) {
    auto found = first_of(read_books(reader, "WHERE id = :id", id));
    GUIDON_ASSERT(found);
    return std::move(*found);
}

BookId add_book(store::Change& change, const Writing& writing, std::string public_id) {
    const BookId id(next_id(change, "book"));
    if (public_id.empty()) public_id = store::new_public_id();
    run(change,
        "INSERT INTO book (id, public_id, unit, movement, title_en, title_vi, title_ur, from_year, to_year,"
        " plan_number, plan_issuer, plan_date, call, rules, published_on, since_seq) VALUES (:id, :public_id, :unit,"
        " :movement, :en, :vi, :ur, :from, :to, :number, :issuer, :date, :call, :rules, 0, :since)",
        id, public_id, writing.unit, writing.movement, in(writing.title, "en"), in(writing.title, "vi"),
        in(writing.title, "ur"), writing.from_year, writing.to_year, writing.plan_number, writing.plan_issuer,
        writing.plan_date, writing.call, writing.rules, change.next_seq());
    return id;
}

void rewrite(store::Change& change, BookId id, const Writing& writing) {
    run(change,
        "UPDATE book SET unit = :unit, movement = :movement, title_en = :en, title_vi = :vi, title_ur = :ur,"
        " from_year = :from, to_year = :to, plan_number = :number, plan_issuer = :issuer, plan_date = :date,"
        " call = :call, rules = :rules, since_seq = :since WHERE id = :id",
        writing.unit, writing.movement, in(writing.title, "en"), in(writing.title, "vi"), in(writing.title, "ur"),
        writing.from_year, writing.to_year, writing.plan_number, writing.plan_issuer, writing.plan_date, writing.call,
        writing.rules, change.next_seq(), id);
}

void publish(store::Change& change, BookId id, Day on) {
    run(change, "UPDATE book SET published_on = :on, since_seq = :since WHERE id = :id", on, change.next_seq(), id);
}

std::vector<Entry> entries_of(const store::Reader& reader, BookId book) {
    return read_entries(reader, "WHERE book = :book ORDER BY id", book);
}

std::vector<Entry> entries_with(const store::Reader& reader, ExemplarId exemplar) {
    return read_entries(reader, "WHERE exemplar = :exemplar ORDER BY id", exemplar);
}

std::optional<Entry> find_entry(const store::Reader& reader, std::string_view public_id) {
    return first_of(read_entries(reader, "WHERE public_id = :id", public_id));
}

Entry nominate(store::Change& change, BookId book, ExemplarId exemplar) {
    if (one<std::int64_t>(change, "SELECT count(*) FROM book_entry WHERE book = :book AND exemplar = :exemplar", book,
                          exemplar) > 0)
        throw Problem("book.nominated-twice", {}, "exemplar", 409);
    Entry entry{.id = EntryId(next_id(change, "book_entry")),
                .public_id = store::new_public_id(),
                .book = book,
                .exemplar = exemplar,
                .since = change.next_seq()};
    run(change,
        "INSERT INTO book_entry (id, public_id, book, exemplar, state, consent_by, consent_how, consent_on, facts_by,"
        " since_seq) VALUES (:id, :public_id, :book, :exemplar, 'nominated', '', '', 0, '', :since)",
        entry.id, entry.public_id, book, exemplar, entry.since);
    keep_step(change, entry.id, "nominate", "", State::nominated, "");
    return entry;
}

void take(store::Change& change, const Entry& was, const Move& move, const std::string& reason) {
    run(change, "UPDATE book_entry SET state = :state, since_seq = :since WHERE id = :id", code(move.to),
        change.next_seq(), was.id);
    keep_step(change, was.id, code(move.verb), code(move.from), move.to, reason);
}

std::vector<Step> steps_of(const store::Reader& reader, EntryId entry) {
    std::vector<Step> all;
    for (const auto& [seq, at, verb, from, to, reason, who, capacity] :
         rows<std::int64_t, std::int64_t, std::string, std::string, std::string, std::string, std::string, std::string>(
             reader,
             "SELECT seq, at_utc_ms, verb, from_state, to_state, reason, who, capacity FROM book_step"
             " WHERE entry = :entry ORDER BY seq",
             entry))
        all.push_back({seq, at, verb, state_of(from), state_of(to).value(), reason, who, capacity});
    return all;
}

void record_consent(store::Change& change, EntryId entry, const Consent& consent) {
    run(change,
        "UPDATE book_entry SET consent_by = :by, consent_how = :how, consent_on = :on, facts_by = :facts,"
        " since_seq = :since WHERE id = :id",
        consent.by, consent.how, consent.on, consent.facts_by, change.next_seq(), entry);
}

std::vector<Text> texts_of(const store::Reader& reader, EntryId entry) {
    std::vector<Text> all;
    for (const auto& [language, title, body, editor, who, since] :
         rows<std::string, std::string, std::string, std::string, std::string, std::int64_t>(
             reader,
             "SELECT language, title, body, editor, who, since_seq FROM book_text"
             " WHERE entry = :entry AND until_seq = 0 ORDER BY language",
             entry))
        all.push_back({language_of(language).value(), title, body, editor, who, since});
    return all;
}

void put_text(store::Change& change, EntryId entry, const Text& text, std::int64_t current) {
    if (current != 0)
        run(change,
            "UPDATE book_text SET until_seq = :until WHERE entry = :entry AND language = :language AND until_seq = 0",
            change.next_seq(), entry, code(text.language));
    run(change,
        "INSERT INTO book_text (entry, language, since_seq, until_seq, title, body, editor, who)"
        " VALUES (:entry, :language, :since, 0, :title, :body, :editor, :who)",
        entry, code(text.language), change.next_seq(), text.title, text.body, text.editor, change.permit().who());
    touch(change, entry);
}

std::vector<Erratum> errata_of(const store::Reader& reader, EntryId entry) {
    std::vector<Erratum> all;
    for (const auto& [on, wrong, correct] : rows<Day, std::string, std::string>(
             reader, "SELECT on_day, wrong, correct FROM book_erratum WHERE entry = :entry ORDER BY seq", entry))
        all.push_back({on, wrong, correct});
    return all;
}

void add_erratum(store::Change& change, EntryId entry, const Erratum& erratum) {
    run(change,
        "INSERT INTO book_erratum (entry, seq, on_day, wrong, correct) VALUES (:entry, :seq, :on, :wrong, :correct)",
        entry, change.next_seq(), erratum.on, erratum.wrong, erratum.correct);
    touch(change, entry);
}

std::vector<Problem> check_books(const store::Reader& reader) {
    std::vector<Problem> found;
    for (const auto& [entry, state] : rows<std::string, std::string>(
             reader,
             "SELECT e.public_id, e.state FROM book_entry e JOIN book_step s ON s.entry = e.id"
             " WHERE s.seq = (SELECT max(l.seq) FROM book_step l WHERE l.entry = e.id) AND s.to_state <> e.state"))
        found.push_back(Problem("doctor.book-step", {{"entry", entry}, {"state", state}}));
    return found;
}

}  // namespace guidon::books
