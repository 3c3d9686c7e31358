// What does the registration form show? Every field with what is in it, what is wrong with it, and what may be chosen.
#pragma once

#include <vector>

#include "exemplars/exemplars_desk.h"

namespace guidon::exemplars {

/// The cycle that `key` and `period` name; Problem "exemplar.no-cycle" (404), or "exemplar.cycle-closed" (409).
OpenCycleRef asked_cycle(const Desk& desk, const store::Reader& reader, const std::string& key,
                         const std::string& period);

/// GET /exemplars/new: the empty form, or the cycles among which to choose.
web::Answer new_form(const Desk& desk, const web::Request& request);
/// GET /exemplars/:id/edit.
web::Answer edit_form(const Desk& desk, const web::Request& request);
/// The form as it was sent, with `faults` at their fields.
web::Answer form_again(const Desk& desk, const web::Request& request, const std::vector<Problem>& faults, int status);

}  // namespace guidon::exemplars
