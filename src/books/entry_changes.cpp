// What happens to an entry on its way: nominated, moved alone or with many, written, agreed to, corrected.
#include <algorithm>
#include <initializer_list>

#include "base/plain_text.h"
#include "base/problems.h"
#include "books/book_changes.h"
#include "people/people_rules.h"
#include "web/again.h"
#include "web/precondition.h"

namespace guidon::books {

namespace json = boost::json;
using people::Action;
using people::Gate;
using web::Answer;
using web::Request;

namespace {

constexpr std::size_t longest_title = 200, longest_body = 100'000, longest_name = 150, longest_reason = 2'000;

std::string read_line(const Request& request, const std::string& field, std::size_t most) {
    return clean_line(request.field(field), most, field);
}

std::string read_text(const Request& request, const std::string& field, std::size_t most) {
    return clean_text(request.field(field), most, field);
}

/// What must not be empty: Problem `code` at its field.
std::string needed(std::string text, const char* code, const char* field) {
    if (text.empty()) throw Problem(code, {}, field);
    return text;
}

people::Where where_of(const Book& book) {
    return {.unit = book.unit, .group = {}, .council = {}, .movement = book.movement};
}

people::Where where_of(const exemplars::Exemplar& exemplar) {
    return {.unit = exemplar.unit, .group = {}, .council = {}, .movement = exemplar.movement};
}

/// The book's own right, or that of who acts for the exemplar's unit.
store::Permit permit(const store::Reader& reader, const people::Viewer* viewer, const Book& book, Action action,
                     const exemplars::Exemplar* of_unit) {
    if (of_unit && !Gate::may(reader, viewer, action, where_of(book)) && acts_for_unit(reader, viewer, *of_unit))
        return Gate::permit(reader, viewer, Action::register_exemplar, where_of(*of_unit));
    return Gate::permit(reader, viewer, action, where_of(book));
}

/// The last part of an address, or the id itself.
std::string id_in(std::string text) {
    text.erase(0, text.find_first_not_of(" \t"));
    text.erase(text.find_last_not_of(" \t/") + 1);
    const auto slash = text.rfind('/');
    return slash == text.npos ? text : text.substr(slash + 1);
}

struct Named {
    std::string id;
    std::string version;  // "" = any
};

/// `entry` of a form once for each; of JSON a list `entries` as well.
std::vector<Named> named_entries(const Request& request) {
    std::vector<std::string> texts;
    for (auto [at, end] = request.fields.equal_range("entry"); at != end; ++at) texts.push_back(at->second);
    if (request.json && request.json->is_object())
        if (const auto* list = request.json->as_object().if_contains("entries"); list && list->is_array())
            for (const auto& one : list->as_array())
                if (one.is_string()) texts.emplace_back(one.as_string());
    if (texts.empty()) throw Problem("book.nothing-chosen", {}, "entry");
    std::vector<Named> all;
    for (const std::string& text : texts) {
        const auto at = text.find('@');
        all.push_back({text.substr(0, at), at == text.npos ? "" : text.substr(at + 1)});
    }
    return all;
}

void must_have(const store::Reader& reader, const Seen& seen, const Move& move, const std::string& reason) {
    if (move.needs == Needs::reason && reason.empty()) throw Problem("book.reason", {}, "reason");
    const auto texts = texts_of(reader, seen.entry.id);
    const bool written = std::any_of(texts.begin(), texts.end(), [](const Text& text) { return !text.body.empty(); });
    if (move.needs == Needs::text && !written)
        throw Problem("book.no-text", {{"exemplar", seen.exemplar.title}}, "", 409);
    if (move.needs == Needs::consent && !seen.entry.consent.given())
        throw Problem("book.no-consent", {{"exemplar", seen.exemplar.title}}, "", 409);
}

const Move& must_find_move(const Seen& seen, Verb verb) {
    const Move* move = verb == Verb::publish ? nullptr : find_move(seen.entry.state, verb);
    if (!move)
        throw Problem("book.step",
                      {{"exemplar", seen.exemplar.title},
                       {"state", std::string(code(seen.entry.state))},
                       {"verb", std::string(code(verb))}},
                      "", 409);
    return *move;
}

Text typed_text(const Request& request, Language language) {
    FormFaults faults;
    Text text{.language = language,
              .title = faults.of(
                  [&] { return needed(read_line(request, "title", longest_title), "book.text-title", "title"); }),
              .body = faults.of([&] { return read_text(request, "body", longest_body); }),
              .editor = faults.of([&] { return read_line(request, "editor", longest_name); })};
    faults.end();
    return text;
}

Consent typed_consent(const Request& request, Day today) {
    FormFaults faults;
    Consent consent{
        .by = faults.of([&] { return needed(read_line(request, "by", longest_name), "book.consent-by", "by"); }),
        .how = faults.of([&] { return read_line(request, "how", longest_name); }),
        .on = faults.of([&] { return people::read_day(request.field("on"), "on", today); }),
        .facts_by = faults.of([&] { return read_line(request, "facts_by", longest_name); })};
    if (today < consent.on) faults.add(Problem("book.day-ahead", {}, "on"));
    faults.end();
    return consent;
}

Erratum typed_erratum(const Request& request, Day today) {
    FormFaults faults;
    const auto text = [&](const char* field) {
        return faults.of([&] { return needed(read_text(request, field, longest_reason), "book.erratum", field); });
    };
    Erratum erratum{today, text("wrong"), text("correct")};
    faults.end();
    return erratum;
}

/// What was typed, into the part of a page whose form is open then.
void put_back(json::object& part, const Request& request, std::initializer_list<const char*> fields) {
    for (const char* field : fields) part[field] = request.field(field);
    part["open"] = true;
}

/// The entry's page once more, `fill` putting back into it what was typed.
template <class Fill>
Answer entry_again(const Desk& desk, const Request& request, const std::string& entry, const Problem& problem,
                   Fill fill) {
    Answer form = entry_answer(desk, request, entry, 0);
    fill(form.document);
    return web::again(request, std::move(form), problem);
}

/// Nothing typed is lost where a step was refused: the page says why, with the lists as they stand.
Answer moves_again(const Desk& desk, const Request& request, const Book& book, const Problem& problem) {
    if (request.field("back") == "entry")
        return entry_again(desk, request, named_entries(request).front().id, problem,
                           [&](json::object& page) { page["typed_reason"] = request.field("reason"); });
    Answer form = book_answer(desk, request, book, 0);
    form.document["typed_reason"] = request.field("reason");
    return web::again(request, std::move(form), problem);
}

}  // namespace

Answer nominate_exemplar(const Desk& desk, const Request& request) {
    const auto reader = desk.store.read();
    const auto* viewer = people::viewer_of(request);
    const Book book = must_find_book(reader, request);
    try {
        const std::string id = id_in(request.field("exemplar"));
        const auto exemplar = exemplars::find_exemplar(reader, id);
        if (!exemplar || !exemplars::sees(reader, viewer, *exemplar))
            throw Problem("book.unknown-exemplar", {{"exemplar", id}}, "exemplar");
        auto allowed = permit(reader, viewer, book, Action::edit_book, &*exemplar);
        if (book.published()) throw Problem("book.is-published", {}, "", 409);
        if (exemplar->state == exemplars::State::draft || exemplar->state == exemplars::State::removed)
            throw Problem("book.not-for-a-book", {{"exemplar", exemplar->title}}, "exemplar");
        if (!book.movement.empty() && book.movement != exemplar->movement)
            throw Problem("book.other-movement", {{"movement", book.movement}}, "exemplar");
        auto change = desk.store.change(allowed);
        const Entry entry = nominate(change, book.id, exemplar->id);
        change.commit("book-entry.nominated", entry.public_id,
                      {{"book", book.public_id}, {"exemplar", exemplar->public_id}});
        return book_answer(desk, request, book, 201);
    } catch (const Problem& problem) {
        if (problem.status != 422) throw;
        return web::again(request, book_answer(desk, request, book, 422), problem);
    }
}

namespace {

Answer move_all(const Desk& desk, const store::Reader& reader, const Request& request, const Book& book) {
    const auto* viewer = people::viewer_of(request);
    const auto verb = verb_of(request.field("verb"));
    if (!verb) throw Problem("book.unknown-verb", {{"verb", request.field("verb")}}, "verb");
    const std::string reason = read_text(request, "reason", longest_reason);
    const auto wanted = named_entries(request);
    auto all = all_entries(reader, book);
    json::array moved;
    std::optional<store::Change> change;
    const Rights allowed = rights(reader, viewer, book);
    bool approves = false;
    for (const Named& name : wanted) {
        const auto found =
            std::find_if(all.begin(), all.end(), [&](const Seen& seen) { return seen.entry.public_id == name.id; });
        if (found == all.end() || (!allowed.any() && !acts_for_unit(reader, viewer, found->exemplar)))
            throw Problem("book.unknown-entry", {{"entry", name.id}}, "", 404);
        if (!name.version.empty() && name.version != std::to_string(found->entry.since))
            throw Problem("web.changed-meanwhile", {}, "", 412);
        const Move& move = must_find_move(*found, *verb);
        auto permitted = permit(reader, viewer, book, move.action, move.by_unit ? &found->exemplar : nullptr);
        if (book.published()) throw Problem("book.is-published", {}, "", 409);
        must_have(reader, *found, move, reason);
        if (!change) change.emplace(desk.store.change(permitted));
        if (find_entry(*change, name.id)->since != found->entry.since)  // another process was faster
            throw Problem("web.changed-meanwhile", {}, "", 412);
        take(*change, found->entry, move, reason);
        found->entry.state = move.to;
        approves = approves || is_approved(move.to);
        moved.push_back(json::string(name.id));
    }
    if (approves) must_not_exceed(read_rules(book.rules), shares(*change, all, is_approved, desk.today()));
    json::object document{{"book", book.public_id}, {"verb", code(*verb)}, {"entries", std::move(moved)}};
    if (!reason.empty()) document["reason"] = reason;
    change->commit("book-entry.moved", wanted.size() == 1 ? wanted.front().id : book.public_id, document);
    return request.field("back") == "entry" ? entry_answer(desk, request, wanted.front().id, 200)
                                            : book_answer(desk, request, book, 200);
}

}  // namespace

/// All of them, or none: a move that one cannot take names it and moves nothing.
Answer move_entries(const Desk& desk, const Request& request) {
    const auto reader = desk.store.read();
    const Book book = must_find_book(reader, request);
    try {
        return move_all(desk, reader, request, book);
    } catch (const Problem& problem) {
        if (problem.status != 422 && problem.status != 409) throw;
        return moves_again(desk, request, book, problem);
    }
}

Answer write_text(const Desk& desk, const Request& request) {
    const auto reader = desk.store.read();
    const Book book = must_find_book(reader, request);
    const Seen seen = must_find_entry(reader, request, book);
    const auto language = language_of(request.place.at("language"));
    if (!language) throw Problem("book.language", {{"language", request.place.at("language")}}, "", 404);
    const State state = seen.entry.state;
    auto allowed = permit(reader, people::viewer_of(request), book, Action::edit_book,
                          state == State::requested ? &seen.exemplar : nullptr);
    if (state < State::requested || state > State::checked)
        throw Problem("book.text-closed", {{"state", std::string(code(state))}}, "", 409);
    std::int64_t current = 0;
    for (const Text& text : texts_of(reader, seen.entry.id))
        if (text.language == *language) current = text.since;
    web::must_match(request, std::to_string(current));
    try {
        const Text text = typed_text(request, *language);
        auto change = desk.store.change(allowed);
        put_text(change, seen.entry.id, text, current);
        change.commit("book-entry.written", seen.entry.public_id,
                      {{"book", book.public_id}, {"language", code(*language)}, {"title", text.title}});
        return entry_answer(desk, request, seen.entry.public_id, 200);
    } catch (const Problem& problem) {
        if (problem.status != 422) throw;
        return entry_again(desk, request, seen.entry.public_id, problem, [&](json::object& page) {
            for (auto& part : page.at("texts").as_array())
                if (part.at("language").as_string() == code(*language))
                    put_back(part.as_object(), request, {"title", "body", "editor"});
        });
    }
}

Answer take_consent(const Desk& desk, const Request& request) {
    const auto reader = desk.store.read();
    const Book book = must_find_book(reader, request);
    const Seen seen = must_find_entry(reader, request, book);
    auto allowed = Gate::permit(reader, people::viewer_of(request), Action::edit_book, where_of(book));
    if (seen.entry.state < State::requested || seen.entry.state > State::checked)
        throw Problem("book.text-closed", {{"state", std::string(code(seen.entry.state))}}, "", 409);
    web::must_match(request, std::to_string(seen.entry.since));
    try {
        const Consent consent = typed_consent(request, desk.today());
        auto change = desk.store.change(allowed);
        record_consent(change, seen.entry.id, consent);
        // Who agreed is a person's name: the journal says that somebody did, and how.
        change.commit("book-entry.consented", seen.entry.public_id,
                      {{"book", book.public_id}, {"how", consent.how}, {"on", consent.on.text()}});
        return entry_answer(desk, request, seen.entry.public_id, 200);
    } catch (const Problem& problem) {
        if (problem.status != 422) throw;
        return entry_again(desk, request, seen.entry.public_id, problem, [&](json::object& page) {
            put_back(page["typed_consent"].emplace_object(), request, {"by", "how", "on", "facts_by"});
        });
    }
}

Answer take_erratum(const Desk& desk, const Request& request) {
    const auto reader = desk.store.read();
    const Book book = must_find_book(reader, request);
    const Seen seen = must_find_entry(reader, request, book);
    auto allowed = Gate::permit(reader, people::viewer_of(request), Action::edit_book, where_of(book));
    if (seen.entry.state != State::published)
        throw Problem("book.not-published", {{"state", std::string(code(seen.entry.state))}}, "", 409);
    web::must_match(request, std::to_string(seen.entry.since));
    try {
        const Erratum erratum = typed_erratum(request, desk.today());
        auto change = desk.store.change(allowed);
        add_erratum(change, seen.entry.id, erratum);
        change.commit("book-entry.corrected", seen.entry.public_id,
                      {{"book", book.public_id}, {"wrong", erratum.wrong}, {"correct", erratum.correct}});
        return entry_answer(desk, request, seen.entry.public_id, 201);
    } catch (const Problem& problem) {
        if (problem.status != 422) throw;
        return entry_again(desk, request, seen.entry.public_id, problem, [&](json::object& page) {
            put_back(page["typed_erratum"].emplace_object(), request, {"wrong", "correct"});
        });
    }
}

}  // namespace guidon::books
