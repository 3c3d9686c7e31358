// guidon people add|reset|token|list --db URL: accounts from the terminal, for whoever looks after the computer.
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "accounts/house.h"
#include "accounts/secret.h"
#include "accounts/sessions_store.h"
#include "base/day.h"
#include "base/language.h"
#include "cli/commands.h"
#include "people/gate.h"
#include "people/people_list_store.h"
#include "store/store.h"

namespace guidon::cli {
namespace {

using accounts::LinkKind;
using people::Gate;

struct PeopleWish {
    std::string database, key_file, person, account, mail, title, ends;
    std::vector<std::string> roles;  // ROLE or ROLE@UNIT
    std::vector<std::string> verbs;
    std::string site = "http://127.0.0.1:8080";
};

/// "reporter@HT-KA": the role, and the unit below which it holds; without a unit it holds everywhere.
struct WantedRole {
    people::Role role;
    std::optional<units::UnitId> unit;
};
WantedRole wanted_role(const store::Reader& reader, const std::string& text, Day today) {
    const auto at = text.find('@');
    const auto role = people::role_of(text.substr(0, at));
    if (!role) throw Problem("people.unknown-role", {{"role", text.substr(0, at)}}, "role");
    if (at == std::string::npos) return {*role, std::nullopt};
    const auto unit = units::find_unit_by_code(reader, text.substr(at + 1), today);
    if (!unit) throw Problem("account.token-unit", {{"unit", text.substr(at + 1)}}, "role");
    return {*role, unit->id};
}

accounts::Account known_account(const store::Reader& reader, const std::string& name) {
    auto account = accounts::find_account_by_name(reader, name);
    if (!account) throw Problem("account.unknown", {{"name", name}}, "account");
    return *std::move(account);
}

void add(const PeopleWish& wish) {
    auto store = store::Store::open(wish.database, {.key_file = wish.key_file});
    auto change = store.change(Gate::terminal());
    const Day today = Day::of_utc_ms(change.at_utc_ms());
    const auto person = people::add_person(change, wish.person, {});
    std::optional<units::UnitId> unit;
    std::vector<WantedRole> roles;
    for (const auto& text : wish.roles) {
        roles.push_back(wanted_role(change, text, today));
        if (!unit) unit = roles.back().unit;
    }
    const std::string title = wish.title.empty() ? wish.person : wish.title;
    const auto office = people::add_office(change, person, unit, {{"en", title}}, {today, Day::never()});
    boost::json::array given;
    for (const auto& [role, where] : roles) {
        people::add_grant(change, {.public_id = {},
                                   .office = office,
                                   .role = role,
                                   .unit = where,
                                   .held = {today, Day::never()},
                                   .granted_by = {},
                                   .since = 0});
        given.push_back(boost::json::value(people::code(role)));
    }
    const auto id = accounts::add_account(change, person, wish.account, wish.mail);
    const auto path = accounts::new_link(change, LinkKind::invite, id);
    const auto made = people::person(change, person);
    change.commit("person.added", made.public_id,
                  {{"name", people::personal_hash(made.salt, made.name)}, {"roles", given}});
    std::cout << wish.site << path << '\n';
}

void reset(const PeopleWish& wish) {
    auto store = store::Store::open(wish.database, {.key_file = wish.key_file});
    const auto account = known_account(store.read(), wish.account);
    auto change = store.change(Gate::terminal());
    accounts::end_ways_in(change, account.id);
    accounts::set_state(change, account.id, accounts::AccountState::active);
    const auto path = accounts::new_link(change, LinkKind::reset, account.id);
    change.commit("account.reset", people::person(change, account.person).public_id, {});
    std::cout << wish.site << path << '\n';
}

void token(const PeopleWish& wish) {
    auto store = store::Store::open(wish.database, {.key_file = wish.key_file});
    const auto account = known_account(store.read(), wish.account);
    if (account.state == accounts::AccountState::closed) throw Problem("account.closed", {}, "account", 409);
    auto change = store.change(Gate::terminal());
    const Day today = Day::of_utc_ms(change.at_utc_ms());
    accounts::AccessToken made;
    made.account = account.id;
    made.title = "terminal";
    const auto capacities = people::capacities(change, account.person, today);
    if (!capacities.empty()) made.office = capacities.front().office;
    for (const auto& name : wish.verbs) {
        const auto verb = people::action_of(name);
        if (!verb) throw Problem("account.verb-unknown", {{"verb", name}}, "verbs");
        made.verbs.push_back(*verb);
    }
    if (made.verbs.empty()) made.verbs.assign(std::begin(people::actions), std::end(people::actions));
    const auto ends = Day::parse(wish.ends);
    if (!ends || *ends <= today) throw Problem("account.token-ends", {}, "ends");
    made.ends = *ends;
    const auto secret = accounts::access_token();
    const auto id = accounts::add_access_token(change, made, accounts::secret_hash(secret));
    accounts::set_state(change, account.id, accounts::AccountState::active);
    change.commit("token.made", people::person(change, account.person).public_id,
                  {{"token", id}, {"ends", made.ends.text()}});
    std::cout << secret << '\n';
}

void list(const PeopleWish& wish) {
    store::Options options;
    options.create = false;
    options.key_file = wish.key_file;
    auto store = store::Store::open(wish.database, options);
    const auto reader = store.read();
    const Day today = Day::of_utc_ms(store.now_utc_ms());
    const people::Scope everybody{.all = true, .units = {}};
    for (const auto id :
         people::list_persons(reader, {.text = "", .unit = {}, .role = {}, .today = today}, everybody)) {
        const auto person = people::person(reader, id);
        const auto account = accounts::account_of(reader, person.id);
        std::cout << (account ? account->name : "-") << '\t'
                  << (account ? accounts::code(account->state) : std::string_view("-")) << '\t' << person.name;
        for (const auto& office : people::offices_of(reader, person.id))
            for (const auto& grant : people::grants_of(reader, office.id))
                if (grant.held.holds_on(today))
                    std::cout << '\t' << people::code(grant.role)
                              << (grant.unit ? "@" + units::unit(reader, *grant.unit, today).code : std::string());
        std::cout << '\n';
    }
}

}  // namespace

void add_people(CLI::App& app) {
    const auto wish = std::make_shared<PeopleWish>();
    auto* people = app.add_subcommand("people", "People and their accounts, from the terminal");
    people->require_subcommand(1);
    const auto command = [&](const char* name, const char* help, void (*run)(const PeopleWish&)) {
        auto* made = people->add_subcommand(name, help);
        made->add_option("--db", wish->database, "sqlite:FILE or postgresql://…")->required();
        add_key_option(*made, wish->key_file);
        made->callback([wish, run] { run(*wish); });
        return made;
    };
    auto* adding = command("add", "A person with an office and an account; prints the invitation", add);
    adding->add_option("--name", wish->person, "the person's name")->required();
    adding->add_option("--account", wish->account, "the name at sign-in")->required();
    adding->add_option("--office", wish->title, "title of the office (default: the name)");
    adding->add_option("--role", wish->roles, "ROLE or ROLE@UNIT; may be repeated");
    adding->add_option("--mail", wish->mail, "address for notifications");
    adding->add_option("--site", wish->site, "address of the server, for the link")->capture_default_str();
    auto* resetting = command("reset", "A link for a new password; whatever opened the account ends", reset);
    resetting->add_option("--account", wish->account, "the name at sign-in")->required();
    resetting->add_option("--site", wish->site, "address of the server, for the link")->capture_default_str();
    auto* making = command("token", "An access token for a program; prints it", token);
    making->add_option("--account", wish->account, "the name at sign-in")->required();
    making->add_option("--verbs", wish->verbs, "what it may do (default: all that its owner may)")->delimiter(',');
    making->add_option("--ends", wish->ends, "the day on which it ends, YYYY-MM-DD")->required();
    command("list", "Who is here: account, state, name, roles", list);
}

}  // namespace guidon::cli
