// Which entries of books wait for somebody: for a text of their unit, for the owner's consent, for approval?
#include "books/book_desk.h"

namespace guidon::books {

using people::Action;
using people::Viewer;
using people::WorkItem;

namespace {

/// One line of somebody's work at a book.
struct Pile {
    const char* name;  // books.work.NAME
    State until;       // the state whose deadline it has
    std::int64_t count = 0;
    Seen first{};
};

/// Which line an entry belongs to, if it waits for this viewer.
std::optional<std::size_t> pile_of(const store::Reader& reader, const Viewer& viewer, const Rights& allowed,
                                   const Entry& entry) {
    if (entry.state == State::requested)
        return acts_for_unit(reader, &viewer, exemplars::exemplar(reader, entry.exemplar)) ? std::optional(0)
                                                                                           : std::nullopt;
    if (entry.state == State::edited && !entry.consent.given() && allowed.edit) return 1;
    if (entry.state == State::checked && allowed.approve) return 2;
    return std::nullopt;
}

void tell_pile(std::vector<WorkItem>& work, const Book& of, const Pile& pile, Language language) {
    const std::string book = "/books/" + of.public_id;
    const Rules rules = read_rules(of.rules);
    const auto deadline = rules.deadlines.find(pile.until);
    WorkItem item{.title = say(language, std::string("books.work.") + pile.name),
                  .about = pick(of.title, language),
                  .count = pile.count,
                  .due = deadline == rules.deadlines.end() ? Day::never() : deadline->second,
                  .href = book + "#state-" + std::string(code(pile.first.entry.state))};
    if (pile.count == 1) {
        item.about = exemplars::title_in(pile.first.exemplar, language) + " · " + item.about;
        item.href = book + "/entries/" + pile.first.entry.public_id;
    }
    work.push_back(std::move(item));
}

void tell_book(std::vector<WorkItem>& work, const store::Reader& reader, const Viewer& viewer, const Book& of,
               Language language) {
    Pile piles[] = {{"text", State::delivered}, {"consent", State::checked}, {"approval", State::approved}};
    const Rights allowed = rights(reader, &viewer, of);
    for (const Entry& entry : entries_of(reader, of.id)) {
        const auto at = pile_of(reader, viewer, allowed, entry);
        if (!at) continue;
        if (piles[*at].count++ == 0) piles[*at].first = {entry, exemplars::exemplar(reader, entry.exemplar)};
    }
    for (const Pile& pile : piles)
        if (pile.count > 0) tell_pile(work, of, pile, language);
}

}  // namespace

people::WorkPart entries_waiting() {
    return [](std::vector<WorkItem>& work, const store::Reader& reader, const Viewer& viewer, Language language) {
        for (const Book& of : books(reader))
            if (!of.published() && sees(reader, &viewer, of)) tell_book(work, reader, viewer, of, language);
    };
}

}  // namespace guidon::books
