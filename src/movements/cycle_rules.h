// How are the criteria and gates of a movement file read? Names of sections, classes and indicators become indices.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "movements/cycle_table.h"
#include "scoring/rulebook.h"

namespace guidon::movements {

/// Indicators by key: those of `[[indicators]]` first, others join when a rule first mentions them.
class IndicatorIndex {
public:
    explicit IndicatorIndex(std::vector<scoring::Indicator>& indicators) : indicators_(indicators) {}
    int of(const std::string& key);
    bool knows(const std::string& key) const { return index_.count(key) != 0; }

private:
    std::vector<scoring::Indicator>& indicators_;
    std::map<std::string, int> index_;
};

/// What reading a rule needs to know of the rest of the file.
struct RuleContext {
    scoring::Rulebook& rules;
    IndicatorIndex& indicators;
    std::vector<std::string> known_keys;  // of indicators, anywhere in the file
    Report& report;
};

scoring::Criterion read_criterion(const Node& node, const std::string& name, RuleContext& context);
scoring::Gate read_gate(const Node& node, const std::string& name, RuleContext& context);
scoring::Rounding read_rounding(const TableReader& owner, scoring::Rounding fallback = {});
/// Best first. The file may list them upwards or downwards, but strictly.
std::vector<scoring::Band> read_bands(const TableReader& table, bool lower_is_better);
scoring::Ranking read_ranking(const Node& node, RuleContext& context);

/// The index of `key` in `list`, or -1 and a fault `code` at `place`.
template <class Named>
int index_of(const std::vector<Named>& list, const std::string& key, Place place, const char* code, Report& report) {
    Keys known;
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (list[i].key == key) return static_cast<int>(i);
        known.push_back(list[i].key);
    }
    report.fault(
        place, code,
        {{"key", key}, {"suggestion", suggestion(key, known)}, {"expected", known.empty() ? "none" : listed(known)}});
    return -1;
}

}  // namespace guidon::movements
