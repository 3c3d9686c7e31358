// On what do the tests of adoptions and surveys stand? A province with two districts and a commune in each, a movement
// that takes exemplars, and people who may register and review.
#pragma once

#include <map>

#include "contract.h"
#include "exemplars/exemplars_store.h"
#include "movements/movements_store.h"
#include "people/people_list_store.h"
#include "people/people_store.h"
#include "store/journal.h"
#include "store/sql.h"
#include "web/router.h"

namespace guidon::contract {

using people::Role;
using units::UnitId;
using web::Method;

class OnExemplars : public OnBoth {
protected:
    store::Store store = open();
    web::Routes routes;
    std::unique_ptr<web::Router> router;
    const Day today = Day::of_utc_ms(now);
    std::map<std::string, people::OfficeId> offices;  // by the name of their holder
    movements::CycleId cycle;

    static constexpr auto movement = R"(format = "guidon/movement/1"
key = "skilled"
period = "2023"
issuer = "p"
starts = 2023-01-01
ends = 2023-12-31
title = { en = "Skilled mass mobilization" }
participants = { kinds = ["commune"] }
[ranking]
within = "all"
[exemplars]
review_months = 6
[[exemplars.fields]]
key = "economy"
title = { en = "Economy" }
[[exemplars.fields]]
key = "culture"
title = { en = "Culture" }
[[exemplars.levels]]
key = "province"
title = { en = "Province" }
[[exemplars.reasons]]
key = "formal"
title = { en = "Formal only" }
[[criteria]]
key = "models"
max = 10
rule = { kind = "graded" }
)";

    void prepare() {
        auto change = store.change(permit());
        std::vector<units::UnitRow> rows;
        for (const auto& [code, parent] : std::vector<std::pair<std::string, std::string>>{
                 {"p", ""}, {"d1", "p"}, {"d2", "p"}, {"c1", "d1"}, {"c2", "d2"}})
            rows.push_back({code, parent, "commune", {{"", "Unit " + code}}, {}, {}});
        units::add_units(change, rows);
        std::vector<Fault> faults;
        const auto read = movements::read_cycle(movement, "skilled.toml", faults);
        if (!read) throw Faults(faults);
        movements::save_cycle(change, *read, movement);
        change.commit("units.added", "");
        cycle = movements::find_cycle(store.read(), "skilled", "2023")->id;
        seat("office1", "c1", Role::verifier);
        seat("office2", "c2", Role::verifier);
        seat("clerk2", "c2", Role::reporter);
        seat("province", "p", Role::organiser);
        router = std::make_unique<web::Router>(routes);
    }

    UnitId unit(const std::string& code) { return units::find_unit_by_code(store.read(), code, today)->id; }

    void seat(const std::string& name, const std::string& code, Role role) {
        auto change = store.change(permit());
        const auto id = people::add_person(change, name, {});
        offices[name] = people::add_office(change, id, unit(code), {{"en", "Office of " + name}}, {});
        people::Grant grant;
        grant.role = role;
        grant.unit = unit(code);
        grant.office = offices[name];
        people::add_grant(change, grant);
        change.commit("person.added", "");
    }
    std::shared_ptr<people::Viewer> viewer(const std::string& name) {
        if (name.empty()) return nullptr;
        const auto reader = store.read();
        const auto office = people::office(reader, offices.at(name));
        auto who = std::make_shared<people::Viewer>();
        who->person = office.person_id;
        who->name = name;
        who->person_id = office.person;
        who->today = today;
        who->capacity = people::capacities(reader, office.person, today).at(0);
        who->session = "session";
        who->grants = people::grants_of(reader, office.id);
        return who;
    }

    /// An exemplar of `code`, registered so many days before, and its public id.
    std::string registered(const std::string& code, const char* on = "2023-01-10",
                           const std::string& field = "economy") {
        auto change = store.change(permit());
        exemplars::Writing writing;
        writing.unit = unit(code);
        writing.field = field;
        writing.title = "Exemplar of " + code;
        const std::string id = store::new_public_id();
        exemplars::add_draft(change, cycle, writing, false, id);
        step(change, id, exemplars::Verb::register_, day(on));
        change.commit("exemplar.registered", id);
        return id;
    }
    exemplars::Event step(store::Change& change, const std::string& id, exemplars::Verb verb, Day on) {
        const auto it = exemplars::find_exemplar(change, id).value();
        exemplars::Step wish;
        wish.verb = verb;
        wish.to = exemplars::find_move(it.state, verb)->to;
        wish.on = on;
        return exemplars::take_step(change, it, wish);
    }
    exemplars::Exemplar exemplar(const std::string& id) { return exemplars::find_exemplar(store.read(), id).value(); }

    using Fields = std::multimap<std::string, std::string>;
    web::Answer ask(const std::string& name, Method method, const std::string& path, Fields fields = {},
                    Fields query = {}) {
        const auto match = router->find(method, path);
        if (!match || !match->route) throw std::runtime_error("no route " + path);
        web::Request request;
        request.method = method;
        request.path = path;
        request.place = match->place;
        request.fields = std::move(fields);
        request.query = std::move(query);
        request.caller = viewer(name);
        request.headers["accept"] = "application/json";  // a browser would see the form again
        request.headers["if-match"] = "*";
        return match->route->handler(request);
    }
    boost::json::object get(const std::string& name, const std::string& path, Fields query = {}) {
        return ask(name, Method::get, path, {}, std::move(query)).document;
    }
    std::string refused(const std::string& name, const std::string& path, Fields fields = {}) {
        return refusal([&] { ask(name, Method::post, path, std::move(fields)); });
    }
    store::Entry newest() { return store::entries_before(store.read(), 0, 1).at(0); }
};

}  // namespace guidon::contract
