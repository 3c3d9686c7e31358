#include "evaluation/work.h"

#include <algorithm>

#include "evaluation/insight.h"
#include "movements/movements_store.h"
#include "units/units_store.h"

namespace guidon::evaluation {
namespace {

using people::Grant;

/// Of which units of the board the grants let their holder report.
std::vector<char> reported_for(const store::Reader& reader, const Board& board, const people::Viewer& viewer) {
    const auto& parents = board.engine.field().parents;
    std::vector<char> chosen(parents.size(), 0);
    for (const Grant& grant : viewer.grants) {
        if (grant.role != people::Role::reporter || !grant.held.holds_on(viewer.today)) continue;
        if (!grant.movement.empty() && grant.movement != board.cycle.key) continue;
        if (!grant.unit) continue;  // who may report for everybody need not be reminded of everything
        const auto root = board.unit_by_id.find(units::unit(reader, *grant.unit, viewer.today).public_id);
        if (root == board.unit_by_id.end()) continue;
        for (std::size_t unit = 0; unit < parents.size(); ++unit) {
            int at = static_cast<int>(unit);
            if (grant.reach == people::Reach::unit)
                at = at == root->second ? at : -1;
            else
                while (at >= 0 && at != root->second) at = parents[static_cast<std::size_t>(at)];
            if (at >= 0) chosen[unit] = 1;
        }
    }
    return chosen;
}

struct Missing {
    std::int64_t figures = 0;
    int unit = -1, units = 0;  // one of them, and how many
};

/// What is the roll-up of children's values need not be reported by their parent; of what the viewer may not see, that
/// it is missing is not told either.
Missing count_missing(const Board& board, const Insight& insight, const std::vector<char>& chosen) {
    const auto& field = board.engine.field();
    std::vector<char> has_children(chosen.size(), 0);
    for (const int parent : field.parents)
        if (parent >= 0) has_children[static_cast<std::size_t>(parent)] = 1;
    Missing missing;
    for (std::size_t unit = 0; unit < chosen.size(); ++unit) {
        if (!chosen[unit] || !board.engine.takes_part(static_cast<int>(unit))) continue;
        std::int64_t here = 0;
        for (std::size_t i = 0; i < field.columns.size(); ++i) {
            const auto& indicator = board.engine.rules().indicators[i];
            const bool from_below = indicator.rollup != scoring::Rollup::none && has_children[unit];
            if (!insight.value(static_cast<int>(unit), static_cast<int>(i))) continue;
            if (!from_below && !indicator.entries && field.columns[i].values[unit].missing()) ++here;
        }
        if (here == 0) continue;
        missing.figures += here;
        missing.unit = static_cast<int>(unit);
        ++missing.units;
    }
    return missing;
}

void add_cycle(std::vector<people::WorkItem>& work, const Board& board, const Missing& missing, Language language) {
    if (missing.figures == 0) return;
    people::WorkItem item;
    const auto movement = movement_part(board, language);
    item.title = say(language, "evaluation.to-report", {{"movement", std::string(movement.at("title").as_string())}});
    item.count = missing.figures;
    item.due = Day::parse(board.cycle.ends).value_or(Day::never());
    item.href = board.address() + "/standings";
    if (missing.units == 1) {
        item.about = unit_name(board, missing.unit, language);
        item.href = board.address() + "/units/" + board.units[static_cast<std::size_t>(missing.unit)].id;
    } else {
        item.about = units_text(language, static_cast<std::size_t>(missing.units));
    }
    work.push_back(std::move(item));
}

}  // namespace

people::WorkPart figures_to_report(LiveCycles& live) {
    return [&live](std::vector<people::WorkItem>& work, const store::Reader& reader, const people::Viewer& viewer,
                   Language language) {
        if (!viewer.has(people::Role::reporter)) return;
        for (const auto& cycle : movements::cycles(reader)) {
            if (cycle.state != movements::CycleState::running) continue;
            try {
                const people::Sight sight(reader, &viewer, cycle.key, cycle.period);
                live.with(cycle.key, cycle.period, [&](const Board& board) {
                    const Insight insight(board, sight);
                    add_cycle(work, board, count_missing(board, insight, reported_for(reader, board, viewer)),
                              language);
                });
            } catch (const Faults&) {
                // a cycle that cannot be scored says so on its own page
            }
        }
    };
}

}  // namespace guidon::evaluation
