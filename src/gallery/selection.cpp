#include "gallery/selection.h"

#include <algorithm>

namespace guidon::gallery {

using Row = Columns::Row;

namespace {

constexpr std::uint16_t no_value = 0xffff;  // fits nothing

std::uint16_t number_in(const Names& names, const std::string& key) {
    return names.find(key).value_or(no_value);
}

/// For each "a|b" the numbers of its keys in `names`.
std::vector<std::vector<std::uint16_t>> apart(const Names& lists, const Names& names) {
    std::vector<std::vector<std::uint16_t>> all(lists.size());
    for (std::size_t i = 0; i < lists.size(); ++i)
        for (const std::string_view key : keys_of(lists.name(static_cast<std::uint16_t>(i))))
            if (const auto number = names.find(key)) all[i].push_back(*number);
    return all;
}

bool has(const std::vector<std::uint16_t>& all, std::uint16_t one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

/// One walk: what is wanted as numbers, and a counter for each value of each facet.
class Walk {
public:
    Walk(const View& view, const Wish& wish, const Place& place)
        : view_(view), wish_(wish), place_(place), all_(view.all) {
        for (const auto& topic : view.catalogue.topics) topics_.number(topic.key);
        sides_of_ = apart(all_.lists, all_.fields);
        topics_of_ = apart(all_.lists, topics_);
        under_ = place.tree->under(place.below);
        if (wish.counted && place.unit && place.then) inside_ = place.then->under({*place.unit});
        field_ = number_in(all_.fields, wish[Facet::field]);
        topic_ = number_in(topics_, wish[Facet::topic]);
        level_ = number_in(all_.levels, wish[Facet::level]);
        year_ = wish[Facet::year].empty() ? 0 : std::stoi(wish[Facet::year]);
        kind_ = exemplars::kind_of(wish[Facet::kind]);
        owner_ = exemplars::owner_kind_of(wish[Facet::owner]);
        state_ = exemplars::state_of(wish[Facet::state]);
        for (const std::int64_t cycle : all_.cycles) {
            const auto* known = view.catalogue.cycle(cycle);
            movements_.push_back(movement_names_.number(known ? known->movement : ""));
        }
        movement_ = number_in(movement_names_, wish[Facet::movement]);
    }

    void take(Row row, Selection& selection) {
        if (wish_.counted && !counted(row)) return;
        const std::uint32_t fails = failed(row);
        if (fails == 0) {
            selection.rows.push_back(row);
            for (const Facet facet : facets) count(facet, row);
        } else if ((fails & (fails - 1)) == 0) {
            count(static_cast<Facet>(std::countr_zero(fails)), row);
        }
    }

    void tell(Selection& selection) const {
        const auto put = [&](Facet facet, std::size_t index, std::string key) {
            const auto& numbers = numbers_[static_cast<std::size_t>(facet)];
            if (index < numbers.size() && numbers[index] && !key.empty())
                selection.beside[static_cast<std::size_t>(facet)].push_back({std::move(key), numbers[index]});
        };
        const auto put_names = [&](Facet facet, const Names& names) {
            for (std::size_t i = 1; i < names.size(); ++i) put(facet, i, names.name(static_cast<std::uint16_t>(i)));
        };
        put_names(Facet::field, all_.fields);
        put_names(Facet::topic, topics_);
        put_names(Facet::level, all_.levels);
        put_names(Facet::movement, movement_names_);
        for (std::size_t i = 0; i < place_.below.size(); ++i) put(Facet::unit, i, std::to_string(place_.below[i]));
        for (std::size_t year = 1; year < 10'000; ++year) put(Facet::year, year, std::to_string(year));
        for (const Kind kind : {Kind::model, Kind::example})
            put(Facet::kind, static_cast<std::size_t>(kind), std::string(exemplars::code(kind)));
        for (const OwnerKind owner : {OwnerKind::collective, OwnerKind::individual})
            put(Facet::owner, static_cast<std::size_t>(owner), std::string(exemplars::code(owner)));
        for (const State state : exemplars::states)
            put(Facet::state, static_cast<std::size_t>(state), std::string(exemplars::code(state)));
    }

private:
    static constexpr std::uint32_t bit(Facet facet) { return 1U << static_cast<unsigned>(facet); }
    static int year_of(Day day) { return day.number() / 10'000; }

    bool counted(Row row) const {
        const Share share = share_of(all_, row, wish_.days, [&](std::int32_t unit) {
            return !place_.unit || (static_cast<std::size_t>(unit) < inside_.size() && inside_[unit] >= 0);
        });
        return share[*wish_.counted] != 0 && (!wish_.stood || share.at_end == *wish_.stood);
    }

    bool stands_here(Row row) const {
        return place_.tree->below(all_.unit[row], *place_.unit) || place_.tree->below(all_.place[row], *place_.unit);
    }

    std::uint32_t failed(Row row) const {
        std::uint32_t fails = 0;
        const auto hold = [&](Facet facet, bool fits) {
            if (!wish_[facet].empty() && !fits) fails |= bit(facet);
        };
        // figures count an exemplar in its main field alone, and so does the list behind a figure
        hold(Facet::field, all_.field[row] == field_ || (!wish_.counted && has(sides_of_[all_.sides[row]], field_)));
        hold(Facet::topic, has(topics_of_[all_.topics[row]], topic_));
        hold(Facet::level, all_.level[row] == level_);
        if (place_.unit && !wish_.counted) hold(Facet::unit, stands_here(row));
        hold(Facet::year, year_of(all_.registered_on[row]) == year_);
        hold(Facet::kind, all_.kind[row] == kind_);
        hold(Facet::owner, all_.owner_kind[row] == owner_);
        hold(Facet::state, all_.state[row] == state_);
        hold(Facet::movement, movements_[all_.cycle[row]] == movement_);
        return fails;
    }

    void add(Facet facet, std::size_t index) {
        auto& numbers = numbers_[static_cast<std::size_t>(facet)];
        if (index >= numbers.size()) numbers.resize(index + 1);
        ++numbers[index];
    }

    void count(Facet facet, Row row) {
        switch (facet) {
            case Facet::field:
                add(facet, all_.field[row]);
                if (!wish_.counted)
                    for (const std::uint16_t side : sides_of_[all_.sides[row]]) add(facet, side);
                break;
            case Facet::topic:
                for (const std::uint16_t topic : topics_of_[all_.topics[row]]) add(facet, topic);
                break;
            case Facet::level:
                add(facet, all_.level[row]);
                break;
            case Facet::unit: {
                const auto unit = static_cast<std::size_t>(all_.unit[row]);
                if (unit < under_.size() && under_[unit] >= 0) add(facet, static_cast<std::size_t>(under_[unit]));
                break;
            }
            case Facet::year:
                add(facet, static_cast<std::size_t>(year_of(all_.registered_on[row])));
                break;
            case Facet::kind:
                add(facet, static_cast<std::size_t>(all_.kind[row]));
                break;
            case Facet::owner:
                add(facet, static_cast<std::size_t>(all_.owner_kind[row]));
                break;
            case Facet::state:
                add(facet, static_cast<std::size_t>(all_.state[row]));
                break;
            case Facet::movement:
                add(facet, movements_[all_.cycle[row]]);
                break;
        }
    }

    const View& view_;
    const Wish& wish_;
    const Place& place_;
    const Columns& all_;
    Names topics_, movement_names_;
    std::vector<std::vector<std::uint16_t>> sides_of_, topics_of_;
    std::vector<std::int32_t> under_, inside_;
    std::vector<std::uint16_t> movements_;  // by cycle
    std::uint16_t field_ = 0, topic_ = 0, level_ = 0, movement_ = 0;
    int year_ = 0;
    std::optional<Kind> kind_;
    std::optional<OwnerKind> owner_;
    std::optional<State> state_;
    std::array<std::vector<std::uint32_t>, std::size(facets)> numbers_;
};

}  // namespace

Selection select(const View& view, const Wish& wish, const Place& place, const Eyes& eyes,
                 const std::vector<Row>* found) {
    Selection selection;
    Walk walk(view, wish, place);
    if (found) {
        for (const Row row : *found)
            if (eyes.see(view, row)) walk.take(row, selection);
    } else {
        for (Row row = 0; row < view.all.size(); ++row)
            if (eyes.see(view, row)) walk.take(row, selection);
    }
    walk.tell(selection);
    return selection;
}

std::vector<Row> page_of(const View& view, std::vector<Row> rows, Sort sort, std::size_t skip, std::size_t most) {
    const std::size_t from = std::min(skip, rows.size());
    const std::size_t to = std::min(from + most, rows.size());
    if (sort == Sort::date) {
        const auto newer = [&](Row a, Row b) {
            return std::pair(view.all.registered_on[a], a) > std::pair(view.all.registered_on[b], b);
        };
        const auto at = [&](std::size_t index) { return rows.begin() + static_cast<std::ptrdiff_t>(index); };
        if (from > 0 && from < rows.size()) std::nth_element(rows.begin(), at(from), rows.end(), newer);
        std::partial_sort(at(from), at(to), rows.end(), newer);
    }
    return {rows.begin() + static_cast<std::ptrdiff_t>(from), rows.begin() + static_cast<std::ptrdiff_t>(to)};
}

}  // namespace guidon::gallery
