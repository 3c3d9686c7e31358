#include "accounts/external.h"

#include <algorithm>

#include "people/gate.h"

namespace guidon::accounts {

namespace json = boost::json;
using people::Gate;
using people::Grant;

namespace {

/// What the mapping wants an office for: all rules of one unit share an office.
struct Wanted {
    std::optional<UnitId> unit;
    std::vector<people::Role> roles;
};

std::vector<Wanted> wanted_offices(const store::Reader& reader, const Provider& provider, const Identity& identity,
                                   Day today) {
    std::vector<Wanted> all;
    for (const auto& rule : rules_for(provider, identity.groups)) {
        const auto role = people::role_of(rule.role);
        std::optional<UnitId> unit;
        if (!rule.unit.empty()) {
            const auto known = units::find_unit_by_code(reader, rule.unit, today);
            if (!known) continue;  // told at the start of the server
            unit = known->id;
        }
        if (!role) continue;
        auto same = std::find_if(all.begin(), all.end(), [&](const Wanted& wanted) { return wanted.unit == unit; });
        if (same == all.end()) same = all.insert(all.end(), {unit, {}});
        same->roles.push_back(*role);
    }
    return all;
}

std::string granted_by(const Provider& provider) {
    return "oidc:" + provider.key;
}

/// A name at sign-in that nobody has yet, near the one at the provider.
std::string free_name(const store::Reader& reader, const Identity& identity) {
    std::string name;
    for (const char c : folded(identity.user_name))
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-' || c == '@') name += c;
    if (name.size() < 3) name = "user-" + name;
    name = name.substr(0, 56);
    std::string free = name;
    for (int number = 2; find_account_by_name(reader, free); ++number) free = name + "-" + std::to_string(number);
    return free;
}

/// Grants that this provider gave hold as long as its groups say so; others are not touched.
void follow_groups(store::Change& change, const Provider& provider, const Identity& identity, PersonId person,
                   Day today, json::array& told) {
    const auto wanted = wanted_offices(change, provider, identity, today);
    const auto by = granted_by(provider);
    std::vector<people::Office> ours;
    for (const auto& office : people::offices_of(change, person)) {
        if (!office.held.holds_on(today)) continue;
        const auto grants = people::grants_of(change, office.id);
        const bool from_here =
            std::any_of(grants.begin(), grants.end(), [&](const Grant& g) { return g.granted_by == by; });
        if (!from_here) continue;
        ours.push_back(office);
        const auto still =
            std::find_if(wanted.begin(), wanted.end(), [&](const Wanted& w) { return w.unit == office.unit; });
        for (const auto& grant : grants) {
            if (grant.granted_by != by || !grant.held.holds_on(today)) continue;
            const bool kept = still != wanted.end() &&
                              std::find(still->roles.begin(), still->roles.end(), grant.role) != still->roles.end();
            if (kept) continue;
            people::end_grant(change, grant.public_id, today);
            told.push_back(json::object{{"ended", people::code(grant.role)}});
        }
    }
    for (const auto& want : wanted) {
        auto office = std::find_if(ours.begin(), ours.end(), [&](const auto& o) { return o.unit == want.unit; });
        people::OfficeId id;
        if (office == ours.end()) {
            id = people::add_office(change, person, want.unit, provider.title, {today, Day::never()});
        } else {
            id = office->id;
        }
        const auto grants = people::grants_of(change, id);
        for (const auto role : want.roles) {
            const bool has = std::any_of(grants.begin(), grants.end(), [&](const Grant& g) {
                return g.role == role && g.granted_by == by && g.held.holds_on(today);
            });
            if (has) continue;
            people::add_grant(change, {.public_id = {},
                                       .office = id,
                                       .role = role,
                                       .unit = want.unit,
                                       .held = {today, Day::never()},
                                       .granted_by = by,
                                       .since = 0});
            told.push_back(json::object{{"granted", people::code(role)}});
        }
    }
}

}  // namespace

Account account_for(House& house, const Provider& provider, const Identity& identity) {
    return house.writer.run([&] {
        const auto reader = house.store.read();
        const auto known = find_external(reader, provider.key, identity.subject);
        if (!known && rules_for(provider, identity.groups).empty())
            throw Problem("oidc.no-role", {{"provider", provider.key}}, "", 403);
        if (known && account(reader, *known).state == AccountState::closed) throw Problem("oidc.closed", {}, "", 403);

        auto change = house.store.change(Gate::proven(granted_by(provider), "identity provider"));
        const Day today = Day::of_utc_ms(change.at_utc_ms());
        AccountId id;
        PersonId person;
        if (known) {
            id = *known;
            person = account(change, id).person;
        } else {
            person = people::add_person(change, identity.name.empty() ? identity.user_name : identity.name, {});
            id = add_account(change, person, free_name(change, identity), identity.mail_verified ? identity.mail : "");
            set_state(change, id, AccountState::active);
        }
        put_external(change, id, provider.key, identity.subject, identity.groups);
        json::array told;
        follow_groups(change, provider, identity, person, today, told);
        auto now = account(change, id);
        const auto public_id = people::person(change, person).public_id;
        if (known && told.empty())
            change.keep();
        else
            change.commit(known ? "account.groups-followed" : "account.from-provider", public_id,
                          {{"provider", provider.key}, {"roles", told}});
        return now;
    });
}

}  // namespace guidon::accounts
