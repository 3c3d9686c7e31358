// Which file or folder belongs to a database, where nobody names one?
#pragma once

#include <string>
#include <string_view>

#include "store/address.h"

namespace guidon::store {

/// Beside an SQLite file, under its name: FILE.WHAT; for a PostgreSQL database NAME guidon-NAME.WHAT in the folder
/// where the program started.
std::string database_file(const Address& address, std::string_view what);

}  // namespace guidon::store
