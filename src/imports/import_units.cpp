// Importing units.csv: a row is about the unit that holds its code on the day from which changes hold, or, where that
// day lies outside the row's own dates, on the nearest day inside them.
#include <algorithm>
#include <unordered_map>

#include "files/csv.h"
#include "imports/code_book.h"
#include "imports/import.h"
#include "imports/imports_rules.h"
#include "imports/table_file.h"

namespace guidon::imports {
namespace {

class UnitsWork : public Work {
public:
    explicit UnitsWork(UnitChanges changes) : changes_(std::move(changes)) {}

    store::Tally write(store::Change& change, const Progress& progress) override {
        constexpr std::size_t batch = 100'000;
        auto& added = changes_.added;
        const auto total = static_cast<std::int64_t>(added.size() + changes_.changed.size());
        for (std::size_t at = 0; at < added.size(); at += batch) {
            progress(static_cast<std::int64_t>(at), total);
            const auto begin = added.begin() + static_cast<std::ptrdiff_t>(at);
            const auto end = added.begin() + static_cast<std::ptrdiff_t>(std::min(at + batch, added.size()));
            units::add_units(change, {begin, end});
        }
        auto done = static_cast<std::int64_t>(added.size());
        store::Tally tally{done, 0, 0};
        for (const auto& one : changes_.changed) {
            if (done++ % 1000 == 0) progress(done, total);
            units::update_unit(change, one.id, one.row, one.since);
            ++tally.changed;
        }
        progress(total, total);
        return tally;
    }
    std::string subject() const override { return "units"; }

private:
    UnitChanges changes_;
};

/// The store as a units file meets it.
class Registry {
public:
    Registry(const store::Reader& reader, Day since)
        : reader_(reader), since_(since), book_(units::all_codes(reader), since) {
        units_ = units::load_units(reader, since);
        for (std::size_t i = 0; i < units_.size(); ++i) by_id_.emplace(units_[i].id, i);
    }

    const CodeBook& book() const { return book_; }

    std::optional<KnownUnit> known(const units::UnitRecord& record) const {
        const Span days{Day::parse(record.valid_from).value_or(Day::always()),
                        Day::parse(record.valid_to).value_or(Day::never())};
        if (days.holds_on(since_)) {
            const auto id = book_.holder(record.code, since_);
            if (!id) return std::nullopt;
            const auto& unit = units_[by_id_.at(*id)];
            return KnownUnit{unit, unit.parent ? units_[by_id_.at(*unit.parent)].code : "", since_};
        }
        const auto held = book_.any_holder(record.code, days);
        if (!held) return std::nullopt;
        const Day on = std::max(days.from, held->held.from);
        auto unit = units::unit(reader_, held->unit, on);
        const auto parent = unit.parent ? units::unit(reader_, *unit.parent, on).code : "";
        return KnownUnit{std::move(unit), parent, Day::always()};
    }

    /// Of a stored unit, as it stands on the day from which changes hold.
    std::optional<units::UnitId> parent(units::UnitId unit) const {
        const auto known = by_id_.find(unit);
        return known == by_id_.end() ? std::nullopt : units_[known->second].parent;
    }

    std::unordered_map<std::string, std::string> parents() const {
        std::unordered_map<std::string, std::string> parents;
        for (const auto& unit : units_) {
            if (unit.parent) parents.emplace(unit.code, units_[by_id_.at(*unit.parent)].code);
        }
        return parents;
    }

private:
    const store::Reader& reader_;
    Day since_;
    CodeBook book_;
    std::vector<units::Unit> units_;
    std::unordered_map<units::UnitId, std::size_t> by_id_;
};

UnitColumns columns_of(const std::vector<std::string>& header) {
    const auto has = [&](const char* name) { return std::find(header.begin(), header.end(), name) != header.end(); };
    return {has("valid_from"), has("valid_to"), has("tags")};
}

void check_parents(const units::UnitFile& file, const Registry& registry, files::FaultList& faults) {
    for (std::size_t i = 0; i < file.units.size(); ++i) {
        const auto& record = file.units[i];
        if (record.parent.empty() || file.parents[i] >= 0) continue;
        const Span days{Day::parse(record.valid_from).value_or(Day::always()),
                        Day::parse(record.valid_to).value_or(Day::never())};
        if (!registry.book().any_holder(record.parent, days))
            faults.error(record.place, "import.parent-unknown",
                         {{"code", std::string(record.code)}, {"parent", std::string(record.parent)}});
    }
}

/// A new unit must not take a code on days on which another holds it.
void check_code_free(const units::UnitRecord& record, const Registry& registry, files::FaultList& faults) {
    const Span days{Day::parse(record.valid_from).value_or(Day::always()),
                    Day::parse(record.valid_to).value_or(Day::never())};
    const auto holder = registry.book().any_holder(record.code, days);
    if (!holder) return;
    faults.error(
        record.place, "import.code-held",
        {{"code", std::string(record.code)}, {"from", holder->held.from.text()}, {"to", holder->held.to.text()}});
}

/// A new unit belongs to whoever may change what it comes to stand below; what is new itself stands below that.
class NewPlaces {
public:
    NewPlaces(const units::UnitFile& file, const Registry& registry) : file_(file), registry_(registry) {}

    /// The stored unit at or above which `code` is to stand; nothing: it is to be a root.
    std::optional<units::UnitId> stored(std::string_view code, const Span& days) const {
        for (std::size_t step = 0; step <= file_.units.size() && !code.empty(); ++step) {
            if (const auto holder = registry_.book().any_holder(code, days)) return holder->unit;
            const int row = file_.codes.find(code);
            if (row < 0) return std::nullopt;
            code = file_.units[static_cast<std::size_t>(row)].parent;
        }
        return std::nullopt;
    }

private:
    const units::UnitFile& file_;
    const Registry& registry_;
};

/// Changing a unit needs a right on it; adding or moving one, on where it comes to stand.
void check_rights(const units::UnitFile& file, const UnitChanges& changes, const Registry& registry, Scope& scope,
                  files::FaultList& faults) {
    if (scope.unlimited()) return;
    const NewPlaces places(file, registry);
    const auto place_of = [&](const std::string& code) {
        const int row = file.codes.find(code);
        return row < 0 ? files::Place{} : file.units[static_cast<std::size_t>(row)].place;
    };
    const auto need = [&](std::optional<units::UnitId> unit, const std::string& code) {
        if (scope.may(people::Action::change_units, unit)) return true;
        scope.refuse(faults, place_of(code), people::Action::change_units, code);
        return false;
    };
    for (const auto& row : changes.added) need(places.stored(row.parent, row.exists), row.code);
    for (const auto& one : changes.changed) {
        if (!need(one.id, one.row.code)) continue;
        const auto parent = places.stored(one.row.parent, one.row.exists);
        if (parent != registry.parent(one.id)) need(parent, one.row.code);
    }
}

}  // namespace

std::unique_ptr<Work> prepare_units(const store::Reader& reader, const Source& source, Scope& scope, Plan& plan) {
    const TableFile table(source.bytes, source.file, plan.faults);
    if (!table.csv()) return nullptr;
    std::vector<Fault> found;
    files::FaultList faults(source.file, found);
    files::CsvRows rows(*table.csv(), faults);
    const auto columns = columns_of(rows.header());
    const auto file = units::read_units(rows, units::Parents::anywhere, faults);
    UnitChanges changes;
    if (faults.errors() == 0) {
        const Registry registry(reader, source.since);
        check_parents(file, registry, faults);
        std::vector<std::optional<KnownUnit>> known;
        for (const auto& record : file.units) {
            known.push_back(registry.known(record));
            if (!known.back()) check_code_free(record, registry, faults);
        }
        const bool hangs_on_stored = std::any_of(file.units.begin(), file.units.end(), [&](const auto& record) {
            return !record.parent.empty() && file.codes.find(record.parent) < 0;
        });
        if (const auto way = hangs_on_stored ? cycle_over_both(file, registry.parents()) : std::vector<std::string>();
            !way.empty()) {
            std::string list;
            for (const auto& code : way) list += (list.empty() ? "" : " → ") + code;
            faults.error(file.units.front().place, "import.cycle", {{"way", list}});
        }
        if (faults.errors() == 0) {
            changes = compare_units(file, columns, known, plan.comparison);
            check_rights(file, changes, registry, scope, faults);
        }
    }
    table.place(std::move(found), plan);
    if (plan.refused()) return nullptr;
    return std::make_unique<UnitsWork>(std::move(changes));
}

}  // namespace guidon::imports
