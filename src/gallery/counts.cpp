#include "gallery/counts.h"

#include <algorithm>

namespace guidon::gallery {

using exemplars::is_active;

namespace {

constexpr std::array<std::string_view, std::size(counts)> names{
    "registered", "recognised", "first_time", "carried",   "active_start", "new", "reactivated",
    "moved_in",   "removed",    "ended",      "moved_out", "active_end",   "kept"};

/// A step between the days: whether it came, went, was recognised or confirmed.
void count_step(Share& share, const Step& step, bool before, bool after) {
    if (before != after) {  // it moved over the border of what is counted
        if (is_active(step.to)) ++share[after ? Count::moved_in : Count::moved_out];
        return;
    }
    if (!after) return;
    if (!is_active(step.from) && is_active(step.to))
        ++share[step.from == State::draft ? Count::new_ : Count::reactivated];
    if (is_active(step.from) && !is_active(step.to)) {
        if (step.to == State::draft)
            --share[Count::new_];
        else
            ++share[step.to == State::ended ? Count::ended : Count::removed];
    }
    if (step.verb == Verb::confirm) share[Count::kept] = 1;
    if (step.verb == Verb::recognise && !share[Count::recognised]) {  // the newest is met first
        share[Count::recognised] = 1;
        share.level = step.level;
    }
}

}  // namespace

std::string_view code(Count count) {
    return names[static_cast<std::size_t>(count)];
}

std::optional<Count> count_of(std::string_view code) {
    const auto* found = std::find(names.begin(), names.end(), code);
    if (found == names.end()) return std::nullopt;
    return counts[found - names.begin()];
}

bool Share::empty() const {
    return std::all_of(of.begin(), of.end(), [](std::int16_t number) { return number == 0; });
}

Share share_of(const Columns& all, Columns::Row row, const Days& days, const Inside& inside) {
    Share share;
    bool first = true;
    Day registered;  // by the last registration until the last day
    for (std::uint32_t at = all.newest_step[row]; at; at = all.steps[at - 1].before) {
        const Step& step = all.steps[at - 1];
        if (step.on > days.last) continue;
        const bool after = inside(step.unit);
        if (first) {
            share.at_end = step.to;
            share[Count::active_end] = after && is_active(step.to);
            share[Count::registered] = after && step.to != State::draft;
            first = false;
        }
        if (step.verb == Verb::register_ && registered == Day::always()) registered = step.on;
        if (step.on < days.first) {
            share[Count::active_start] = after && is_active(step.to);
            break;
        }
        count_step(share, step, inside(step.unit_before), after);
    }
    if (registered < days.first) share[Count::registered] = 0;
    if (share[Count::recognised]) ++share[registered < days.first ? Count::carried : Count::first_time];
    return share;
}

void Tally::add(const Share& share, OwnerKind owner) {
    for (std::size_t i = 0; i < of.size(); ++i) of[i] += share.of[i];
    if (share[Count::registered]) ++by_state[static_cast<std::size_t>(share.at_end)];
    if (owner != OwnerKind::individual) return;
    recognised_individuals += share[Count::recognised];
    registered_individuals += share[Count::registered];
}

std::int64_t Tally::off() const {
    const Tally& t = *this;
    return t[Count::active_end] - (t[Count::active_start] + t[Count::new_] + t[Count::reactivated] +
                                   t[Count::moved_in] - t[Count::removed] - t[Count::ended] - t[Count::moved_out]);
}

}  // namespace guidon::gallery
