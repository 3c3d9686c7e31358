// On what do the tests of pages stand? A small country, people with an office, and what they ask of the pages.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "contract.h"
#include "movements/movements_store.h"
#include "people/people_list_store.h"
#include "people/people_store.h"
#include "store/journal.h"
#include "store/sql.h"
#include "units/units_store.h"
#include "web/router.h"

namespace guidon::contract {

using people::Role;
using units::UnitId;
using web::Method;

struct Place {
    std::string code, parent, kind = "commune";
};

class InCountry : public OnBoth {
protected:
    store::Store store = open();
    web::Routes routes;  // before the first question
    const Day today = Day::of_utc_ms(now);
    std::map<std::string, people::OfficeId> offices;  // by the name of their holder
    std::string if_match = "*";

    using Fields = std::multimap<std::string, std::string>;

    /// A parent before its children; as it stands, a province with two districts and a commune in each.
    void add_units(const std::vector<Place>& places = {
                       {"p", ""}, {"d1", "p"}, {"d2", "p"}, {"c1", "d1"}, {"c2", "d2"}}) {
        auto change = store.change(permit());
        std::vector<units::UnitRow> rows;
        for (const auto& [code, parent, kind] : places)
            rows.push_back({code, parent, kind, {{"", "Unit " + code}}, {}, {}});
        units::add_units(change, rows);
        change.commit("units.added", "");
    }
    movements::CycleId add_movement(std::string_view toml) {
        std::vector<Fault> faults;
        const auto read = movements::read_cycle(toml, "movement.toml", faults);
        if (!read) throw Faults(faults);
        auto change = store.change(permit());
        movements::save_cycle(change, *read, toml);
        change.commit("movement.added", "");
        return movements::find_cycle(store.read(), read->key, read->period)->id;
    }
    UnitId unit(const std::string& code) { return units::find_unit_by_code(store.read(), code, today)->id; }

    /// Of `code`; "" = of the system.
    people::Grant grant(Role role, const std::string& code, people::Reach reach = people::Reach::subtree) {
        people::Grant one;
        one.role = role;
        if (!code.empty()) one.unit = unit(code);
        one.reach = reach;
        one.held.from = today;
        return one;
    }
    /// Somebody with an office at `code` ("": of the system), an account, and these grants.
    void seat(const std::string& name, const std::string& code, const std::vector<people::Grant>& grants = {}) {
        const auto place = code.empty() ? std::nullopt : std::optional(unit(code));
        auto change = store.change(permit());
        const auto id = people::add_person(change, name, {});
        offices[name] = people::add_office(change, id, place, {{"en", "Office of " + name}}, {});
        for (people::Grant one : grants) {
            one.office = offices[name];
            people::add_grant(change, one);
        }
        store::run(change,
                   "INSERT INTO account (id, public_id, person, name, folded, password_hash, totp_secret, totp_step,"
                   " mail, state, preferences, created_utc_ms, signed_in_utc_ms, since_seq)"
                   " VALUES (:id, :public, :person, :name, :folded, '', '', 0, '', 'active', '{}', 0, 0, 0)",
                   id, store::new_public_id(), id, name, name);
        change.commit("person.added", "");
    }
    void seat(const std::string& name, const std::string& code, Role role) { seat(name, code, {grant(role, code)}); }

    /// As they are signed in now; nothing for "", the public.
    std::shared_ptr<people::Viewer> viewer(const std::string& name) {
        if (name.empty()) return nullptr;
        const auto reader = store.read();
        const auto office = people::office(reader, offices.at(name));
        auto who = std::make_shared<people::Viewer>();
        who->person = office.person_id;
        who->name = name;
        who->person_id = office.person;
        who->today = Day::of_utc_ms(now);
        who->capacity = people::capacities(reader, office.person, today).at(0);
        who->session = "session";
        for (const auto& one : people::grants_of(reader, office.id))
            if (one.held.holds_on(today) && office.held.holds_on(today)) who->grants.push_back(one);
        return who;
    }

    web::Answer ask(const std::string& name, Method method, const std::string& path, Fields fields = {},
                    Fields query = {}) {
        if (!router_) router_ = std::make_unique<web::Router>(routes);
        const auto match = router_->find(method, path);
        if (!match || !match->route) throw std::runtime_error("no route " + path);
        web::Request request;
        request.method = method;
        request.path = path;
        request.place = match->place;
        request.fields = std::move(fields);
        request.query = std::move(query);
        request.caller = viewer(name);
        request.client = "192.0.2.1";
        request.origin = "https://guidon.example";
        request.headers["accept"] = "application/json";  // a browser would see the form again
        if (!if_match.empty()) request.headers["if-match"] = if_match;
        auto answer = match->route->handler(request);
        if (answer.fill) answer.document = answer.fill();
        return answer;
    }
    boost::json::object get(const std::string& name, const std::string& path, Fields query = {}) {
        return ask(name, Method::get, path, {}, std::move(query)).document;
    }
    /// The code of the Problem; "" = it is done.
    std::string refused(const std::string& name, Method method, const std::string& path, Fields fields = {}) {
        return refusal([&] { ask(name, method, path, std::move(fields)); });
    }
    store::Entry newest() { return store::entries_before(store.read(), 0, 1).at(0); }

private:
    std::unique_ptr<web::Router> router_;
};

}  // namespace guidon::contract
