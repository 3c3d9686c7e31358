#include "gallery/figures.h"

#include <algorithm>

namespace guidon::gallery {

namespace {

constexpr int most_years = 10;

class Counting {
public:
    Counting(const View& view, const Scope& scope)
        : view_(view), all_(view.all), scope_(scope), under_(scope.tree->under(scope.below)) {
        if (scope.unit) inside_ = scope.tree->under({*scope.unit});
        figures_.units.resize(scope.below.size());
        fields_.resize(all_.fields.size());
        for (const std::int64_t cycle : all_.cycles) {
            const auto* known = view.catalogue.cycle(cycle);
            movements_.push_back(known ? known->movement : "");
        }
        first_year_ = last_year() - most_years + 1;
        years_.resize(most_years);
    }

    void take(Columns::Row row) {
        if (!all_.newest_step[row]) return;
        if (!scope_.field.empty() && all_.fields.name(all_.field[row]) != scope_.field) return;
        const std::string& movement = movements_[all_.cycle[row]];
        if (!scope_.movement.empty() && movement != scope_.movement) return;
        const OwnerKind owner = all_.owner_kind[row];
        const Inside inside = [&](std::int32_t unit) { return stands_in(unit); };
        const Share share = share_of(all_, row, scope_.days, inside);
        take_years(row, inside);
        if (share.empty()) return;
        figures_.sample = figures_.sample || all_.sample[row];
        figures_.total.add(share, owner);
        fields_[all_.field[row]].add(share, owner);
        figures_.movements[movement].add(share, owner);
        if (share[Count::recognised]) {
            ByLevel& level = figures_.levels[all_.levels.name(share.level)];
            ++level.recognised;
            level.individuals += owner == OwnerKind::individual;
        }
        take_units(row, share);
    }

    Figures done() {
        for (std::size_t i = 0; i < fields_.size(); ++i)
            if (fields_[i] != Tally()) figures_.fields[all_.fields.name(static_cast<std::uint16_t>(i))] = fields_[i];
        for (int i = 0; i < most_years; ++i)
            if (years_[static_cast<std::size_t>(i)] != Tally())
                figures_.years[first_year_ + i] = years_[static_cast<std::size_t>(i)];
        return std::move(figures_);
    }

private:
    int last_year() const { return scope_.days.last.number() / 10'000; }
    bool stands_in(std::int32_t unit) const {
        return !scope_.unit || (static_cast<std::size_t>(unit) < inside_.size() && inside_[unit] >= 0);
    }
    /// Index of the unit below to which it belongs; -1: to none of them, -2: it is outside.
    int group_of(std::int32_t unit) const {
        if (!stands_in(unit)) return -2;
        return static_cast<std::size_t>(unit) < under_.size() ? under_[unit] : -1;
    }
    Tally& tally_of(int group) {
        return group >= 0 ? figures_.units[static_cast<std::size_t>(group)] : figures_.elsewhere;
    }

    /// Who never moved belongs to one unit; of who did, each unit below counts what happened there.
    void take_units(Columns::Row row, const Share& share) {
        std::vector<int> groups;
        for (std::uint32_t at = all_.newest_step[row]; at; at = all_.steps[at - 1].before)
            for (const std::int32_t unit : {all_.steps[at - 1].unit, all_.steps[at - 1].unit_before})
                if (const int group = group_of(unit);
                    group > -2 && std::find(groups.begin(), groups.end(), group) == groups.end())
                    groups.push_back(group);
        if (groups.size() == 1) return tally_of(groups.front()).add(share, all_.owner_kind[row]);
        for (const int group : groups)
            tally_of(group).add(
                share_of(all_, row, scope_.days, [&](std::int32_t unit) { return group_of(unit) == group; }),
                all_.owner_kind[row]);
    }

    void take_years(Columns::Row row, const Inside& inside) {
        const int registered = all_.steps[oldest(row)].on.number() / 10'000;
        for (int year = std::max(first_year_, registered); year <= last_year(); ++year) {
            Days days = year_of(year);
            days.last = std::min(days.last, scope_.days.last);
            years_[static_cast<std::size_t>(year - first_year_)].add(share_of(all_, row, days, inside),
                                                                     all_.owner_kind[row]);
        }
    }
    std::uint32_t oldest(Columns::Row row) const {
        std::uint32_t at = all_.newest_step[row] - 1;
        while (all_.steps[at].before) at = all_.steps[at].before - 1;
        return at;
    }

    const View& view_;
    const Columns& all_;
    const Scope& scope_;
    std::vector<std::int32_t> under_, inside_;
    std::vector<std::string> movements_;  // by cycle
    std::vector<Tally> fields_, years_;
    int first_year_ = 0;
    Figures figures_;
};

}  // namespace

Days year_of(int year) {
    return {Day::of_number(year * 10'000 + 101), Day::of_number(year * 10'000 + 1231)};
}

Figures count_all(const View& view, const Scope& scope, const Eyes& eyes) {
    Counting counting(view, scope);
    for (Columns::Row row = 0; row < view.all.size(); ++row)
        if (eyes.see(view, row)) counting.take(row);
    return counting.done();
}

}  // namespace guidon::gallery
