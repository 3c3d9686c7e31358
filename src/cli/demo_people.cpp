#include "cli/demo_people.h"

#include <array>
#include <string>

#include "base/assert.h"
#include "base/day.h"
#include "files/csv.h"
#include "people/gate.h"
#include "people/people_store.h"
#include "units/groups_store.h"

namespace guidon::cli {
namespace {

constexpr std::array<files::ColumnName, 5> columns{{{"unit", files::Need::required},
                                                    {"title:en", files::Need::required},
                                                    {"title:vi", files::Need::required},
                                                    {"title:ur", files::Need::required},
                                                    {"roles", files::Need::required}}};

/// "reporter", or "group_leader:GROUP"; the others hold in the office's unit and below.
people::Grant wanted_grant(const store::Reader& reader, std::string_view text, people::OfficeId office,
                           units::UnitId unit, Day today) {
    const auto colon = text.find(':');
    const auto role = people::role_of(text.substr(0, colon));
    GUIDON_ASSERT(role.has_value());
    people::Grant grant{.public_id = {},
                        .office = office,
                        .role = *role,
                        .unit = unit,
                        .held = {today, Day::never()},
                        .granted_by = {},
                        .since = 0};
    if (colon != std::string_view::npos) {
        grant.unit.reset();
        grant.group = units::find_group(reader, text.substr(colon + 1)).value().id;
    }
    return grant;
}

void add_one(store::Store& store, const std::string& code, const Texts& title, std::string_view roles) {
    auto change = store.change(people::Gate::terminal("demo"));
    const Day today = Day::of_utc_ms(change.at_utc_ms());
    const auto unit = units::find_unit_by_code(change, code, today).value().id;
    const auto person = people::add_person(change, title.at("en"), {title.at("vi"), title.at("ur")});
    const auto office = people::add_office(change, person, unit, title, {today, Day::never()});
    while (!roles.empty()) {
        const auto role = roles.substr(0, roles.find(' '));
        people::add_grant(change, wanted_grant(change, role, office, unit, today));
        roles.remove_prefix(std::min(role.size() + 1, roles.size()));
    }
    const auto made = people::person(change, person);
    change.commit("person.added", made.public_id, {{"name", people::personal_hash(made.salt, made.name)}});
}

}  // namespace

int add_demo_people(store::Store& store, std::string_view csv) {
    std::vector<Fault> faults;
    files::FaultList list("people.csv", faults);
    files::CsvRows rows(csv, list);
    const auto at = files::find_columns(rows, columns, "", list);
    int added = 0;
    while (rows.next()) {
        const auto field = [&](std::size_t column) { return std::string(rows.field(at[column])); };
        add_one(store, field(0), {{"en", field(1)}, {"vi", field(2)}, {"ur", field(3)}}, rows.field(at[4]));
        ++added;
    }
    GUIDON_ASSERT(faults.empty());
    return added;
}

}  // namespace guidon::cli
