#include "people/roles.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace guidon::people {
namespace {

std::string permitted(Role role) {
    std::string text;
    for (const Action action : actions)
        if (permits(role, action)) text.append(text.empty() ? "" : " ").append(code(action));
    return text;
}

std::string handed_on(Role role) {
    std::string text;
    for (const Role other : roles)
        if (may_grant(role, other)) text.append(text.empty() ? "" : " ").append(code(other));
    return text;
}

TEST(Roles, EachPermitsWhatItsOfficeDoes) {
    EXPECT_EQ(permitted(Role::reporter), "read_figures report_value register_exemplar");
    EXPECT_EQ(permitted(Role::verifier), "read_figures report_value register_exemplar review_exemplar");
    EXPECT_EQ(permitted(Role::organiser),
              "read_figures change_units change_groups change_movement read_people manage_people grant_roles "
              "manage_councils register_exemplar review_exemplar recognise_exemplar write_news moderate edit_book "
              "approve_book");
    for (const Role role : {Role::group_leader, Role::group_deputy, Role::council_member})
        EXPECT_EQ(permitted(role), "read_figures") << code(role);
    EXPECT_EQ(permitted(Role::council_secretary), "read_figures read_people grant_roles edit_book");
    EXPECT_EQ(permitted(Role::publisher), "read_figures publish write_news moderate");
    EXPECT_EQ(permitted(Role::auditor), "read_figures read_people read_journal");
    EXPECT_EQ(permitted(Role::administrator),
              "change_units read_people manage_people grant_roles manage_councils read_journal run_system");
}

TEST(Roles, WhoRunsTheSystemTouchesNoFigureAndWhoReadsAllChangesNothing) {
    for (const Action action : {Action::report_value, Action::change_groups, Action::change_movement, Action::publish})
        EXPECT_FALSE(permits(Role::administrator, action)) << code(action);
    for (const Action action : actions) {
        const std::string name(code(action));
        EXPECT_EQ(permits(Role::auditor, action), name.starts_with("read_")) << name;
    }
}

TEST(Roles, EveryActionIsSomebodys) {
    for (const Action action : actions) {
        bool any = false;
        for (const Role role : roles) any = any || permits(role, action);
        EXPECT_TRUE(any) << code(action);
    }
}

TEST(Roles, OnlyWhoMayGrantHandsOnAndNobodyMakesMoreThanTheyAreMadeOf) {
    EXPECT_EQ(handed_on(Role::organiser),
              "reporter verifier organiser group_leader group_deputy council_secretary council_member publisher");
    EXPECT_EQ(handed_on(Role::council_secretary), "council_member");
    for (const Role role : roles) {
        EXPECT_EQ(!handed_on(role).empty(), permits(role, Action::grant_roles)) << code(role);
        for (const Role other : {Role::administrator, Role::auditor})
            EXPECT_EQ(may_grant(role, other), role == Role::administrator) << code(role);
    }
}

TEST(Roles, NamesAreTheirOwnAndReadBack) {
    std::set<std::string_view> names;
    for (const Role role : roles) {
        EXPECT_EQ(role_of(code(role)), role);
        names.insert(code(role));
    }
    for (const Action action : actions) {
        EXPECT_EQ(action_of(code(action)), action);
        names.insert(code(action));
    }
    EXPECT_EQ(names.size(), std::size(roles) + std::size(actions));
    for (const char* other : {"", "Reporter", "reporter ", "root"}) {
        EXPECT_FALSE(role_of(other)) << other;
        EXPECT_FALSE(action_of(other)) << other;
    }
}

}  // namespace
}  // namespace guidon::people
