// Importing movement.toml: one cycle, kept as the text that people agreed to.
#include "imports/import.h"
#include "movements/movements_store.h"
#include "units/units_store.h"

namespace guidon::imports {
namespace {

class MovementWork : public Work {
public:
    MovementWork(movements::Cycle cycle, std::string toml) : cycle_(std::move(cycle)), toml_(std::move(toml)) {}

    store::Tally write(store::Change& change, const Progress& progress) override {
        const auto saved = movements::save_cycle(change, cycle_, toml_);
        progress(1, 1);
        return {saved == movements::Saved::added, saved == movements::Saved::changed,
                saved == movements::Saved::unchanged};
    }
    std::string subject() const override { return cycle_.key + "/" + cycle_.period; }

private:
    movements::Cycle cycle_;
    std::string toml_;
};

bool may_change(const store::Reader& reader, Scope& scope, const movements::Cycle& cycle) {
    const auto latest = Day::of_number(99'991'231);
    const auto issuer = cycle.issuer.empty() ? std::nullopt : units::find_unit_by_code(reader, cycle.issuer, latest);
    return scope.may(people::Action::change_movement, issuer ? std::optional(issuer->id) : std::nullopt, cycle.key);
}

/// A movement belongs to its issuer: to that of the file, and to those of the cycles that it has already.
void check_rights(const store::Reader& reader, const movements::Cycle& cycle, const Source& source, Scope& scope,
                  Plan& plan) {
    if (scope.unlimited()) return;
    bool may = may_change(reader, scope, cycle);
    for (const auto& listed : movements::cycles(reader)) {
        if (!may || listed.key != cycle.key) continue;
        std::vector<Fault> ignored;
        const auto stored = movements::find_cycle(reader, listed.key, listed.period);
        const auto before = movements::read_cycle(stored->toml, listed.key, ignored);
        may = !before || may_change(reader, scope, *before);
    }
    if (may) return;
    files::FaultList faults(source.file, plan.faults);
    scope.refuse(faults, {1, 1}, people::Action::change_movement, cycle.key + " " + cycle.period);
}

}  // namespace

std::unique_ptr<Work> prepare_movement(const store::Reader& reader, const Source& source, Scope& scope, Plan& plan) {
    auto cycle = movements::read_cycle(source.bytes, source.file, plan.faults);
    if (!cycle) return nullptr;
    const auto warnings = movements::check_cycle(*cycle, source.bytes, source.file);
    plan.faults.insert(plan.faults.end(), warnings.begin(), warnings.end());
    check_rights(reader, *cycle, source, scope, plan);
    if (plan.refused()) return nullptr;
    const std::string subject = cycle->key + " " + cycle->period;
    switch (movements::compare_cycle(reader, *cycle, source.bytes)) {
        case movements::Saved::added:
            plan.comparison.add({1, subject, {}});
            break;
        case movements::Saved::changed:
            plan.comparison.change({1, subject, {{"text", "", ""}}});
            break;
        case movements::Saved::unchanged:
            plan.comparison.keep();
            break;
    }
    return std::make_unique<MovementWork>(std::move(*cycle), std::string(source.bytes));
}

}  // namespace guidon::imports
