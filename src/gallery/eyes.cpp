#include "gallery/eyes.h"

#include "exemplars/exemplar_part.h"

namespace guidon::gallery {

bool Eyes::see(const View& view, Columns::Row row) const {
    const Columns& all = view.all;
    if (!all.there[row]) return false;
    if (all.open[row] && exemplars::is_public(all.state[row])) return true;
    if (!viewer_) return false;
    const auto key = std::tuple(all.unit[row], all.cycle[row], all.state[row] == State::draft);
    const auto [known, is_new] = known_.emplace(key, false);
    if (!is_new) return known->second;
    exemplars::Exemplar it;
    it.unit = UnitId(all.unit[row]);
    it.state = all.state[row];
    it.open = all.open[row] != 0;
    if (const auto* cycle = view.catalogue.cycle(all.cycles[all.cycle[row]])) {
        it.movement = cycle->movement;
        it.period = cycle->period;
    }
    return known->second = exemplars::sees(reader_, viewer_, it);
}

}  // namespace guidon::gallery
