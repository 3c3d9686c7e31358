#include "scoring/engine.h"

#include <algorithm>
#include <numeric>

#include "base/assert.h"
#include "scoring/among.h"
#include "scoring/state.h"

namespace guidon::scoring {
namespace {

std::vector<int> by_code(const std::vector<std::string>& codes) {
    std::vector<int> units(codes.size());
    std::iota(units.begin(), units.end(), 0);
    std::sort(units.begin(), units.end(),
              [&](int a, int b) { return codes[static_cast<std::size_t>(a)] < codes[static_cast<std::size_t>(b)]; });
    return units;
}

/// The first of them: a file is refused with at most so many.
void refuse(std::vector<Fault> faults) {
    if (faults.empty()) return;
    if (faults.size() > max_faults) faults.resize(max_faults);
    throw Faults(std::move(faults));
}

}  // namespace

Engine::State::State(Rulebook rules_, Field field_, int threads)
    : rules(std::move(rules_)),
      field(std::move(field_)),
      tree(field.parents),
      readings(rules, field, tree),
      groups(rules, field),
      relative(rules.criteria.size()),
      scorer(rules, field, readings, groups, relative),
      code_order(field.codes.size()),
      units_by_code(by_code(field.codes)),
      places(field.codes.size()),
      ranked(at(groups.count())),
      subtrees(field.codes.size()) {
    GUIDON_ASSERT(field.columns.size() == rules.indicators.size());
    for (std::size_t i = 0; i < units_by_code.size(); ++i) code_order[at(units_by_code[i])] = static_cast<int>(i);
    score(threads);
}

void Engine::State::compare_peers(int group) {
    for (std::size_t i = 0; i < rules.criteria.size(); ++i) {
        const auto* rule = std::get_if<Relative>(&rules.criteria[i].rule);
        if (!rule) continue;
        relative[i].resize(at(groups.count()));
        relative[i][at(group)] =
            peer_values(groups.members(group), readings.values(rules.criteria[i].indicator), rule->lower_is_better);
    }
}

Place Engine::State::place_of(int unit, std::vector<Fault>& faults) const {
    Place place;
    place.ranked = scorer.reported_anything(unit);
    if (!place.ranked) return place;
    Sheet sheet = scorer.sheet(unit, faults);
    for (const auto& tie : rules.ranking.ties) {
        if (tie.by == Tie::By::criterion) {
            const auto& line = sheet.criteria[at(tie.index)];
            place.ties.push_back(line.counts() ? std::optional(line.points) : std::nullopt);
        } else if (tie.by == Tie::By::section) {
            const auto& section = sheet.sections[at(tie.index)];
            place.ties.push_back(section.counts ? std::optional(section.points) : std::nullopt);
        } else if (tie.by == Tie::By::among) {
            place.ties.emplace_back();  // known when it is known who is tied
        } else {
            auto reading = readings.values(tie.index).read(unit);
            place.ties.push_back(reading.reported() ? std::optional(std::move(reading.value)) : std::nullopt);
        }
    }
    place.total = std::move(sheet.total);
    place.max = std::move(sheet.max);
    place.class_at_best = sheet.class_at_best();
    return place;
}

void Engine::State::score(int) {
    for (int group = 0; group < groups.count(); ++group) compare_peers(group);
    std::vector<Fault> faults;
    for (std::size_t unit = 0; unit < places.size(); ++unit)
        if (field.takes_part[unit] && faults.size() < max_faults)
            places[unit] = place_of(static_cast<int>(unit), faults);
    refuse(std::move(faults));
    for (int group = 0; group < groups.count(); ++group) rank_group(group);
    add_subtrees();
}

void Engine::State::rank_group(int group) {
    compare_among(rules, field, groups.members(group), places);
    ranked[at(group)] = rank_members(rules, groups.members(group), places, code_order);
}

void Engine::State::add_subtrees() {
    for (auto i = tree.order().rbegin(); i != tree.order().rend(); ++i) {
        auto& sum = subtrees[at(*i)];
        sum = {0, 0, std::vector<int>(rules.classes.size())};
        if (const auto& place = places[at(*i)]; place.ranked) {
            sum.units = 1;
            sum.total = place.total;
            if (place.class_index >= 0) ++sum.classes[at(place.class_index)];
        }
        for (const int child : tree.children(*i)) {
            const auto& below = subtrees[at(child)];
            sum.units += below.units;
            sum.total += below.total;
            for (std::size_t c = 0; c < sum.classes.size(); ++c) sum.classes[c] += below.classes[c];
        }
    }
}

RollupOutcome Engine::State::rollup(int unit) const {
    const auto& sum = subtrees[at(unit)];
    RollupOutcome outcome{unit, sum.units, "", sum.classes};
    if (sum.units > 0) outcome.mean_total = text(rounded(sum.total / sum.units, rules.total.round), rules.total.round);
    return outcome;
}

Engine::Engine(Rulebook rules, Field field, int threads)
    : state_(std::make_unique<State>(std::move(rules), std::move(field), threads)) {}
Engine::~Engine() = default;
Engine::Engine(Engine&&) noexcept = default;
Engine& Engine::operator=(Engine&&) noexcept = default;

const Rulebook& Engine::rules() const {
    return state_->rules;
}
const Field& Engine::field() const {
    return state_->field;
}
void Engine::score(int threads) {
    state_->score(threads);
}
Moved Engine::change(int unit, int indicator, Cell value, Cell target) {
    return state_->change(unit, indicator, value, target);
}

bool Engine::takes_part(int unit) const {
    return state_->field.takes_part[State::at(unit)];
}
bool Engine::ranked(int unit) const {
    return state_->places[State::at(unit)].ranked;
}
int Engine::rank(int unit) const {
    return state_->places[State::at(unit)].rank;
}
int Engine::class_index(int unit) const {
    return state_->places[State::at(unit)].class_index;
}
int Engine::peer_group(int unit) const {
    return state_->groups.of(unit);
}
int Engine::peers(int unit) const {
    const int group = peer_group(unit);
    return group < 0 ? 0 : state_->ranked[State::at(group)];
}
std::string Engine::total(int unit) const {
    const auto& place = state_->places[State::at(unit)];
    return place.ranked ? text(place.total, state_->rules.total.round) : "";
}
std::string Engine::max(int unit) const {
    const auto& place = state_->places[State::at(unit)];
    return place.ranked ? text(place.max, state_->rules.total.round) : "";
}
std::string Engine::points(int unit, int criterion) const {
    if (!ranked(unit)) return "";
    std::vector<Fault> none;
    const auto line = state_->scorer.criterion(unit, criterion, none);
    return line.counts() ? text(line.points, state_->rules.criteria[State::at(criterion)].round) : "";
}
bool Engine::passes(int unit, int gate) const {
    return state_->scorer.passes(unit, state_->rules.gates[State::at(gate)]);
}

int Engine::peer_groups() const {
    return state_->groups.count();
}
std::string_view Engine::peer_group_code(int peer_group) const {
    return state_->groups.code(peer_group);
}
const std::vector<int>& Engine::members(int peer_group) const {
    return state_->groups.members(peer_group);
}
const std::vector<int>& Engine::peer_group_order() const {
    return state_->groups.order();
}

Explanation Engine::explain(int unit) const {
    return state_->explain(unit);
}
RollupOutcome Engine::rollup(int unit) const {
    return state_->rollup(unit);
}
std::vector<RollupOutcome> Engine::rollup() const {
    std::vector<RollupOutcome> rows;
    for (const int unit : state_->units_by_code) {
        const auto& place = state_->places[State::at(unit)];
        if (state_->subtrees[State::at(unit)].units > (place.ranked ? 1 : 0)) rows.push_back(state_->rollup(unit));
    }
    return rows;
}

}  // namespace guidon::scoring
