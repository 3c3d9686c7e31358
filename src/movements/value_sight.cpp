#include "movements/value_sight.h"

#include <algorithm>

#include "movements/movements_store.h"

namespace guidon::movements {

using people::Audience;

ValueSight::ValueSight(const store::Reader& reader, const people::Viewer* viewer) : unread_(reader, viewer, "", "") {
    for (const StoredCycle& listed : cycles(reader)) {
        std::vector<Fault> ignored;
        const auto cycle = read_cycle(find_cycle(reader, listed.key, listed.period)->toml, listed.key, ignored);
        if (!cycle) continue;
        Reading reading{people::Sight(reader, viewer, listed.key, listed.period), {}};
        for (std::size_t i = 0; i < cycle->rules.indicators.size(); ++i) {
            const auto& indicator = cycle->rules.indicators[i];
            const auto& source = indicator.from.empty() ? indicator.key : indicator.from;
            const auto audience = cycle->audience.of_value(static_cast<int>(i));
            const auto [known, fresh] = reading.audiences.emplace(source, audience);
            if (!fresh) known->second = std::min(known->second, audience);
        }
        by_period_[listed.period].push_back(std::move(reading));
    }
}

bool ValueSight::open(const std::string& indicator, const std::string& period) const {
    const auto readings = by_period_.find(period);
    if (readings == by_period_.end()) return false;
    bool read = false;
    for (const Reading& reading : readings->second) {
        const auto audience = reading.audiences.find(indicator);
        if (audience == reading.audiences.end()) continue;
        if (audience->second != Audience::open) return false;
        read = true;
    }
    return read;
}

bool ValueSight::sees(people::UnitId unit, const std::string& indicator, const std::string& period) const {
    bool read = false;
    if (const auto readings = by_period_.find(period); readings != by_period_.end())
        for (const Reading& reading : readings->second) {
            const auto audience = reading.audiences.find(indicator);
            if (audience == reading.audiences.end()) continue;
            if (!reading.sight.sees(unit, audience->second)) return false;
            read = true;
        }
    return read || unread_.sees(unit, Audience::chain);
}

}  // namespace guidon::movements
