// How does an office begin, end, move to another unit, and get somebody who acts for its holder?
#pragma once

#include <optional>

#include "people/people_desk.h"

namespace guidon::people {

struct OfficeWish {
    std::optional<UnitId> unit;
    Texts title;
    Span held;
};
/// From the fields title_en, title_vi, title_ur, from, to. An office may have begun long ago: no right comes with it.
OfficeWish read_office(const web::Request& request, std::optional<UnitId> unit, Day today);

web::Answer begin_office(const Desk& desk, const web::Request& request);
web::Answer stop_office(const Desk& desk, const web::Request& request);
/// One office ends and another begins in one step. Roles and delegations end with the old one.
web::Answer move_office(const Desk& desk, const web::Request& request);
/// By the holder for their own office; by who manages people there only as far as they could grant the office's roles,
/// and not to themselves.
web::Answer delegate(const Desk& desk, const web::Request& request);
web::Answer stop_delegation(const Desk& desk, const web::Request& request);

}  // namespace guidon::people
