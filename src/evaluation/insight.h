// What of a cycle may one viewer see? The one place where the audiences of a movement's file meet the standings: every
// document, file and list of results asks here before it looks at a figure.
//
// What is shown is a function of what may be seen: whether somebody else reported, who is ranked and how many there are
// belong to what is hidden. A figure that other units' figures decide – a rank, a class with a quota, points relative
// to the best – is only seen by who sees all of these.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "evaluation/board.h"
#include "people/sight.h"

namespace guidon::evaluation {

class Insight {
public:
    /// What everybody sees. `board` outlives it.
    explicit Insight(const Board& board);
    /// `board` and `sight`, which is for its movement and period, outlive it.
    Insight(const Board& board, const people::Sight& sight);

    /// Everything: for who works on the database from the terminal.
    static Insight at_terminal(const Board& board);

    /// Whether nothing is hidden, now and whatever is reported.
    bool everything() const { return everything_; }
    /// Whether the unit is shown at all. It is not where only a figure, which the viewer may not see, makes it take
    /// part.
    bool listed(int unit) const;
    /// Whether it or somebody below it is listed: then its name may stand on a page.
    bool shown(int unit) const;
    /// The listed ones of a group: in the order of their ranks if the viewer sees these, else of their codes.
    std::vector<int> members(int peer_group) const;
    /// The groups with anybody listed, in the order of standings.csv.
    std::vector<int> groups() const;

    /// What the unit reported of an indicator.
    bool value(int unit, int indicator) const;
    /// Whether it is ranked, its total and sum.
    bool standing(int unit) const;
    bool standing_class(int unit) const;
    bool points(int unit, int criterion) const;
    /// How the points came about: every value that the criterion reads.
    bool working(int unit, int criterion) const;
    bool gate(int unit, int gate) const;
    bool section(int unit, int section) const;
    /// Ranks in a group, its neighbours and counts.
    bool ranks(int peer_group) const;
    /// In all groups that are shown.
    bool all_ranks() const;
    /// What is said of all ranked units at and below a unit.
    bool rollup(int unit) const;

    /// "Not public until published" or "Not public".
    std::string hidden_text(Language language) const;

private:
    void learn();
    bool sees(int unit, people::Audience audience) const;
    bool membership_is_known(int peer_group) const;
    bool all_members(int peer_group, people::Audience audience) const;
    std::vector<int> read_by(int criterion) const;
    void find_hidden_rollups() const;

    const Board& board_;
    const people::Sight& sight_;
    people::Audience standings_;
    bool everything_ = false;
    bool by_peers_ = false;  // some points are relative to those of others
    bool quotas_ = false;
    mutable std::map<int, bool> ranks_;
    mutable std::vector<char> hidden_rollup_;  // by unit, once asked for
};

/// Adds `live`, {topic, href}, where nothing is hidden from the viewer.
void tell_live(boost::json::object& document, const Board& board, const Insight& insight);

}  // namespace guidon::evaluation
