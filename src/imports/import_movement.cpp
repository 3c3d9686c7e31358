// Importing movement.toml: one cycle, kept as the text that people agreed to.
#include "imports/import.h"
#include "movements/movements_store.h"

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

}  // namespace

std::unique_ptr<Work> prepare_movement(const store::Reader& reader, const Source& source, Plan& plan) {
    auto cycle = movements::read_cycle(source.bytes, source.file, plan.faults);
    if (!cycle) return nullptr;
    const auto warnings = movements::check_cycle(*cycle, source.bytes, source.file);
    plan.faults.insert(plan.faults.end(), warnings.begin(), warnings.end());
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
