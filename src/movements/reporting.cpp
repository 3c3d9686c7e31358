#include "movements/reporting.h"

#include <algorithm>

#include "movements/publications_store.h"

namespace guidon::movements {

namespace {

using people::Action;
using people::Gate;
using people::Viewer;

bool reads(const Cycle& cycle, std::string_view indicator) {
    const auto& all = cycle.rules.indicators;
    return std::any_of(all.begin(), all.end(), [&](const scoring::Indicator& one) {
        return (one.from.empty() ? one.key : one.from) == indicator;
    });
}

/// What is left of somebody's rights where only those who verify may act.
Viewer as_verifier(const Viewer& viewer) {
    Viewer left = viewer;
    std::erase_if(left.grants, [](const people::Grant& grant) { return grant.role != people::Role::verifier; });
    return left;
}

}  // namespace

Reporting reporting_of(const store::Reader& reader, std::string_view indicator, std::string_view period) {
    auto farthest = Reporting::open;
    for (const StoredCycle& listed : cycles(reader)) {
        if (!period.empty() && listed.period != period) continue;
        const auto now = last_publication(reader, listed.id).stands() ? Reporting::published
                         : listed.state == CycleState::closed         ? Reporting::closed
                                                                      : Reporting::open;
        if (now <= farthest) continue;  // most cycles run: no file has to be read
        std::vector<Fault> ignored;
        const auto cycle = read_cycle(find_cycle(reader, listed.key, listed.period)->toml, listed.key, ignored);
        if (cycle && reads(*cycle, indicator)) farthest = now;
    }
    return farthest;
}

std::vector<std::string> readers_of(const store::Reader& reader, std::string_view indicator, std::string_view period) {
    std::vector<std::string> keys;
    for (const StoredCycle& listed : cycles(reader)) {
        if (listed.period != period) continue;
        std::vector<Fault> ignored;
        const auto cycle = read_cycle(find_cycle(reader, listed.key, listed.period)->toml, listed.key, ignored);
        if (cycle && reads(*cycle, indicator)) keys.push_back(listed.key);
    }
    return keys;
}

store::Permit permit_report(const store::Reader& reader, const Viewer* viewer, people::UnitId unit,
                            const std::string& movement, Reporting reporting) {
    const people::Where where{.unit = unit, .group = {}, .council = {}, .movement = movement};
    if (viewer && reporting != Reporting::open) {
        const Viewer verifier = as_verifier(*viewer);
        if (Gate::may(reader, &verifier, Action::report_value, where))
            return Gate::permit(reader, &verifier, Action::report_value, where);
        if (Gate::may(reader, viewer, Action::report_value, where))
            throw Problem(reporting == Reporting::closed ? "value.cycle-closed" : "value.published", {}, "", 403);
    }
    return Gate::permit(reader, viewer, Action::report_value, where);
}

bool may_report(const store::Reader& reader, const Viewer* viewer, people::UnitId unit, const std::string& movement,
                Reporting reporting) {
    if (!viewer) return false;
    const people::Where where{.unit = unit, .group = {}, .council = {}, .movement = movement};
    if (reporting == Reporting::open) return Gate::may(reader, viewer, Action::report_value, where);
    const Viewer verifier = as_verifier(*viewer);
    return Gate::may(reader, &verifier, Action::report_value, where);
}

}  // namespace guidon::movements
