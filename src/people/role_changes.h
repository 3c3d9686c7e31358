// How does an office get a role, and lose it?
#pragma once

#include "people/people_desk.h"

namespace guidon::people {

web::Answer grant_role(const Desk& desk, const web::Request& request);
/// By who could grant it; one's own role anybody gives up.
web::Answer take_role_back(const Desk& desk, const web::Request& request);

}  // namespace guidon::people
