// Which codes were ever given, to whom and from when to when? For files, which name units by code only.
#pragma once

#include <string>
#include <vector>

#include "base/day.h"
#include "store/store.h"
#include "units/units_store.h"

namespace guidon::units {

struct HeldCode {
    std::string code;
    UnitId unit;
    Span held;
};
/// All of them, by code, oldest first.
std::vector<HeldCode> all_codes(const store::Reader& reader);

}  // namespace guidon::units
