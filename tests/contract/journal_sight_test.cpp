// Who reads which part of the journal, and whose figures stay out of it.
#include "journal/journal_sight.h"

#include "contract.h"
#include "people/people_store.h"

namespace guidon::contract {
namespace {

using people::Grant;
using people::Role;
using people::Viewer;

class JournalSightContract : public OnBoth {
protected:
    store::Store store = open();
    const Day today = Day::of_utc_ms(now);

    void SetUp() override {
        auto change = store.change(permit());
        units::add_units(change, {{"d", "", "district", {}, {}, {}}, {"c", "d", "commune", {}, {}, {}}});
        change.commit("units.added", "");
    }
    std::string id(const std::string& code) { return units::find_unit_by_code(store.read(), code, today)->public_id; }
    Viewer with(Role role, const std::string& code, people::Reach reach = people::Reach::subtree) {
        Viewer viewer;
        viewer.today = today;
        Grant grant;
        grant.role = role;
        grant.reach = reach;
        if (!code.empty()) grant.unit = units::find_unit_by_code(store.read(), code, today)->id;
        viewer.grants.push_back(grant);
        return viewer;
    }
    std::string asks(const Viewer* viewer, const std::string& about) {
        const auto reader = store.read();
        return refusal([&] { const journal::JournalSight sight(reader, viewer, about); });
    }
    /// Whether the details of a value of `code` are shown to who reads `about`.
    bool details(const Viewer& viewer, const std::string& about, const std::string& code) {
        const auto reader = store.read();
        store::Entry entry;
        entry.what = "value.changed";
        entry.subject = id(code);
        return journal::JournalSight(reader, &viewer, about).shows_details(entry);
    }
};
ON_BOTH(JournalSightContract);

TEST_P(JournalSightContract, TheWholeIsForAuditorsAndAdministrators) {
    const auto auditor = with(Role::auditor, ""), chief = with(Role::administrator, ""),
               organiser = with(Role::organiser, "d");
    EXPECT_EQ(asks(&auditor, ""), "");
    EXPECT_EQ(asks(&chief, ""), "");
    EXPECT_EQ(asks(&organiser, ""), "gate.not-permitted");
    EXPECT_EQ(asks(nullptr, ""), "gate.sign-in");
    EXPECT_EQ(asks(nullptr, id("c")), "gate.sign-in");
}

TEST_P(JournalSightContract, AUnitsHistoryIsForItsOwnPeopleAndThoseAbove) {
    const auto own = with(Role::reporter, "c"), above = with(Role::verifier, "d"),
               alone = with(Role::verifier, "d", people::Reach::unit);
    EXPECT_EQ(asks(&own, id("c")), "");
    EXPECT_EQ(asks(&above, id("c")), "");
    EXPECT_EQ(asks(&alone, id("c")), "gate.not-permitted");
    EXPECT_EQ(asks(&own, id("d")), "gate.not-permitted");
    EXPECT_EQ(asks(&own, "nothing"), "gate.not-permitted");
}

TEST_P(JournalSightContract, AdministratorsReadThatAValueChangedButNotTheValue) {
    EXPECT_FALSE(details(with(Role::administrator, ""), "", "c"));
    EXPECT_TRUE(details(with(Role::auditor, ""), "", "c"));
    EXPECT_TRUE(details(with(Role::verifier, "d"), id("c"), "c"));
}

}  // namespace
}  // namespace guidon::contract
