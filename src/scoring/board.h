// What do both ways of scoring have in common? A board holds what came out for every unit: one in rationals, for
// every rulebook; one in integers, where it can be shown beforehand that they give the same.
#pragma once

#include <memory>
#include <vector>

#include "scoring/sheet.h"
#include "scoring/standings.h"
#include "scoring/tree.h"

namespace guidon::scoring {

/// A cycle as it was loaded: what boards read. Kept current by the engine, which tells the board what moved.
struct Loaded {
    Loaded(Rulebook rules_, Field field_, int threads);
    Loaded(const Loaded&) = delete;
    Loaded& operator=(const Loaded&) = delete;

    /// What the peers of a group reported, for the criteria that compare.
    void compare_peers(int group);
    bool compares() const;
    /// One scorer for each thread.
    void provide_scorers(int threads);

    Rulebook rules;
    Field field;
    Workers workers;
    Tree tree;
    Readings readings;
    PeerGroups groups;
    Scorer::RelativeValues relative;
    std::vector<std::unique_ptr<Scorer>> scorers;
};

class Board {
public:
    virtual ~Board() = default;

    /// Everything anew; also puts the members of each group into their order.
    virtual void score(int threads) = 0;
    /// Brings up to date the places of `units` (participants, whose readings moved) and of whoever is compared with
    /// them by a rule, the ranks of `groups` (theirs) and the roll-ups above; appends what moved. False: this board
    /// cannot hold the new figures.
    virtual bool rescore(const std::vector<int>& units, const std::vector<int>& groups, Moved& moved) = 0;

    // Of a participant:
    virtual bool ranked(int unit) const = 0;
    virtual int rank(int unit) const = 0;
    virtual int class_index(int unit) const = 0;
    virtual int class_at_best(int unit) const = 0;
    virtual Exact total(int unit) const = 0;
    virtual Exact max(int unit) const = 0;
    virtual std::string total_text(int unit) const = 0;
    virtual std::string points_text(int unit, int criterion) const = 0;
    /// What the ties say of two ranked units with equal totals.
    virtual Decision decide_tie(int a, int b) const = 0;

    virtual int peers(int group) const = 0;
    /// How many ranked participants the subtree of any unit holds.
    virtual int ranked_in_subtree(int unit) const = 0;
    virtual RollupOutcome rollup(int unit) const = 0;

    /// Totals first, then ties.
    Decision decide(const Ranking& ranking, int a, int b) const;
};

std::unique_ptr<Board> make_exact_board(Loaded& loaded);
/// Nothing where integers cannot be shown to be exact.
std::unique_ptr<Board> make_fast_board(Loaded& loaded, int threads);

}  // namespace guidon::scoring
