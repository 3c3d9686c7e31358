// Reading finds what cannot be scored; this finds what can be scored but was hardly meant.
#include <algorithm>
#include <set>

#include "movements/cycle.h"
#include "movements/cycle_reach.h"
#include "movements/cycle_table.h"

namespace guidon::movements {

using namespace scoring;

namespace {

/// Finds places again in the file that the cycle was read from.
class Places {
public:
    explicit Places(const Node& file) : file_(file) {}

    Place top(std::string_view key) const {
        const auto* node = file_.find(key);
        return node ? node->place : Place{};
    }
    /// Of `path` (keys into tables) in the `i`-th table of `list`; of the nearest table where the path ends early.
    Place in(std::string_view list, std::size_t i, std::initializer_list<std::string_view> path = {}) const {
        const auto* tables = file_.find(list);
        if (!tables || i >= tables->items.size()) return {};
        return below(tables->items[i], path);
    }
    /// Of `name` in the table of `list` whose key is `key`: indicators stand in the file in another order than in the
    /// rulebook.
    Place of_key(std::string_view list, std::string_view key, std::string_view name) const {
        const auto* tables = file_.find(list);
        for (std::size_t i = 0; tables && i < tables->items.size(); ++i) {
            const auto* its = tables->items[i].find("key");
            if (its && its->text == key) return in(list, i, {name});
        }
        return {};
    }
    const Node* rule(std::size_t criterion) const {
        const auto* criteria = file_.find("criteria");
        return criteria && criterion < criteria->items.size() ? criteria->items[criterion].find("rule") : nullptr;
    }

private:
    static Place below(const Node& node, std::initializer_list<std::string_view> path) {
        const Node* at = &node;
        for (const auto key : path) {
            const auto* next = at->find(key);
            if (!next) break;
            at = next;
        }
        return at->place;
    }

    const Node& file_;
};

class Check {
public:
    Check(const Cycle& cycle, const Node& file, Report& report)
        : cycle_(cycle), rules_(cycle.rules), places_(file), report_(report) {}

    void run() {
        head();
        for (std::size_t i = 0; i < rules_.criteria.size(); ++i) criterion(i);
        for (std::size_t i = 0; i < rules_.sections.size(); ++i) section(i);
        for (std::size_t i = 0; i < rules_.gates.size(); ++i) gate(i);
        classes();
        ties();
        indicators();
        audience();
    }

private:
    /// Who sees the total and all other points of a unit can tell by subtraction the points that are left.
    void audience() {
        for (std::size_t i = 0; i < rules_.indicators.size(); ++i) {
            const auto own = cycle_.audience.own.find(static_cast<int>(i));
            if (own == cycle_.audience.own.end() || own->second >= cycle_.audience.published) continue;
            report_.warning(places_.of_key("indicators", rules_.indicators[i].key, "audience"),
                            "movement.audience-by-total", {{"indicator", rules_.indicators[i].key}});
        }
    }

    void head() {
        if (cycle_.title.empty()) report_.warning({}, "movement.no-title");
        if (rules_.criteria.empty() && !cycle_.exemplars) report_.warning({}, "movement.no-criteria");
        if (cycle_.starts.empty() || cycle_.ends.empty()) return;
        const auto [first, last] = days_of(cycle_.period);
        if (last < cycle_.starts || first > cycle_.ends)
            report_.warning(places_.top("period"), "movement.period-outside",
                            {{"period", cycle_.period}, {"starts", cycle_.starts}, {"ends", cycle_.ends}});
    }

    /// The first day of a period, and one that is not before its last.
    static std::pair<std::string, std::string> days_of(const std::string& period) {
        const auto year = period.substr(0, 4);
        const auto month = [&](int n) { return year + (n < 10 ? "-0" : "-") + std::to_string(n); };
        if (period.size() == 4) return {year + "-01-01", year + "-12-31"};
        const int n = period[6] - '0';
        if (period[5] == 'H') return {month(6 * n - 5) + "-01", month(6 * n) + "-31"};
        if (period[5] == 'Q') return {month(3 * n - 2) + "-01", month(3 * n) + "-31"};
        return {period + "-01", period + "-31"};
    }

    void criterion(std::size_t i) {
        const auto& criterion = rules_.criteria[i];
        const auto reach = reach_of(criterion);
        if (const auto* ratio = std::get_if<Ratio>(&criterion.rule)) check(i, *ratio);
        if (const auto* bands = std::get_if<Bands>(&criterion.rule)) check(i, *bands);
        const bool outside_maximum = reach.best && *reach.best == 0 && !std::holds_alternative<PerCase>(criterion.rule);
        if (outside_maximum || without_effect(criterion))
            report_.warning(places_.in("criteria", i, {"max"}), "movement.no-points", {{"criterion", criterion.key}});
        if (const auto* formula = std::get_if<Formula>(&criterion.rule); formula && !formula->most)
            report_.warning(places_.in("criteria", i, {"rule", "expression"}), "movement.formula-without-most",
                            {{"criterion", criterion.key}, {"max", criterion.max.text()}});
        if (criterion.max > Decimal() && criterion.round.step > criterion.max)
            report_.warning(places_.in("criteria", i, {"round"}), "movement.step-above-max",
                            {{"step", criterion.round.step.text()}, {"max", criterion.max.text()}});
        weight(i);
        in_a_mean(i, reach);
    }

    static bool without_effect(const Criterion& criterion) {
        const auto* rule = std::get_if<PerCase>(&criterion.rule);
        return rule && (rule->each == Decimal() || (rule->least && rule->most && *rule->least == *rule->most));
    }

    void weight(std::size_t i) {
        const auto& criterion = rules_.criteria[i];
        const auto combine = combine_of(criterion);
        if (criterion.weight != Decimal::whole(1) && combine != Combine::weighted_mean &&
            combine != Combine::geometric_mean)
            report_.warning(places_.in("criteria", i, {"weight"}), "movement.weight-unused",
                            {{"criterion", criterion.key}});
    }

    void in_a_mean(std::size_t i, const Reach& reach) {
        const auto& criterion = rules_.criteria[i];
        if (combine_of(criterion) == Combine::sum || reach.max != 0) return;
        report_.warning(places_.in("criteria", i), "movement.bonus-in-mean", {{"criterion", criterion.key}});
    }

    Combine combine_of(const Criterion& criterion) const {
        return criterion.section < 0 ? rules_.total.combine
                                     : rules_.sections[static_cast<std::size_t>(criterion.section)].combine;
    }

    void check(std::size_t i, const Ratio& ratio) {
        const auto* to = std::get_if<Decimal>(&ratio.to);
        if (to && *to == ratio.from)
            report_.warning(places_.in("criteria", i, {"rule", "to"}), "movement.ratio-of-one-point",
                            {{"to", to->text()}});
    }

    void check(std::size_t i, const Bands& bands) {
        const auto& criterion = rules_.criteria[i];
        const auto place = [&](std::size_t band) { return band_place(i, bands, band); };
        for (std::size_t b = 0; b < bands.bands.size(); ++b) {
            const auto& band = bands.bands[b];
            // With a maximum of 0 the whole criterion is a bonus outside the maximum.
            if (criterion.max > Decimal() && band.points > criterion.max)
                report_.fault(place(b), "movement.band-above-max",
                              {{"points", band.points.text()}, {"max", criterion.max.text()}});
            if (b == 0) continue;
            const auto& better = bands.bands[b - 1];
            if (better.points <= band.points)
                report_.warning(place(b - 1), "movement.bands-overlap",
                                {{"better", better.from.text()},
                                 {"better_points", better.points.text()},
                                 {"from", band.from.text()},
                                 {"points", band.points.text()}});
        }
        const auto best = *reach_of(criterion).best;
        if (best != 0 && best < exact(criterion.max))
            report_.warning(place(0), "movement.bands-below-max",
                            {{"points", scoring::text(best)}, {"max", criterion.max.text()}});
        const auto& last = bands.bands.back();
        const bool reaches_all = !bands.lower_is_better && last.from <= Decimal();
        if (last.points != Decimal() && !reaches_all)
            report_.warning(place(bands.bands.size() - 1), "movement.bands-hole",
                            {{"from", last.from.text()}, {"side", bands.lower_is_better ? "above" : "below"}});
    }

    /// Bands come best first; the file may list them the other way round.
    Place band_place(std::size_t criterion, const Bands& bands, std::size_t band) const {
        const auto* rule = places_.rule(criterion);
        const auto* list = rule ? rule->find("bands") : nullptr;
        if (!list || list->items.size() != bands.bands.size()) return places_.in("criteria", criterion);
        const auto* from = list->items[0].find("from");
        auto digits = from ? from->text : std::string();
        std::erase(digits, '_');
        const bool as_written = Decimal::parse(digits) == bands.bands[0].from;
        return list->items[as_written ? band : bands.bands.size() - 1 - band].place;
    }

    void section(std::size_t s) {
        const auto& section = rules_.sections[s];
        const bool empty = std::none_of(rules_.criteria.begin(), rules_.criteria.end(),
                                        [&](const Criterion& c) { return c.section == static_cast<int>(s); });
        if (empty) {
            report_.warning(places_.in("sections", s), "movement.section-empty", {{"section", section.key}});
            return;
        }
        if (!section.most) return;
        const auto reach = reach_of(rules_, static_cast<int>(s));
        if (*section.most <= Decimal())
            report_.warning(places_.in("sections", s, {"most"}), "movement.section-without-points",
                            {{"section", section.key}, {"most", section.most->text()}});
        else if (reach.best && std::max(*reach.best, reach.max) < exact(*section.most))
            report_.warning(places_.in("sections", s, {"most"}), "movement.most-out-of-reach",
                            {{"section", section.key},
                             {"most", section.most->text()},
                             {"reach", scoring::text(std::max(*reach.best, reach.max), 6, RoundMode::half_up)}});
    }

    void gate(std::size_t g) {
        const auto& gate = rules_.gates[g];
        if (gate.caps_class <= 0 && !needed(static_cast<int>(g)))
            report_.warning(places_.in("gates", g, {"caps_class"}), "movement.gate-without-effect",
                            {{"gate", gate.key}});
        if (gate.passes == Passes::at_least && gate.bound <= Decimal() && gate.missing_passes)
            report_.warning(places_.in("gates", g, {"passes"}), "movement.gate-always-passes", {{"gate", gate.key}});
        if (gate.passes == Passes::at_most && gate.bound < Decimal())
            report_.warning(places_.in("gates", g, {"passes"}), "movement.gate-never-passes",
                            {{"gate", gate.key}, {"bound", gate.bound.text()}});
    }

    bool needed(int gate) const {
        return std::any_of(rules_.classes.begin(), rules_.classes.end(), [&](const Class& entry) {
            return std::find(entry.needs.begin(), entry.needs.end(), gate) != entry.needs.end();
        });
    }

    void classes() {
        const auto& classes = rules_.classes;
        const auto reach = reach_of(rules_);
        for (std::size_t c = 0; c < classes.size(); ++c) {
            const auto& entry = classes[c];
            const bool last = c + 1 == classes.size();
            reachable(c, reach);
            if (entry.each_section_at_least && rules_.sections.empty())
                report_.warning(places_.in("classes", c, {"each_section_at_least"}), "movement.no-sections",
                                {{"class", entry.key}});
            if (entry.most_share && *entry.most_share == Decimal())
                report_.fault(places_.in("classes", c, {"most_share"}), "movement.quota-zero", {{"class", entry.key}});
            if (entry.most_share && *entry.most_share == Decimal::whole(1))
                report_.warning(places_.in("classes", c, {"most_share"}), "movement.quota-of-all",
                                {{"class", entry.key}});
            if (!last && takes_everybody(entry) && !capped_below(c)) {
                const auto place = places_.in("classes", c + 1);
                const Arguments arguments{{"class", classes[c + 1].key}, {"before", entry.key}};
                if (entry.at_least)
                    report_.warning(place, "movement.class-never-reached", arguments);
                else
                    report_.fault(place, "movement.class-never-reached", arguments);
            }
        }
    }

    /// Nobody with points of 0 or more fails its conditions, and no quota moves anybody on.
    bool takes_everybody(const Class& entry) const {
        const bool some_percent = entry.at_least && (*entry.at_least > Decimal() || can_be_negative());
        return !some_percent && !entry.each_section_at_least && !entry.most_share && entry.needs.empty();
    }

    bool can_be_negative() const {
        return std::any_of(rules_.criteria.begin(), rules_.criteria.end(), [](const Criterion& criterion) {
            if (const auto* per_case = std::get_if<PerCase>(&criterion.rule)) return per_case->each < Decimal();
            if (const auto* formula = std::get_if<Formula>(&criterion.rule))
                return !formula->least || *formula->least < Decimal();
            const auto* bands = std::get_if<Bands>(&criterion.rule);
            return bands && std::any_of(bands->bands.begin(), bands->bands.end(),
                                        [](const Band& band) { return band.points < Decimal(); });
        });
    }

    bool capped_below(std::size_t c) const {
        return std::any_of(rules_.gates.begin(), rules_.gates.end(),
                           [&](const Gate& gate) { return gate.caps_class > static_cast<int>(c); });
    }

    void reachable(std::size_t c, const Reach& reach) {
        const auto& entry = rules_.classes[c];
        const bool bonus = has_bonus(rules_);
        for (const auto& [key, percent] :
             {std::pair("at_least", entry.at_least), std::pair("each_section_at_least", entry.each_section_at_least)}) {
            if (!percent) continue;
            const bool impossible = *percent > Decimal::whole(100) && !bonus;
            const bool total = std::string_view(key) == "at_least";
            const bool hardly =
                total && reach.best && !rules_.criteria.empty() &&
                (reach.max == 0 ? *percent > Decimal() : *reach.best * 100 < exact(*percent) * reach.max);
            if (!impossible && !hardly) continue;
            Arguments arguments{{"class", entry.key}, {"percent", percent->text()}};
            const auto place = places_.in("classes", c, {key});
            if (impossible) {
                report_.fault(place, "movement.class-unreachable", arguments);
                continue;
            }
            const Exact best = reach.max == 0 ? Exact(0) : Exact(*reach.best * 100 / reach.max);
            arguments["best"] = scoring::text(best, {Decimal::millionths(10'000), RoundMode::down});
            report_.warning(place, "movement.class-out-of-reach", arguments);
        }
    }

    void ties() {
        std::set<std::pair<Tie::By, int>> seen;
        for (const auto& tie : rules_.ranking.ties) {
            if (seen.emplace(tie.by, tie.index).second) continue;
            const auto index = static_cast<std::size_t>(tie.index);
            const auto& key = tie.by == Tie::By::criterion ? rules_.criteria[index].key
                              : tie.by == Tie::By::section ? rules_.sections[index].key
                                                           : rules_.indicators[index].key;
            report_.warning(places_.top("ranking"), "movement.tie-twice", {{"key", key}});
        }
    }

    void indicators() {
        std::set<int> read;
        for (const auto& criterion : rules_.criteria) {
            read.insert(criterion.indicator);
            if (const auto* ratio = std::get_if<Ratio>(&criterion.rule))
                if (const auto* other = std::get_if<IndicatorRef>(&ratio->to)) read.insert(other->indicator);
            if (const auto* formula = std::get_if<Formula>(&criterion.rule))
                read.insert(formula->indicators.begin(), formula->indicators.end());
        }
        for (const auto& gate : rules_.gates) read.insert(gate.indicator);
        for (const auto& tie : rules_.ranking.ties)
            if (tie.by == Tie::By::indicator || tie.by == Tie::By::among) read.insert(tie.index);
        unused(read);
    }

    /// Listed but read by no rule: either left over, or a rule spells it otherwise.
    void unused(const std::set<int>& read) {
        Keys known;
        for (const int i : read) known.push_back(rules_.indicators[static_cast<std::size_t>(i)].key);
        for (std::size_t i = 0; i < rules_.indicators.size(); ++i) {
            const auto& key = rules_.indicators[i].key;
            const bool source = std::any_of(rules_.indicators.begin(), rules_.indicators.end(),
                                            [&](const Indicator& other) { return other.from == key; });
            if (source || read.count(static_cast<int>(i))) continue;
            report_.warning(places_.in("indicators", i, {"key"}), "movement.indicator-unused",
                            {{"indicator", key}, {"suggestion", suggestion(key, known)}});
        }
    }

    const Cycle& cycle_;
    const Rulebook& rules_;
    Places places_;
    Report& report_;
};

}  // namespace

std::vector<Fault> check_cycle(const Cycle& cycle, std::string_view toml, const std::string& file) {
    std::vector<Fault> faults;
    const auto tree = config::parse_toml(toml, file, "movement", faults);
    if (!tree) return faults;
    Report report(file, faults);
    Check(cycle, *tree, report).run();
    report.finish();
    return faults;
}

}  // namespace guidon::movements
