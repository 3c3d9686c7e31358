#include "gallery/register_store.h"

#include "store/bulk.h"
#include "store/sql.h"

namespace guidon::gallery {

// A sum in ORDER BY lets SQLite find the few new rows by their journal entry, instead of reading all in order.

void read_facts(const store::Reader& reader, std::int64_t since, const std::function<void(const Facts&)>& each) {
    Facts facts;
    store::scan(reader,
                "SELECT id, public_id, unit, place, cycle, field, side_fields, topics, level, kind, owner_kind, state,"
                " open, sample, registered_on, recognised_on, since_seq FROM exemplar WHERE since_seq > " +
                    std::to_string(since) + (since > 0 ? " ORDER BY id + 0" : " ORDER BY id"),
                [&](const store::BulkRow& row) {
                    const auto day = [&](int column) { return Day::of_number(static_cast<int>(row.integer(column))); };
                    facts.id = ExemplarId(row.integer(0));
                    facts.public_id = row.text(1);
                    facts.unit = UnitId(row.integer(2));
                    facts.place = row.is_null(3) ? std::nullopt : std::optional(UnitId(row.integer(3)));
                    facts.cycle = row.integer(4);
                    facts.field = row.text(5);
                    facts.side_fields = row.text(6);
                    facts.topics = row.text(7);
                    facts.level = row.text(8);
                    facts.kind = exemplars::kind_of(row.text(9)).value();
                    facts.owner_kind = exemplars::owner_kind_of(row.text(10)).value();
                    facts.state = exemplars::state_of(row.text(11)).value();
                    facts.open = row.integer(12) != 0;
                    facts.sample = row.integer(13) != 0;
                    facts.registered_on = day(14);
                    facts.recognised_on = day(15);
                    facts.since = row.integer(16);
                    each(facts);
                });
}

void read_steps(const store::Reader& reader, std::int64_t since,
                const std::function<void(ExemplarId, const Step&, std::string_view level)>& each) {
    store::scan(reader,
                "SELECT exemplar, on_day, unit, unit_before, verb, from_state, to_state, level FROM exemplar_event" +
                    (since > 0 ? " WHERE seq > " + std::to_string(since) + " ORDER BY exemplar + 0, seq, step"
                               : " ORDER BY exemplar, seq, step"),
                [&](const store::BulkRow& row) {
                    Step step;
                    step.on = Day::of_number(static_cast<int>(row.integer(1)));
                    step.unit = static_cast<std::int32_t>(row.integer(2));
                    step.unit_before = static_cast<std::int32_t>(row.integer(3));
                    step.verb = exemplars::verb_of(row.text(4)).value();
                    step.from = exemplars::state_of(row.text(5)).value();
                    step.to = exemplars::state_of(row.text(6)).value();
                    each(ExemplarId(row.integer(0)), step, row.text(7));
                });
}

bool exists(const store::Reader& reader, std::string_view public_id) {
    return store::first_row<int>(reader, "SELECT 1 FROM exemplar WHERE public_id = :id", public_id).has_value();
}

}  // namespace guidon::gallery
