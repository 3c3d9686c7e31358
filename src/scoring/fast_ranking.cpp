// Ranks in the integer board, and what one change moves there.
#include <algorithm>
#include <limits>

#include "scoring/fast_board.h"

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

/// Puts those with equal totals into the order of the ties.
void FastBoard::sort_ties(int group, int ranked, Scratch& scratch) const {
    const int begin = loaded_.groups.begin(group);
    auto& order = scratch.order;
    for (int first = 0; first < ranked;) {
        int last = first + 1;
        while (last < ranked && scratch.behind[at(order[at(last)])] == scratch.behind[at(order[at(first)])]) ++last;
        if (last - first > 1)
            std::sort(order.begin() + first, order.begin() + last, [&](int a, int b) {
                const int apart = compare_ties(begin + a, begin + b);
                return apart != 0 ? apart < 0 : a < b;
            });
        first = last;
    }
}

void FastBoard::rank_group(int group, Scratch& scratch) {
    const auto& rules = loaded_.rules;
    const int begin = loaded_.groups.begin(group), count = loaded_.groups.end(group) - begin;
    const auto* totals = totals_.data() + begin;
    const auto* ranked = ranked_.data() + begin;
    int ranked_count = 0;
    std::int32_t low = std::numeric_limits<std::int32_t>::max(), high = std::numeric_limits<std::int32_t>::min();
    for (int i = 0; i < count; ++i) {
        ranked_count += ranked[i];
        low = std::min(low, ranked[i] ? totals[i] : low);
        high = std::max(high, ranked[i] ? totals[i] : high);
    }
    if (ranked_count == 0) low = high = 0;
    const bool high_first = rules.ranking.order == Order::high_first;
    const auto last = static_cast<std::uint32_t>(high - low) + 1;  // where the unranked go
    if (scratch.behind.size() < at(count)) {
        scratch.behind.resize(at(count));
        scratch.order.resize(at(count));
    }
    for (int i = 0; i < count; ++i)
        scratch.behind[at(i)] =
            ranked[i] ? static_cast<std::uint32_t>(high_first ? high - totals[i] : totals[i] - low) : last;
    const auto* sorted = scratch.sorter.sort(scratch.behind.data(), count, ranked_count == count ? last - 1 : last);
    std::copy_n(sorted, count, scratch.order.begin());
    if (!ties_.empty()) sort_ties(group, ranked_count, scratch);

    auto& members = loaded_.groups.members(group);
    auto* ranks = ranks_.data() + begin;
    int rank = 0;
    for (int i = 0; i < count; ++i) {
        const int position = scratch.order[at(i)];
        members[at(i)] = loaded_.groups.unit(begin + position);
        if (i >= ranked_count) {
            ranks[position] = 0;
            continue;
        }
        const int before = i > 0 ? scratch.order[at(i - 1)] : position;
        const bool level = i > 0 && scratch.behind[at(before)] == scratch.behind[at(position)] &&
                           compare_ties(begin + before, begin + position) == 0;
        ranks[position] = rank = rank_at(rules.ranking.rest, i, rank, level);
    }
    peers_[at(group)] = ranked_count;
    const auto has_quota = [](const Class& rule) { return rule.most_share.has_value(); };
    if (std::none_of(rules.classes.begin(), rules.classes.end(), has_quota)) return;
    std::copy_n(at_best_.begin() + begin, count, classes_.begin() + begin);
    apply_quotas(
        rules.classes, members.data(), ranked_count, [&](int unit) { return ranks_[slot(unit)]; },
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
    for (auto& column : columns_) {
        reach_before += column.reach();
        skipping_before += column.skips();
        for (const int slot : changed) {
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
    constexpr int at_most = 1024;
    for (std::size_t i = 0; i < changed.size();) {
        std::size_t end = i + 1;
        while (end < changed.size() && end - i < at_most && changed[end] == changed[end - 1] + 1) ++end;
        score_block(changed[i], changed[end - 1] + 1);
        i = end;
    }
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
