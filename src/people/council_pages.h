// Which councils are there, whom do they advise, and who sits in them?
#pragma once

#include "people/people_desk.h"

namespace guidon::people {

web::Answer councils_page(const Desk& desk, const web::Request& request);
web::Answer council_page(const Desk& desk, const web::Request& request);
web::Answer found_council(const Desk& desk, const web::Request& request);

}  // namespace guidon::people
