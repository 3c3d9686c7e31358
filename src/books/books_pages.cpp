#include "books/books_pages.h"

#include <algorithm>
#include <memory>

#include "books/book_changes.h"
#include "books/book_document.h"
#include "books/book_paper.h"
#include "files/docx_write.h"
#include "files/pdf_write.h"
#include "units/units_pages.h"

namespace guidon::books {

namespace json = boost::json;
using people::Action;
using people::Gate;
using web::Answer;
using web::Method;
using web::Request;

namespace {

/// What is written into a new book's rules: an example that works.
constexpr const char* rules_to_begin_with =
    "quota = 100\n\n[deadlines]\n# nominated = \"2025-03-31\"\n# delivered = \"2025-06-30\"\n\n"
    "# [[balance]]\n# field = \"economy\"\n# least = 20\n# most = 40\n\n"
    "# [[spread]]\n# unit_kind = \"commune\"\n# most_each = 3\n# least_units = 30\n";

json::object typed(const Request& request) {
    json::object fields;
    for (const char* name : {"unit", "movement", "title_en", "title_vi", "title_ur", "from_year", "to_year",
                             "plan_number", "plan_issuer", "plan_date", "call", "rules"})
        fields[name] = request.field(name);
    if (request.field("rules").empty()) fields["rules"] = rules_to_begin_with;
    return fields;
}

/// The project as its form shows it.
json::object form_of(const Desk& desk, const Book& book) {
    const auto in = [&](const char* language) {
        const auto found = book.title.find(language);
        return found == book.title.end() ? std::string() : found->second;
    };
    return {{"unit", units::unit(desk.store.read(), book.unit, desk.today()).code},
            {"movement", book.movement},
            {"title_en", in("en")},
            {"title_vi", in("vi")},
            {"title_ur", in("ur")},
            {"from_year", std::to_string(book.from_year)},
            {"to_year", std::to_string(book.to_year)},
            {"plan_number", book.plan_number},
            {"plan_issuer", book.plan_issuer},
            {"plan_date", book.plan_date},
            {"call", book.call},
            {"rules", book.rules}};
}

Answer book_page(const Desk& desk, const Request& request) {
    const auto reader = desk.store.read();
    return book_answer(desk, request, must_find_book(reader, request), 0);
}

Answer entry_page(const Desk& desk, const Request& request) {
    return entry_answer(desk, request, request.place.at("entry"), 0);
}

/// The book as a whole: published, or a proof for who works at it.
Book must_find_readable(const store::Reader& reader, const Request& request) {
    Book book = must_find_book(reader, request);
    const auto* viewer = people::viewer_of(request);
    if (!book.published() && !rights(reader, viewer, book).any())
        throw Gate::refusal(reader, viewer, Action::edit_book,
                            {.unit = book.unit, .group = {}, .council = {}, .movement = book.movement});
    return book;
}

Answer print_page(const Desk& desk, const Request& request) {
    const auto reader = desk.store.read();
    const Book book = must_find_readable(reader, request);
    Answer answer{.template_name = "books/print"};
    answer.document = print_document(paper_of(reader, desk, book, request.language), book, request.language);
    return answer;
}

Answer file(const Desk& desk, const Request& request, const char* ending, const char* type,
            std::string (*write)(const files::Paper&)) {
    std::optional<files::Paper> paper;
    std::string name;
    {
        const auto reader = desk.store.read();
        const Book book = must_find_readable(reader, request);
        paper = paper_of(reader, desk, book, request.language);
        name = pick(book.title, request.language) + ending;
    }
    Answer answer;
    answer.download = web::Download{write(*paper), type, std::move(name)};
    return answer;
}

Answer pdf(const Desk& desk, const Request& request) {
    return file(desk, request, ".pdf", "application/pdf", files::pdf_bytes);
}

Answer docx(const Desk& desk, const Request& request) {
    return file(desk, request, ".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                files::docx_bytes);
}

/// "84 of 100 chosen, 10 approved for print"
std::string progress_text(const store::Reader& reader, const Book& book, Language language) {
    const auto entries = entries_of(reader, book.id);
    const auto count = [&](bool (*wanted)(State)) {
        return std::to_string(
            std::count_if(entries.begin(), entries.end(), [&](const Entry& one) { return wanted(one.state); }));
    };
    const auto quota = read_rules(book.rules).quota;
    return say(language, quota ? "books.progress-of" : "books.progress",
               {{"chosen", count(is_chosen)},
                {"quota", quota ? std::to_string(*quota) : ""},
                {"approved", count(is_approved)}});
}

}  // namespace

Answer books_list(const Desk& desk, const Request& request) {
    const auto reader = desk.store.read();
    const auto* viewer = people::viewer_of(request);
    json::array rows;
    for (const Book& book : books(reader)) {
        if (!sees(reader, viewer, book)) continue;
        json::object row = book_reference(book, request.language);
        row["years_text"] = years_text(book);
        row["unit_name"] = unit_name(reader, book.unit, desk.today(), request.language);
        row["published"] = book.published();
        row["state_text"] = book.published() ? say(request.language, "books.published-on",
                                                   {{"date", date_text(request.language, book.published_on.text())}})
                                             : say(request.language, "books.under-way");
        if (!book.published() && rights(reader, viewer, book).any())
            row["progress_text"] = progress_text(reader, book, request.language);
        rows.push_back(std::move(row));
    }
    Answer answer{.template_name = "books/list"};
    answer.document = {{"title", say(request.language, "books.title")},
                       {"lede", say(request.language, "books.lede")},
                       {"books", std::move(rows)},
                       {"may_add", Gate::may_somewhere(viewer, Action::edit_book)}};
    if (answer.document.at("may_add").as_bool()) answer.document["typed"] = typed(request);
    return answer;
}

Answer book_answer(const Desk& desk, const Request& request, const Book& book, int status) {
    Answer answer{.template_name = "books/book"};
    answer.document = book_document(desk, desk.store.read(), people::viewer_of(request), book, request.language);
    if (answer.document.at("may_edit").as_bool())
        answer.document["form"] = status == 422 && request.method == Method::put ? typed(request) : form_of(desk, book);
    if (status == 0) return answer;
    answer.status = status;
    if (status < 400) answer.location = "/books/" + book.public_id;
    return answer;
}

Answer entry_answer(const Desk& desk, const Request& request, const std::string& entry, int status) {
    const auto reader = desk.store.read();
    const Book book = must_find_book(reader, request);
    Request of_entry = request;
    of_entry.place["entry"] = entry;
    const Seen seen = must_find_entry(reader, of_entry, book);
    Answer answer{.template_name = "books/entry"};
    answer.document = entry_document(desk, reader, people::viewer_of(request), book, seen, request.language);
    if (status == 0) return answer;
    answer.status = status;
    answer.location = "/books/" + book.public_id + "/entries/" + entry;
    return answer;
}

void add_routes(web::Routes& routes, store::Store& store, Parts parts) {
    const auto desk = std::make_shared<const Desk>(Desk{store, std::move(parts)});
    using Handling = Answer (*)(const Desk&, const Request&);
    const auto bound = [&](Handling handler) {
        return [desk, handler](const Request& request) { return handler(*desk, request); };
    };
    routes.get("/books", bound(books_list));
    routes.change(Method::post, "/books", bound(take_new_book));
    routes.get("/books/:id", bound(book_page));
    routes.change(Method::put, "/books/:id", bound(change_book));
    routes.change(Method::post, "/books/:id/entries", bound(nominate_exemplar));
    routes.change(Method::post, "/books/:id/moves", bound(move_entries));
    routes.change(Method::post, "/books/:id/publish", bound(publish_book));
    routes.get("/books/:id/print", bound(print_page));
    // Setting a hundred chapters takes seconds: beside what others wait for, not before it.
    routes.add({Method::get, "/books/:id/book.pdf", web::Access::files, bound(pdf)});
    routes.add({Method::get, "/books/:id/book.docx", web::Access::files, bound(docx)});
    routes.get("/books/:id/entries/:entry", bound(entry_page));
    routes.change(Method::put, "/books/:id/entries/:entry/texts/:language", bound(write_text));
    routes.change(Method::post, "/books/:id/entries/:entry/consent", bound(take_consent));
    routes.change(Method::post, "/books/:id/entries/:entry/errata", bound(take_erratum));
}

namespace {

/// Books that are being made into which the viewer may put it: where to, and what the button says.
json::array open_books(const exemplars::Exemplar& exemplar, const exemplars::Looking& looking,
                       const std::vector<Entry>& entries) {
    using exemplars::State;
    json::array all;
    if (!looking.viewer || exemplar.state == State::draft || exemplar.state == State::removed) return all;
    const bool own = acts_for_unit(looking.reader, looking.viewer, exemplar);
    for (const Book& book : books(looking.reader)) {
        const bool fits = !book.published() && (book.movement.empty() || book.movement == exemplar.movement);
        const bool there =
            std::any_of(entries.begin(), entries.end(), [&](const Entry& entry) { return entry.book == book.id; });
        if (!fits || there || (!own && !rights(looking.reader, looking.viewer, book).edit)) continue;
        all.push_back(json::object{{"action", "/books/" + book.public_id + "/entries"},
                                   {"text", say(looking.request.language, "books.nominate-for",
                                                {{"book", pick(book.title, looking.request.language)}})}});
    }
    return all;
}

}  // namespace

exemplars::ExemplarPart in_books() {
    return [](json::object& document, const exemplars::Exemplar& exemplar, const exemplars::Looking& looking) {
        json::array all;
        const auto entries = entries_with(looking.reader, exemplar.id);
        document["open_books"] = open_books(exemplar, looking, entries);
        for (const Entry& entry : entries) {
            const Book of = book(looking.reader, entry.book);
            const bool works = rights(looking.reader, looking.viewer, of).any() ||
                               acts_for_unit(looking.reader, looking.viewer, exemplar);
            if (!works && !(of.published() && entry.state == State::published)) continue;
            json::object part = book_reference(of, looking.request.language);
            part["entry_href"] = "/books/" + of.public_id + "/entries/" + entry.public_id;
            part["state"] = code(entry.state);
            part["state_title"] = state_title(entry.state, looking.request.language);
            all.push_back(std::move(part));
        }
        document["books"] = std::move(all);
    };
}

people::Naming naming() {
    return [](const store::Reader& reader, const people::Viewer* viewer, const std::string& id,
              Language language) -> std::optional<people::Name> {
        if (const auto of = find_book(reader, id)) {
            if (!sees(reader, viewer, *of)) return std::nullopt;
            return people::Name{pick(of->title, language), "/books/" + id};
        }
        const auto entry = find_entry(reader, id);
        if (!entry) return std::nullopt;
        const Book of = book(reader, entry->book);
        const Seen seen{*entry, exemplars::exemplar(reader, entry->exemplar)};
        if (!sees(reader, viewer, of, seen)) return std::nullopt;
        return people::Name{exemplars::title_in(seen.exemplar, language), "/books/" + of.public_id + "/entries/" + id};
    };
}

}  // namespace guidon::books
