// How does an entry of the journal read? Who, in which capacity, did what to what, and what was before and after – in
// the reader's language, with the names of today.
#pragma once

#include <boost/json.hpp>
#include <string>
#include <vector>

#include "base/language.h"
#include "journal/journal_sight.h"
#include "people/naming.h"
#include "store/journal.h"

namespace guidon::journal {

/// How the nouns beyond units and people name what an entry is about.
using Names = std::vector<people::Naming>;

/// {seq, href, at, at_text, who, capacity_text, what, what_text, subject, has_changes, changes, hidden}
boost::json::object entry_document(const store::Reader& reader, const people::Viewer* viewer, const store::Entry& entry,
                                   const JournalSight& sight, const Names& names, Language language);

/// {id, name, visible, href}: the unit, person, council or record of `names` with that id; the id itself where it is
/// none of them, or where the record is not for `viewer`.
boost::json::object subject_part(const store::Reader& reader, const people::Viewer* viewer, const std::string& subject,
                                 const Names& names, Day day, Language language);

}  // namespace guidon::journal
