#include "movements/movements_store.h"

#include "base/assert.h"
#include "store/sql.h"

namespace guidon::movements {

using store::Change;
using store::first_row;
using store::one;
using store::Reader;
using store::rows;
using store::run;

namespace {

constexpr CycleState states[] = {CycleState::planned, CycleState::running, CycleState::closed};

/// The permitted steps.
constexpr struct {
    CycleState from, to;
} steps[] = {
    {CycleState::planned, CycleState::running},
    {CycleState::running, CycleState::closed},
    {CycleState::closed, CycleState::running},
};

using Columns =
    std::tuple<CycleId, std::string, std::string, std::string, std::string, std::string, std::int64_t, std::string>;

StoredCycle cycle_of(Columns&& row) {
    auto& [id, key, period, starts, ends, state, since, toml] = row;
    const auto known = cycle_state_of(state);
    GUIDON_ASSERT(known);
    return {id, std::move(key), std::move(period), std::move(starts), std::move(ends), *known, since, std::move(toml)};
}

const std::string columns = "SELECT c.id, m.code, c.period, c.starts, c.ends, c.state, c.since_seq, ";
const std::string tables = " FROM cycle c JOIN movement m ON m.id = c.movement ";

std::int64_t movement_for(Change& change, const std::string& key) {
    if (const auto known = first_row<std::int64_t>(change, "SELECT id FROM movement WHERE code = :key", key)) {
        return std::get<0>(*known);
    }
    const auto id = store::next_id(change, "movement");
    run(change, "INSERT INTO movement (id, code) VALUES (:id, :key)", id, key);
    return id;
}

void replace_text(Change& change, const StoredCycle& before, const Cycle& cycle, std::string_view toml) {
    run(change,
        "INSERT INTO cycle_past (cycle, since_seq, until_seq, starts, ends, toml)"
        " VALUES (:id, :since, :until, :starts, :ends, :toml)",
        before.id, before.since, change.next_seq(), before.starts, before.ends, before.toml);
    run(change, "UPDATE cycle SET starts = :starts, ends = :ends, toml = :toml, since_seq = :seq WHERE id = :id",
        cycle.starts, cycle.ends, toml, change.next_seq(), before.id);
}

}  // namespace

std::string_view code(CycleState state) {
    constexpr std::string_view codes[] = {"planned", "running", "closed"};
    return codes[static_cast<int>(state)];
}

std::optional<CycleState> cycle_state_of(std::string_view text) {
    for (const auto state : states) {
        if (code(state) == text) return state;
    }
    return std::nullopt;
}

bool may_become(CycleState from, CycleState to) {
    for (const auto& step : steps) {
        if (step.from == from && step.to == to) return true;
    }
    return false;
}

std::vector<StoredCycle> cycles(const Reader& reader) {
    std::vector<StoredCycle> result;
    for (auto& row :
         rows<CycleId, std::string, std::string, std::string, std::string, std::string, std::int64_t, std::string>(
             reader, columns + "''" + tables +
                         "ORDER BY CASE c.state WHEN 'running' THEN 0 WHEN 'planned' THEN 1 ELSE 2"
                         " END, m.code, c.period DESC")) {
        result.push_back(cycle_of(std::move(row)));
    }
    return result;
}

std::optional<StoredCycle> find_cycle(const Reader& reader, std::string_view key, std::string_view period) {
    auto row =
        first_row<CycleId, std::string, std::string, std::string, std::string, std::string, std::int64_t, std::string>(
            reader, columns + "c.toml" + tables + "WHERE m.code = :key AND c.period = :period", key, period);
    if (!row) return std::nullopt;
    return cycle_of(std::move(*row));
}

std::vector<std::pair<StoredCycle, ExemplarRules>> cycles_with_exemplars(const store::Reader& reader) {
    std::vector<std::pair<StoredCycle, ExemplarRules>> found;
    for (const auto& listed : cycles(reader)) {
        std::vector<Fault> ignored;
        auto stored = find_cycle(reader, listed.key, listed.period);
        const auto cycle = read_cycle(stored->toml, listed.key, ignored);
        if (cycle && cycle->exemplars) found.emplace_back(std::move(*stored), *cycle->exemplars);
    }
    return found;
}

std::vector<StoredCycle> cycle_versions(const Reader& reader, CycleId id) {
    std::vector<StoredCycle> result;
    for (auto& row :
         rows<CycleId, std::string, std::string, std::string, std::string, std::string, std::int64_t, std::string>(
             reader,
             "SELECT c.id, m.code, c.period, p.starts, p.ends, c.state, p.since_seq, p.toml" + tables +
                 "JOIN cycle_past p ON p.cycle = c.id WHERE c.id = :id ORDER BY p.since_seq DESC",
             id)) {
        result.push_back(cycle_of(std::move(row)));
    }
    return result;
}

Saved compare_cycle(const Reader& reader, const Cycle& cycle, std::string_view toml) {
    const auto before = find_cycle(reader, cycle.key, cycle.period);
    if (!before) return Saved::added;
    return before->toml == toml ? Saved::unchanged : Saved::changed;
}

Saved save_cycle(Change& change, const Cycle& cycle, std::string_view toml, CycleState state) {
    const auto before = find_cycle(change, cycle.key, cycle.period);
    if (before && before->toml == toml) return Saved::unchanged;
    if (before) {
        replace_text(change, *before, cycle, toml);
        return Saved::changed;
    }
    const auto movement = movement_for(change, cycle.key);
    const auto id = store::next_id(change, "cycle");
    run(change,
        "INSERT INTO cycle (id, movement, period, starts, ends, state, toml, since_seq)"
        " VALUES (:id, :movement, :period, :starts, :ends, :state, :toml, :seq)",
        id, movement, cycle.period, cycle.starts, cycle.ends, code(state), toml, change.next_seq());
    return Saved::added;
}

void set_state(Change& change, CycleId id, CycleState state) {
    const auto stored = one<std::string>(change, "SELECT state FROM cycle WHERE id = :id", id);
    const auto before = cycle_state_of(stored);
    GUIDON_ASSERT(before);
    if (!may_become(*before, state)) {
        throw Problem("movement.state", {{"from", stored}, {"to", std::string(code(state))}}, "state", 409);
    }
    run(change, "UPDATE cycle SET state = :state WHERE id = :id", code(state), id);
}

}  // namespace guidon::movements
