// What comes first on a server that has nothing yet? Units, then a movement.
#pragma once

#include "people/work.h"

namespace guidon::imports {

/// For who may bring in units or movements, while there are none of them.
people::WorkPart first_steps();

}  // namespace guidon::imports
