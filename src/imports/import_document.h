// What do the pages of imports show? The form with what is known of earlier files, and one file from plan to end.
#pragma once

#include <boost/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "imports/desk.h"
#include "store/jobs.h"

namespace guidon::imports {

/// A file and its job: one of them may be missing – not applied yet, or handed in before the program was started anew.
struct Case {
    std::optional<Waiting> file;
    std::optional<store::Job> job;
};

/// planned, refused, unchanged, discarded; then queued, applying, applied, failed, cancelled, interrupted.
std::string_view state_of(const Case& one);

/// The document of /import/ID.
boost::json::object import_document(const Case& one, Language language);
/// The document of /import; `offered` are the kinds that whoever asks may store somewhere, `selected` the one that is
/// chosen at first (else the first).
boost::json::object start_document(const std::vector<Case>& cases, const std::vector<Kind>& offered,
                                   std::optional<Kind> selected, Language language);

/// The columns of a kind's files, required ones first.
struct ColumnHelp {
    std::string name;
    bool required;
    std::string example;
};
const std::vector<ColumnHelp>& columns_of(Kind kind);

}  // namespace guidon::imports
