// What does the page of a person say? Name, offices with their history, what is delegated and granted, and what the
// reader may do about it.
#pragma once

#include <boost/json.hpp>

#include "people/people_desk.h"

namespace guidon::people {

boost::json::object person_document(const Desk& desk, const store::Reader& reader, const web::Request& request,
                                    const Person& person);

std::string group_name(const units::Group& group);
/// Everything kept about a person.
boost::json::object person_data(const Desk& desk, const store::Reader& reader, const Person& person, Day today);

}  // namespace guidon::people
