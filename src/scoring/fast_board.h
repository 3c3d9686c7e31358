// The board in integers: every amount a whole number of grains (plan.h), every unit at its slot.
#pragma once

#include <cstdint>
#include <vector>

#include "scoring/branches.h"
#include "scoring/columns.h"
#include "scoring/plan.h"
#include "scoring/sorting.h"

namespace guidon::scoring {

class FastBoard final : public Board {
public:
    /// `plan` holds for these columns.
    FastBoard(Loaded& loaded, std::vector<CriterionColumn> columns, Plan plan);
    /// Whether gates and ties fit as well.
    bool prepare(int threads);

    void score(int threads) override;
    bool rescore(const std::vector<int>& units, const std::vector<int>& groups, Moved& moved) override;

    bool ranked(int unit) const override { return ranked_[slot(unit)] != 0; }
    int rank(int unit) const override { return ranks_[slot(unit)]; }
    int class_index(int unit) const override { return classes_[slot(unit)]; }
    int class_at_best(int unit) const override { return at_best_[slot(unit)]; }
    Exact total(int unit) const override { return amount(totals_[slot(unit)]); }
    Exact max(int unit) const override { return amount(maxima_.empty() ? plan_.max : maxima_[slot(unit)]); }
    std::string total_text(int unit) const override { return total_text_of(totals_[slot(unit)]); }
    std::string points_text(int unit, int criterion) const override;
    Decision decide_tie(int a, int b) const override;
    int peers(int group) const override { return peers_[at(group)]; }
    int ranked_in_subtree(int unit) const override { return branches_.part(unit, slots()).units; }
    RollupOutcome rollup(int unit) const override;

private:
    struct TieColumn {
        ColumnOf<std::int32_t> points;     // of a criterion or section
        std::vector<std::int64_t> values;  // of an indicator
        /// More is better; a unit without it has the least there is.
        std::int64_t at(std::size_t slot) const { return values.empty() ? points[slot] : values[slot]; }
    };
    struct Block;
    struct Share {  // groups that one thread scores and ranks at a time
        int first_group, end_group;
    };
    struct Scratch {
        Sorter sorter;
        std::vector<std::uint32_t> behind;
    };

    static std::size_t at(int index) { return static_cast<std::size_t>(index); }
    std::size_t slot(int unit) const { return at(loaded_.groups.slot(unit)); }
    Exact amount(std::int64_t grains) const { return Exact(plan_.grain * static_cast<long>(grains)); }
    std::string total_text_of(std::int64_t grains) const;
    SlotParts slots() const { return {ranked_.data(), totals_.data(), classes_.data()}; }

    bool read_slots(int threads);
    bool read_tie(std::size_t tie, int slot);
    bool read_slot(int slot);
    void share_out();
    void score_range(int begin, int end);
    void score_block(int begin, int end);
    void add_up(Block& block);
    void add_group(Block& block, std::size_t group);
    void add_tie_points(const Block& block, int criterion, std::int32_t* points);
    void classify(Block& block);
    bool simple_classes() const;
    bool is_tie(Tie::By by, int index) const;
    void rank_share(const Share& share, Scratch& scratch);
    void rank_group(int group, Scratch& scratch);
    void sort_group(int begin, int count, int ranked, Scratch& scratch) const;
    void rank_sorted(int begin, int ranked, std::uint32_t* positions, const std::uint32_t* behind);
    void rank_level(int begin, int first, int last, int& rank, std::uint32_t* positions);
    bool level(int a, int b) const;  // slots with equal totals
    int compare_ties(int a, int b) const;

    Loaded& loaded_;
    std::vector<CriterionColumn> columns_;
    Plan plan_;
    bool points_are_decimals_;  // a grain is a whole number of millionths
    std::int64_t grain_millionths_ = 0;
    bool quotas_ = false;
    std::vector<ColumnOf<std::uint8_t>> passed_;  // by gate, then slot
    std::vector<TieColumn> ties_;
    std::vector<std::uint8_t> ranked_;
    ColumnOf<std::int32_t> totals_, maxima_;  // maxima_ only where units have criteria left out
    std::vector<std::int8_t> at_best_, classes_;
    ColumnOf<std::int32_t> ranks_;
    std::vector<int> peers_;  // ranked units by group
    Branches branches_;
    std::vector<Share> shares_;
    int largest_share_ = 0;         // in slots
    std::vector<Scratch> scratch_;  // by thread
};

}  // namespace guidon::scoring
