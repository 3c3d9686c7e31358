#include "journal/journal_sight.h"

#include <algorithm>

#include "people/gate.h"
#include "people/people_pages.h"

namespace guidon::journal {

using people::Action;
using people::Audience;
using people::Gate;
using people::Viewer;

namespace {

/// Nouns of which no entry holds what a unit achieved. What is not among them needs the sight of figures: a kind of
/// entry that is added later shows too little at first, never too much.
bool without_figures(std::string_view what) {
    constexpr std::string_view nouns[] = {"account", "article",  "comment", "council", "delegation", "groups",
                                          "import",  "movement", "office",  "person",  "role",       "server",
                                          "session", "thread",   "token",   "unit",    "units",      "values"};
    const auto noun = what.substr(0, what.find('.'));
    return std::find(std::begin(nouns), std::end(nouns), noun) != std::end(nouns);
}

bool may_read_about(const store::Reader& reader, const Viewer& viewer, const people::Sight& figures,
                    const std::string& about) {
    if (const auto unit = units::find_unit_id(reader, about))
        return Gate::may(reader, &viewer, Action::read_journal, {.unit = unit}) ||
               figures.nearest(*unit) <= Audience::chain;
    if (const auto person = people::find_person(reader, about))
        return (viewer.person_id == person->id && !viewer.token) ||
               people::may_person(reader, &viewer, Action::manage_people, *person);
    return false;
}

}  // namespace

JournalSight::JournalSight(const store::Reader& reader, const Viewer* viewer, const std::string& about)
    : reader_(reader), figures_(reader, viewer, "", "") {
    whole_ = Gate::may(reader, viewer, Action::read_journal, {});
    if (whole_ || (viewer && !about.empty() && may_read_about(reader, *viewer, figures_, about))) return;
    throw Gate::refusal(reader, viewer, Action::read_journal, {});
}

bool JournalSight::shows_details(const store::Entry& entry) const {
    if (figures_.all() || without_figures(entry.what)) return true;
    const auto unit = units::find_unit_id(reader_, entry.subject);
    return unit && figures_.nearest(*unit) <= Audience::chain;
}

}  // namespace guidon::journal
