#include "evaluation/insight.h"

#include <algorithm>

namespace guidon::evaluation {

using people::Audience;
using people::Sight;

namespace {

const Sight& public_sight() {
    static const Sight sight;
    return sight;
}

std::size_t at(int index) {
    return static_cast<std::size_t>(index);
}

bool has_relative(const scoring::Rulebook& rules) {
    return std::any_of(rules.criteria.begin(), rules.criteria.end(), [](const scoring::Criterion& criterion) {
        return std::holds_alternative<scoring::Relative>(criterion.rule);
    });
}

/// Of an indicator, and of what it is derived from or others derive from it: they tell of each other.
Audience narrowest(const movements::Cycle& cycle, int indicator) {
    const auto& all = cycle.rules.indicators;
    const auto source = [](const scoring::Indicator& one) { return one.from.empty() ? one.key : one.from; };
    Audience narrow = cycle.audience.of_value(indicator);
    for (const auto& [other, audience] : cycle.audience.own)
        if (source(all[at(other)]) == source(all[at(indicator)])) narrow = std::min(narrow, audience);
    return narrow;
}

}  // namespace

Insight::Insight(const Board& board) : Insight(board, public_sight()) {}

Insight::Insight(const Board& board, const Sight& sight)
    : board_(board), sight_(sight), standings_(board.cycle.audience.of_standings(board.published)) {
    learn();
}

Insight Insight::at_terminal(const Board& board) {
    Insight insight(board);
    insight.everything_ = true;
    return insight;
}

void Insight::learn() {
    const auto& audience = board_.cycle.audience;
    Audience narrow = std::min(audience.values, standings_);
    for (const auto& [_, own] : audience.own) narrow = std::min(narrow, own);
    everything_ = board_.open() || sight_.all() || (narrow >= Audience::chain && sight_.everywhere());
    const auto& rules = board_.engine.rules();
    by_peers_ = has_relative(rules);
    quotas_ = std::any_of(rules.classes.begin(), rules.classes.end(),
                          [](const scoring::Class& one) { return one.most_share.has_value(); });
}

bool Insight::sees(int unit, Audience audience) const {
    return everything_ || sight_.sees(board_.units[at(unit)].row, audience);
}

/// Whether who takes part does not depend on what was reported.
bool Insight::membership_is_known(int peer_group) const {
    return board_.cycle.participants || (board_.engine.rules().ranking.within == scoring::Within::group &&
                                         !board_.engine.peer_group_code(peer_group).empty());
}

bool Insight::all_members(int peer_group, Audience audience) const {
    if (everything_ || audience == Audience::open) return true;
    if (!membership_is_known(peer_group)) return false;
    const auto& members = board_.engine.members(peer_group);
    return std::all_of(members.begin(), members.end(), [&](int unit) { return sees(unit, audience); });
}

bool Insight::ranks(int peer_group) const {
    const auto [known, fresh] = ranks_.emplace(peer_group, false);
    if (fresh) known->second = all_members(peer_group, standings_);
    return known->second;
}

bool Insight::all_ranks() const {
    const auto shown = groups();  // one whose members are all hidden must not be told by what this gives
    return std::all_of(shown.begin(), shown.end(), [&](int group) { return ranks(group); });
}

bool Insight::standing(int unit) const {
    return sees(unit, standings_) && (!by_peers_ || ranks(board_.engine.peer_group(unit)));
}

bool Insight::standing_class(int unit) const {
    return standing(unit) && (!quotas_ || ranks(board_.engine.peer_group(unit)));
}

bool Insight::value(int unit, int indicator) const {
    return sees(unit, narrowest(board_.cycle, indicator));
}

std::vector<int> Insight::read_by(int criterion) const {
    const auto& its = board_.engine.rules().criteria[at(criterion)];
    std::vector<int> read{its.indicator};
    if (const auto* formula = std::get_if<scoring::Formula>(&its.rule))
        read.insert(read.end(), formula->indicators.begin(), formula->indicators.end());
    if (const auto* ratio = std::get_if<scoring::Ratio>(&its.rule))
        if (const auto* other = std::get_if<scoring::IndicatorRef>(&ratio->to)) read.push_back(other->indicator);
    return read;
}

bool Insight::points(int unit, int criterion) const {
    if (!standing(unit)) return false;
    const bool relative = std::holds_alternative<scoring::Relative>(board_.engine.rules().criteria[at(criterion)].rule);
    for (const int indicator : read_by(criterion)) {
        const Audience narrow = narrowest(board_.cycle, indicator);
        if (narrow == board_.cycle.audience.values) continue;  // nothing of its own
        if (!(relative ? all_members(board_.engine.peer_group(unit), narrow) : sees(unit, narrow))) return false;
    }
    return true;
}

bool Insight::working(int unit, int criterion) const {
    if (!points(unit, criterion)) return false;
    const bool relative = std::holds_alternative<scoring::Relative>(board_.engine.rules().criteria[at(criterion)].rule);
    const auto read = read_by(criterion);
    return std::all_of(read.begin(), read.end(), [&](int indicator) {
        return relative ? all_members(board_.engine.peer_group(unit), narrowest(board_.cycle, indicator))
                        : value(unit, indicator);
    });
}

bool Insight::gate(int unit, int gate) const {
    if (!standing(unit)) return false;
    const int indicator = board_.engine.rules().gates[at(gate)].indicator;
    const Audience narrow = narrowest(board_.cycle, indicator);
    return narrow == board_.cycle.audience.values || sees(unit, narrow);
}

bool Insight::section(int unit, int section) const {
    const auto& criteria = board_.engine.rules().criteria;
    for (std::size_t i = 0; i < criteria.size(); ++i)
        if (criteria[i].section == section && !points(unit, static_cast<int>(i))) return false;
    return standing(unit);
}

bool Insight::listed(int unit) const {
    if (!board_.engine.takes_part(unit)) return false;
    if (everything_ || board_.cycle.participants || board_.engine.field().groups[at(unit)] >= 0) return true;
    if (sees(unit, standings_)) return true;
    const auto& columns = board_.engine.field().columns;
    for (std::size_t i = 0; i < columns.size(); ++i)
        if (value(unit, static_cast<int>(i)) && !columns[i].values.empty() && !columns[i].values[at(unit)].missing())
            return true;
    return false;
}

bool Insight::shown(int unit) const {
    if (everything_ || listed(unit)) return true;
    const auto& parents = board_.engine.field().parents;
    for (int other = 0; other < static_cast<int>(parents.size()); ++other) {
        if (!board_.engine.takes_part(other)) continue;
        int above = parents[at(other)];
        while (above >= 0 && above != unit) above = parents[at(above)];
        if (above == unit && listed(other)) return true;
    }
    return false;
}

std::vector<int> Insight::members(int peer_group) const {
    std::vector<int> shown = board_.engine.members(peer_group);
    if (everything_) return shown;
    std::erase_if(shown, [&](int unit) { return !listed(unit); });
    if (ranks(peer_group)) return shown;
    const auto& codes = board_.engine.field().codes;
    std::sort(shown.begin(), shown.end(), [&](int one, int other) { return codes[at(one)] < codes[at(other)]; });
    return shown;
}

std::vector<int> Insight::groups() const {
    std::vector<int> shown = board_.engine.peer_group_order();
    if (everything_) return shown;
    std::erase_if(shown, [&](int group) {
        const auto& members = board_.engine.members(group);
        return std::none_of(members.begin(), members.end(), [&](int unit) { return listed(unit); });
    });
    return shown;
}

void Insight::find_hidden_rollups() const {
    const auto& parents = board_.engine.field().parents;
    hidden_rollup_.assign(board_.units.size(), 0);
    for (std::size_t unit = 0; unit < board_.units.size(); ++unit) {
        if (!board_.engine.takes_part(static_cast<int>(unit)) || standing_class(static_cast<int>(unit))) continue;
        for (int above = static_cast<int>(unit); above >= 0 && !hidden_rollup_[at(above)]; above = parents[at(above)])
            hidden_rollup_[at(above)] = 1;
    }
}

bool Insight::rollup(int unit) const {
    if (everything_) return true;
    const bool known = board_.cycle.participants || standings_ == Audience::open ||
                       (standings_ >= Audience::chain && sight_.sees_below(board_.units[at(unit)].row));
    if (!known) return false;
    if (hidden_rollup_.empty()) find_hidden_rollups();
    return !hidden_rollup_[at(unit)];
}

std::string Insight::hidden_text(Language language) const {
    const bool later = !board_.published && board_.cycle.audience.published > standings_;
    return say(language, later ? "evaluation.hidden-until-published" : "evaluation.hidden");
}

void tell_live(boost::json::object& document, const Board& board, const Insight& insight) {
    if (!insight.everything()) return;
    document["live"] = {{"topic", board.topic()}, {"href", "/live" + query_text({{"topic", board.topic()}})}};
}

}  // namespace guidon::evaluation
