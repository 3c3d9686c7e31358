#include "gallery/columns.h"

#include <algorithm>
#include <functional>

#include "base/assert.h"

namespace guidon::gallery {

std::uint16_t Names::number(std::string_view name) {
    if (const auto known = numbers_.find(name); known != numbers_.end()) return known->second;
    GUIDON_ASSERT(names_.size() < 65'535);
    const auto number = static_cast<std::uint16_t>(names_.size());
    names_.emplace_back(name);
    numbers_.emplace(name, number);
    return number;
}

std::optional<std::uint16_t> Names::find(std::string_view name) const {
    const auto known = numbers_.find(name);
    return known == numbers_.end() ? std::nullopt : std::optional(known->second);
}

std::optional<Columns::Row> Columns::find(std::string_view public_id) const {
    if (by_public_id_.empty()) return std::nullopt;
    const std::size_t mask = by_public_id_.size() - 1;
    for (std::size_t at = std::hash<std::string_view>()(public_id) & mask; by_public_id_[at]; at = (at + 1) & mask)
        if (const Row row = by_public_id_[at] - 1; this->public_id(row) == public_id)
            return there[row] ? std::optional(row) : std::nullopt;
    return std::nullopt;
}

std::optional<Columns::Row> Columns::find(ExemplarId wanted) const {
    const auto found = std::lower_bound(id.begin(), id.end(), static_cast<std::uint32_t>(wanted.number()));
    if (found == id.end() || *found != wanted.number()) return std::nullopt;
    return static_cast<Row>(found - id.begin());
}

void Columns::index(Row row) {
    if (id.size() * 2 > by_public_id_.size()) {
        by_public_id_.assign(std::max<std::size_t>(1024, by_public_id_.size() * 2), 0);
        for (Row known = 0; known < id.size(); ++known)
            if (known != row) index(known);
    }
    const std::size_t mask = by_public_id_.size() - 1;
    std::size_t at = std::hash<std::string_view>()(public_id(row)) & mask;
    while (by_public_id_[at] && by_public_id_[at] != row + 1) at = (at + 1) & mask;
    by_public_id_[at] = row + 1;
}

void Columns::put(const Facts& facts) {
    auto known = find(facts.id);
    if (!known) {
        GUIDON_ASSERT(id.empty() || id.back() < facts.id.number());  // numbers only grow
        known = static_cast<Row>(id.size());
        id.push_back(static_cast<std::uint32_t>(facts.id.number()));
        for (auto* numbers : {&unit, &place}) numbers->push_back(0);
        for (auto* numbers : {&field, &sides, &topics, &level, &cycle}) numbers->push_back(0);
        kind.push_back({});
        owner_kind.push_back({});
        state.push_back({});
        for (auto* flags : {&open, &sample, &there}) flags->push_back(0);
        registered_on.emplace_back();
        recognised_on.emplace_back();
        touched.push_back(0);
        newest_step.push_back(0);
        id_at_.push_back(0);
        id_length_.push_back(0);
    }
    const Row row = *known;
    if (public_id(row) != facts.public_id) {
        id_at_[row] = static_cast<std::uint32_t>(ids_.size());
        id_length_[row] = static_cast<std::uint8_t>(facts.public_id.size());
        ids_ += facts.public_id;
        index(row);
    }
    unit[row] = static_cast<std::int32_t>(facts.unit.number());
    place[row] = static_cast<std::int32_t>(facts.place.value_or(facts.unit).number());
    field[row] = fields.number(facts.field);
    sides[row] = lists.number(facts.side_fields);
    for (const std::string_view side : keys_of(facts.side_fields)) fields.number(side);  // it may be nobody's main one
    topics[row] = lists.number(facts.topics);
    level[row] = levels.number(facts.level);
    auto of_cycle = std::find(cycles.begin(), cycles.end(), facts.cycle);
    if (of_cycle == cycles.end()) of_cycle = cycles.insert(cycles.end(), facts.cycle);
    cycle[row] = static_cast<std::uint16_t>(of_cycle - cycles.begin());
    kind[row] = facts.kind;
    owner_kind[row] = facts.owner_kind;
    state[row] = facts.state;
    open[row] = facts.open;
    sample[row] = facts.sample;
    there[row] = 1;
    registered_on[row] = facts.registered_on;
    recognised_on[row] = facts.recognised_on;
    touched[row] = std::max(touched[row], facts.since);
}

void Columns::drop(std::string_view public_id) {
    if (const auto row = find(public_id)) there[*row] = 0;
}

void Columns::add_step(ExemplarId of, Step step, std::string_view reached) {
    const auto row = find(of);
    if (!row) return;
    step.row = *row;
    step.before = newest_step[*row];
    step.level = levels.number(reached);
    steps.push_back(step);
    newest_step[*row] = static_cast<std::uint32_t>(steps.size());
}

std::size_t Columns::bytes() const {
    const auto of = [](const auto& column) {
        return column.capacity() * sizeof(typename std::decay_t<decltype(column)>::value_type);
    };
    return of(id) + of(unit) + of(place) + of(field) + of(sides) + of(topics) + of(level) + of(cycle) + of(kind) +
           of(owner_kind) + of(state) + of(open) + of(sample) + of(there) + of(registered_on) + of(recognised_on) +
           of(touched) + of(newest_step) + of(steps) + of(id_at_) + of(id_length_) + of(by_public_id_) +
           ids_.capacity();
}

void Columns::shrink() {
    const auto fit = [](auto&... columns) { (columns.shrink_to_fit(), ...); };
    fit(id, unit, place, field, sides, topics, level, cycle, kind, owner_kind, state, open, sample, there);
    fit(registered_on, recognised_on, touched, newest_step, steps, ids_, id_at_, id_length_);
}

bool lists_key(std::string_view list, std::string_view key) {
    for (const std::string_view one : keys_of(list))
        if (one == key) return true;
    return false;
}

std::vector<std::string_view> keys_of(std::string_view list) {
    std::vector<std::string_view> all;
    while (!list.empty()) {
        const auto bar = list.find('|');
        all.push_back(list.substr(0, bar));
        list = bar == std::string_view::npos ? std::string_view() : list.substr(bar + 1);
    }
    return all;
}

}  // namespace guidon::gallery
