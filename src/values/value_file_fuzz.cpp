// The fast scan and the plain reader are two ways to one result, for any bytes and any number of threads.
#include <cstdint>
#include <cstdlib>

#include "files/csv.h"
#include "values/value_reader.h"

namespace {

using namespace guidon;  // NOLINT: a program of its own

bool same(const values::ValueRows& a, const values::ValueRows& b) {
    if (a.indicators != b.indicators || a.periods != b.periods || a.notes != b.notes) return false;
    if (a.rows.size() != b.rows.size()) return false;
    for (std::size_t i = 0; i < a.rows.size(); ++i) {
        const auto &x = a.rows[i], &y = b.rows[i];
        if (x.unit != y.unit || x.indicator != y.indicator || x.period != y.period || x.line != y.line ||
            x.note != y.note || x.value != y.value || x.target != y.target)
            return false;
    }
    return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string csv =
        "unit,indicator,period,value,target,note\n" + std::string(reinterpret_cast<const char*>(bytes), size);
    units::CodeIndex index;
    for (const char* code : {"a", "b", "c-long-code-of-a-unit"}) index.add(code);

    std::vector<Fault> faults, plain_faults;
    const auto fast = values::read_values(csv, "f", index, 2, faults);
    files::FaultList list("f", plain_faults);
    files::CsvRows rows(csv, list);
    if (!plain_faults.empty()) return 0;
    const auto plain = values::read_any(rows, index, std::nullopt, list).values;
    if (faults != plain_faults) std::abort();
    if (faults.empty() && !same(fast, plain)) std::abort();
    return 0;
}
