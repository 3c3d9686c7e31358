#include "scoring/sheet.h"

#include <algorithm>
#include <cmath>

#include "base/assert.h"

namespace guidon::scoring {
namespace {

std::size_t at(int index) {
    return static_cast<std::size_t>(index);
}

/// One of several numbers that a section or the total combines.
struct Part {
    Exact value;
    Exact weight;
};

Exact sum(const std::vector<Part>& parts) {
    Exact result;
    for (const auto& part : parts) result += part.value;
    return result;
}

Exact weighted_mean(const std::vector<Part>& parts) {
    Exact result, weights;
    for (const auto& part : parts) {
        result += part.value * part.weight;
        weights += part.weight;
    }
    return sgn(weights) == 0 ? Exact() : Exact(result / weights);
}

Exact geometric_mean(const std::vector<Part>& parts) {
    Exact weights;
    for (const auto& part : parts) {
        if (sgn(part.value) <= 0) return 0;
        weights += part.weight;
    }
    if (sgn(weights) == 0) return 0;
    double product = 1;
    for (const auto& part : parts)
        product *= std::pow(nearest_double(part.value), nearest_double(part.weight / weights));
    return exact(product);
}

Exact combined(Combine how, const std::vector<Part>& parts) {
    if (parts.empty()) return 0;
    switch (how) {
        case Combine::sum:
            return sum(parts);
        case Combine::mean:
            return sum(parts) / static_cast<long>(parts.size());
        case Combine::weighted_mean:
            return weighted_mean(parts);
        case Combine::geometric_mean:
            return geometric_mean(parts);
        case Combine::min:
            break;
    }
    return std::min_element(parts.begin(), parts.end(), [](const Part& a, const Part& b) { return a.value < b.value; })
        ->value;
}

/// Whether `points` is at least `percent` of `max`; of a maximum of 0 everybody has 0 percent.
bool reaches(const Exact& points, const Exact& max, Decimal percent) {
    if (sgn(max) == 0) return percent <= Decimal();
    return points * 100 >= exact(percent) * max;
}

/// Every indicator that decides whether a unit reported anything; each once.
std::vector<int> indicators_read(const Rulebook& rules) {
    std::vector<int> read;
    for (const auto& criterion : rules.criteria) {
        read.push_back(criterion.indicator);
        if (const auto* ratio = std::get_if<Ratio>(&criterion.rule))
            if (const auto* to = std::get_if<IndicatorRef>(&ratio->to)) read.push_back(to->indicator);
        if (const auto* formula = std::get_if<Formula>(&criterion.rule))
            read.insert(read.end(), formula->indicators.begin(), formula->indicators.end());
    }
    for (const auto& gate : rules.gates) read.push_back(gate.indicator);
    for (const auto& tie : rules.ranking.ties)
        if (tie.by == Tie::By::indicator || tie.by == Tie::By::among) read.push_back(tie.index);
    std::sort(read.begin(), read.end());
    read.erase(std::unique(read.begin(), read.end()), read.end());
    return read;
}

}  // namespace

Scorer::Scorer(const Rulebook& rules, const Field& field, const Readings& readings, const PeerGroups& groups,
               const RelativeValues& relative)
    : rules_(&rules),
      field_(&field),
      readings_(&readings),
      groups_(&groups),
      relative_(&relative),
      read_(indicators_read(rules)),
      formulas_(rules.criteria.size()),
      named_(rules.criteria.size()) {
    for (std::size_t i = 0; i < rules.criteria.size(); ++i) {
        const auto* rule = std::get_if<Formula>(&rules.criteria[i].rule);
        if (!rule) continue;
        formulas_[i].emplace(rule->expression);
        for (const auto& name : formulas_[i]->names()) {
            const auto found = std::find_if(rules.indicators.begin(), rules.indicators.end(),
                                            [&](const Indicator& indicator) { return indicator.key == name; });
            GUIDON_ASSERT(found != rules.indicators.end());
            named_[i].push_back(static_cast<int>(found - rules.indicators.begin()));
        }
    }
}

bool Scorer::reported_anything(int unit) const {
    return std::any_of(read_.begin(), read_.end(),
                       [&](int indicator) { return !readings_->values(indicator).missing(unit); });
}

bool Scorer::reads(std::size_t index, int indicator) const {
    const auto& criterion = rules_->criteria[index];
    if (criterion.indicator == indicator) return true;
    if (const auto* ratio = std::get_if<Ratio>(&criterion.rule))
        if (const auto* to = std::get_if<IndicatorRef>(&ratio->to); to && to->indicator == indicator) return true;
    return std::find(named_[index].begin(), named_[index].end(), indicator) != named_[index].end();
}

void Scorer::check(int unit, int indicator, std::vector<Fault>& faults) const {
    if (!reported_anything(unit)) return;
    // Without any other reading the unit was not asked for anything so far: now it is, for everything.
    const bool was_checked = std::any_of(read_.begin(), read_.end(), [&](int other) {
        return other != indicator && !readings_->values(other).missing(unit);
    });
    for (std::size_t i = 0; i < rules_->criteria.size(); ++i)
        if (!was_checked || reads(i, indicator)) criterion(unit, static_cast<int>(i), faults);
}

Surroundings Scorer::surroundings(int unit, std::size_t index) const {
    const auto& criterion = rules_->criteria[index];
    Surroundings around;
    around.target = readings_->targets(criterion.indicator).read(unit);
    if (const auto* ratio = std::get_if<Ratio>(&criterion.rule)) {
        if (const auto* number = std::get_if<Decimal>(&ratio->to))
            around.limit = {Reading::State::reported, exact(*number)};
        else if (const auto* other = std::get_if<IndicatorRef>(&ratio->to))
            around.limit = readings_->values(other->indicator).read(unit);
        else
            around.limit = around.target;
    }
    for (const int indicator : named_[index]) around.named.push_back(readings_->values(indicator).read(unit));
    if (formulas_[index]) around.formula = &*formulas_[index];
    if (!(*relative_)[index].empty()) around.peers = &(*relative_)[index][at(groups_->of(unit))];
    return around;
}

SheetCriterion Scorer::criterion(int unit, int index, std::vector<Fault>& faults) const {
    using State = CriterionOutcome::State;
    const auto& criterion = rules_->criteria[at(index)];
    SheetCriterion line;
    line.value = readings_->values(criterion.indicator).read(unit);
    line.around = surroundings(unit, at(index));
    const auto refuse = [&](const char* code) {
        Arguments arguments{{"unit", field_->codes[at(unit)]},
                            {"criterion", criterion.key},
                            {"indicator", rules_->indicators[at(criterion.indicator)].key},
                            {"value", line.value.reported() ? text(line.value.value) : ""},
                            {"max", criterion.max.text()}};
        faults.push_back({"", 0, 0, code, std::move(arguments)});
    };
    if (line.value.state == Reading::State::missing) {
        line.state = criterion.missing == Missing::skip ? State::skipped_missing : State::zero_missing;
        if (criterion.missing == Missing::refuse) refuse("scoring.missing-refused");
    } else if (line.value.state == Reading::State::not_applicable) {
        line.state = criterion.not_applicable == NotApplicable::skip   ? State::skipped_not_applicable
                     : criterion.not_applicable == NotApplicable::full ? State::full_not_applicable
                                                                       : State::zero_not_applicable;
        if (line.state == State::full_not_applicable) line.before_rounding = exact(criterion.max);
    } else if (std::holds_alternative<Graded>(criterion.rule) &&
               (sgn(line.value.value) < 0 || line.value.value > exact(criterion.max))) {
        refuse("scoring.beyond-range");
    } else if (auto points = points_by_rule(criterion, line.value.value, line.around)) {
        line.before_rounding = std::move(*points);
    } else {
        refuse("scoring.not-finite");
    }
    line.points = rounded(line.before_rounding, criterion.round);
    return line;
}

bool Scorer::passes(int unit, const Gate& gate) const {
    const auto on_the_right_side = [&](int order) {
        return gate.passes == Passes::at_most ? order <= 0 : gate.passes == Passes::at_least ? order >= 0 : order == 0;
    };
    if (const auto* cells = readings_->values(gate.indicator).decimals()) {
        const Cell cell = cells->empty() ? Cell() : (*cells)[at(unit)];
        if (!cell.reported()) return cell.is_not_applicable() || gate.missing_passes;
        const auto apart = (cell.value() - gate.bound).in_millionths();
        return on_the_right_side(apart < 0 ? -1 : apart > 0);
    }
    const Reading reading = readings_->values(gate.indicator).read(unit);
    if (reading.state == Reading::State::missing) return gate.missing_passes;
    if (reading.state == Reading::State::not_applicable) return true;
    return on_the_right_side(cmp(reading.value, exact(gate.bound)));
}

void Scorer::add_up(Sheet& sheet) const {
    std::vector<Part> totals, maxima;
    std::vector<std::vector<Part>> points(rules_->sections.size()), most(rules_->sections.size());
    for (std::size_t i = 0; i < sheet.criteria.size(); ++i) {
        const auto& criterion = rules_->criteria[i];
        if (!sheet.criteria[i].counts() || criterion.section < 0) continue;
        const Exact weight = exact(criterion.weight);
        points[at(criterion.section)].push_back({sheet.criteria[i].points, weight});
        most[at(criterion.section)].push_back({exact(criterion.max), weight});
    }
    for (std::size_t i = 0; i < points.size(); ++i) {
        const auto& rule = rules_->sections[i];
        auto& section = sheet.sections.emplace_back();
        section.counts = !points[i].empty();
        if (!section.counts) continue;
        section.points = section.uncapped = combined(rule.combine, points[i]);
        section.max = combined(rule.combine, most[i]);
        if (rule.most) {
            section.points = std::min(section.points, exact(*rule.most));
            section.max = std::min(section.max, exact(*rule.most));
        }
        totals.push_back({section.points, 1});
        maxima.push_back({section.max, 1});
    }
    for (std::size_t i = 0; i < sheet.criteria.size(); ++i) {
        const auto& criterion = rules_->criteria[i];
        if (!sheet.criteria[i].counts() || criterion.section >= 0) continue;
        totals.push_back({sheet.criteria[i].points, exact(criterion.weight)});
        maxima.push_back({exact(criterion.max), exact(criterion.weight)});
    }
    sheet.before_rounding = combined(rules_->total.combine, totals);
    sheet.total = rounded(sheet.before_rounding, rules_->total.round);
    sheet.max = combined(rules_->total.combine, maxima);
}

void Scorer::classify(Sheet& sheet) const {
    const auto fits = [&](const Class& rule) {
        if (rule.at_least && !reaches(sheet.total, sheet.max, *rule.at_least)) return false;
        if (std::any_of(rule.needs.begin(), rule.needs.end(), [&](int gate) { return !sheet.gates[at(gate)]; }))
            return false;
        if (!rule.each_section_at_least) return true;
        return std::all_of(sheet.sections.begin(), sheet.sections.end(), [&](const SheetSection& section) {
            return !section.counts || reaches(section.points, section.max, *rule.each_section_at_least);
        });
    };
    const auto& classes = rules_->classes;
    const auto found = std::find_if(classes.begin(), classes.end(), fits);
    sheet.class_by_points = found == classes.end() ? -1 : static_cast<int>(found - classes.begin());
    for (std::size_t i = 0; i < sheet.gates.size(); ++i)
        if (!sheet.gates[i]) sheet.class_cap = std::max(sheet.class_cap, rules_->gates[i].caps_class);
}

Sheet Scorer::sheet(int unit, std::vector<Fault>& faults) const {
    Sheet sheet;
    for (std::size_t i = 0; i < rules_->criteria.size(); ++i)
        sheet.criteria.push_back(criterion(unit, static_cast<int>(i), faults));
    for (const auto& gate : rules_->gates) sheet.gates.push_back(passes(unit, gate));
    add_up(sheet);
    classify(sheet);
    return sheet;
}

}  // namespace guidon::scoring
