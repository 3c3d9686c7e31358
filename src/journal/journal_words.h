// How does an entry of the journal read? Who, in which capacity, did what to what, and what was before and after – in
// the reader's language, with the names of today.
#pragma once

#include <boost/json.hpp>
#include <string>

#include "base/language.h"
#include "journal/journal_sight.h"
#include "store/journal.h"

namespace guidon::journal {

/// {seq, href, at, at_text, who, capacity_text, what, what_text, subject, has_changes, changes, hidden}
boost::json::object entry_document(const store::Reader& reader, const people::Viewer* viewer, const store::Entry& entry,
                                   const JournalSight& sight, Language language);

/// {id, name, visible, href}: the unit, person or council with that id; the id itself where it is none of them.
boost::json::object subject_part(const store::Reader& reader, const people::Viewer* viewer, const std::string& subject,
                                 Day day, Language language);

}  // namespace guidon::journal
