// Who is somebody, in one of their capacities, today?
#pragma once

#include <memory>
#include <optional>

#include "accounts/accounts_store.h"
#include "people/viewer.h"

namespace guidon::accounts {

/// In the capacity `office`; in the first that the person has where there is none, or where it holds no more.
std::shared_ptr<people::Viewer> viewer_for(const store::Reader& reader, const Account& account,
                                           std::optional<OfficeId> office, Day today);

}  // namespace guidon::accounts
