#include "gallery/counts_check.h"

#include <set>
#include <string>

#include "gallery/figures.h"
#include "gallery/register_store.h"
#include "store/sql.h"

namespace guidon::gallery {

using store::one;
using store::rows;

namespace {

const std::string active = " NOT IN ('draft', 'ended', 'removed') ";
const std::string inactive = " IN ('draft', 'ended', 'removed') ";

/// Of each unit: the active exemplars as they stand, and what the steps add up to.
void check_units_now(const store::Reader& reader, std::vector<Problem>& found) {
    for (const auto& [unit, counted, steps] : rows<std::string, std::int64_t, std::int64_t>(
             reader,
             "SELECT u.public_id, sum(x.counted), sum(x.steps) FROM ("
             " SELECT unit, 1 AS counted, 0 AS steps FROM exemplar WHERE state" +
                 active + " UNION ALL SELECT unit, 0, 1 FROM exemplar_event WHERE to_state" + active +
                 "AND (from_state" + inactive +
                 "OR unit <> unit_before)"
                 " UNION ALL SELECT unit_before, 0, -1 FROM exemplar_event WHERE from_state" +
                 active + "AND (to_state" + inactive +
                 "OR unit <> unit_before)"
                 ") AS x JOIN unit u ON u.id = x.unit GROUP BY u.public_id HAVING sum(x.counted) <> sum(x.steps)"
                 " ORDER BY u.public_id LIMIT 100"))
        found.emplace_back("doctor.exemplar-counts", Arguments{{"unit", unit},
                                                               {"counted", std::to_string(counted)},
                                                               {"steps", std::to_string(steps)},
                                                               {"off", std::to_string(counted - steps)}});
}

/// Active at the end of `last`, from the newest step until then.
std::int64_t active_on(const store::Reader& reader, Day last) {
    return one<std::int64_t>(reader,
                             "SELECT coalesce(sum(CASE WHEN to_state" + active +
                                 "THEN 1 ELSE 0 END), 0) - coalesce(sum(CASE WHEN from_state" + active +
                                 "THEN 1 ELSE 0 END), 0) FROM exemplar_event WHERE on_day <= :last",
                             last);
}

}  // namespace

std::vector<Problem> check_counts(const store::Reader& reader) {
    std::vector<Problem> found;
    check_units_now(reader, found);
    Columns all;
    read_facts(reader, 0, [&](const Facts& facts) { all.put(facts); });
    read_steps(reader, 0,
               [&](ExemplarId id, const Step& step, std::string_view level) { all.add_step(id, step, level); });
    std::set<int> years;
    for (const Step& step : all.steps) years.insert(step.on.number() / 10'000);
    for (const int year : years) {
        Tally tally;
        for (Columns::Row row = 0; row < all.size(); ++row)
            tally.add(share_of(all, row, year_of(year), [](std::int32_t) { return true; }), all.owner_kind[row]);
        const std::int64_t off =
            tally.off() != 0 ? tally.off() : tally[Count::active_end] - active_on(reader, year_of(year).last);
        if (off != 0)
            found.emplace_back("doctor.exemplar-identity",
                               Arguments{{"year", std::to_string(year)}, {"off", std::to_string(off)}});
    }
    return found;
}

}  // namespace guidon::gallery
