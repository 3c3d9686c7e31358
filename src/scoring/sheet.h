// What does one unit's sum look like? Its points by criterion and section, total, maximum, gates and the class
// that the percentages give – before anybody else is looked at.
#pragma once

#include <vector>

#include "base/problem.h"
#include "scoring/rules.h"

namespace guidon::scoring {

struct SheetCriterion {
    CriterionOutcome::State state = CriterionOutcome::State::counted;
    Reading value;
    Surroundings around;
    Exact before_rounding, points;
    bool counts() const {
        return state != CriterionOutcome::State::skipped_missing &&
               state != CriterionOutcome::State::skipped_not_applicable;
    }
};
struct SheetSection {
    bool counts = false;
    Exact uncapped, points, max;
};
struct Sheet {
    std::vector<SheetCriterion> criteria;
    std::vector<SheetSection> sections;
    std::vector<char> gates;  // passed
    Exact before_rounding, total, max;
    int class_by_points = -1;
    int class_cap = -1;  // the lowest that a failed gate allows; -1 = none
    /// After gates, before quotas.
    int class_at_best() const { return class_by_points < 0 ? -1 : std::max(class_by_points, class_cap); }
};

/// Makes sheets. Reads what it was given; one per thread, because formulas keep their variables.
class Scorer {
public:
    /// `relative[criterion][group]`; empty for criteria of other rules.
    using RelativeValues = std::vector<std::vector<PeerValues>>;
    Scorer(const Rulebook& rules, const Field& field, const Readings& readings, const PeerGroups& groups,
           const RelativeValues& relative);

    /// Whether the unit reported anything that the rules read.
    bool reported_anything(int unit) const;
    /// Appends what is to be refused; the points of such a criterion are 0.
    Sheet sheet(int unit, std::vector<Fault>& faults) const;
    SheetCriterion criterion(int unit, int criterion, std::vector<Fault>& faults) const;
    bool passes(int unit, const Gate& gate) const;
    /// Appends what is to be refused because this one reading of a unit is new; all others had been accepted.
    void check(int unit, int indicator, std::vector<Fault>& faults) const;

private:
    bool reads(std::size_t criterion, int indicator) const;
    void add_up(Sheet& sheet) const;
    void classify(Sheet& sheet) const;
    Surroundings surroundings(int unit, std::size_t criterion) const;

    const Rulebook* rules_;
    const Field* field_;
    const Readings* readings_;
    const PeerGroups* groups_;
    const RelativeValues* relative_;
    std::vector<int> read_;                                 // indicators that decide whether a unit is ranked
    std::vector<std::optional<CompiledFormula>> formulas_;  // one per criterion
    std::vector<std::vector<int>> named_;                   // indicators of a formula's names, in their order
};

}  // namespace guidon::scoring
