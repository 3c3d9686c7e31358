#include "people/roles.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "base/states.h"

namespace guidon::people {
namespace {

struct Rights {
    Role role;
    std::string_view name;
    std::vector<Action> permits;
    std::vector<Role> grants;
};

const std::vector<Rights>& table() {
    using enum Action;
    using enum Role;
    static const std::vector<Rights> rights{
        {reporter, "reporter", {read_figures, report_value, register_exemplar}, {}},
        {verifier, "verifier", {read_figures, report_value, register_exemplar, review_exemplar}, {}},
        {organiser,
         "organiser",
         {read_figures, change_units, change_groups, change_movement, read_people, manage_people, grant_roles,
          manage_councils, register_exemplar, review_exemplar, recognise_exemplar, write_news, moderate, edit_book,
          approve_book},
         {reporter, verifier, organiser, group_leader, group_deputy, council_secretary, council_member, publisher}},
        {group_leader, "group_leader", {read_figures}, {}},
        {group_deputy, "group_deputy", {read_figures}, {}},
        {council_secretary, "council_secretary", {read_figures, read_people, grant_roles, edit_book}, {council_member}},
        {council_member, "council_member", {read_figures}, {}},
        {publisher, "publisher", {read_figures, publish, write_news, moderate}, {}},
        {auditor, "auditor", {read_figures, read_people, read_journal}, {}},
        {administrator,
         "administrator",
         {change_units, read_people, manage_people, grant_roles, manage_councils, read_journal, run_system},
         {std::begin(roles), std::end(roles)}},
    };
    return rights;
}

const Rights& rights_of(Role role) {
    return table()[static_cast<std::size_t>(role)];
}

constexpr Names<Action, std::size(actions)> action_names{
    "read_figures", "report_value",      "change_units",    "change_groups",      "change_movement",
    "publish",      "read_people",       "manage_people",   "grant_roles",        "manage_councils",
    "read_journal", "register_exemplar", "review_exemplar", "recognise_exemplar", "write_news",
    "moderate",     "edit_book",         "approve_book",    "run_system"};

}  // namespace

std::string_view code(Role role) {
    return rights_of(role).name;
}

std::optional<Role> role_of(std::string_view code) {
    for (const Rights& rights : table())
        if (rights.name == code) return rights.role;
    return std::nullopt;
}

std::string_view code(Action action) {
    return action_names[action];
}

std::optional<Action> action_of(std::string_view code) {
    return action_names.find(code);
}

bool permits(Role role, Action action) {
    const auto& permitted = rights_of(role).permits;
    return std::find(permitted.begin(), permitted.end(), action) != permitted.end();
}

bool may_grant(Role role, Role other) {
    const auto& grants = rights_of(role).grants;
    return std::find(grants.begin(), grants.end(), other) != grants.end();
}

bool takes_group(Role role) {
    return role == Role::group_leader || role == Role::group_deputy;
}

bool takes_council(Role role) {
    return role == Role::council_secretary || role == Role::council_member;
}

}  // namespace guidon::people
