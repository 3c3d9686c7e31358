#include "scoring/entries.h"

#include <algorithm>

#include "base/assert.h"

namespace guidon::scoring {
namespace {

/// Points of the best band that the value reaches, else 0; the best band stands first.
Decimal points_of(const EntryRule& rule, Decimal value) {
    for (const auto& band : rule.bands)
        if (rule.lower_is_better ? value <= band.from : value >= band.from) return band.points;
    return {};
}

bool chosen(const EntryRule& rule, Decimal value) {
    return (!rule.equals || value == *rule.equals) && (!rule.at_least || value >= *rule.at_least) &&
           (!rule.at_most || value <= *rule.at_most);
}

/// Ascending, without those to be dropped, and of the rest only the best.
void keep(const EntryRule& rule, std::vector<Decimal>& numbers) {
    std::sort(numbers.begin(), numbers.end());
    const auto count = static_cast<std::ptrdiff_t>(numbers.size());
    numbers.erase(numbers.begin(), numbers.begin() + std::min<std::ptrdiff_t>(rule.drop_lowest, count));
    numbers.resize(numbers.size() - std::min(numbers.size(), static_cast<std::size_t>(rule.drop_highest)));
    if (!rule.best || numbers.size() <= static_cast<std::size_t>(*rule.best)) return;
    if (rule.lower_is_better && rule.bands.empty())
        numbers.resize(static_cast<std::size_t>(*rule.best));
    else
        numbers.erase(numbers.begin(), numbers.end() - *rule.best);
}

Exact sum(const std::vector<Decimal>& numbers) {
    Exact result;
    for (const auto number : numbers) result += exact(number);
    return result;
}

std::optional<Exact> combined(CombineEntries how, const std::vector<Decimal>& numbers) {
    if (how == CombineEntries::count) return Exact(static_cast<long>(numbers.size()));
    if (how == CombineEntries::sum) return sum(numbers);
    if (numbers.empty()) return std::nullopt;
    if (how == CombineEntries::mean) return Exact(sum(numbers) / static_cast<long>(numbers.size()));
    return exact(how == CombineEntries::max ? numbers.back() : numbers.front());
}

}  // namespace

CombinedEntries combine_entries(const EntryRule& rule, const std::vector<Cell>& entries) {
    using State = CombinedEntries::State;
    GUIDON_ASSERT(rule.round.step > Decimal());
    std::vector<Decimal> numbers;
    bool any_number = false, not_applicable = false;
    for (const auto cell : entries) {
        not_applicable = not_applicable || cell.is_not_applicable();
        if (!cell.reported()) continue;
        any_number = true;
        if (chosen(rule, cell.value()))
            numbers.push_back(rule.bands.empty() ? cell.value() : points_of(rule, cell.value()));
    }
    if (!any_number) return {not_applicable ? State::not_applicable : State::missing, {}};
    keep(rule, numbers);
    const auto value = combined(rule.combine, numbers);
    if (!value) return {};
    return {State::reported, rounded(*value, rule.round)};
}

std::optional<Cell> cell_of_entries(const EntryRule& rule, const std::vector<Cell>& entries) {
    const auto combined = combine_entries(rule, entries);
    if (combined.state == CombinedEntries::State::missing) return Cell();
    if (combined.state == CombinedEntries::State::not_applicable) return Cell::not_applicable();
    const Exact scaled = combined.value * Decimal::unit;
    if (abs(combined.value) >= Exact(Decimal::limit / Decimal::unit)) return std::nullopt;
    return Cell(Decimal::millionths(scaled.get_num().get_si()));
}

std::optional<int> combine_column(const EntryRule& rule, Column& column) {
    auto& entries = column.entries;
    std::stable_sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.unit < b.unit; });
    std::vector<Cell> own;
    for (std::size_t i = 0; i < entries.size();) {
        const int unit = entries[i].unit;
        own.clear();
        for (; i < entries.size() && entries[i].unit == unit; ++i) own.push_back(entries[i].value);
        const auto value = cell_of_entries(rule, own);
        if (!value) return unit;
        column.values[static_cast<std::size_t>(unit)] = *value;
    }
    return std::nullopt;
}

}  // namespace guidon::scoring
