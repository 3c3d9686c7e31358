// What of exemplars waits for somebody? Drafts to finish, what was sent back, what was registered, proposed, before the
// council, and confirmations that are due this year.
#pragma once

#include "people/work.h"

namespace guidon::exemplars {

/// Safe from any thread.
people::WorkPart exemplars_to_do();

}  // namespace guidon::exemplars
