// Which points, class and rank does each unit have, and why?
//
// Pure and deterministic: the same rulebook and field give the same outcome for any number of threads.
// Exact: rational arithmetic (fast integer kernels where the bounds prove that they are exact, GMP otherwise);
// only formulas and geometric means pass through IEEE double, as FORMATS says.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "base/problem.h"
#include "scoring/rulebook.h"

namespace guidon::scoring {

/// One reported number: a Decimal, nothing reported, or not applicable to this unit. Zero is none of the others.
class Cell {
public:
    constexpr Cell() = default;
    constexpr Cell(Decimal value) : bits_(value.in_millionths()) {}  // NOLINT: a value is a cell
    static constexpr Cell not_applicable() { return Cell(na_bits); }

    constexpr bool reported() const { return bits_ > na_bits; }
    constexpr bool missing() const { return bits_ == missing_bits; }
    constexpr bool is_not_applicable() const { return bits_ == na_bits; }
    constexpr Decimal value() const { return Decimal::millionths(bits_); }  // only if reported()
    constexpr bool operator==(const Cell&) const = default;

private:
    constexpr explicit Cell(std::int64_t bits) : bits_(bits) {}
    static constexpr std::int64_t missing_bits = std::numeric_limits<std::int64_t>::min();
    static constexpr std::int64_t na_bits = missing_bits + 1;
    std::int64_t bits_ = missing_bits;
};

/// One of several numbers that a unit reported of one indicator, each from another source: a judge, a race, an
/// opponent.
struct Entry {
    int unit;
    int source;  // the unit that it is about, as an index; -1: none of the field's
    Cell value;
};

/// What was reported of one indicator: one cell per unit of the field. `targets` is empty where none was pledged.
struct Column {
    std::vector<Cell> values;
    std::vector<Cell> targets;
    std::vector<Entry> entries{};  // by unit, ascending; needed only where a tie looks among those tied
};

/// The units of a cycle and what they reported. A unit is its index here; parents may come in any order.
struct Field {
    std::vector<std::string> codes;  // one per unit, unique
    std::vector<int> parents;        // index of the parent, -1 = root
    std::vector<int> kinds;          // index into kind_codes
    std::vector<int> groups;         // index into group_codes, -1 = none
    std::vector<char> takes_part;    // participants are scored; the others only pass on roll-ups
    std::vector<std::string> kind_codes;
    std::vector<std::string> group_codes;
    std::vector<Column> columns;  // one per Rulebook::indicators
};

/// A number of points, total or maximum as FORMATS writes it ("961.250"); empty text = none.
struct CriterionOutcome {
    enum class State {
        counted,
        skipped_missing,
        skipped_not_applicable,
        full_not_applicable,
        zero_not_applicable,
        zero_missing
    };
    State state;
    Cell value;                           // after roll-up; the nearest Decimal where the roll-up is none
    Cell target;                          // likewise
    std::string value_text, target_text;  // all of it: a decimal or a fraction; empty = not reported or not applicable
    bool rolled_up;                       // the value is the roll-up of the children's
    std::string limit;                    // what `to` amounted to, where the rule has one
    std::string exact;   // points before rounding: a decimal, or a fraction "243/7" where it has no end
    std::string points;  // after rounding
    std::string max;     // counted maximum; empty when left out
    /// The rule with its numbers filled in: "30 × (81 − 0) / (86 − 0)"; language-neutral.
    std::string working;
    /// `relative` only: best and worst of the peers, how many, own place.
    std::string best, worst;
    int peers = 0, place = 0;
};
struct SectionOutcome {
    std::string points, max;  // empty = left out
    std::string uncapped;     // before `most`
};
struct GateOutcome {
    Cell value;
    bool passed;
};
/// Why a unit stands where it stands.
struct Explanation {
    int unit;
    bool ranked;
    int rank;  // 0 = unranked
    std::string total, total_exact, max;
    int class_index;      // -1 = none
    int class_by_points;  // before gates and quotas
    bool capped_by_gate, moved_by_quota;
    int quota_places;                        // places of the class it was moved out of; -1 where no quota
    std::vector<CriterionOutcome> criteria;  // as in the rulebook
    std::vector<SectionOutcome> sections;
    std::vector<GateOutcome> gates;
    /// The neighbour directly above (next better rank), -1 for the first: and what parts them.
    int above, below;
    std::string gap_above, gap_below;  // difference of totals, non-negative
    int tie_above, tie_below;          // -1: the totals differ; else index into Ranking::ties that decided;
                                       // ties.size() = nothing decided (share / dense / by code)
    /// Units that share this unit's rank, without itself.
    std::vector<int> shares_with;
    /// What it would have taken to reach the next better rank: least further points in total; empty for the first.
    std::string needed;
    /// Per criterion: the points still open (max − points) – where they could have come from. Empty where none.
    std::vector<std::string> open;
};

/// What the subtree of a unit holds, itself included.
struct RollupOutcome {
    int unit;
    int units;
    std::string mean_total;
    std::vector<int> classes;
};

/// What a change moved, as indices of units: whose total, class or rank is no longer the same (the unit itself
/// included), and whose roll-up.
struct Moved {
    std::vector<int> standings;
    std::vector<int> rollups;
};

/// `rationals` everywhere gives the same as `fastest`, only slower: for comparing, when in doubt.
enum class Arithmetic { fastest, rationals };

/// A cycle loaded, scored and kept current.
class Engine {
public:
    /// Throws Faults with codes `scoring.*` when a value is beyond its rule's range, a formula has no finite
    /// value, or a missing value is to be refused; `file`, `line` and `column` are empty, and the arguments
    /// name `unit`, `indicator` and `value`.
    Engine(Rulebook rules, Field field, int threads = 1, Arithmetic arithmetic = Arithmetic::fastest);
    ~Engine();
    Engine(Engine&&) noexcept;
    Engine& operator=(Engine&&) noexcept;

    const Rulebook& rules() const;
    const Field& field() const;

    /// Scores everything anew from the values in memory (the constructor has done it once).
    void score(int threads);

    /// Sets one reported cell and brings everything that depends on it up to date; cost by the unit's peers and
    /// ancestors, not by the field. Throws Faults and changes nothing if the value is refused.
    Moved change(int unit, int indicator, Cell value, Cell target);

    bool takes_part(int unit) const;
    bool ranked(int unit) const;
    int rank(int unit) const;           // from 1; 0 = unranked
    int class_index(int unit) const;    // -1 = none
    int peer_group(int unit) const;     // dense index; units with the same one are compared
    int peers(int unit) const;          // ranked units in its peer group
    std::string total(int unit) const;  // "" when unranked
    std::string max(int unit) const;
    std::string points(int unit, int criterion) const;  // "" when left out or unranked
    bool passes(int unit, int gate) const;

    int peer_groups() const;
    /// `group` column of standings.csv: the group's, parent's or kind's code; "" for `all` and for no group.
    std::string_view peer_group_code(int peer_group) const;
    /// Members in standings order: ranked by rank then code, then the unranked by code. No copy is made.
    const std::vector<int>& members(int peer_group) const;
    /// Peer groups in the order of standings.csv (byte order of their codes).
    const std::vector<int>& peer_group_order() const;

    Explanation explain(int unit) const;
    /// Rows of rollup.csv, sorted by code: the units with ranked participants strictly below them.
    std::vector<RollupOutcome> rollup() const;
    RollupOutcome rollup(int unit) const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace guidon::scoring
