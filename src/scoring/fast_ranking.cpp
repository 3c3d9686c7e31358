// Ranks in the integer board, and what one change moves there.
#include <algorithm>
#include <limits>

#include "scoring/fast_board.h"
#include "scoring/lanes.h"

namespace guidon::scoring {

int FastBoard::compare_ties(int a, int b) const {
    for (const auto& tie : ties_) {
        const auto one = tie.at(at(a)), other = tie.at(at(b));
        if (one != other) return one > other ? -1 : 1;
    }
    return 0;
}

Decision FastBoard::decide_tie(int a, int b) const {
    for (std::size_t i = 0; i < ties_.size(); ++i) {
        const auto one = ties_[i].at(slot(a)), other = ties_[i].at(slot(b));
        if (one != other) return {one > other ? -1 : 1, static_cast<int>(i)};
    }
    return {0, static_cast<int>(ties_.size())};
}

/// Ranks positions first … last − 1, whose totals are equal: the ties decide.
void FastBoard::rank_level(int begin, int first, int last, int& rank, std::uint32_t* positions) {
    const auto compare = [&](std::uint32_t a, std::uint32_t b) {
        return compare_ties(begin + static_cast<int>(a), begin + static_cast<int>(b));
    };
    if (last - first == 2 && !ties_.empty()) {  // nearly always
        const int apart = compare(positions[first], positions[first + 1]);
        if (apart > 0) std::swap(positions[first], positions[first + 1]);
        const Rest rest = loaded_.rules.ranking.rest;
        ranks_[at(begin) + positions[first]] = rank = rank_at(rest, first, rank, false);
        ranks_[at(begin) + positions[first + 1]] = rank = rank_at(rest, first + 1, rank, apart == 0);
        return;
    }
    if (!ties_.empty())
        std::sort(positions + first, positions + last, [&](std::uint32_t a, std::uint32_t b) {
            const int apart = compare(a, b);
            return apart != 0 ? apart < 0 : a < b;
        });
    for (int i = first; i < last; ++i) {
        const bool level = i > first && compare(positions[i - 1], positions[i]) == 0;
        rank = rank_at(loaded_.rules.ranking.rest, i, rank, level);
        ranks_[at(begin) + positions[i]] = rank;
    }
}

/// Ranks the first `ranked` positions of a group, sorted by how far they are behind.
void FastBoard::rank_sorted(int begin, int ranked, std::uint32_t* positions, const std::uint32_t* behind) {
    auto* ranks = ranks_.data() + begin;
    const Rest rest = loaded_.rules.ranking.rest;
    int rank = 0;
    for (int i = 0; i < ranked;) {
        int last = i + 1;
        while (last < ranked && behind[last] == behind[i]) ++last;
        if (last - i > 1)
            rank_level(begin, i, last, rank, positions);
        else
            ranks[positions[i]] = rank = rank_at(rest, i, rank, false);
        i = last;
    }
}

/// The group's slots, the first first: how far each is behind, and where it lies.
void FastBoard::sort_group(int begin, int count, int ranked, Scratch& scratch) const {
    const auto* totals = totals_.data() + begin;
    std::int32_t low = std::numeric_limits<std::int32_t>::max(), high = std::numeric_limits<std::int32_t>::min();
    lanes::widen(totals, ranked_.data() + begin, count, low, high);
    if (ranked == 0) low = high = 0;
    const bool high_first = loaded_.rules.ranking.order == Order::high_first;
    const auto last = static_cast<std::uint32_t>(high - low) + 1;  // where the unranked go
    if (scratch.behind.size() < at(count)) scratch.behind.resize(at(count));
    lanes::distances(totals, ranked_.data() + begin, count, high_first ? high : low, high_first, last,
                     scratch.behind.data());
    scratch.sorter.sort(scratch.behind.data(), count, ranked == count ? last - 1 : last);
}

void FastBoard::rank_group(int group, Scratch& scratch) {
    const auto& rules = loaded_.rules;
    const int begin = loaded_.groups.begin(group), count = loaded_.groups.end(group) - begin;
    const int ranked = lanes::count_set(ranked_.data() + begin, count);
    sort_group(begin, count, ranked, scratch);
    auto* positions = scratch.sorter.positions();
    rank_sorted(begin, ranked, positions, scratch.sorter.sorted());
    const int* units = loaded_.groups.all_units().data() + begin;
    auto* members = loaded_.groups.members(group).data();
    for (int i = 0; i < count; ++i) members[i] = units[positions[i]];
    for (int i = ranked; i < count; ++i) ranks_[at(begin) + positions[i]] = 0;
    peers_[at(group)] = ranked;
    if (!quotas_) return;
    std::copy_n(at_best_.begin() + begin, count, classes_.begin() + begin);
    apply_quotas(
        rules.classes, members, ranked, [&](int unit) { return ranks_[slot(unit)]; },
        [&](int unit) -> std::int8_t& { return classes_[slot(unit)]; });
}

bool FastBoard::rescore(const std::vector<int>& units, const std::vector<int>& groups, Moved& moved) {
    struct Before {
        int unit;
        bool ranked;
        std::int32_t total, rank, max;
        std::int8_t class_index;
        Branches::Part part;
    };
    const auto now = [&](int slot) {
        const int unit = loaded_.groups.unit(slot);
        return Before{unit,
                      ranked_[at(slot)] != 0,
                      totals_[at(slot)],
                      ranks_[at(slot)],
                      maxima_.empty() ? plan_.max : maxima_[at(slot)],
                      classes_[at(slot)],
                      {}};
    };
    std::vector<Before> before;
    for (const int group : groups)
        for (int slot = loaded_.groups.begin(group); slot < loaded_.groups.end(group); ++slot)
            before.push_back(now(slot));

    std::int64_t reach = 0, reach_before = 0;
    int skipping = 0, skipping_before = 0;
    std::vector<int> changed;
    for (const int unit : units) changed.push_back(loaded_.groups.slot(unit));
    std::sort(changed.begin(), changed.end());
    std::vector<int> compared;  // slots of all peers
    if (loaded_.compares())
        for (const auto& member : before) compared.push_back(loaded_.groups.slot(member.unit));
    for (auto& column : columns_) {
        reach_before += column.reach();
        skipping_before += column.skips();
        for (const int slot : column.compares() ? compared : changed) {
            column.refresh(slot);
            if (!column.fits()) return false;
        }
        reach += column.reach();
        skipping += column.skips();
    }
    if (reach != reach_before || skipping != skipping_before) {
        if (!plan(loaded_.rules, columns_)) return false;
        if (skipping > 0 && maxima_.empty()) maxima_.assign(totals_.size(), plan_.max);
    }
    for (const int slot : changed)
        if (!read_slot(slot)) return false;
    for (const int slot : changed) score_block(slot, slot + 1);
    for (const int group : groups)
        if (loaded_.compares()) score_range(loaded_.groups.begin(group), loaded_.groups.end(group));
    if (scratch_.empty()) scratch_.resize(1);
    for (const int group : groups) rank_group(group, scratch_[0]);

    for (const auto& old : before) {
        const int slot = loaded_.groups.slot(old.unit);
        const auto fresh = now(slot);
        const bool same_part =
            fresh.ranked == old.ranked && fresh.total == old.total && fresh.class_index == old.class_index;
        if (same_part && fresh.rank == old.rank && fresh.max == old.max) continue;
        moved.standings.push_back(old.unit);
        if (same_part) continue;
        Branches::Part was{old.ranked, old.ranked ? old.total : 0, std::vector<int>(loaded_.rules.classes.size())};
        if (old.ranked && old.class_index >= 0) ++was.classes[at(old.class_index)];
        branches_.replace(old.unit, was, branches_.own(old.unit, slots()), moved.rollups);
    }
    return true;
}

}  // namespace guidon::scoring
