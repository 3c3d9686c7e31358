// Do the values belong to units and to the journal?
#include "store/sql.h"
#include "values/values_store.h"

namespace guidon::values {
namespace {

using store::rows;

struct Check {
    const char* code;
    const char* sql;  // indicator, period, how many
};

// What was stored by an entry that is not in the journal was stored by nobody.
constexpr Check checks[] = {
    {"doctor.value-orphan",
     "SELECT coalesce(s.indicator, '?'), coalesce(s.period, ''), CAST(count(*) AS TEXT) FROM value v"
     " LEFT JOIN series s ON s.id = v.series LEFT JOIN unit u ON u.id = v.unit"
     " WHERE s.id IS NULL OR u.id IS NULL GROUP BY 1, 2 ORDER BY 1, 2 LIMIT 100"},
    {"doctor.value-unexplained",
     "SELECT s.indicator, s.period, CAST(count(*) AS TEXT) FROM value v JOIN series s ON s.id = v.series"
     " LEFT JOIN journal j ON j.seq = v.since_seq WHERE j.seq IS NULL GROUP BY 1, 2 ORDER BY 1, 2 LIMIT 100"},
    {"doctor.value-versions",
     "SELECT s.indicator, s.period, CAST(count(*) AS TEXT) FROM value_past p JOIN series s ON s.id = p.series"
     " LEFT JOIN journal j ON j.seq = p.until_seq LEFT JOIN value v ON v.series = p.series AND v.unit = p.unit"
     " WHERE j.seq IS NULL OR p.since_seq >= p.until_seq OR v.since_seq < p.until_seq"
     " GROUP BY 1, 2 ORDER BY 1, 2 LIMIT 100"},
};

}  // namespace

std::vector<Problem> check_values(const store::Reader& reader) {
    std::vector<Problem> found;
    for (const auto& check : checks) {
        for (const auto& [indicator, period, count] : rows<std::string, std::string, std::string>(reader, check.sql)) {
            found.emplace_back(check.code, Arguments{{"indicator", indicator}, {"period", period}, {"count", count}});
        }
    }
    return found;
}

}  // namespace guidon::values
