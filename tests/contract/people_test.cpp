// Persons, offices, delegations and roles over their own addresses: who may change what, and what is left of it.
#include "people/people_pages.h"

#include "in_country.h"

namespace guidon::contract {
namespace {

namespace json = boost::json;
using people::Grant;
using people::OfficeId;
using people::PersonId;
using people::Viewer;

/// Each test adds its people.
class PeopleContract : public InCountry {
protected:
    void SetUp() override {
        add_units();
        people::add_routes(routes, store, {});
    }

    std::string person_id(const std::string& name) { return people::office(store.read(), offices.at(name)).person_id; }
    std::string office_id(const std::string& name) { return people::office(store.read(), offices.at(name)).public_id; }

    std::string post(const std::string& name, const std::string& path, Fields fields = {}) {
        return refused(name, Method::post, path, std::move(fields));
    }
    std::string listed(const std::string& name, Fields query = {}) {
        std::string names;
        const auto page = ask(name, Method::get, "/people", {}, std::move(query));
        for (const auto& row : page.document.at("people").as_array())
            names += (names.empty() ? "" : " ") + std::string(row.at("name").as_string());
        return names;
    }
    std::string roles_of(const std::string& name) {
        std::string text;
        for (const Grant& one : people::grants_of(store.read(), offices.at(name)))
            if (one.held.holds_on(today)) text += (text.empty() ? "" : " ") + std::string(people::code(one.role));
        return text;
    }
    std::string grants_page(const std::string& name) { return "/offices/" + office_id(name) + "/roles"; }
    void chief() { seat("Chief", "", {grant(Role::administrator, "")}); }
};
ON_BOTH(PeopleContract);

TEST_P(PeopleContract, TheListHoldsWhoHasAnOfficeInTheReadersScopeAndNobodyElse) {
    chief();
    seat("North", "d1", {grant(Role::organiser, "d1")});
    seat("South", "d2", {grant(Role::organiser, "d2")});
    seat("Clerk", "c1", {grant(Role::reporter, "c1")});
    EXPECT_EQ(listed("Chief"), "Chief Clerk North South");
    EXPECT_EQ(listed("North"), "Clerk North");
    EXPECT_EQ(listed("South"), "South");
    EXPECT_EQ(listed("North", {{"q", "SOUTH"}}), "");
    EXPECT_EQ(listed("Chief", {{"role", "organiser"}}), "North South");
    EXPECT_EQ(listed("Chief", {{"unit", "d1"}}), "Clerk North");
    EXPECT_EQ(listed("Chief", {{"q", "%"}}), "");
    EXPECT_EQ(refused("Clerk", Method::get, "/people"), "gate.not-permitted");
    EXPECT_EQ(refused("", Method::get, "/people"), "gate.sign-in");
}

TEST_P(PeopleContract, APersonOutsideTheScopeLooksLikeOneThatDoesNotExist) {
    seat("North", "d1", {grant(Role::organiser, "d1")});
    seat("South", "d2");
    EXPECT_EQ(refused("North", Method::get, "/people/" + person_id("South")), "people.unknown");
    EXPECT_EQ(refused("North", Method::get, "/people/nobody"), "people.unknown");
    EXPECT_EQ(refused("", Method::get, "/people/" + person_id("South")), "gate.sign-in");
    EXPECT_EQ(refused("South", Method::get, "/people/" + person_id("South")), "");  // oneself
    EXPECT_EQ(refused("North", Method::put, "/people/" + person_id("South"), {{"name", "X"}}), "people.unknown");
    EXPECT_EQ(post("North", "/offices/" + office_id("South") + "/end"), "people.unknown-office");
}

TEST_P(PeopleContract, AnOrganiserAddsPeopleToTheirOwnUnitsOnly) {
    seat("North", "d1", {grant(Role::organiser, "d1")});
    EXPECT_EQ(post("North", "/people", {{"name", "  New   One "}, {"unit", "c1"}, {"title_en", "Clerk"}}), "");
    EXPECT_EQ(listed("North", {{"q", "new one"}}), "New One");
    EXPECT_EQ(newest().what, "person.added");
    EXPECT_EQ(newest().document.find("New"), std::string::npos) << "a name is in the journal as a hash";
    EXPECT_EQ(post("North", "/people", {{"name", "X"}, {"unit", "c2"}, {"title_en", "Clerk"}}), "gate.not-permitted");
    EXPECT_EQ(post("North", "/people", {{"name", "X"}}), "gate.not-permitted");
    EXPECT_EQ(post("North", "/people", {{"name", " "}, {"unit", "c1"}, {"title_en", "Clerk"}}), "people.name");
    EXPECT_EQ(post("North", "/people", {{"name", "X"}, {"unit", "c1"}}), "people.no-title");
}

TEST_P(PeopleContract, RolesAreGrantedWithinOnesOwnScopeAndByNobodyToThemselves) {
    seat("North", "d1", {grant(Role::organiser, "d1")});
    seat("Clerk", "c1");
    const auto page = grants_page("Clerk");
    EXPECT_EQ(post("North", page, {{"role", "reporter"}}), "");  // at the unit of the office
    EXPECT_EQ(roles_of("Clerk"), "reporter");
    EXPECT_EQ(newest().what, "role.granted");
    EXPECT_EQ(post("North", page, {{"role", "reporter"}, {"unit", "c1"}}), "people.granted-twice");
    EXPECT_EQ(post("North", page, {{"role", "reporter"}, {"unit", "c2"}}), "gate.grant-beyond");
    EXPECT_EQ(post("North", page, {{"role", "reporter"}, {"everywhere", "yes"}}), "gate.grant-beyond");
    EXPECT_EQ(post("North", page, {{"role", "auditor"}}), "gate.grant-beyond");
    EXPECT_EQ(post("North", page, {{"role", "administrator"}}), "gate.grant-beyond");
    EXPECT_EQ(post("North", page, {{"role", "king"}}), "people.unknown-role");
    EXPECT_EQ(post("North", grants_page("North"), {{"role", "reporter"}}), "gate.own-role");
    EXPECT_EQ(post("North", page, {{"role", "verifier"}, {"from", "2020-01-01"}}), "people.day-past");
    EXPECT_EQ(post("North", page, {{"role", "group_leader"}, {"unit", "c1"}}), "people.role-place");
    EXPECT_EQ(post("Clerk", grants_page("Clerk"), {{"role", "verifier"}}), "gate.own-role");
}

TEST_P(PeopleContract, WhoReachesOneUnitForATermHandsOnNoMore) {
    auto own = grant(Role::organiser, "d1", people::Reach::unit);
    own.held.to = day("2024-07-01");
    seat("North", "d1", {own});
    seat("Second", "d1");
    const auto page = grants_page("Second");
    EXPECT_EQ(post("North", page, {{"role", "reporter"}, {"to", "2024-07-01"}}),
              "gate.grant-beyond");                                                                  // with all below
    EXPECT_EQ(post("North", page, {{"role", "reporter"}, {"reach", "unit"}}), "gate.grant-beyond");  // for ever
    EXPECT_EQ(post("North", page, {{"role", "reporter"}, {"reach", "unit"}, {"to", "2024-07-01"}}), "");
}

TEST_P(PeopleContract, AMoveInTheMiddleOfACycleEndsTheRightsAndKeepsTheHistory) {
    chief();
    seat("Clerk", "c1", {grant(Role::reporter, "c1")});
    EXPECT_EQ(post("Chief", "/offices/" + office_id("Clerk") + "/move", {{"unit", "c2"}}), "");
    const auto held = people::offices_of(store.read(), people::office(store.read(), offices.at("Clerk")).person);
    ASSERT_EQ(held.size(), 2U);
    EXPECT_EQ(held[0].unit, unit("c2"));
    EXPECT_EQ(held[0].held, (Span{today, Day::never()}));
    EXPECT_EQ(held[0].title.at("en"), "Office of Clerk");
    EXPECT_EQ(held[1].unit, unit("c1"));
    EXPECT_EQ(held[1].held.to, today);
    EXPECT_EQ(roles_of("Clerk"), "");
    EXPECT_TRUE(people::grants_of(store.read(), held[0].id).empty());
    EXPECT_EQ(newest().what, "office.moved");
    EXPECT_EQ(post("Chief", "/offices/" + held[1].public_id + "/move", {{"unit", "d1"}}), "people.has-ended");
}

TEST_P(PeopleContract, WhoMovesSomebodyMustManageBothUnits) {
    seat("North", "d1", {grant(Role::organiser, "d1")});
    seat("Clerk", "c1");
    EXPECT_EQ(post("North", "/offices/" + office_id("Clerk") + "/move", {{"unit", "c2"}}), "gate.not-permitted");
    EXPECT_EQ(post("North", "/offices/" + office_id("Clerk") + "/move", {{"unit", "d1"}}), "");
}

TEST_P(PeopleContract, TheLastAdministratorStays) {
    chief();
    seat("Second", "c1", {grant(Role::administrator, "")});
    const auto own_role = [&](const std::string& name) {
        return "/roles/" + people::grants_of(store.read(), offices.at(name)).at(0).public_id + "/end";
    };
    EXPECT_EQ(post("Chief", own_role("Second")), "");
    const auto last = [&](const std::string& path, Fields fields = {}) {
        return post("Chief", path, std::move(fields));
    };
    EXPECT_EQ(last(own_role("Chief")), "people.last-administrator");
    EXPECT_EQ(last("/offices/" + office_id("Chief") + "/end"), "people.last-administrator");
    EXPECT_EQ(last("/offices/" + office_id("Chief") + "/end", {{"day", "2030-01-01"}}), "people.last-administrator");
    EXPECT_EQ(last("/offices/" + office_id("Chief") + "/move", {{"unit", "p"}}), "people.last-administrator");
    EXPECT_EQ(last("/people/" + person_id("Chief") + "/erase", {{"confirm", "erase"}}), "people.last-administrator");
    EXPECT_EQ(roles_of("Chief"), "administrator");
    EXPECT_FALSE(people::find_person(store.read(), person_id("Chief"))->erased);
}

TEST_P(PeopleContract, ErasingTakesTheNameAndTheRightsAndLeavesTheJournalProvable) {
    chief();
    seat("Clerk", "c1", {grant(Role::reporter, "c1")});
    const auto id = person_id("Clerk");
    ask("Chief", Method::put, "/people/" + id, {{"name", "Clerk Two"}, {"aliases", "C. Two; Klerk"}});
    const auto entry = newest();
    const auto page = "/people/" + id + "/erase";
    EXPECT_EQ(post("Chief", page, {{"confirm", "yes"}}), "people.not-confirmed");
    EXPECT_EQ(post("Chief", page, {{"confirm", "XÓA"}}), "");
    const auto erased = *people::find_person(store.read(), id);
    EXPECT_EQ(erased.name + erased.salt, "");
    EXPECT_TRUE(erased.erased && erased.aliases.empty());
    EXPECT_EQ(roles_of("Clerk"), "");
    EXPECT_EQ(listed("Chief"), "Chief");
    EXPECT_EQ(post("Chief", page, {{"confirm", "erase"}}), "people.is-erased");
    const auto reader = store.read();
    EXPECT_EQ(store::entries_since(reader, entry.seq - 1, 1).at(0), entry) << "entries stay as they were hashed";
    EXPECT_EQ(entry.document.find("Clerk"), std::string::npos);
    std::string previous;
    for (const auto& one : store::entries_since(reader, 0)) {
        EXPECT_EQ(one.hash, store::entry_hash(one, previous));
        previous = one.hash;
    }
}

TEST_P(PeopleContract, OnlyAdministratorsErase) {
    seat("North", "p", {grant(Role::organiser, "p"), grant(Role::organiser, "")});
    seat("Clerk", "c1");
    EXPECT_EQ(post("North", "/people/" + person_id("Clerk") + "/erase", {{"confirm", "erase"}}), "gate.not-permitted");
}

TEST_P(PeopleContract, WhoHasAnOfficeAboveIsNotRenamedFromBelow) {
    seat("North", "d1", {grant(Role::organiser, "d1")});
    seat("Both", "c1");
    EXPECT_EQ(refused("North", Method::put, "/people/" + person_id("Both"), {{"name", "Other"}}), "");
    auto change = store.change(permit());
    people::add_office(change, people::office(change, offices.at("Both")).person, unit("p"), {{"en", "Above"}}, {});
    change.commit("office.begun", "");
    EXPECT_EQ(refused("North", Method::put, "/people/" + person_id("Both"), {{"name", "Mine"}}), "gate.not-permitted");
}

TEST_P(PeopleContract, ThePowerOverAnAccountIsThePowerOverAllThatItsOwnerMayDo) {
    chief();
    seat("North", "d1", {grant(Role::organiser, "d1")});
    seat("Province", "p", {grant(Role::organiser, "p")});
    seat("Clerk", "c1", {grant(Role::reporter, "c1")});
    seat("Auditor", "c1", {grant(Role::auditor, "c1")});
    seat("Both", "c1", {grant(Role::reporter, "c1"), grant(Role::administrator, "")});
    seat("Deputy", "c1", {grant(Role::reporter, "c1")});
    seat("South", "d2", {grant(Role::organiser, "d2")});
    {
        auto change = store.change(permit());
        const auto deputy = people::office(change, offices.at("Deputy")).person;
        people::add_delegation(change, offices.at("South"), deputy, {today, today.next()});
        change.commit("office.delegated", "");
    }
    const auto over = [&](const std::string& who) {
        const auto reader = store.read();
        std::string letters;
        for (const char* name : {"Clerk", "Auditor", "Both", "Deputy", "South"}) {
            const auto person = people::person(reader, people::office(reader, offices.at(name)).person);
            const bool may = people::may_account(reader, viewer(who).get(), person);
            EXPECT_EQ(refusal([&] { people::permit_account(reader, viewer(who).get(), person); }).empty(), may) << name;
            if (may) letters += name[0];
        }
        return letters;
    };
    EXPECT_EQ(over("Chief"), "CABDS");
    EXPECT_EQ(over("Province"), "CDS");
    EXPECT_EQ(over("North"), "C");  // the deputy may act for another district
    EXPECT_EQ(over("Clerk"), "");
    EXPECT_EQ(over(""), "");
}

TEST_P(PeopleContract, NobodyIsRidOfARoleThatTheyCouldNotGiveByEndingItsOffice) {
    chief();
    seat("North", "d1", {grant(Role::organiser, "d1")});
    seat("Clerk", "c1", {grant(Role::reporter, "c1")});
    seat("Auditor", "c1", {grant(Role::auditor, "c1")});
    const auto last = day("2099-01-01").text();
    EXPECT_EQ(post("North", "/offices/" + office_id("Auditor") + "/end", {{"day", last}}), "gate.office-beyond");
    EXPECT_EQ(post("North", "/offices/" + office_id("Auditor") + "/move", {{"day", last}, {"unit", "d1"}}),
              "gate.office-beyond");
    EXPECT_EQ(post("North", "/offices/" + office_id("Clerk") + "/end", {{"day", last}}), "");
    EXPECT_EQ(post("Chief", "/offices/" + office_id("Auditor") + "/end", {{"day", last}}), "");
}

TEST_P(PeopleContract, TheHolderDelegatesTheirOwnOffice) {
    seat("Clerk", "c1", {grant(Role::reporter, "c1")});
    seat("Deputy", "c1");
    seat("Stranger", "c2");
    const auto page = "/offices/" + office_id("Clerk") + "/delegations";
    EXPECT_EQ(post("Clerk", page, {{"person", "deputy"}, {"to", "2024-01-01"}}), "");
    const auto acting = people::capacities(store.read(), viewer("Deputy")->person_id, today);
    ASSERT_EQ(acting.size(), 2U);
    EXPECT_EQ(acting[1].holder_name, "Clerk");
    EXPECT_EQ(post("Clerk", page, {{"person", "Deputy"}}), "people.delegated-twice");
    EXPECT_EQ(post("Clerk", page, {{"person", "Clerk"}}), "people.own-deputy");
    EXPECT_EQ(post("Clerk", page, {{"person", "Stranger"}}), "people.unknown-deputy");
    EXPECT_EQ(post("Clerk", page, {{"person", "Nobody"}}), "people.unknown-deputy");
    EXPECT_EQ(post("Stranger", page, {{"person", "Deputy"}}), "people.unknown-office");
    const auto given = people::delegations_of(store.read(), offices.at("Clerk")).at(0).public_id;
    EXPECT_EQ(post("Deputy", "/delegations/" + given + "/end"), "");
    EXPECT_EQ(people::capacities(store.read(), viewer("Deputy")->person_id, today).size(), 1U);
}

TEST_P(PeopleContract, NobodyDelegatesRightsThatTheyCouldNotGrant) {
    seat("North", "d1", {grant(Role::organiser, "d1")});
    seat("Chief", "c1", {grant(Role::administrator, "")});
    seat("Clerk", "c1", {grant(Role::reporter, "c1")});
    const auto of = [&](const std::string& name) { return "/offices/" + office_id(name) + "/delegations"; };
    EXPECT_EQ(post("North", of("Chief"), {{"person", "Clerk"}}), "gate.grant-beyond");
    EXPECT_EQ(post("North", of("Clerk"), {{"person", "North"}}), "gate.own-role");
    EXPECT_EQ(post("North", of("Clerk"), {{"person", "Chief"}}), "");
}

TEST_P(PeopleContract, AStaleVersionIsRefusedAndNothingIsOverwritten) {
    chief();
    seat("Clerk", "c1");
    if_match = "";
    const auto put = [&](Fields fields) {
        return refused("Chief", Method::put, "/people/" + person_id("Clerk"), fields);
    };
    EXPECT_EQ(put({{"name", "Mine"}, {"if_match", "1"}}), "web.changed-meanwhile");
    EXPECT_EQ(put({{"name", "Mine"}}), "web.if-match-needed");
    EXPECT_EQ(people::find_person(store.read(), person_id("Clerk"))->name, "Clerk");
}

TEST_P(PeopleContract, ACouncilsSecretarySeatsItsMembersAndNoOthers) {
    chief();
    seat("North", "d1", {grant(Role::organiser, "d1")});
    seat("Secretary", "d1");
    seat("Member", "c1");
    EXPECT_EQ(post("North", "/councils", {{"code", "d1-council"}, {"unit", "d1"}, {"title_en", "Council"}}), "");
    EXPECT_EQ(post("North", "/councils", {{"code", "d1-council"}, {"unit", "d1"}, {"title_en", "C"}}),
              "people.council-taken");
    EXPECT_EQ(post("North", "/councils", {{"code", "other"}, {"unit", "d2"}, {"title_en", "C"}}), "gate.not-permitted");
    EXPECT_EQ(post("Chief", "/councils", {{"code", "c1-council"}, {"unit", "c1"}, {"title_en", "Below"}}), "");
    EXPECT_EQ(post("North", grants_page("Secretary"), {{"role", "council_secretary"}, {"council", "d1-council"}}), "");
    const auto seat_in = [&](const char* council) {
        return post("Secretary", grants_page("Member"), {{"role", "council_member"}, {"council", council}});
    };
    EXPECT_EQ(seat_in("c1-council"), "gate.grant-beyond");
    EXPECT_EQ(seat_in("d1-council"), "");
    const auto page = ask("Secretary", Method::get, "/councils/d1-council").document;
    EXPECT_EQ(page.at("members").as_array().size(), 2U);
    EXPECT_EQ(refused("Member", Method::get, "/councils/c1-council"), "people.unknown-council");
}

TEST_P(PeopleContract, WhatIsKeptAboutAPersonIsForThemAndWhoManagesThem) {
    chief();
    seat("Clerk", "c1");
    seat("Auditor", "", {grant(Role::auditor, "")});
    const auto page = "/people/" + person_id("Clerk") + "/data";
    EXPECT_EQ(ask("Clerk", Method::get, page).document.at("person").at("name").as_string(), "Clerk");
    EXPECT_EQ(refused("Chief", Method::get, page), "");
    EXPECT_EQ(refused("Auditor", Method::get, page), "gate.not-permitted");
}

TEST_P(PeopleContract, AuditorsChangeNothing) {
    seat("Auditor", "", {grant(Role::auditor, "")});
    seat("Clerk", "c1", {grant(Role::reporter, "c1")});
    const auto role = people::grants_of(store.read(), offices.at("Clerk")).at(0).public_id;
    EXPECT_EQ(post("Auditor", "/people", {{"name", "X"}}), "gate.not-permitted");
    EXPECT_EQ(post("Auditor", "/offices/" + office_id("Clerk") + "/end"), "gate.not-permitted");
    EXPECT_EQ(post("Auditor", "/roles/" + role + "/end"), "gate.grant-beyond");
    EXPECT_EQ(post("Auditor", grants_page("Clerk"), {{"role", "verifier"}}), "gate.grant-beyond");
}

}  // namespace
}  // namespace guidon::contract
