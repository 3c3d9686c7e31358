// How does the public site become a folder that opens from a stick? Page by page, as a reader who is not signed in
// would see it, in three languages, from the front page along its links.
#pragma once

#include <string>

namespace guidon::cli {

/// Writes the copy into `folder`, which is made and has to be empty; prints how many pages that were.
void export_site(const std::string& database, const std::string& folder);

}  // namespace guidon::cli
