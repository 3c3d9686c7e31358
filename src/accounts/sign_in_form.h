// The page with the ways in: also what somebody sees again whose way in failed.
#pragma once

#include "accounts/house.h"
#include "web/resource.h"

namespace guidon::accounts {

/// Name and password, passkey, the identity providers. Goes on to `to` of the request afterwards.
web::Answer sign_in_form(const House& house, const web::Request& request);

}  // namespace guidon::accounts
