// How does a journal travel, so that it can be checked on another machine with nothing else? As JSON lines: the first
// holds the newest checkpoint and the public key, each further one an entry.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "store/journal.h"
#include "store/journal_verify.h"

namespace guidon::store {

/// Gives the file piece by piece; gives how many entries it has.
std::int64_t write_journal(const Reader& reader, const std::function<void(std::string_view)>& append);

/// Codes as JournalCheck, and "doctor.journal-line" for a line that is not as write_journal() writes it, down to the
/// letter: two readers of a file must not be able to read two things in it. Throws Problem "journal.no-journal-file"
/// with `file` if the first line is none.
Verdict check_journal_file(std::string_view bytes, const std::string& file, const Trust& trust);

}  // namespace guidon::store
