// How is a database copied while it is being served, and put back?
#pragma once

#include <string>

#include "store/store.h"

namespace guidon::store {

/// `no_tool`: the program of PostgreSQL that does it (pg_dump, pg_restore) is not installed here.
enum class Done { yes, no_tool };

/// Writes what `reader` sees to the new file `file`, for its owner alone: of SQLite a database, of PostgreSQL what
/// pg_dump writes (format custom). What others write meanwhile waits for nothing and is not in it. On disk when it
/// returns. Problem backup.failed (503).
Done copy_database(const Reader& reader, const std::string& url, const std::string& file);

/// Problem backup.not-empty (409) if there is something at `url` that would be overwritten.
void must_be_empty(const std::string& url);

/// Makes the database at `url` of such a file. Problems backup.not-empty (409), backup.failed (503).
Done restore_database(const std::string& file, const std::string& url);

/// What was written to a file or folder is on disk when it returns. Problem backup.failed (503).
void sync_to_disk(const std::string& path);

}  // namespace guidon::store
