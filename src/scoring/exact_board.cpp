// The board for every rulebook: one unit after the other, in rationals.
#include <algorithm>

#include "scoring/among.h"
#include "scoring/board.h"
#include "scoring/subtrees.h"

namespace guidon::scoring {
namespace {

std::size_t at(int index) {
    return static_cast<std::size_t>(index);
}

using Part = Subtrees<Exact>::Part;
Part part(const Place& place) {
    return {place.ranked, place.total, place.class_index};
}

class ExactBoard final : public Board {
public:
    explicit ExactBoard(Loaded& loaded)
        : loaded_(loaded),
          places_(loaded.field.codes.size()),
          ranked_(at(loaded.groups.count())),
          subtrees_(loaded.tree, loaded.rules.classes.size()) {}

    void score(int threads) override;
    bool rescore(const std::vector<int>& units, const std::vector<int>& groups, Moved& moved) override;

    bool ranked(int unit) const override { return places_[at(unit)].ranked; }
    int rank(int unit) const override { return places_[at(unit)].rank; }
    int class_index(int unit) const override { return places_[at(unit)].class_index; }
    int class_at_best(int unit) const override { return places_[at(unit)].class_at_best; }
    Exact total(int unit) const override { return places_[at(unit)].total; }
    Exact max(int unit) const override { return places_[at(unit)].max; }
    std::string total_text(int unit) const override { return text(total(unit), loaded_.rules.total.round); }
    std::string points_text(int unit, int criterion) const override {
        std::vector<Fault> none;
        const auto line = loaded_.scorers[0]->criterion(unit, criterion, none);
        return line.counts() ? text(line.points, loaded_.rules.criteria[at(criterion)].round) : "";
    }
    Decision decide_tie(int a, int b) const override {
        return scoring::decide_tie(loaded_.rules.ranking, places_[at(a)], places_[at(b)]);
    }
    int peers(int group) const override { return ranked_[at(group)]; }
    int ranked_in_subtree(int unit) const override { return subtrees_.units(unit); }
    RollupOutcome rollup(int unit) const override;

private:
    Place place_of(int unit, const Scorer& scorer) const;
    bool before(int a, int b) const;
    void rank_group(int group);

    Loaded& loaded_;
    std::vector<Place> places_;  // by unit
    std::vector<int> ranked_;    // by group
    Subtrees<Exact> subtrees_;
};

Place ExactBoard::place_of(int unit, const Scorer& scorer) const {
    Place place;
    place.ranked = scorer.reported_anything(unit);
    if (!place.ranked) return place;
    std::vector<Fault> none;  // refused before anything is scored
    Sheet sheet = scorer.sheet(unit, none);
    for (const auto& tie : loaded_.rules.ranking.ties) {
        if (tie.by == Tie::By::criterion) {
            const auto& line = sheet.criteria[at(tie.index)];
            place.ties.push_back(line.counts() ? std::optional(line.points) : std::nullopt);
        } else if (tie.by == Tie::By::section) {
            const auto& section = sheet.sections[at(tie.index)];
            place.ties.push_back(section.counts ? std::optional(section.points) : std::nullopt);
        } else if (tie.by == Tie::By::among) {
            place.ties.emplace_back();  // known when it is known who is tied
        } else {
            auto reading = loaded_.readings.values(tie.index).read(unit);
            place.ties.push_back(reading.reported() ? std::optional(std::move(reading.value)) : std::nullopt);
        }
    }
    place.class_at_best = sheet.class_at_best();
    place.total = std::move(sheet.total);
    place.max = std::move(sheet.max);
    return place;
}

bool ExactBoard::before(int a, int b) const {
    if (ranked(a) != ranked(b)) return ranked(a);
    if (ranked(a))
        if (const int order = scoring::decide(loaded_.rules.ranking, places_[at(a)], places_[at(b)]).order; order != 0)
            return order < 0;
    return loaded_.groups.slot(a) < loaded_.groups.slot(b);
}

void ExactBoard::rank_group(int group) {
    auto& members = loaded_.groups.members(group);
    const auto& rules = loaded_.rules;
    compare_among(rules, loaded_.field, members, places_);
    std::sort(members.begin(), members.end(), [&](int a, int b) { return before(a, b); });
    int count = 0, rank = 0;
    for (; at(count) < members.size() && ranked(members[at(count)]); ++count) {
        auto& place = places_[at(members[at(count)])];
        const bool level = count > 0 && decide(rules.ranking, members[at(count) - 1], members[at(count)]).order == 0;
        place.rank = rank = rank_at(rules.ranking.rest, count, rank, level);
        place.class_index = place.class_at_best;
    }
    ranked_[at(group)] = count;
    apply_quotas(
        rules.classes, members.data(), count, [&](int unit) { return places_[at(unit)].rank; },
        [&](int unit) -> int& { return places_[at(unit)].class_index; });
}

void ExactBoard::score(int threads) {
    loaded_.provide_scorers(threads);
    constexpr int at_once = 256;
    const int slots = loaded_.groups.slots();
    loaded_.workers.share(threads, (slots + at_once - 1) / at_once, [&](int task, int thread) {
        for (int slot = task * at_once; slot < std::min(slots, (task + 1) * at_once); ++slot) {
            const int unit = loaded_.groups.unit(slot);
            places_[at(unit)] = place_of(unit, *loaded_.scorers[at(thread)]);
        }
    });
    loaded_.workers.share(threads, loaded_.groups.count(), [&](int group, int) { rank_group(group); });
    subtrees_.add_up([&](int unit) { return part(places_[at(unit)]); });
}

bool ExactBoard::rescore(const std::vector<int>& units, const std::vector<int>& groups, Moved& moved) {
    std::vector<std::pair<int, Place>> before;
    for (const int group : groups)
        for (const int member : loaded_.groups.members(group)) before.emplace_back(member, places_[at(member)]);
    if (loaded_.compares())
        for (const auto& [member, old] : before) places_[at(member)] = place_of(member, *loaded_.scorers[0]);
    else
        for (const int unit : units) places_[at(unit)] = place_of(unit, *loaded_.scorers[0]);
    for (const int group : groups) rank_group(group);
    for (const auto& [member, old] : before) {
        const auto& now = places_[at(member)];
        if (now == old) continue;
        moved.standings.push_back(member);
        if (!(part(now) == part(old))) subtrees_.replace(member, part(old), part(now), moved.rollups);
    }
    return true;
}

RollupOutcome ExactBoard::rollup(int unit) const {
    const auto& round = loaded_.rules.total.round;
    RollupOutcome outcome{unit, subtrees_.units(unit), "", subtrees_.counts(unit)};
    if (outcome.units > 0) outcome.mean_total = text(rounded(subtrees_.total(unit) / outcome.units, round), round);
    return outcome;
}

}  // namespace

std::unique_ptr<Board> make_exact_board(Loaded& loaded) {
    return std::make_unique<ExactBoard>(loaded);
}

}  // namespace guidon::scoring
