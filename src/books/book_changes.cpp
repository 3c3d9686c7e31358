#include "books/book_changes.h"

#include <algorithm>
#include <charconv>

#include "base/plain_text.h"
#include "base/problems.h"
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

people::Where where_of(const Book& book) {
    return {.unit = book.unit, .group = {}, .council = {}, .movement = book.movement};
}

constexpr std::size_t longest_number = 100, longest_issuer = 200, longest_call = 20'000, longest_rules = 20'000;

/// As it was typed: its blanks and lines are the writer's.
std::string read_rules_text(const store::Reader& reader, const Request& request) {
    std::string text = request.field("rules");
    if (const std::size_t length = length_of(text); length > longest_rules)
        throw Problem("text.too-long", {{"most", std::to_string(longest_rules)}, {"length", std::to_string(length)}},
                      "rules");
    const Rules rules = read_rules(text);  // refuses what is no rule
    const std::string movement = request.field("movement");
    if (movement.empty()) return text;
    const auto fields = fields_of(reader, movement);
    if (fields.empty())
        throw Problem("book.unknown-movement", {{"movement", movement.substr(0, longest_number)}}, "movement");
    for (const Balance& balance : rules.balances) {
        const bool known = balance.by != By::field || std::any_of(fields.begin(), fields.end(), [&](const auto& field) {
                               return field.key == balance.key;
                           });
        if (!known) throw Problem("book.unknown-field", {{"field", balance.key}, {"movement", movement}}, "rules");
    }
    return text;
}

/// By its code or public id.
UnitId read_unit(const store::Reader& reader, const std::string& text, Day today) {
    auto found = units::find_unit_by_code(reader, text, today);
    if (!found) found = units::find_unit(reader, text, today);
    if (!found) throw Problem("people.unknown-unit", {{"unit", text}}, "unit");
    return found->id;
}

int read_year(const Request& request, const std::string& field) {
    const std::string text = request.field(field);
    int year = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), year);
    if (error != std::errc() || end != text.data() + text.size() || year < 1900 || year > 2999)
        throw Problem("book.year", {{"year", text}}, field);
    return year;
}

Writing read_writing(const store::Reader& reader, const Request& request, Day today) {
    FormFaults faults;
    const auto line = [&](const char* field, std::size_t most) {
        return faults.of([&] { return clean_line(request.field(field), most, field); });
    };
    Writing writing;
    writing.unit = faults.of([&] { return read_unit(reader, request.field("unit"), today); });
    writing.movement = request.field("movement");
    writing.title = faults.of([&] {
        return people::read_titles(request.field("title_en"), request.field("title_vi"), request.field("title_ur"));
    });
    writing.from_year = faults.of([&] { return read_year(request, "from_year"); });
    writing.to_year = faults.of([&] { return read_year(request, "to_year"); });
    if (writing.to_year > 0 && writing.to_year < writing.from_year)
        faults.add(Problem("book.year", {{"year", request.field("to_year")}}, "to_year"));
    writing.plan_number = line("plan_number", longest_number);
    writing.plan_issuer = line("plan_issuer", longest_issuer);
    writing.plan_date =
        faults.of([&] { return people::read_day(request.field("plan_date"), "plan_date", Day::always()).text(); });
    writing.call = faults.of([&] { return clean_text(request.field("call"), longest_call, "call"); });
    writing.rules = faults.of([&] { return read_rules_text(reader, request); });
    faults.end();
    return writing;
}

json::object kept(const store::Reader& reader, const Writing& writing, Day today) {
    json::object titles;
    for (const auto& [language, text] : writing.title) titles[language] = text;
    return {{"unit", units::unit(reader, writing.unit, today).public_id},
            {"movement", writing.movement},
            {"title", std::move(titles)},
            {"from_year", writing.from_year},
            {"to_year", writing.to_year},
            {"plan", writing.plan_number},
            {"rules", writing.rules}};
}

}  // namespace

Answer take_new_book(const Desk& desk, const Request& request) {
    const auto reader = desk.store.read();
    const auto* viewer = people::viewer_of(request);
    if (!Gate::may_somewhere(viewer, Action::edit_book)) throw Gate::refusal(reader, viewer, Action::edit_book, {});
    try {
        const Writing writing = read_writing(reader, request, desk.today());
        auto change = desk.store.change(
            Gate::permit(reader, viewer, Action::edit_book,
                         {.unit = writing.unit, .group = {}, .council = {}, .movement = writing.movement}));
        const Book added = book(change, add_book(change, writing));
        change.commit("book.added", added.public_id, {{"after", kept(reader, writing, desk.today())}});
        return book_answer(desk, request, added, 201);
    } catch (const Problem& problem) {
        if (problem.status != 422) throw;
        return web::again(request, books_list(desk, request), problem);
    }
}

Answer change_book(const Desk& desk, const Request& request) {
    const auto reader = desk.store.read();
    const Book before = must_find_book(reader, request);
    auto permit = Gate::permit(reader, people::viewer_of(request), Action::edit_book, where_of(before));
    if (before.published()) throw Problem("book.is-published", {}, "", 409);
    web::must_match(request, std::to_string(before.since));
    try {
        const Writing writing = read_writing(reader, request, desk.today());
        if (writing == before) return book_answer(desk, request, before, 200);
        Gate::permit(reader, people::viewer_of(request), Action::edit_book,
                     {.unit = writing.unit, .group = {}, .council = {}, .movement = writing.movement});
        auto change = desk.store.change(permit);
        rewrite(change, before.id, writing);
        const Book after = book(change, before.id);
        change.commit("book.changed", before.public_id,
                      {{"before", kept(change, before, desk.today())}, {"after", kept(change, writing, desk.today())}});
        return book_answer(desk, request, after, 200);
    } catch (const Problem& problem) {
        if (problem.status != 422) throw;
        return web::again(request, book_answer(desk, request, before, 422), problem);
    }
}

/// All that are typeset come out together; nothing that was chosen may still be on its way.
Answer publish_book(const Desk& desk, const Request& request) {
    const auto reader = desk.store.read();
    const Book before = must_find_book(reader, request);
    auto permit = Gate::permit(reader, people::viewer_of(request), Action::approve_book, where_of(before));
    if (before.published()) throw Problem("book.is-published", {}, "", 409);
    web::must_match(request, std::to_string(before.since));
    auto change = desk.store.change(permit);
    const auto all = all_entries(change, before);
    int unfinished = 0, ready = 0;
    for (const Seen& seen : all) {
        ready += seen.entry.state == State::typeset;
        unfinished += is_chosen(seen.entry.state) && seen.entry.state != State::typeset;
    }
    if (unfinished > 0 || ready == 0)
        throw Problem("book.unfinished", {{"count", std::to_string(unfinished)}, {"ready", std::to_string(ready)}}, "",
                      409);
    const Rules rules = read_rules(before.rules);
    const auto choice = shares(change, all, is_approved, desk.today());
    must_not_exceed(rules, choice);
    must_suffice(rules, choice);
    for (const Seen& seen : all)
        if (const Move* move = find_move(seen.entry.state, Verb::publish)) take(change, seen.entry, *move, "");
    publish(change, before.id, desk.today());
    const Book after = book(change, before.id);
    change.commit("book.published", before.public_id, {{"entries", ready}});
    return book_answer(desk, request, after, 200);
}

}  // namespace guidon::books
