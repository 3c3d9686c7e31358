// What may somebody with a role do? Ten roles, the actions that each permits, and which roles it may hand on – in one
// table (roles.cpp), which the gate, the pages, the tests and the handbook read.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace guidon::people {

/// Wire form = name.
enum class Role {
    reporter,      // reports what its units achieved
    verifier,      // checks and corrects what the units below reported
    organiser,     // owns the movements of a subtree and the people in it
    group_leader,  // leads a cluster or block for a term
    group_deputy,
    council_secretary,  // prepares a council and says who sits in it
    council_member,
    publisher,     // makes results public
    auditor,       // reads everything, changes nothing
    administrator  // runs the system; cannot change points, votes or decisions
};
constexpr Role roles[] = {Role::reporter,     Role::verifier,          Role::organiser,      Role::group_leader,
                          Role::group_deputy, Role::council_secretary, Role::council_member, Role::publisher,
                          Role::auditor,      Role::administrator};

/// What the gate decides about. Wire form = name; also the verbs to which an access token is limited.
enum class Action {
    read_figures,     // see what is not public, in one's scope
    report_value,     // store what a unit achieved
    change_units,     // add and change units
    change_groups,    // clusters and blocks, and who is in them
    change_movement,  // criteria and rules of a cycle
    publish,          // make standings public
    read_people,      // persons, offices, roles
    manage_people,    // persons, offices, accounts
    grant_roles,
    manage_councils,
    read_journal,
    register_exemplar,   // write, register and carry on the exemplars of a unit
    review_exemplar,     // take them in, send them back, survey and confirm them
    recognise_exemplar,  // recognise and remove them by decision
    write_news,          // articles of a unit
    moderate,            // which comments are shown
    edit_book,           // choose what goes into a book, edit and check its texts
    approve_book,        // approve its texts, publish it
    run_system           // settings, retention, health in detail
};
constexpr Action actions[] = {Action::read_figures,    Action::report_value,       Action::change_units,
                              Action::change_groups,   Action::change_movement,    Action::publish,
                              Action::read_people,     Action::manage_people,      Action::grant_roles,
                              Action::manage_councils, Action::read_journal,       Action::register_exemplar,
                              Action::review_exemplar, Action::recognise_exemplar, Action::write_news,
                              Action::moderate,        Action::edit_book,          Action::approve_book,
                              Action::run_system};

std::string_view code(Role role);
std::optional<Role> role_of(std::string_view code);
std::string_view code(Action action);
std::optional<Action> action_of(std::string_view code);

bool permits(Role role, Action action);
/// Whether somebody with `role` may give `other` to others, within their own scope.
bool may_grant(Role role, Role other);
/// What a role can be limited to. An administrator or auditor may be without any place: everywhere.
bool takes_group(Role role);    // leaders and deputies of a group
bool takes_council(Role role);  // secretaries and members of a council

}  // namespace guidon::people
