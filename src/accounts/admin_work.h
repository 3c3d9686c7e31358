// What waits for whoever looks after accounts: their own second factor, invitations that nobody took, grants that end.
#pragma once

#include "people/work.h"

namespace guidon::accounts {

people::WorkPart own_protection();    // of the viewer's account
people::WorkPart open_invitations();  // for those who manage people everywhere
people::WorkPart ending_grants();     // the viewer's own rights that end within a month

}  // namespace guidon::accounts
