// Importing groups.csv: each row puts one unit into one group for one period.
#include "files/csv.h"
#include "imports/code_book.h"
#include "imports/import.h"
#include "imports/imports_rules.h"
#include "imports/table_file.h"

namespace guidon::imports {
namespace {

class GroupsWork : public Work {
public:
    explicit GroupsWork(std::vector<units::MembershipRow> rows) : rows_(std::move(rows)) {}

    store::Tally write(store::Change& change, const Progress& progress) override {
        const auto total = static_cast<std::int64_t>(rows_.size());
        progress(0, total);
        const auto tally = units::put_memberships(change, rows_);
        progress(total, total);
        return tally;
    }
    std::string subject() const override { return "groups"; }

private:
    std::vector<units::MembershipRow> rows_;
};

KnownGroups known_groups(const store::Reader& reader) {
    KnownGroups known;
    std::unordered_map<units::GroupId, std::string> codes;
    for (const auto& group : units::groups(reader)) {
        known.names.emplace(group.code, group.name);
        codes.emplace(group.id, group.code);
    }
    for (const auto& member : units::all_memberships(reader))
        known.memberships.emplace(membership_key(member.unit, member.period),
                                  KnownGroups::In{codes.at(member.group), member.role});
    return known;
}

}  // namespace

std::unique_ptr<Work> prepare_groups(const store::Reader& reader, const Source& source, Scope& scope, Plan& plan) {
    const TableFile table(source.bytes, source.file, plan.faults);
    if (!table.csv()) return nullptr;
    std::vector<Fault> found;
    files::FaultList faults(source.file, found);
    const CodeBook book(units::all_codes(reader), source.since);
    files::CsvRows csv(*table.csv(), faults);
    const auto file = units::read_groups(csv, &book.index(), faults);
    std::vector<units::UnitId> members;
    if (faults.errors() == 0) {
        for (const auto& member : file.members) {
            const auto unit = book.unit(book.index().find(member.unit), member.period);
            members.push_back(unit.value_or(units::UnitId()));
            if (!unit)
                faults.error(member.unit_place, "import.unit-not-then",
                             {{"code", std::string(member.unit)}, {"period", std::string(member.period)}});
            else if (!scope.may(people::Action::change_groups, unit))
                scope.refuse(faults, member.unit_place, people::Action::change_groups, member.unit);
        }
    }
    std::vector<units::MembershipRow> rows;
    if (faults.errors() == 0) rows = compare_groups(file, members, known_groups(reader), plan.comparison, faults);
    table.place(std::move(found), plan);
    if (plan.refused()) return nullptr;
    return std::make_unique<GroupsWork>(std::move(rows));
}

}  // namespace guidon::imports
