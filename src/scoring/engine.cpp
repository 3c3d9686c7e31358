#include "scoring/engine.h"

#include <algorithm>

#include "base/assert.h"
#include "scoring/state.h"

namespace guidon::scoring {

Engine::State::State(Rulebook rules, Field field, int threads, Arithmetic arithmetic_)
    : loaded(std::move(rules), std::move(field), threads), arithmetic(arithmetic_) {
    if (auto faults = faults_of(loaded, threads); !faults.empty()) throw Faults(std::move(faults));
    board = make_board(threads);
    board->score(threads);
}

std::unique_ptr<Board> Engine::State::make_board(int threads) {
    auto fast = arithmetic == Arithmetic::fastest ? make_fast_board(loaded, threads) : nullptr;
    return fast ? std::move(fast) : make_exact_board(loaded);
}

Engine::Engine(Rulebook rules, Field field, int threads, Arithmetic arithmetic)
    : state_(std::make_unique<State>(std::move(rules), std::move(field), threads, arithmetic)) {}
Engine::~Engine() = default;
Engine::Engine(Engine&&) noexcept = default;
Engine& Engine::operator=(Engine&&) noexcept = default;

const Rulebook& Engine::rules() const {
    return state_->loaded.rules;
}
const Field& Engine::field() const {
    return state_->loaded.field;
}
void Engine::score(int threads) {
    state_->board->score(threads);
}
Moved Engine::change(int unit, int indicator, Cell value, Cell target) {
    return state_->change(unit, indicator, value, target);
}

bool Engine::takes_part(int unit) const {
    return state_->loaded.field.takes_part[State::at(unit)];
}
bool Engine::ranked(int unit) const {
    return takes_part(unit) && state_->board->ranked(unit);
}
int Engine::rank(int unit) const {
    return takes_part(unit) ? state_->board->rank(unit) : 0;
}
int Engine::class_index(int unit) const {
    return takes_part(unit) ? state_->board->class_index(unit) : -1;
}
int Engine::peer_group(int unit) const {
    return state_->loaded.groups.of(unit);
}
int Engine::peers(int unit) const {
    const int group = peer_group(unit);
    return group < 0 ? 0 : state_->board->peers(group);
}
std::string Engine::total(int unit) const {
    return ranked(unit) ? state_->board->total_text(unit) : "";
}
std::string Engine::max(int unit) const {
    return ranked(unit) ? text(state_->board->max(unit), rules().total.round) : "";
}
std::string Engine::points(int unit, int criterion) const {
    return ranked(unit) ? state_->board->points_text(unit, criterion) : "";
}
bool Engine::passes(int unit, int gate) const {
    return state_->loaded.scorers[0]->passes(unit, rules().gates[State::at(gate)]);
}

int Engine::peer_groups() const {
    return state_->loaded.groups.count();
}
std::string_view Engine::peer_group_code(int peer_group) const {
    return state_->loaded.groups.code(peer_group);
}
const std::vector<int>& Engine::members(int peer_group) const {
    return std::as_const(state_->loaded.groups).members(peer_group);
}
const std::vector<int>& Engine::peer_group_order() const {
    return state_->loaded.groups.order();
}

Explanation Engine::explain(int unit) const {
    return state_->explain(unit);
}
RollupOutcome Engine::rollup(int unit) const {
    return state_->board->rollup(unit);
}
std::vector<RollupOutcome> Engine::rollup() const {
    std::vector<int> units;
    for (std::size_t i = 0; i < field().codes.size(); ++i) {
        const int unit = static_cast<int>(i);
        if (state_->board->ranked_in_subtree(unit) > (ranked(unit) ? 1 : 0)) units.push_back(unit);
    }
    const auto& codes = field().codes;
    std::sort(units.begin(), units.end(), [&](int a, int b) { return codes[State::at(a)] < codes[State::at(b)]; });
    std::vector<RollupOutcome> rows;
    for (const int unit : units) rows.push_back(state_->board->rollup(unit));
    return rows;
}

}  // namespace guidon::scoring
