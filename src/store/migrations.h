// Is the database's schema the one that this program knows? The files of migrations/ are applied in order, once.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "store/connection.h"

namespace guidon::store {

struct Migration {
    int number;
    std::string name;  // file
    std::string sql;
    std::string checksum;  // SHA-256 of the file
};

/// Those for `backend`, in order: `NNNN_what.sql` for both, `NNNN_what.sqlite.sql` or `.postgres.sql` for one.
std::vector<Migration> migrations_for(Backend backend);

/// Applies what is missing, in one transaction. Throws Problem "store.newer" if the database knows more than
/// `migrations`, "store.other-schema" if one was applied with another text.
void migrate(Connection& connection, const std::vector<Migration>& migrations, const std::string& database,
             std::int64_t now_utc_ms);

}  // namespace guidon::store
