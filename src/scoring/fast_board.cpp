#include "scoring/fast_board.h"

#include <algorithm>
#include <array>
#include <limits>

#include "scoring/lanes.h"

namespace guidon::scoring {
namespace {

constexpr int block_size = 8000;  // long enough to read on in memory, short enough for the second cache
constexpr std::int32_t none = std::numeric_limits<std::int32_t>::min();
constexpr std::int64_t no_value = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t widest_percent = 4'000'000'000;  // in millionths; keeps products below 2^63

/// FORMATS: points × 100 ≥ percent × max, and 0 percent of a maximum of 0.
bool reaches(std::int32_t points, std::int32_t max, std::int64_t percent_millionths) {
    if (max == 0) return percent_millionths <= 0;
    return points * std::int64_t{100'000'000} >= percent_millionths * max;
}

/// The least points that reach the percentage; for a maximum that is the same for all.
std::int32_t threshold(std::int32_t max, std::int64_t percent_millionths) {
    constexpr std::int64_t hundred = 100'000'000;
    if (max == 0) return percent_millionths <= 0 ? none : std::numeric_limits<std::int32_t>::max();
    const std::int64_t product = percent_millionths * max;
    const auto least = product >= 0 ? (product + hundred - 1) / hundred : -(-product / hundred);
    return static_cast<std::int32_t>(std::clamp<std::int64_t>(least, none, std::numeric_limits<std::int32_t>::max()));
}

std::int32_t rounded(std::int32_t amount, std::int32_t step, RoundMode mode) {
    const std::int64_t magnitude = std::abs(static_cast<std::int64_t>(amount));
    const std::int64_t rest = magnitude % step;
    std::int64_t low = magnitude / step;
    switch (mode) {
        case RoundMode::half_up:
            low += 2 * rest >= step;
            break;
        case RoundMode::half_even:
            low += 2 * rest > step || (2 * rest == step && low % 2 == 1);
            break;
        case RoundMode::up:
            low += rest != 0;
            break;
        case RoundMode::down:
            break;
    }
    return static_cast<std::int32_t>(amount < 0 ? -low * step : low * step);
}

}  // namespace

struct FastBoard::Block {
    int begin, count;
    std::array<std::int32_t, block_size> total, max, apart, apart_max;
    std::array<std::uint8_t, block_size> apart_counts;
    std::vector<std::array<std::uint8_t, block_size>> failed;  // by class: some condition but the total's
};

FastBoard::FastBoard(Loaded& loaded, std::vector<CriterionColumn> columns, Plan plan)
    : loaded_(loaded),
      columns_(std::move(columns)),
      plan_(std::move(plan)),
      passed_(loaded.rules.gates.size()),
      ties_(loaded.rules.ranking.ties.size()),
      ranked_(at(loaded.groups.slots())),
      totals_(ranked_.size()),
      at_best_(ranked_.size()),
      classes_(ranked_.size()),
      ranks_(ranked_.size()),
      peers_(at(loaded.groups.count())),
      branches_(loaded.tree, loaded.groups, loaded.rules.classes.size()) {
    share_out();
    const Exact millionths = plan_.grain * Decimal::unit;
    points_are_decimals_ = millionths.get_den() == 1 && millionths < Exact(Decimal::unit * 1000);
    if (points_are_decimals_) grain_millionths_ = millionths.get_num().get_si();
}

bool FastBoard::prepare(int threads) {
    const auto& rules = loaded_.rules;
    if (rules.classes.size() > 100) return false;
    quotas_ = std::any_of(rules.classes.begin(), rules.classes.end(),
                          [](const Class& c) { return c.most_share.has_value(); });
    for (const auto& rule : rules.classes)
        for (const auto& percent : {rule.at_least, rule.each_section_at_least})
            if (percent && std::abs(percent->in_millionths()) > widest_percent) return false;
    for (std::size_t i = 0; i < rules.ranking.ties.size(); ++i) {
        const auto& tie = rules.ranking.ties[i];
        if (tie.by == Tie::By::among) return false;
        // of no weight: what it adds to the total does not tell its points apart
        if (tie.by == Tie::By::criterion && plan_.parts[at(tie.index)].factor == 0) return false;
        if (tie.by == Tie::By::indicator)
            ties_[i].values.resize(ranked_.size());
        else
            ties_[i].points.resize(ranked_.size());
        // A section's points are kept before they enter the total only where they are looked at.
        if (tie.by == Tie::By::section) plan_.groups[at(tie.index)].apart = true;
    }
    for (auto& gate : passed_) gate.resize(ranked_.size());
    for (std::size_t i = 0; i < rules.sections.size(); ++i) {
        auto& group = plan_.groups[i];
        group.apart = group.apart || group.most ||
                      std::any_of(rules.classes.begin(), rules.classes.end(),
                                  [](const Class& c) { return c.each_section_at_least.has_value(); });
    }
    return read_slots(threads);
}

bool FastBoard::read_slots(int threads) {
    const int slots = loaded_.groups.slots(), tasks = (slots + block_size - 1) / block_size;
    std::vector<std::uint8_t> fits(at(tasks), 1);
    loaded_.workers.share(threads, tasks, [&](int task, int) {
        for (int slot = task * block_size; slot < std::min(slots, (task + 1) * block_size); ++slot)
            if (!read_slot(slot)) fits[at(task)] = 0;
    });
    return std::count(fits.begin(), fits.end(), 0) == 0;
}

/// What is asked of a unit beside its points: whether it reported, which gates it passes, the indicators of its ties.
bool FastBoard::read_slot(int slot) {
    const auto& scorer = *loaded_.scorers[0];
    const int unit = loaded_.groups.unit(slot);
    ranked_[at(slot)] = scorer.reported_anything(unit);
    for (std::size_t i = 0; i < passed_.size(); ++i) passed_[i][at(slot)] = scorer.passes(unit, loaded_.rules.gates[i]);
    for (std::size_t i = 0; i < ties_.size(); ++i)
        if (!read_tie(i, slot)) return false;
    return true;
}

bool FastBoard::read_tie(std::size_t index, int slot) {
    const auto& tie = loaded_.rules.ranking.ties[index];
    if (tie.by != Tie::By::indicator) return true;  // known when points are
    const auto* cells = loaded_.readings.values(tie.index).decimals();
    if (!cells) return false;
    const Cell cell = cells->empty() ? Cell() : (*cells)[at(loaded_.groups.unit(slot))];
    const auto value = cell.reported() ? cell.value().in_millionths() : 0;
    ties_[index].values[at(slot)] = !cell.reported() ? no_value : tie.lower_is_better ? -value : value;
    return true;
}

/// Where the points of a criterion are kept for a tie: the same loop writes them there.
void FastBoard::add_tie_points(const Block& block, int criterion, std::int32_t* points) {
    for (std::size_t i = 0; i < ties_.size(); ++i) {
        const auto& tie = loaded_.rules.ranking.ties[i];
        if (tie.by != Tie::By::criterion || tie.index != criterion) continue;
        const auto& column = columns_[at(criterion)];
        const auto& part = plan_.parts[at(criterion)];
        auto* kept = ties_[i].points.data() + block.begin;
        std::fill_n(kept, block.count, 0);
        column.add(block.begin, block.begin + block.count, tie.lower_is_better ? -part.factor : part.factor, kept);
        if (points) lanes::add(kept, block.count, tie.lower_is_better ? -1 : 1, points);
        points = nullptr;  // once
        if (column.skips())
            for (int k = 0; k < block.count; ++k)
                if (column.skipped(block.begin + k)) kept[k] = none;
    }
}

bool FastBoard::is_tie(Tie::By by, int index) const {
    const auto& ties = loaded_.rules.ranking.ties;
    return std::any_of(ties.begin(), ties.end(), [&](const Tie& tie) { return tie.by == by && tie.index == index; });
}

/// Adds the criteria of a section (or those outside any) to the totals and maxima of the block.
void FastBoard::add_group(Block& block, std::size_t index) {
    const auto& group = plan_.groups[index];
    if (group.criteria.empty()) return;
    const int count = block.count, begin = block.begin, end = begin + count;
    auto* points = group.apart ? block.apart.data() : block.total.data();
    auto* max = group.apart ? block.apart_max.data() : block.max.data();
    if (group.apart) {
        std::fill_n(points, count, 0);
        std::fill_n(max, count, group.max);
    }
    for (const int criterion : group.criteria) {
        const auto& column = columns_[at(criterion)];
        const auto& part = plan_.parts[at(criterion)];
        if (at(criterion) + 1 < columns_.size()) columns_[at(criterion) + 1].announce(begin);
        if (is_tie(Tie::By::criterion, criterion)) {
            add_tie_points(block, criterion, points);
        } else {
            column.add(begin, end, part.factor, points);
        }
        if (!column.skips()) continue;
        const auto* skipped = column.skipped_from(begin);
        for (int i = 0; i < count; ++i) max[i] -= skipped[i] ? part.max : 0;
    }
    if (!group.apart) return;
    // The section is asked and capped only where something of it counts.
    std::fill_n(block.apart_counts.data(), count, 0);
    for (const int criterion : group.criteria) {
        const auto& column = columns_[at(criterion)];
        for (int i = 0; i < count; ++i) block.apart_counts[at(i)] |= !column.skipped(begin + i);
    }
    for (int i = 0; group.most && i < count; ++i) {
        if (!block.apart_counts[at(i)]) continue;
        points[i] = std::min(points[i], *group.most);
        max[i] = std::min(max[i], *group.most);
    }
    for (std::size_t c = 0; c < block.failed.size(); ++c)
        if (const auto percent = loaded_.rules.classes[c].each_section_at_least)
            for (int i = 0; i < count; ++i)
                block.failed[c][at(i)] |=
                    block.apart_counts[at(i)] && !reaches(points[i], max[i], percent->in_millionths());
    for (std::size_t t = 0; t < ties_.size(); ++t) {
        const auto& tie = loaded_.rules.ranking.ties[t];
        if (tie.by != Tie::By::section || at(tie.index) != index) continue;
        for (int i = 0; i < count; ++i)
            ties_[t].points[at(begin + i)] = !block.apart_counts[at(i)] ? none
                                             : tie.lower_is_better      ? -points[i]
                                                                        : points[i];
    }
    lanes::add(points, count, 1, block.total.data());
    lanes::add(max, count, 1, block.max.data());
}

void FastBoard::add_up(Block& block) {
    const auto& groups = plan_.groups;
    std::fill_n(block.max.data(), block.count, 0);
    std::int32_t together = 0;  // maxima of what is not apart
    for (const auto& group : groups)
        if (!group.apart) together += group.max;
    std::fill_n(block.max.data(), block.count, together);
    for (std::size_t i = 0; i < groups.size(); ++i) add_group(block, i);
    if (plan_.total_step != 1)
        for (int i = 0; i < block.count; ++i)
            block.total[at(i)] = rounded(block.total[at(i)], plan_.total_step, loaded_.rules.total.round.mode);
}

void FastBoard::classify(Block& block) {
    const auto& rules = loaded_.rules;
    const int count = block.count;
    std::array<std::int8_t, block_size> classes, caps;
    std::fill_n(classes.data(), count, std::int8_t{-1});
    std::fill_n(caps.data(), count, std::int8_t{-1});
    for (std::size_t c = rules.classes.size(); c-- > 0;) {
        const auto percent = rules.classes[c].at_least;
        const auto index = static_cast<std::int8_t>(c);
        for (const int gate : rules.classes[c].needs)
            for (int i = 0; i < count; ++i) block.failed[c][at(i)] |= !passed_[at(gate)][at(block.begin + i)];
        const auto* failed = block.failed.empty() ? nullptr : block.failed[c].data();
        if (maxima_.empty() && !failed) {
            const std::int32_t least = percent ? threshold(plan_.max, percent->in_millionths()) : none;
            lanes::choose(block.total.data(), count, least, index, classes.data());
            continue;
        }
        for (int i = 0; i < count; ++i) {
            const bool fits = !percent || reaches(block.total[at(i)], block.max[at(i)], percent->in_millionths());
            if (fits && !(failed && failed[i])) classes[at(i)] = index;
        }
    }
    for (std::size_t g = 0; g < passed_.size(); ++g)
        lanes::raise_failed(passed_[g].data() + block.begin, count, static_cast<std::int8_t>(rules.gates[g].caps_class),
                            caps.data());
    auto* best = at_best_.data() + block.begin;
    const auto* ranked = ranked_.data() + block.begin;
    for (int i = 0; i < count; ++i) {
        const auto limited = std::max(classes[at(i)], caps[at(i)]);
        best[i] = ranked[i] && classes[at(i)] >= 0 ? limited : std::int8_t{-1};
    }
}

void FastBoard::score_block(int begin, int end) {
    Block block;
    block.begin = begin;
    block.count = end - begin;
    if (!simple_classes()) block.failed.resize(loaded_.rules.classes.size());
    for (auto& failed : block.failed) failed.fill(0);
    std::fill_n(block.total.data(), block.count, 0);
    add_up(block);
    const auto* ranked = ranked_.data() + begin;
    auto* totals = totals_.data() + begin;
    for (int i = 0; i < block.count; ++i) totals[i] = ranked[i] ? block.total[at(i)] : 0;
    if (!maxima_.empty()) std::copy_n(block.max.data(), block.count, maxima_.data() + begin);
    classify(block);
    std::copy(at_best_.begin() + begin, at_best_.begin() + end, classes_.begin() + begin);
}

bool FastBoard::simple_classes() const {
    const auto& classes = loaded_.rules.classes;
    return std::none_of(classes.begin(), classes.end(),
                        [](const Class& rule) { return rule.each_section_at_least || !rule.needs.empty(); });
}

/// Whole groups together, about a block at a time: ranking finds in the cache what scoring wrote.
void FastBoard::share_out() {
    const auto& groups = loaded_.groups;
    for (int group = 0; group < groups.count(); ++group) {
        const bool full =
            shares_.empty() || groups.begin(group) - groups.begin(shares_.back().first_group) >= block_size;
        if (full) shares_.push_back({group, group});
        shares_.back().end_group = group + 1;
        largest_share_ = std::max(largest_share_, groups.end(group) - groups.begin(shares_.back().first_group));
    }
}

void FastBoard::score_range(int begin, int end) {
    for (; begin < end; begin += block_size) score_block(begin, std::min(end, begin + block_size));
}

void FastBoard::rank_share(const Share& share, Scratch& scratch) {
    for (int group = share.first_group; group < share.end_group; ++group) rank_group(group, scratch);
    branches_.add_leaves(loaded_.groups.begin(share.first_group), loaded_.groups.end(share.end_group - 1), slots());
}

void FastBoard::score(int threads) {
    const auto skips = [](const CriterionColumn& column) { return column.skips(); };
    if (std::any_of(columns_.begin(), columns_.end(), skips)) maxima_.resize(totals_.size());
    if (at(threads) > scratch_.size()) scratch_.resize(at(threads));
    const auto& groups = loaded_.groups;
    const auto shares = static_cast<int>(shares_.size());
    // One group of half the nation would leave the other threads idle: score first, then rank.
    const bool apart = threads > 1 && largest_share_ > groups.slots() / 8;
    if (apart)
        loaded_.workers.share(threads, (groups.slots() + block_size - 1) / block_size, [&](int task, int) {
            score_block(task * block_size, std::min(groups.slots(), (task + 1) * block_size));
        });
    loaded_.workers.share(threads, shares, [&](int task, int thread) {
        const auto& share = shares_[at(task)];
        if (!apart) score_range(groups.begin(share.first_group), groups.end(share.end_group - 1));
        rank_share(share, scratch_[at(thread)]);
    });
    branches_.add_up(slots());
}

std::string FastBoard::total_text_of(std::int64_t grains) const {
    const auto& round = loaded_.rules.total.round;
    if (!points_are_decimals_) return text(amount(grains), round);
    const auto decimal = Decimal::millionths(grains * grain_millionths_);
    return round.step == Decimal() ? decimal.text() : decimal.text(places(round.step));
}

std::string FastBoard::points_text(int unit, int criterion) const {
    const auto& column = columns_[at(criterion)];
    const int slot = loaded_.groups.slot(unit);
    if (column.skipped(slot)) return "";
    const auto& round = loaded_.rules.criteria[at(criterion)].round;
    const auto steps = static_cast<__int128>(column.points(slot)) * round.step.in_millionths();
    if (steps >= Decimal::limit || steps <= -Decimal::limit)
        return text(exact(round.step) * static_cast<long>(column.points(slot)), round);
    return Decimal::millionths(static_cast<std::int64_t>(steps)).text(places(round.step));
}

RollupOutcome FastBoard::rollup(int unit) const {
    const auto part = branches_.part(unit, slots());
    const auto& round = loaded_.rules.total.round;
    RollupOutcome outcome{unit, part.units, "", part.classes};
    if (part.units > 0) outcome.mean_total = text(scoring::rounded(amount(part.total) / part.units, round), round);
    return outcome;
}

std::unique_ptr<Board> make_fast_board(Loaded& loaded, int threads) {
    for (const auto& criterion : loaded.rules.criteria)
        if (criterion.round.step <= Decimal()) return nullptr;
    std::vector<CriterionColumn> columns;
    for (std::size_t i = 0; i < loaded.rules.criteria.size(); ++i) {
        columns.emplace_back(loaded, static_cast<int>(i), threads);
        if (!columns.back().fits()) return nullptr;
    }
    auto found = plan(loaded.rules, columns);
    if (!found) return nullptr;
    auto board = std::make_unique<FastBoard>(loaded, std::move(columns), std::move(*found));
    return board->prepare(threads) ? std::move(board) : nullptr;
}

}  // namespace guidon::scoring
