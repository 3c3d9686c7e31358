#include "units/codes_store.h"

#include "store/bulk.h"

namespace guidon::units {

std::vector<HeldCode> all_codes(const store::Reader& reader) {
    std::vector<HeldCode> list;
    const auto day = [](const store::BulkRow& row, int column) {
        return Day::of_number(static_cast<int>(row.integer(column)));
    };
    store::scan(reader, "SELECT code, unit, valid_from, valid_to FROM unit_code ORDER BY code, valid_from",
                [&](const store::BulkRow& row) {
                    list.push_back({std::string(row.text(0)), UnitId(row.integer(1)), {day(row, 2), day(row, 3)}});
                });
    return list;
}

}  // namespace guidon::units
