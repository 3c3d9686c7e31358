// What is in a backup, and does it come back whole?
//
//   DIR/manifest.json     {format, made_utc_ms, entries, journal_key, database {file, size, hash}, files [{hash,
//   size}]} DIR/database-…        of SQLite the database, of PostgreSQL what pg_dump writes DIR/files/ab/cdef…    every
//   file that the database names, under its SHA-256; copied once
//
// The manifest is written last and in one piece: until then what it names is the backup before. The key that signs the
// journal is not in it (docs/handbook/journal.md).
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/problem.h"
#include "evidence/depot.h"
#include "store/backup.h"
#include "store/store.h"

namespace guidon::evidence {

struct BackedUp {
    std::int64_t entries = 0;  // of the journal
    std::int64_t files = 0, copied = 0;
    store::Done database = store::Done::yes;  // no_tool: it has to be dumped by hand
    std::vector<Problem> damaged;             // files that are missing or changed, and so not in the backup
};

/// Copies the database at `url`, as it is now, and its files into `folder`, where an earlier backup of the same
/// database saves copying what is there. Safe while serving. Problems backup.other-folder, backup.other-database (409),
/// backup.failed, evidence.disk-full (503).
BackedUp back_up(store::Store& store, const std::string& url, const Depot& depot, const std::filesystem::path& folder);

/// Checks every byte of a backup, then makes the database at `url` and its files of it. Problems backup.no-manifest,
/// backup.damaged (422), backup.not-empty (409), backup.failed (503).
BackedUp restore(const std::filesystem::path& folder, const std::string& url, const Depot& depot);

}  // namespace guidon::evidence
