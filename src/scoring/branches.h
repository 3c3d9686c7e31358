// What do the subtrees hold, when every unit has a slot? Leaves that lie together are added up in one go.
#pragma once

#include <cstdint>
#include <vector>

#include "scoring/peers.h"
#include "scoring/tree.h"

namespace guidon::scoring {

/// What a slot adds to a roll-up: nothing unless ranked (then total and class are set).
struct SlotParts {
    const std::uint8_t* ranked;
    const std::int32_t* totals;
    const std::int8_t* classes;
};

class Branches {
public:
    struct Part {
        int units = 0;
        std::int64_t total = 0;
        std::vector<int> classes;
        bool operator==(const Part&) const = default;
    };

    Branches(const Tree& tree, const PeerGroups& groups, std::size_t classes);

    /// Everything anew: first the leaves of the slots begin … end − 1 (of whole groups; several threads may), then all.
    void add_leaves(int begin, int end, const SlotParts& slots);
    void add_up(const SlotParts& slots);
    /// One unit's own part changed; appends the units whose roll-up this touches.
    void replace(int unit, const Part& before, const Part& after, std::vector<int>& touched);
    /// The whole subtree of any unit.
    Part part(int unit, const SlotParts& slots) const;
    /// One unit alone.
    Part own(int unit, const SlotParts& slots) const;

private:
    struct Run {  // slots of leaves with the same parent, in one group
        int parent, begin, end;
    };
    static std::size_t at(int index) { return static_cast<std::size_t>(index); }
    void add_run(std::size_t run, const SlotParts& slots);
    void add(std::size_t to, int units, std::int64_t total, const int* classes);

    const Tree* tree_;
    const PeerGroups* groups_;
    std::size_t classes_;
    std::vector<int> inner_;        // by unit: its place among those with children, -1 = a leaf
    std::vector<int> inner_units_;  // parents after their children
    std::vector<Run> runs_;
    // By inner unit, and by run; the classes of one together.
    std::vector<int> units_, counts_, run_units_, run_counts_;
    std::vector<std::int64_t> totals_, run_totals_;
};

}  // namespace guidon::scoring
