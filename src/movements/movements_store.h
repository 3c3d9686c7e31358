// How are movements and their cycles kept? As the text of their file, so that what people agreed to is what is
// stored; the columns beside it are what lists need. Earlier texts are kept.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/id.h"
#include "base/problem.h"
#include "movements/cycle.h"
#include "store/store.h"

namespace guidon::movements {

using CycleId = Id<struct CycleTag>;

/// Wire form = name. Permitted: planned → running → closed, and closed → running (reopened).
enum class CycleState { planned, running, closed };
std::string_view code(CycleState state);
std::optional<CycleState> cycle_state_of(std::string_view code);
bool may_become(CycleState from, CycleState to);

struct StoredCycle {
    CycleId id;
    std::string key, period;   // together they name it in addresses
    std::string starts, ends;  // ISO
    CycleState state = CycleState::running;
    std::int64_t since = 0;  // journal entry that stored this text
    std::string toml;        // empty in lists

    bool operator==(const StoredCycle&) const = default;
};

/// All cycles, running first, then by key, newest period first; without their texts.
std::vector<StoredCycle> cycles(const store::Reader& reader);
std::optional<StoredCycle> find_cycle(const store::Reader& reader, std::string_view key, std::string_view period);
/// Cycles that take exemplars, in the order of cycles(), with what their files say of them.
std::vector<std::pair<StoredCycle, ExemplarRules>> cycles_with_exemplars(const store::Reader& reader);
/// Earlier texts, newest first; `since` is the entry that stored them.
std::vector<StoredCycle> cycle_versions(const store::Reader& reader, CycleId id);

enum class Saved { added, changed, unchanged };
/// What save_cycle would do.
Saved compare_cycle(const store::Reader& reader, const Cycle& cycle, std::string_view toml);
/// Stores the text; a new cycle begins in `state`, a known one keeps its own.
Saved save_cycle(store::Change& change, const Cycle& cycle, std::string_view toml,
                 CycleState state = CycleState::running);
/// Throws Problem "movement.state" when the step is not permitted.
void set_state(store::Change& change, CycleId id, CycleState state);

}  // namespace guidon::movements
