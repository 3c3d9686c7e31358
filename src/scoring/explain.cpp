// Why does a unit stand where it stands? Worked out anew from its values, so that it also checks the standings.
#include <charconv>

#include "base/assert.h"
#include "scoring/state.h"
#include "scoring/working.h"

namespace guidon::scoring {
namespace {

Cell nearest_cell(const Reading& reading) {
    if (reading.state == Reading::State::missing) return {};
    if (reading.state == Reading::State::not_applicable) return Cell::not_applicable();
    const Exact limit = exact(Decimal::millionths(Decimal::limit - 1));
    Exact value = rounded(reading.value, {Decimal::millionths(1), RoundMode::half_even});
    value = value > limit ? limit : value < -limit ? Exact(-limit) : value;
    const Exact scaled = value * Decimal::unit;
    return Cell(Decimal::millionths(scaled.get_num().get_si()));
}

/// A double's exact value has dozens of digits; the shortest text that reads as the same double says as much.
std::string shortest(double value) {
    char digits[400];
    const auto end = std::to_chars(digits, digits + sizeof digits, value, std::chars_format::fixed).ptr;
    return {digits, end};
}

CriterionOutcome outcome(const Criterion& criterion, const SheetCriterion& line) {
    CriterionOutcome out{};
    out.state = line.state;
    out.value = nearest_cell(line.value);
    out.target = nearest_cell(line.around.target);
    if (line.value.reported()) out.value_text = text(line.value.value);
    if (line.around.target.reported()) out.target_text = text(line.around.target.value);
    if (line.around.limit.reported()) out.limit = text(line.around.limit.value);
    if (!line.counts()) return out;
    const bool in_double = std::holds_alternative<Formula>(criterion.rule);
    out.exact = in_double ? shortest(nearest_double(line.before_rounding)) : text(line.before_rounding);
    out.points = text(line.points, criterion.round);
    out.max = criterion.max.text();
    out.working = working(criterion, line);
    if (line.around.peers && line.value.reported()) {
        const auto& peers = *line.around.peers;
        out.best = text(peers.sorted.front());
        out.worst = text(peers.sorted.back());
        out.peers = static_cast<int>(peers.sorted.size());
        out.place = peers.place(line.value.value);
    }
    return out;
}

}  // namespace

void Engine::State::explain_sheet(Explanation& why, const Sheet& sheet) const {
    const auto& rules = loaded.rules;
    const auto& round = rules.total.round;
    why.total = text(sheet.total, round);
    why.total_exact = text(sheet.before_rounding);
    why.max = text(sheet.max, round);
    why.class_by_points = sheet.class_by_points;
    why.capped_by_gate = sheet.class_at_best() != sheet.class_by_points;
    for (std::size_t i = 0; i < sheet.criteria.size(); ++i) {
        const auto& line = sheet.criteria[i];
        const Exact open = exact(rules.criteria[i].max) - line.points;
        why.open.push_back(line.counts() && sgn(open) > 0 ? text(open, rules.criteria[i].round) : "");
    }
    for (const auto& section : sheet.sections) {
        auto& out = why.sections.emplace_back();
        if (section.counts)
            out = {text(section.points, round), text(section.max, round), text(section.uncapped, round)};
    }
    why.moved_by_quota = why.class_index != sheet.class_at_best();
    if (why.moved_by_quota)
        if (const auto share = rules.classes[at(why.class_index - 1)].most_share)
            why.quota_places = places_of_quota(*share, board->peers(loaded.groups.of(why.unit)));
}

std::string Engine::State::needed(int unit, int above) const {
    const auto& rules = loaded.rules;
    const Exact gap = abs(board->total(above) - board->total(unit));
    // With an equal total the ties decide; where they would not let it pass or share, it takes one step more.
    const int order = board->decide_tie(unit, above).order;
    const bool first_by_code = loaded.groups.slot(unit) < loaded.groups.slot(above);
    const bool enough = order < 0 || (order == 0 && (rules.ranking.rest != Rest::code || first_by_code));
    return text(enough ? gap : Exact(gap + exact(rules.total.round.step)), rules.total.round);
}

void Engine::State::explain_place(Explanation& why) const {
    const auto& rules = loaded.rules;
    for (const int other : loaded.groups.members(loaded.groups.of(why.unit))) {
        if (!board->ranked(other)) break;
        const int rank = board->rank(other);
        if (rank < why.rank) why.above = other;
        if (rank == why.rank && other != why.unit) why.shares_with.push_back(other);
        if (rank > why.rank && why.below < 0) why.below = other;
    }
    const auto gap = [&](int other) {
        return text(Exact(abs(board->total(other) - board->total(why.unit))), rules.total.round);
    };
    if (why.below >= 0) {
        why.gap_below = gap(why.below);
        why.tie_below = board->decide(rules.ranking, why.unit, why.below).decided;
    }
    if (why.above >= 0) {
        why.gap_above = gap(why.above);
        why.tie_above = board->decide(rules.ranking, why.above, why.unit).decided;
        why.needed = needed(why.unit, why.above);
    }
}

Explanation Engine::State::explain(int unit) const {
    GUIDON_ASSERT(loaded.field.takes_part[at(unit)]);
    const auto& rules = loaded.rules;
    Explanation why{};
    why.unit = unit;
    why.ranked = board->ranked(unit);
    why.rank = board->rank(unit);
    why.class_index = board->class_index(unit);
    why.class_by_points = why.quota_places = why.above = why.below = why.tie_above = why.tie_below = -1;
    std::vector<Fault> none;
    const Sheet sheet = loaded.scorers[0]->sheet(unit, none);
    for (std::size_t i = 0; i < sheet.criteria.size(); ++i) {
        auto line = outcome(rules.criteria[i], sheet.criteria[i]);
        if (!why.ranked) line.exact = line.points = line.max = "";
        line.rolled_up = loaded.readings.values(rules.criteria[i].indicator).rolled_up(unit);
        why.criteria.push_back(std::move(line));
    }
    for (std::size_t i = 0; i < rules.gates.size(); ++i) {
        const auto reading = loaded.readings.values(rules.gates[i].indicator).read(unit);
        why.gates.push_back({nearest_cell(reading), sheet.gates[i] != 0});
    }
    if (why.ranked) {
        explain_sheet(why, sheet);
        explain_place(why);
    } else {
        why.sections.resize(rules.sections.size());
        why.open.resize(rules.criteria.size());
    }
    return why;
}

}  // namespace guidon::scoring
