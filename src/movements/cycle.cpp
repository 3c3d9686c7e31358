// The head of a movement file, its sections, classes and totals; criteria and gates are read in cycle_rules.cpp.
#include "movements/cycle.h"

#include <algorithm>
#include <map>

#include "base/dates.h"
#include "movements/cycle_entries.h"
#include "movements/cycle_rules.h"

namespace guidon::movements {

using namespace scoring;

namespace {

constexpr std::string_view format = "guidon/movement/1";

// People have to agree to the rules; a file with more of anything was made by mistake.
constexpr std::size_t most_tables = 2000;

// What the tables may hold. An optional key of the format is added here and read below.
const Keys file_keys{"format",  "key",       "issuer",       "starts",     "ends",      "period",   "title", "theme",
                     "summary", "documents", "participants", "indicators", "sections",  "criteria", "total", "gates",
                     "classes", "ranking",   "sample",       "audience",   "exemplars", "occasions"};
const Keys document_keys{"number", "issuer", "date", "title"};
const Keys occasion_keys{"date", "title"};
const Keys participants_keys{"under", "kinds", "groups"};
const Keys audience_keys{"values", "standings", "published"};
const Keys indicator_keys = [] {
    Keys keys = entry_keys();
    keys.insert(keys.begin(), {"key", "title", "rollup", "unit_of_measure", "audience"});
    return keys;
}();
const Keys section_keys{"key", "title", "combine", "most"};
const Keys class_keys{"key", "title", "at_least", "each_section_at_least", "most_share", "needs"};
const Keys total_keys{"combine", "round"};

/// `[[criteria]] backlog`, or `[[criteria]] 3` where the key is not readable.
std::string name_of(std::string_view list, const Node& node, std::size_t i) {
    const auto* key = node.find("key");
    const bool readable = key && key->kind == Node::Kind::text && !key->text.empty();
    return "[[" + std::string(list) + "]] " + (readable ? key->text : std::to_string(i + 1));
}

bool is_address_key(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0x80) == 0; });
}

/// Tells a key that one list has twice, at its second place.
class Unique {
public:
    Unique(const char* list, Report& report) : list_(list), report_(report) {}
    void add(const Node& node) {
        const auto* key = node.find("key");
        if (!key || key->kind != Node::Kind::text || key->text.empty()) return;
        const auto [first, added] = lines_.try_emplace(key->text, key->place.line);
        if (!added)
            report_.fault(key->place, "movement.twice",
                          {{"key", key->text}, {"list", list_}, {"line", std::to_string(first->second)}});
    }

private:
    std::string list_;
    Report& report_;
    std::map<std::string, int> lines_;
};

class CycleReader {
public:
    CycleReader(const Node& file, Report& report)
        : report_(report),
          file_(file),
          top_(file, "movement.toml", file_keys, report),
          indicators_(cycle_.rules.indicators) {}

    Cycle read() {
        head();
        documents();
        occasions();
        participants();
        audience();
        if (const auto* table = top_.find("exemplars", Node::Kind::table, Need::optional))
            cycle_.exemplars = read_exemplar_rules(*table, report_);
        // Sections, classes and indicators come first: rules name them, wherever they stand in the file.
        each("indicators", [&](const Node& node, const std::string& name) { indicator(node, name); });
        check_sources(cycle_.rules.indicators, nodes_["indicators"], report_);
        each("sections", [&](const Node& node, const std::string& name) { section(node, name); });
        each("classes", [&](const Node& node, const std::string& name) { one_class(node, name); });
        check_classes();
        RuleContext context{cycle_.rules, indicators_, known_keys(), report_};
        each("criteria", [&](const Node& node, const std::string& name) {
            cycle_.rules.criteria.push_back(read_criterion(node, name, context));
        });
        each("gates", [&](const Node& node, const std::string& name) {
            cycle_.rules.gates.push_back(read_gate(node, name, context));
        });
        class_needs();
        total();
        if (const auto* ranking = top_.find("ranking", Node::Kind::table, Need::optional))
            cycle_.rules.ranking = read_ranking(*ranking, context);
        check_weights();
        return std::move(cycle_);
    }

private:
    template <class Read>
    void each(const char* list, const Read& read) {
        Unique unique(list, report_);
        auto& nodes = nodes_[list] = top_.tables(list);
        if (nodes.size() > most_tables) {
            report_.fault(nodes[most_tables]->place, "movement.too-many",
                          {{"list", list}, {"limit", std::to_string(most_tables)}});
            nodes.resize(most_tables);
        }
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            unique.add(*nodes[i]);
            read(*nodes[i], name_of(list, *nodes[i], i));
        }
    }

    void head() {
        const auto version = top_.text("format", Need::required);
        if (!version.empty() && version != format)
            report_.fault(top_.place("format"), "movement.format-version",
                          {{"value", version}, {"expected", std::string(format)}});
        cycle_.key = top_.identifier("key", Need::required);
        if (!is_address_key(cycle_.key))
            report_.fault(top_.place("key"), "movement.key-form", {{"key", "key"}, {"value", cycle_.key}});
        cycle_.period = top_.text("period", Need::required);
        if (!cycle_.period.empty() && !is_period(cycle_.period))
            report_.fault(top_.place("period"), "movement.period-form", {{"value", cycle_.period}});
        cycle_.issuer = top_.identifier("issuer", Need::optional);
        cycle_.starts = top_.date("starts");
        cycle_.ends = top_.date("ends");
        if (!cycle_.starts.empty() && !cycle_.ends.empty() && cycle_.ends < cycle_.starts)
            report_.fault(top_.place("ends"), "movement.ends-before-starts",
                          {{"starts", cycle_.starts}, {"ends", cycle_.ends}});
        cycle_.title = top_.texts("title");
        cycle_.theme = top_.texts("theme");
        cycle_.summary = top_.texts("summary");
        cycle_.sample = top_.yes("sample");
    }

    void documents() {
        const auto nodes = top_.tables("documents");
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            const TableReader table(*nodes[i], "[[documents]] " + std::to_string(i + 1), document_keys, report_);
            cycle_.documents.push_back(
                {table.text("number"), table.text("issuer"), table.partial_date("date"), table.texts("title")});
        }
    }

    void occasions() {
        const auto nodes = top_.tables("occasions");
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            const TableReader table(*nodes[i], "[[occasions]] " + std::to_string(i + 1), occasion_keys, report_);
            cycle_.occasions.push_back({table.partial_date("date"), table.texts("title")});
        }
    }

    void participants() {
        const auto* node = top_.find("participants", Node::Kind::table, Need::optional);
        if (!node) return;
        const TableReader table(*node, "[participants]", participants_keys, report_);
        cycle_.participants =
            Participants{table.identifier("under", Need::optional), table.words("kinds"), table.words("groups")};
    }

    void audience() {
        const auto* node = top_.find("audience", Node::Kind::table, Need::optional);
        if (!node) return;
        const TableReader table(*node, "[audience]", audience_keys, report_);
        auto& audience = cycle_.audience;
        audience.values = table.choice("values", audience.values, names::audiences);
        audience.standings = table.choice("standings", audience.standings, names::audiences);
        audience.published = table.choice("published", audience.published, names::audiences);
        if (audience.published < audience.standings)
            report_.fault(table.place("published"), "movement.published-narrower",
                          {{"published", std::string(people::code(audience.published))},
                           {"standings", std::string(people::code(audience.standings))}});
    }

    /// An indicator may be kept to fewer than all values are, not to more.
    void audience(const TableReader& table, int indicator) {
        if (!table.has("audience")) return;
        auto& audience = cycle_.audience;
        const auto own = table.choice("audience", audience.values, names::audiences);
        if (own > audience.values)
            report_.fault(table.place("audience"), "movement.audience-wider",
                          {{"audience", std::string(people::code(own))},
                           {"values", std::string(people::code(audience.values))},
                           {"table", table.name()}});
        else if (own < audience.values)
            audience.own[indicator] = own;
    }

    void indicator(const Node& node, const std::string& name) {
        const TableReader table(node, name, indicator_keys, report_);
        const auto key = table.identifier("key", Need::required);
        const int at = indicators_.of(key);
        auto& indicator = cycle_.rules.indicators[static_cast<std::size_t>(at)];
        indicator.title = table.texts("title");
        indicator.rollup = table.choice("rollup", Rollup::none, names::rollups);
        indicator.unit_of_measure = table.text("unit_of_measure");
        read_entries(table, indicator);
        audience(table, at);
    }

    void section(const Node& node, const std::string& name) {
        const TableReader table(node, name, section_keys, report_);
        Section section;
        section.key = table.identifier("key", Need::required);
        section.title = table.texts("title");
        section.combine = table.choice("combine", Combine::sum, names::combines);
        section.most = table.number("most", any_number);
        cycle_.rules.sections.push_back(std::move(section));
    }

    void one_class(const Node& node, const std::string& name) {
        const TableReader table(node, name, class_keys, report_);
        Class entry;
        entry.key = table.identifier("key", Need::required);
        entry.title = table.texts("title");
        entry.at_least = table.number("at_least", any_number);
        entry.each_section_at_least = table.number("each_section_at_least", any_number);
        entry.most_share = table.number("most_share", share);
        class_gates_.push_back(table.words("needs"));
        cycle_.rules.classes.push_back(std::move(entry));
    }

    bool asks_for_gates(std::size_t entry) { return nodes_["classes"][entry]->find("needs") != nullptr; }

    /// Gates are read after classes, which they name; so what classes need of them comes last.
    void class_needs() {
        const auto& nodes = nodes_["classes"];
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            const auto* list = nodes[i]->find("needs");
            if (!list) continue;
            for (const auto& key : class_gates_[i]) {
                const int gate = index_of(cycle_.rules.gates, key, list->place, "movement.unknown-gate", report_);
                if (gate >= 0) cycle_.rules.classes[i].needs.push_back(gate);
            }
        }
    }

    /// Best first: each class asks for less than the one before; the last takes everybody.
    void check_classes() {
        const auto& classes = cycle_.rules.classes;
        const auto& nodes = nodes_["classes"];
        if (classes.empty()) return;
        for (const char* condition : {"at_least", "each_section_at_least", "most_share", "needs"})
            if (const auto* node = nodes.back()->find(condition))
                report_.fault(node->place, "movement.last-class", {{"class", classes.back().key}, {"key", condition}});
        const Class* before = nullptr;
        for (std::size_t i = 0; i < classes.size(); ++i) {
            const auto& entry = classes[i];
            if (!entry.at_least) continue;
            // Equal thresholds make sense where the better class asks for something else as well.
            const bool asks_more =
                before && (before->each_section_at_least || before->most_share || asks_for_gates(i - 1));
            if (before && (asks_more ? *entry.at_least > *before->at_least : *entry.at_least >= *before->at_least))
                report_.fault(nodes[i]->find("at_least")->place, "movement.class-order",
                              {{"class", entry.key},
                               {"at_least", entry.at_least->text()},
                               {"before", before->key},
                               {"before_at_least", before->at_least->text()}});
            before = &entry;
        }
    }

    void total() {
        const auto* node = top_.find("total", Node::Kind::table, Need::optional);
        if (!node) return;
        const TableReader table(*node, "[total]", total_keys, report_);
        cycle_.rules.total.combine = table.choice("combine", Combine::sum, names::combines);
        cycle_.rules.total.round = read_rounding(table);
    }

    void check_weights() {
        const auto& nodes = nodes_["sections"];
        const auto& rules = cycle_.rules;
        for (std::size_t s = 0; s < rules.sections.size(); ++s)
            check_weights(rules.sections[s].combine, static_cast<int>(s), *nodes[s], rules.sections[s].key);
        const auto* node = file_.find("total");
        if (rules.sections.empty() && node) check_weights(rules.total.combine, -1, *node, "total");
    }

    void check_weights(Combine combine, int section, const Node& node, const std::string& name) {
        if (combine != Combine::weighted_mean && combine != Combine::geometric_mean) return;
        bool any = false, all_zero = true;
        for (const auto& criterion : cycle_.rules.criteria) {
            if (criterion.section != section) continue;
            any = true;
            all_zero = all_zero && criterion.weight == Decimal();
        }
        if (any && all_zero) report_.fault(node.place, "movement.weights-all-zero", {{"section", name}});
    }

    /// Keys of indicators that any table names, before they are read one by one.
    std::vector<std::string> known_keys() const {
        std::vector<std::string> keys;
        for (const char* list : {"indicators", "criteria", "gates"}) {
            const auto* nodes = file_.find(list);
            if (!nodes) continue;
            for (const auto& node : nodes->items)
                for (const char* name : {"value", "key"})
                    if (const auto* key = node.find(name); key && key->kind == Node::Kind::text) {
                        keys.push_back(key->text);
                        break;  // the criterion's own key is an indicator only where it names no other
                    }
        }
        return keys;
    }

    Report& report_;
    const Node& file_;
    TableReader top_;
    Cycle cycle_;
    IndicatorIndex indicators_;
    std::map<std::string, std::vector<const Node*>> nodes_;  // the tables of each list, as `each` read them
    std::vector<std::vector<std::string>> class_gates_;      // keys that `needs` of each class names
};

}  // namespace

std::optional<Cycle> read_cycle(std::string_view toml, const std::string& file, std::vector<Fault>& faults) {
    const auto tree = config::parse_toml(toml, file, "movement", faults);
    if (!tree) return std::nullopt;
    Report report(file, faults);
    auto cycle = CycleReader(*tree, report).read();
    if (report.finish()) return std::nullopt;
    return cycle;
}

}  // namespace guidon::movements
