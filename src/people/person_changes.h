// How is a person added, renamed, erased, and given a copy of what is kept about them?
#pragma once

#include "people/people_desk.h"

namespace guidon::people {

web::Answer add_person_with_office(const Desk& desk, const web::Request& request);
web::Answer rename(const Desk& desk, const web::Request& request);
/// By administrators alone, who confirm it by a word. Offices, grants and delegations end today; the acts stay.
web::Answer erase(const Desk& desk, const web::Request& request);
web::Answer data_of(const Desk& desk, const web::Request& request);

}  // namespace guidon::people
