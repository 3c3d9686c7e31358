#include "scoring/among.h"

#include <algorithm>

#include "scoring/entries.h"

namespace guidon::scoring {
namespace {

std::size_t at(int index) {
    return static_cast<std::size_t>(index);
}

std::optional<Exact> value_among(const Indicator& indicator, const Column& column, int unit,
                                 const std::vector<int>& tied) {
    const auto first = std::lower_bound(column.entries.begin(), column.entries.end(), unit,
                                        [](const Entry& entry, int other) { return entry.unit < other; });
    std::vector<Cell> entries;
    for (auto entry = first; entry != column.entries.end() && entry->unit == unit; ++entry)
        if (std::binary_search(tied.begin(), tied.end(), entry->source)) entries.push_back(entry->value);
    auto combined = combine_entries(*indicator.entries, entries);
    if (combined.state != CombinedEntries::State::reported) return std::nullopt;
    return std::move(combined.value);
}

}  // namespace

void compare_among(const Rulebook& rules, const Field& field, const std::vector<int>& members,
                   std::vector<Place>& places) {
    Ranking before = rules.ranking;  // the ties up to the one that is being set
    before.ties.clear();
    for (std::size_t step = 0; step < rules.ranking.ties.size(); ++step) {
        const auto& tie = rules.ranking.ties[step];
        if (tie.by == Tie::By::among) {
            std::vector<int> order;
            std::copy_if(members.begin(), members.end(), std::back_inserter(order),
                         [&](int unit) { return places[at(unit)].ranked; });
            std::sort(order.begin(), order.end(), [&](int a, int b) {
                const int apart = decide(before, places[at(a)], places[at(b)]).order;
                return apart != 0 ? apart < 0 : a < b;
            });
            for (auto first = order.begin(); first != order.end();) {
                const auto last = std::find_if(first, order.end(), [&](int unit) {
                    return decide(before, places[at(*first)], places[at(unit)]).order != 0;
                });
                const std::vector<int> tied(first, last);
                for (const int unit : tied)
                    places[at(unit)].ties[step] =
                        value_among(rules.indicators[at(tie.index)], field.columns[at(tie.index)], unit, tied);
                first = last;
            }
        }
        before.ties.push_back(tie);
    }
}

}  // namespace guidon::scoring
