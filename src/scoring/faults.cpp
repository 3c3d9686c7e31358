// What has to be refused? Looked for in columns; the sentence is made from the sheet of the few units found.
#include <algorithm>

#include "scoring/state.h"

namespace guidon::scoring {
namespace {

bool may_be_refused(const Criterion& criterion) {
    return criterion.missing == Missing::refuse || std::holds_alternative<Graded>(criterion.rule) ||
           std::holds_alternative<Formula>(criterion.rule);
}

/// Whether a look at the cell is enough to say that the criterion refuses nothing here.
bool surely_fine(const Criterion& criterion, const Layer& values, int unit) {
    if (std::holds_alternative<Formula>(criterion.rule)) return false;
    const auto* cells = values.decimals();
    if (!cells) return false;
    const Cell cell = cells->empty() ? Cell() : (*cells)[static_cast<std::size_t>(unit)];
    if (cell.missing()) return criterion.missing != Missing::refuse;
    return cell.is_not_applicable() || !std::holds_alternative<Graded>(criterion.rule) ||
           (cell.value() >= Decimal() && cell.value() <= criterion.max);
}

}  // namespace

std::vector<Fault> faults_of(Loaded& loaded, int threads) {
    const auto& criteria = loaded.rules.criteria;
    std::vector<int> doubtful;
    for (std::size_t i = 0; i < criteria.size(); ++i)
        if (may_be_refused(criteria[i])) doubtful.push_back(static_cast<int>(i));
    if (doubtful.empty()) return {};

    const auto units = static_cast<int>(loaded.field.codes.size());
    constexpr int at_once = 4096;
    std::vector<std::vector<Fault>> found(static_cast<std::size_t>(units / at_once + 1));
    loaded.provide_scorers(threads);
    loaded.workers.share(threads, static_cast<int>(found.size()), [&](int task, int thread) {
        auto& faults = found[static_cast<std::size_t>(task)];
        const auto& scorer = *loaded.scorers[static_cast<std::size_t>(thread)];
        for (int unit = task * at_once; unit < std::min(units, (task + 1) * at_once); ++unit) {
            if (!loaded.field.takes_part[static_cast<std::size_t>(unit)]) continue;
            for (const int index : doubtful) {
                const auto& criterion = criteria[static_cast<std::size_t>(index)];
                if (surely_fine(criterion, loaded.readings.values(criterion.indicator), unit)) continue;
                if (faults.size() < max_faults && scorer.reported_anything(unit)) scorer.criterion(unit, index, faults);
            }
        }
    });
    std::vector<Fault> all;
    for (auto& faults : found) all.insert(all.end(), faults.begin(), faults.end());
    if (all.size() > max_faults) all.resize(max_faults);
    return all;
}

}  // namespace guidon::scoring
