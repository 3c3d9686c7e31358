// What does an engine keep in memory?
#pragma once

#include <map>

#include "scoring/engine.h"
#include "scoring/sheet.h"
#include "scoring/standings.h"
#include "scoring/tree.h"

namespace guidon::scoring {

struct Subtree {
    int units = 0;  // ranked participants, the unit itself included
    Exact total;
    std::vector<int> classes;

    bool operator==(const Subtree&) const = default;
};

struct Engine::State {
    State(Rulebook rules_, Field field_, int threads);

    /// Everything from the readings on. Throws Faults.
    void score(int threads);
    Moved change(int unit, int indicator, Cell value, Cell target);
    Explanation explain(int unit) const;

    Rulebook rules;
    Field field;
    Tree tree;
    Readings readings;
    PeerGroups groups;
    Scorer::RelativeValues relative;
    Scorer scorer;
    std::vector<int> code_order, units_by_code;
    std::vector<Place> places;      // one per unit
    std::vector<int> ranked;        // one per peer group
    std::vector<Subtree> subtrees;  // one per unit

    static std::size_t at(int index) { return static_cast<std::size_t>(index); }
    Place place_of(int unit, std::vector<Fault>& faults) const;
    void compare_peers(int group);
    void rank_group(int group);
    void add_subtrees();
    void set_cell(int unit, int indicator, Cell value, Cell target);
    std::vector<int> affected_groups(const std::vector<int>& units) const;
    RollupOutcome rollup(int unit) const;
    void explain_sheet(Explanation& why, const Sheet& sheet) const;
    void explain_place(Explanation& why) const;
};

}  // namespace guidon::scoring
