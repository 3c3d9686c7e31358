// The rules as sentences that a person can agree to; every number in them is the file's, written as the language does.
#include <algorithm>
#include <map>

#include "base/language.h"
#include "movements/cycle.h"
#include "movements/cycle_names.h"
#include "scoring/exact.h"
#include "scoring/formula.h"

namespace guidon::movements {

using namespace scoring;

namespace {

class Wording {
public:
    Wording(const Rulebook& rules, Language language) : rules_(rules), language_(language) {}

    std::string words(const std::string& key, const Arguments& arguments = {}) const {
        return say(language_, "movement.words." + key, arguments);
    }
    std::string title(const Texts& titles, const std::string& key) const {
        const auto& title = pick(titles, language_);
        return title.empty() ? key : title;
    }
    std::string number(Decimal n) const { return number_text(language_, n.text()); }
    std::string points(Decimal n) const { return words("points", {{"n", n.text()}, {"number", number(n)}}); }
    std::string percent(const Exact& n) const {
        return words("percent", {{"number", number_text(language_, scoring::text(n))}});
    }
    std::string within() const {
        return words("within-" + std::string(written(names::withins, rules_.ranking.within)));
    }

    /// Quoted; an indicator without a title is called by the criterion that reads it, else by its key.
    std::string indicator(int index) const {
        const auto& indicator = rules_.indicators[static_cast<std::size_t>(index)];
        Texts titles = indicator.title;
        if (titles.empty()) {
            const auto reader = std::find_if(rules_.criteria.begin(), rules_.criteria.end(),
                                             [&](const Criterion& c) { return c.indicator == index; });
            if (reader != rules_.criteria.end()) titles = reader->title;
        }
        const auto name = title(titles, indicator.key);
        if (indicator.unit_of_measure.empty()) return words("indicator", {{"name", name}});
        return words("indicator-with-unit", {{"name", name}, {"unit", indicator.unit_of_measure}});
    }

    std::string criterion(int index) const {
        const auto& criterion = rules_.criteria[static_cast<std::size_t>(index)];
        return words("indicator", {{"name", title(criterion.title, criterion.key)}});
    }

    std::string section(int index) const {
        const auto& section = rules_.sections[static_cast<std::size_t>(index)];
        return words("indicator", {{"name", title(section.title, section.key)}});
    }

    std::string joined(const std::vector<std::string>& items) const {
        std::string text;
        for (const auto& item : items) text += (text.empty() ? "" : words("joiner")) + item;
        return text;
    }

    /// How points or a total are rounded; "" for the usual way where `usual` is left unsaid.
    std::string rounding(const Rounding& rounding, bool usual_unsaid) const {
        if (usual_unsaid && rounding == Rounding{}) return {};
        if (rounding.step == Decimal()) return words("not-rounded");
        std::string mode(written(names::round_modes, rounding.mode));
        std::replace(mode.begin(), mode.end(), '-', '_');
        return words("round", {{"step", number(rounding.step)}, {"mode", mode}});
    }

private:
    const Rulebook& rules_;
    Language language_;
};

/// Sentences with a space between them.
std::string paragraph(const std::vector<std::string>& sentences) {
    std::string text;
    for (const auto& sentence : sentences)
        if (!sentence.empty()) text += (text.empty() ? "" : " ") + sentence;
    return text;
}

/// Each kind of rule in its own words.
class RuleWording {
public:
    RuleWording(const Wording& say, const Rulebook& rules, const Criterion& criterion)
        : say_(say),
          rules_(rules),
          criterion_(criterion),
          own_(is_own()),
          indicator_(own_ ? say.words("own-value") : say.indicator(criterion.indicator)),
          points_(say.points(criterion.max)) {}

    std::string operator()(const Ratio& rule) const {
        Arguments arguments{{"indicator", indicator_}, {"points", points_}, {"from", say_.number(rule.from)}};
        if (const auto* other = std::get_if<IndicatorRef>(&rule.to)) {
            arguments["other"] = say_.indicator(other->indicator);
            return say_.words("ratio-indicator", arguments);
        }
        const auto* to = std::get_if<Decimal>(&rule.to);
        if (!to) return say_.words("ratio-target", arguments);
        arguments["to"] = say_.number(*to);
        return say_.words(*to == rule.from ? "ratio-step" : *to > rule.from ? "ratio-up" : "ratio-down", arguments);
    }

    std::string operator()(const Bands& rule) const {
        std::vector<std::string> bands;
        for (const auto& band : rule.bands) {
            const auto from =
                rule.on == BandsOn::share ? say_.percent(Exact(exact(band.from) * 100)) : say_.number(band.from);
            bands.push_back(say_.words(rule.lower_is_better ? "band-down" : "band-up",
                                       {{"from", from}, {"points", say_.points(band.points)}}));
        }
        const auto what =
            rule.on == BandsOn::share ? say_.words("share-of-target", {{"indicator", indicator_}}) : indicator_;
        return say_.words("bands", {{"what", what}, {"bands", say_.joined(bands)}, {"rest", say_.points(Decimal())}});
    }

    std::string operator()(const Graded&) const {
        const auto max = say_.number(criterion_.max);
        if (own_) return say_.words("graded-own", {{"max", max}});
        return say_.words("graded", {{"indicator", indicator_}, {"max", max}});
    }

    std::string operator()(const PerCase& rule) const {
        const bool deduction = rule.each < Decimal();
        const auto each = say_.points(deduction ? -rule.each : rule.each);
        const std::string key = deduction ? "per-case-deduction" : "per-case-bonus";
        const auto first = own_ ? say_.words(key + "-own", {{"points", each}})
                                : say_.words(key, {{"indicator", indicator_}, {"points", each}});
        if (!deduction) return paragraph({first, limits(rule.least, rule.most)});
        // A lower limit of a deduction reads best as the most that is taken off.
        const bool takes_off = rule.least && *rule.least <= Decimal();
        return paragraph(
            {first, takes_off ? say_.words("deducted-at-most", {{"points", say_.points(-*rule.least)}}) : std::string(),
             rule.most ? say_.words("never-more", {{"points", say_.points(*rule.most)}}) : std::string(),
             takes_off ? std::string() : limits(rule.least, std::nullopt)});
    }

    std::string operator()(const YesNo&) const {
        return say_.words("yes-no", {{"indicator", indicator_}, {"points", points_}});
    }

    std::string operator()(const Formula& rule) const {
        const auto text = read_formula(rule.expression);
        std::vector<std::string> sentences{say_.words(text.uses_target ? "formula-target" : "formula",
                                                      {{"expression", rule.expression}, {"indicator", indicator_}})};
        for (const int index : rule.indicators)
            if (!rules_.indicators[static_cast<std::size_t>(index)].title.empty())
                sentences.push_back(
                    say_.words("formula-name", {{"name", rules_.indicators[static_cast<std::size_t>(index)].key},
                                                {"indicator", say_.indicator(index)}}));
        sentences.push_back(limits(rule.least, rule.most));
        return paragraph(sentences);
    }

    std::string operator()(const Relative& rule) const {
        const auto key = "relative-" + std::string(written(names::relative_methods, rule.method));
        return paragraph({say_.words(key, {{"indicator", indicator_}, {"points", points_}, {"within", say_.within()}}),
                          rule.lower_is_better ? say_.words("lower-is-better") : std::string()});
    }

private:
    /// Whether the criterion alone names what is counted: its sentence then need not repeat its title.
    bool is_own() const {
        const auto& indicator = rules_.indicators[static_cast<std::size_t>(criterion_.indicator)];
        return indicator.title.empty() && !criterion_.title.empty() && indicator.unit_of_measure.empty();
    }

    std::string limits(const std::optional<Decimal>& least, const std::optional<Decimal>& most) const {
        return paragraph({most ? say_.words("at-most", {{"points", say_.points(*most)}}) : std::string(),
                          least ? say_.words("at-least", {{"points", say_.points(*least)}}) : std::string()});
    }

    const Wording& say_;
    const Rulebook& rules_;
    const Criterion& criterion_;
    bool own_;
    std::string indicator_, points_;
};

/// How several entries become the indicator's value; "" where it takes one row.
std::string entries(const Wording& say, const Rulebook& rules, int index) {
    const auto& rule = rules.indicators[static_cast<std::size_t>(index)].entries;
    if (!rule) return {};
    std::vector<std::string> sentences;
    for (const auto& [key, number] :
         {std::pair("entries-equals", rule->equals), std::pair("entries-at-least", rule->at_least),
          std::pair("entries-at-most", rule->at_most)})
        if (number) sentences.push_back(say.words(key, {{"number", say.number(*number)}}));
    std::vector<std::string> bands;
    for (const auto& band : rule->bands)
        bands.push_back(say.words(rule->lower_is_better ? "band-down" : "band-up",
                                  {{"from", say.number(band.from)}, {"points", say.points(band.points)}}));
    if (!bands.empty()) sentences.push_back(say.words("entries-bands", {{"bands", say.joined(bands)}}));
    const auto several = [&](const char* key, int n) {
        if (n > 0) sentences.push_back(say.words(key, {{"n", std::to_string(n)}}));
    };
    several("entries-drop-lowest", rule->drop_lowest);
    several("entries-drop-highest", rule->drop_highest);
    several("entries-best", rule->best.value_or(0));
    sentences.push_back(say.words("entries-" + std::string(written(names::combine_entries, rule->combine)),
                                  {{"indicator", say.indicator(index)}}));
    return paragraph(sentences);
}

InWords::Line line(const Wording& say, const Rulebook& rules, const Criterion& criterion) {
    std::vector<std::string> sentences{std::visit(RuleWording(say, rules, criterion), criterion.rule),
                                       entries(say, rules, criterion.indicator)};
    if (criterion.missing != Missing::zero)
        sentences.push_back(say.words("missing-" + std::string(written(names::missing, criterion.missing))));
    if (criterion.not_applicable != NotApplicable::skip)
        sentences.push_back(
            say.words("not-applicable-" + std::string(written(names::not_applicable, criterion.not_applicable)),
                      criterion.not_applicable == NotApplicable::full ? Arguments{{"points", say.points(criterion.max)}}
                                                                      : Arguments{}));
    const auto combine = criterion.section < 0 ? rules.total.combine
                                               : rules.sections[static_cast<std::size_t>(criterion.section)].combine;
    if (combine == Combine::weighted_mean || combine == Combine::geometric_mean)
        sentences.push_back(say.words("weight", {{"weight", say.number(criterion.weight)}}));
    sentences.push_back(say.rounding(criterion.round, true));
    const bool outside_maximum = criterion.max == Decimal();
    return {criterion.key, say.title(criterion.title, criterion.key), paragraph(sentences),
            outside_maximum ? "" : say.number(criterion.max)};
}

std::vector<InWords::Part> parts(const Wording& say, const Rulebook& rules) {
    std::vector<InWords::Part> parts;
    for (int s = -1; s < static_cast<int>(rules.sections.size()); ++s) {
        InWords::Part part;
        if (s >= 0) {
            const auto& section = rules.sections[static_cast<std::size_t>(s)];
            part.title = say.title(section.title, section.key);
            part.text = paragraph(
                {say.words("section-" + std::string(written(names::combines, section.combine))),
                 section.most ? say.words("section-most", {{"points", say.points(*section.most)}}) : std::string()});
        }
        for (const auto& criterion : rules.criteria)
            if (criterion.section == s) part.criteria.push_back(line(say, rules, criterion));
        if (s >= 0 || !part.criteria.empty()) parts.push_back(std::move(part));
    }
    // Criteria outside any section, mostly bonus and deductions, are read last.
    if (parts.size() > 1 && parts.front().title.empty()) std::rotate(parts.begin(), parts.begin() + 1, parts.end());
    return parts;
}

InWords::Line gate_line(const Wording& say, const Rulebook& rules, std::size_t index) {
    const auto& gate = rules.gates[index];
    std::vector<std::string> sentences{
        say.words("gate-" + std::string(written(names::passes, gate.passes)),
                  {{"indicator", say.indicator(gate.indicator)}, {"bound", say.number(gate.bound)}}),
        say.words(gate.missing_passes ? "gate-missing-pass" : "gate-missing-fail")};
    const bool needed = std::any_of(rules.classes.begin(), rules.classes.end(), [&](const Class& entry) {
        return std::find(entry.needs.begin(), entry.needs.end(), static_cast<int>(index)) != entry.needs.end();
    });
    if (gate.caps_class < 0) {
        if (!needed) sentences.push_back(say.words("gate-shown"));
    } else {
        const auto& cap = rules.classes[static_cast<std::size_t>(gate.caps_class)];
        sentences.push_back(say.words("gate-caps", {{"class", say.title(cap.title, cap.key)}}));
    }
    return {gate.key, say.title(gate.title, gate.key), paragraph(sentences), ""};
}

InWords::Line line(const Wording& say, const Rulebook& rules, const Class& entry) {
    std::vector<std::string> sentences;
    if (entry.at_least)
        sentences.push_back(say.words("class-at-least", {{"percent", say.percent(exact(*entry.at_least))}}));
    if (entry.each_section_at_least)
        sentences.push_back(
            say.words("class-sections", {{"percent", say.percent(exact(*entry.each_section_at_least))}}));
    std::vector<std::string> gates;
    for (const int index : entry.needs) {
        const auto& gate = rules.gates[static_cast<std::size_t>(index)];
        gates.push_back(say.words("indicator", {{"name", say.title(gate.title, gate.key)}}));
    }
    if (!gates.empty()) sentences.push_back(say.words("class-needs", {{"gates", say.joined(gates)}}));
    if (entry.most_share)
        sentences.push_back(say.words("class-quota", {{"percent", say.percent(Exact(exact(*entry.most_share) * 100))},
                                                      {"within", say.within()}}));
    if (sentences.empty()) sentences.push_back(say.words("class-rest"));
    return {entry.key, say.title(entry.title, entry.key), paragraph(sentences), ""};
}

std::string total(const Wording& say, const Rulebook& rules) {
    const bool outside = std::any_of(rules.criteria.begin(), rules.criteria.end(),
                                     [](const Criterion& criterion) { return criterion.section < 0; });
    const char* sections = rules.sections.empty() ? "no" : outside ? "both" : "yes";
    return paragraph(
        {say.words("total-" + std::string(written(names::combines, rules.total.combine)), {{"sections", sections}}),
         say.rounding(rules.total.round, false), say.words("total-defaults")});
}

std::string ranking(const Wording& say, const Rulebook& rules) {
    const auto& ranking = rules.ranking;
    std::vector<std::string> ties;
    for (const auto& tie : ranking.ties) {
        const auto key = "tie-" + std::string(written(names::tie_kinds, tie.by));
        const auto name = tie.by == Tie::By::criterion ? say.criterion(tie.index)
                          : tie.by == Tie::By::section ? say.section(tie.index)
                                                       : say.indicator(tie.index);
        ties.push_back(say.words(tie.lower_is_better ? key + "-lower" : key, {{"name", name}}));
    }
    return paragraph(
        {say.words("ranking", {{"within", say.within()},
                               {"order", ranking.order == Order::high_first ? "high_first" : "low_first"}}),
         ties.empty() ? std::string() : say.words("ties", {{"ties", say.joined(ties)}}),
         say.words("rest-" + std::string(written(names::rests, ranking.rest)))});
}

std::string participants(const Wording& say, const Cycle& cycle) {
    if (!cycle.participants) return say.words("participants-all");
    const auto& [under, kind_list, groups] = *cycle.participants;
    const auto kinds = say.joined(kind_list);
    if (!groups.empty()) return say.words("participants-groups", {{"groups", say.joined(groups)}});
    if (!under.empty() && !kinds.empty())
        return say.words("participants-under-kinds", {{"under", under}, {"kinds", kinds}});
    if (!under.empty()) return say.words("participants-under", {{"under", under}});
    return kinds.empty() ? say.words("participants-all") : say.words("participants-kinds", {{"kinds", kinds}});
}

/// "" where all of it is public.
std::string audience(const Wording& say, const Cycle& cycle) {
    const auto& [values, standings, published, own] = cycle.audience;
    const auto word = [](people::Audience audience) { return std::string(people::code(audience)); };
    if (values == people::Audience::open && standings == people::Audience::open && own.empty()) return "";
    std::vector<std::string> sentences{say.words("audience-values", {{"audience", word(values)}})};
    std::map<people::Audience, std::vector<std::string>> by_audience;
    for (const auto& [indicator, its] : own) by_audience[its].push_back(say.indicator(indicator));
    for (const auto& [its, names] : by_audience)
        sentences.push_back(say.words("audience-own", {{"names", say.joined(names)}, {"audience", word(its)}}));
    sentences.push_back(say.words("audience-standings", {{"audience", word(standings)}}));
    if (published != standings) sentences.push_back(say.words("audience-published", {{"audience", word(published)}}));
    return paragraph(sentences);
}

}  // namespace

InWords in_words(const Cycle& cycle, Language language) {
    const auto& rules = cycle.rules;
    const Wording say(rules, language);
    InWords words;
    words.parts = parts(say, rules);
    for (std::size_t g = 0; g < rules.gates.size(); ++g) words.gates.push_back(gate_line(say, rules, g));
    for (const auto& entry : rules.classes) words.classes.push_back(line(say, rules, entry));
    words.total = total(say, rules);
    words.ranking = ranking(say, rules);
    words.participants = participants(say, cycle);
    words.audience = audience(say, cycle);
    return words;
}

}  // namespace guidon::movements
