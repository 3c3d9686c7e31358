#include "exemplars/cycle_files.h"

#include "base/assert.h"

namespace guidon::exemplars {

namespace {

Day last_day_of(const movements::Cycle& cycle) {
    return Day::parse(cycle.ends).value_or(Day::never());
}

std::optional<UnitId> find_root(const store::Reader& reader, const movements::Cycle& cycle) {
    if (!cycle.participants || cycle.participants->under.empty()) return std::nullopt;
    const auto root = units::find_unit_by_code(reader, cycle.participants->under, last_day_of(cycle));
    return root ? std::optional(root->id) : std::nullopt;
}

OpenCycleRef read(const store::Reader& reader, movements::StoredCycle stored) {
    std::vector<Fault> ignored;  // the file was checked when it was stored
    auto cycle = movements::read_cycle(stored.toml, stored.key, ignored);
    if (!cycle) throw Faults(std::move(ignored));
    stored.toml.clear();
    auto rules = cycle->exemplars.value_or(movements::ExemplarRules{});
    const auto root = find_root(reader, *cycle);
    return std::make_shared<const OpenCycle>(OpenCycle{std::move(stored), *std::move(cycle), std::move(rules), root});
}

}  // namespace

OpenCycleRef CycleFiles::kept(CycleId id, std::int64_t since) const {
    const std::scoped_lock lock(mutex_);
    const auto found = cycles_.find(id);
    return found != cycles_.end() && found->second->stored.since == since ? found->second : nullptr;
}

OpenCycleRef CycleFiles::keep(const store::Reader& reader, std::string_view key, std::string_view period) const {
    auto stored = movements::find_cycle(reader, key, period);
    if (!stored) return nullptr;
    auto cycle = read(reader, *std::move(stored));
    const std::scoped_lock lock(mutex_);
    return cycles_[cycle->stored.id] = std::move(cycle);
}

OpenCycleRef CycleFiles::find(const store::Reader& reader, std::string_view key, std::string_view period) const {
    const auto head = find_cycle_head(reader, key, period);
    if (!head) return nullptr;
    auto cycle = kept(head->id, head->since);
    if (!cycle || cycle->stored.state != head->state) cycle = keep(reader, key, period);
    return cycle && cycle->cycle.exemplars ? cycle : nullptr;
}

OpenCycleRef CycleFiles::of(const store::Reader& reader, const Exemplar& exemplar) const {
    const auto head = find_cycle_head(reader, exemplar.movement, exemplar.period);
    GUIDON_ASSERT(head);
    auto cycle = kept(head->id, head->since);
    return cycle ? cycle : keep(reader, exemplar.movement, exemplar.period);
}

std::vector<OpenCycleRef> CycleFiles::taking(const store::Reader& reader) const {
    std::vector<OpenCycleRef> all;
    for (const auto& stored : movements::cycles(reader)) {
        if (stored.state == movements::CycleState::closed) continue;
        if (auto cycle = find(reader, stored.key, stored.period)) all.push_back(std::move(cycle));
    }
    return all;
}

std::optional<UnitId> root_of(const store::Reader& reader, const OpenCycle& cycle) {
    return cycle.root ? cycle.root : find_root(reader, cycle.cycle);
}

bool takes_part(const store::Reader& reader, const OpenCycle& cycle, UnitId unit, Day today) {
    const auto root = root_of(reader, cycle);
    return !root || units::stands_below(reader, unit, *root, today) ||
           units::stands_below(reader, unit, *root, last_day_of(cycle.cycle));
}

bool is_over(const OpenCycle& cycle, Day today) {
    return !cycle.rules.closes.empty() && today.text() > cycle.rules.closes;
}

const std::string& title_of(const OpenCycle& cycle, Language language) {
    const std::string& title = pick(cycle.cycle.title, language);
    return title.empty() ? cycle.stored.key : title;
}

boost::json::object cycle_reference(const OpenCycle& cycle, Language language) {
    const auto& stored = cycle.stored;
    return {{"key", stored.key},
            {"period", stored.period},
            {"title", title_of(cycle, language)},
            {"href", "/movements/" + stored.key + "/" + stored.period},
            {"sample", cycle.cycle.sample},
            {"running", stored.state == movements::CycleState::running}};
}

}  // namespace guidon::exemplars
