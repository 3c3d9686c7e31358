#include "books/book_desk.h"

#include <algorithm>

#include "movements/cycle.h"
#include "movements/movements_store.h"
#include "units/units_store.h"

namespace guidon::books {

using exemplars::Exemplar;
using people::Action;
using people::Gate;
using people::Viewer;

namespace {

bool sees(const store::Reader& reader, const Viewer* viewer, const Book& book, const Rights& rights, const Seen& seen) {
    if (rights.any()) return true;
    if (book.published() && seen.entry.state == State::published && seen.exemplar.open) return true;
    return acts_for_unit(reader, viewer, seen.exemplar);
}

}  // namespace

Rights rights(const store::Reader& reader, const Viewer* viewer, const Book& book) {
    const people::Where where{.unit = book.unit, .movement = book.movement};
    return {.edit = Gate::may(reader, viewer, Action::edit_book, where),
            .approve = Gate::may(reader, viewer, Action::approve_book, where)};
}

bool acts_for_unit(const store::Reader& reader, const Viewer* viewer, const Exemplar& exemplar) {
    return Gate::may(reader, viewer, Action::register_exemplar, {.unit = exemplar.unit, .movement = exemplar.movement});
}

bool sees(const store::Reader& reader, const Viewer* viewer, const Book& book) {
    return book.published() || Gate::may_somewhere(viewer, Action::register_exemplar) ||
           rights(reader, viewer, book).any();
}

bool sees(const store::Reader& reader, const Viewer* viewer, const Book& book, const Seen& seen) {
    return sees(reader, viewer, book, rights(reader, viewer, book), seen);
}

Book must_find_book(const store::Reader& reader, const web::Request& request) {
    auto found = find_book(reader, request.place.at("id"));
    if (!found || !sees(reader, people::viewer_of(request), *found))
        throw Problem("book.unknown", {{"book", request.place.at("id")}}, "", 404);
    return std::move(*found);
}

Seen must_find_entry(const store::Reader& reader, const web::Request& request, const Book& book) {
    const std::string& id = request.place.at("entry");
    if (const auto entry = find_entry(reader, id); entry && entry->book == book.id) {
        Seen seen{*entry, exemplars::exemplar(reader, entry->exemplar)};
        if (sees(reader, people::viewer_of(request), book, seen)) return seen;
    }
    throw Problem("book.unknown-entry", {{"entry", id}}, "", 404);
}

std::vector<Seen> all_entries(const store::Reader& reader, const Book& book) {
    std::vector<Seen> all;
    for (Entry& entry : entries_of(reader, book.id)) {
        Exemplar exemplar = exemplars::exemplar(reader, entry.exemplar);
        all.push_back({std::move(entry), std::move(exemplar)});
    }
    return all;
}

std::vector<Seen> seen_entries(const store::Reader& reader, const Viewer* viewer, const Book& book) {
    auto all = all_entries(reader, book);
    const Rights allowed = rights(reader, viewer, book);
    std::erase_if(all, [&](const Seen& seen) { return !sees(reader, viewer, book, allowed, seen); });
    return all;
}

std::vector<Share> shares(const store::Reader& reader, const std::vector<Seen>& entries, bool (*counts)(State),
                          Day today) {
    std::vector<Share> all;
    for (const Seen& seen : entries) {
        if (!counts(seen.entry.state)) continue;
        Share share{.field = seen.exemplar.field,
                    .kind = std::string(code(seen.exemplar.kind)),
                    .owner = std::string(code(seen.exemplar.owner_kind))};
        for (const units::Unit& unit : units::path(reader, seen.exemplar.unit, today))
            share.units[unit.kind] = unit.public_id;
        all.push_back(std::move(share));
    }
    return all;
}

bool has_samples(const std::vector<Seen>& entries) {
    return std::any_of(entries.begin(), entries.end(), [](const Seen& seen) { return seen.exemplar.sample; });
}

std::vector<movements::Entitled> fields_of(const store::Reader& reader, const std::string& movement) {
    for (const auto& listed : movements::cycles(reader)) {
        if (!movement.empty() && listed.key != movement) continue;
        const auto stored = movements::find_cycle(reader, listed.key, listed.period);
        std::vector<Fault> faults;
        const auto cycle = movements::read_cycle(stored->toml, listed.key, faults);
        if (cycle && cycle->exemplars) return cycle->exemplars->fields;
    }
    return {};
}

boost::json::object book_reference(const Book& book, Language language) {
    return {{"id", book.public_id}, {"title", pick(book.title, language)}, {"href", "/books/" + book.public_id}};
}

std::string state_title(State state, Language language) {
    return say(language, "books.state." + std::string(code(state)));
}

std::string unit_name(const store::Reader& reader, UnitId unit, Day today, Language language) {
    return pick(units::unit(reader, unit, today).names, language);
}

std::string years_text(const Book& book) {
    const std::string from = std::to_string(book.from_year), to = std::to_string(book.to_year);
    return from == to ? from : from + "–" + to;
}

}  // namespace guidon::books
