// Who sees what of a cycle: by pages, lists, files, tags and errors, for everybody from the public to the auditor.
#include <random>

#include "base/embedded.h"
#include "contract.h"
#include "evaluation/evaluation_pages.h"
#include "evaluation/looking.h"
#include "evaluation/parts.h"
#include "imports/export_pages.h"
#include "imports/imports_pages.h"
#include "movements/publications_store.h"
#include "store/journal.h"
#include "store/writer.h"
#include "units/groups_store.h"
#include "values/values_store.h"
#include "web/site.h"

namespace guidon::contract {
namespace {

namespace json = boost::json;
using people::Audience;
using people::Role;
using people::Viewer;
using testing::HasSubstr;
using testing::Not;
using units::UnitId;

constexpr auto head = R"(
format = "guidon/movement/1"
key = "clean"
period = "2025"
starts = 2025-01-01
ends = 2025-12-31
issuer = "P"
)";
constexpr auto rules = R"(
[title]
en = "Clean communes"
[[criteria]]
key = "cases"
max = 60
rule = { kind = "graded" }
[[criteria]]
key = "visits"
max = 40
rule = { kind = "graded" }
[[gates]]
key = "no-faults"
value = "faults"
passes = { at_most = 0 }
missing = "pass"
caps_class = "good"
[[classes]]
key = "best"
at_least = 80
[[classes]]
key = "good"
[ranking]
within = "group"
)";
constexpr auto kept = R"(
[participants]
under = "P"
kinds = ["commune"]
)";

scoring::Cell number(std::string_view text) {
    return text.empty() ? scoring::Cell() : scoring::Cell(*Decimal::parse(text));
}

/// Province P with communes A, B (in group g) and C (in group h); Q is a commune of another province.
class Audiences : public OnBoth {
protected:
    Audiences() {
        auto change = store.change(permit());
        const std::vector<units::UnitRow> rows{
            {"P", "", "province", {{"", "Province"}}, {}, {}}, {"R", "", "province", {{"", "Other province"}}, {}, {}},
            {"A", "P", "commune", {{"", "Alder"}}, {}, {}},    {"B", "P", "commune", {{"", "Birch"}}, {}, {}},
            {"C", "P", "commune", {{"", "Cedar"}}, {}, {}},    {"Q", "R", "commune", {{"", "Quince"}}, {}, {}}};
        const auto ids = units::add_units(change, rows);
        for (std::size_t i = 0; i < rows.size(); ++i) unit[rows[i].code] = ids[i];
        units::put_memberships(change, {{"g", "", unit["A"], "2025", units::GroupRole::none},
                                        {"g", "", unit["B"], "2025", units::GroupRole::none},
                                        {"h", "", unit["C"], "2025", units::GroupRole::none}});
        change.commit("units.imported", "units");
        for (const auto& [code, id] : unit)
            public_id[code] = units::unit(store.read(), id, day("2025-06-01")).public_id;
        caller = nullptr;
    }

    /// `audience` is the file's table; `participants` keeps who takes part independent of values.
    void movement(const std::string& audience, const std::string& participants = kept, const std::string& more = "") {
        const std::string toml = std::string(head) + rules + participants + audience + more;
        std::vector<Fault> faults;
        const auto cycle = movements::read_cycle(toml, "clean.toml", faults);
        ASSERT_TRUE(cycle) << faults.at(0).code;
        auto change = store.change(permit());
        movements::save_cycle(change, *cycle, toml);
        change.commit("movement.imported", "clean/2025");
        live.follow();
    }
    void report(const std::string& code, const std::string& indicator, const std::string& value) {
        auto change = store.change(permit());
        const bool differs = values::put_value(change, indicator, "2025", {unit[code], number(value), {}, "", 0});
        if (!differs) return;
        change.commit("value.changed", public_id[code],
                      {{"indicator", indicator}, {"period", "2025"}, {"value", value}, {"target", ""}});
        live.follow();
    }
    void report_all() {
        for (const auto& [code, cases, visits] : {std::tuple{"A", "51", "33"}, {"B", "47", "23"}, {"C", "41", "17"}}) {
            report(code, "cases", cases);
            report(code, "visits", visits);
        }
    }

    std::shared_ptr<Viewer> viewer(Role role, const std::string& at, people::Reach reach = people::Reach::subtree) {
        auto one = std::make_shared<Viewer>();
        one->person = "person-" + std::string(people::code(role)) + at;
        one->today = day("2025-06-01");
        people::Grant grant;
        grant.role = role;
        grant.reach = reach;
        if (!at.empty()) grant.unit = unit.at(at);
        one->grants = {grant};
        return one;
    }
    std::shared_ptr<Viewer> clerk(const std::string& at) { return viewer(Role::reporter, at, people::Reach::unit); }

    struct Reply {
        int status = 0;
        std::string body, tag;
    };
    Reply ask(std::string method, std::string target, web::Headers headers = {}, std::string_view body = {}) {
        headers.emplace("host", "localhost:8080");
        headers.emplace("accept", "application/json");
        if (!body.empty()) headers.emplace("content-type", "application/json");
        Reply reply;
        site.answer({std::move(method), std::move(target), headers, body, body.size(), 0}, [&](web::Outgoing out) {
            reply.status = out.status;
            if (out.body) reply.body = *out.body;
            for (const auto& [name, value] : out.headers)
                if (name == "ETag") reply.tag = value;
        });
        return reply;
    }
    Reply get(std::shared_ptr<Viewer> who, const std::string& target) {
        caller = std::move(who);
        return ask("GET", target);
    }
    std::string body(std::shared_ptr<Viewer> who, const std::string& target) {
        const Reply reply = get(std::move(who), target);
        return std::to_string(reply.status) + " " + reply.body;
    }
    Reply put(std::shared_ptr<Viewer> who, const std::string& code, const std::string& value, const std::string& seen,
              const std::string& indicator = "cases") {
        caller = std::move(who);
        web::Headers headers;
        if (!seen.empty()) headers.emplace("if-match", seen);
        return ask("PUT", why(code) + "/values/" + indicator, headers, R"({"value":")" + value + "\"}");
    }
    std::string why(const std::string& code) { return "/movements/clean/2025/units/" + public_id.at(code); }

    web::Surroundings surroundings() {
        web::Surroundings around;
        around.submit = [](auto work, auto done) {
            std::exception_ptr thrown;
            try {
                work();
            } catch (...) {
                thrown = std::current_exception();
            }
            done(thrown);
        };
        around.submit_alone = around.submit;
        around.recognise = [this](const web::Request&) { return caller; };
        around.may_watch = [this](const web::Request& request, const std::string& topic) {
            return imports::may_watch(jobs, request, topic) && evaluation::may_watch(live, store, request, topic);
        };
        return around;
    }
    web::Routes routes() {
        web::Routes all;
        movements::add_routes(all, store, evaluation::movement_parts(live, store));
        evaluation::add_routes(all, live, store);
        units::add_routes(all, store, {evaluation::unit_part_of(live, store)});
        imports::add_export_routes(all, store);
        imports::add_routes(all, store, writer, jobs, {});
        return all;
    }

    store::Store store = open();
    store::Writer writer{store};
    store::Jobs jobs{store};
    web::LiveHub hub;
    std::vector<std::string> told;
    evaluation::LiveCycles live{store, [this](const std::string& topic, const std::string&) { told.push_back(topic); },
                                1};
    std::map<std::string, UnitId> unit;
    std::map<std::string, std::string> public_id;
    std::shared_ptr<Viewer> caller;
    const embedded::Files none;
    web::Site site{routes(), hub, surroundings(), {{embedded::templates(), none, "1"}, none, web::LogFormat::text}};
};
ON_BOTH(Audiences);

constexpr auto standings = "/movements/clean/2025/standings";
constexpr auto blind = "[audience]\nvalues = \"chain\"\nstandings = \"chain\"\n";

TEST_P(Audiences, WithoutATableEverybodySeesEverything) {
    movement("");
    report_all();
    const auto reply = get(nullptr, standings);
    EXPECT_THAT(reply.body, HasSubstr("\"total\":\"84.000\""));
    EXPECT_THAT(body(nullptr, "/export/values.csv"), HasSubstr("A,cases,2025,51"));
    EXPECT_THAT(body(nullptr, why("A")), HasSubstr("\"live\""));
}

TEST_P(Audiences, APublicWithoutRightsSeesNamesInOrderOfCodesAndNoFigure) {
    movement(blind);
    report_all();
    report("A", "cases", "1");  // so that ranks and codes differ
    const std::string all = body(nullptr, standings);
    EXPECT_THAT(all, HasSubstr("Not public until published"));
    EXPECT_LT(all.find("Alder"), all.find("Birch"));
    for (const char* target : {standings, "/movements/clean/2025/standings.csv", "/movements/clean/2025/rollup",
                               "/movements/clean/2025/rollup.csv", "/movements/clean/2025", "/", "/movements",
                               "/export/values.csv?movement=clean"}) {
        const std::string told_here = body(nullptr, target);
        for (const char* figure : {"\"33\"", "\"47\"", "\"23\"", "\"41\"", ",33", ",47", ",23", ",41", "70.000",
                                   "58.000", "34.000", "\"rank\":1", "\"mean"})
            EXPECT_THAT(told_here, Not(HasSubstr(figure))) << target;
        EXPECT_THAT(told_here, Not(HasSubstr("\"live\""))) << target;
    }
    EXPECT_EQ(body(nullptr, "/export/values.csv"), "200 unit,indicator,period,value,target,note\n");
    EXPECT_THAT(body(nullptr, why("A")), Not(HasSubstr("\"33\"")));
    EXPECT_THAT(body(nullptr, std::string(standings) + "?class=good"), HasSubstr("\"count\":0"));
    EXPECT_THAT(body(nullptr, std::string(standings) + "?q=alder"), HasSubstr("\"count\":1"));
    EXPECT_THAT(body(nullptr, std::string(standings) + "?sort=-total"), Not(HasSubstr("\"rank\":1")));
}

TEST_P(Audiences, AClerkSeesTheirOwnUnitAndNobodyElse) {
    movement(blind);
    report_all();
    EXPECT_THAT(body(clerk("A"), why("A")), HasSubstr("\"total\":\"84.000\""));
    EXPECT_THAT(body(clerk("A"), why("A")), Not(HasSubstr("\"rank\":")));
    EXPECT_THAT(body(clerk("A"), why("B")), Not(HasSubstr("70.000")));
    EXPECT_THAT(body(clerk("A"), "/export/values.csv"), HasSubstr("A,cases"));
    EXPECT_THAT(body(clerk("A"), "/export/values.csv"), Not(HasSubstr("B,cases")));
    EXPECT_THAT(body(clerk("A"), std::string(standings) + ".csv"), HasSubstr("g,,B,,,,,Birch"));
}

TEST_P(Audiences, TheChainAboveSeesAllBelowAndAnAuditorEverything) {
    movement(blind);
    report_all();
    for (const auto& who : {viewer(Role::verifier, "P"), viewer(Role::auditor, "")}) {
        EXPECT_THAT(body(who, standings), HasSubstr("\"rank\":2"));
        EXPECT_THAT(body(who, "/movements/clean/2025/rollup"), HasSubstr("\"mean_total\":\"70.667\""));
    }
    EXPECT_THAT(body(viewer(Role::verifier, "R"), standings), Not(HasSubstr("\"rank\":1")));
}

TEST_P(Audiences, AGroupSeesItsOwnRanksOnly) {
    movement("[audience]\nvalues = \"chain\"\nstandings = \"group\"\n");
    report_all();
    const std::string mine = body(clerk("A"), std::string(standings) + ".csv");
    EXPECT_THAT(mine, HasSubstr("g,1,A,84.000"));
    EXPECT_THAT(mine, HasSubstr("g,2,B,70.000"));
    EXPECT_THAT(mine, HasSubstr("h,,C,,,"));
    const std::string other = body(clerk("A"), why("B"));
    EXPECT_THAT(other, HasSubstr("\"points\":\"47.000\""));
    EXPECT_THAT(other, Not(HasSubstr("\"value\":\"47\"")));
    EXPECT_THAT(other, Not(HasSubstr("working")));
}

TEST_P(Audiences, AnIndicatorOfItsOwnAudienceHidesThePointsThatItGives) {
    movement("", kept, "[[indicators]]\nkey = \"visits\"\naudience = \"unit\"\n");
    report_all();
    const std::string table = body(nullptr, std::string(standings) + ".csv");
    EXPECT_THAT(table, HasSubstr("g,1,A,84.000,100.000,best,2,Alder,51.000,,pass"));
    EXPECT_THAT(body(nullptr, "/export/values.csv"), Not(HasSubstr("visits")));
    EXPECT_THAT(body(clerk("A"), why("A")), HasSubstr("\"value\":\"33\""));
}

TEST_P(Audiences, PointsThatOthersDecideAreSeenByWhoSeesTheOthers) {
    movement(blind, kept, "[[criteria]]\nkey = \"speed\"\nmax = 10\nrule = { kind = \"relative\" }\n");
    report_all();
    for (const char* code : {"A", "B"}) report(code, "speed", code[0] == 'A' ? "5" : "9");
    EXPECT_THAT(body(clerk("A"), why("A")), HasSubstr("\"hidden\":true"));
    EXPECT_THAT(body(viewer(Role::verifier, "P"), why("A")), HasSubstr("\"rank\":"));
}

TEST_P(Audiences, WhereAFigureMakesOneTakePartWhoDoesIsHiddenToo) {
    movement(blind, "");
    report_all();
    const auto before = get(nullptr, standings), page = get(nullptr, why("Q")), above = get(nullptr, why("R"));
    report("Q", "cases", "60");
    const auto after = get(nullptr, standings);
    EXPECT_EQ(before.body, after.body);
    EXPECT_EQ(before.tag, after.tag);
    EXPECT_EQ(get(nullptr, why("Q")).body.substr(0, 60), page.body.substr(0, 60));
    EXPECT_EQ(get(nullptr, why("Q")).status, page.status);
    EXPECT_EQ(get(nullptr, why("R")).status, above.status);
    EXPECT_THAT(body(clerk("Q"), standings), HasSubstr("Quince"));
}

TEST_P(Audiences, WhatIsHiddenTellsOfNoChange) {
    movement(blind);
    report_all();
    EXPECT_EQ(get(nullptr, "/live?topic=clean/2025").status, 403);
    EXPECT_EQ(get(nullptr, "/live?topic=restricted/clean/2025").status, 403);
    EXPECT_EQ(get(clerk("A"), "/live?topic=restricted/clean/2025").status, 403);
    EXPECT_EQ(get(viewer(Role::auditor, ""), "/live?topic=restricted/clean/2025").status, 200);
    EXPECT_EQ(get(nullptr, "/live?topic=jobs/unknown").status, 403);
    get(nullptr, standings);
    told.clear();
    report("A", "cases", "2");
    EXPECT_EQ(told, std::vector<std::string>{"restricted/clean/2025"});
}

TEST_P(Audiences, ACycleThatCannotBeScoredNamesNoFigureToWhoMayNotSeeIt) {
    movement(blind);
    report_all();
    auto change = store.change(permit());
    values::put_value(change, "cases", "2025", {unit["A"], number("777"), {}, "", 0});
    change.commit("values.imported", "values");
    live.follow();
    for (const std::string& target : {std::string(standings), why("B"), std::string("/movements/clean/2025"),
                                      std::string("/"), "/units/" + public_id["A"]}) {
        EXPECT_THAT(body(nullptr, target), Not(HasSubstr("777"))) << target;
        EXPECT_THAT(body(clerk("B"), target), Not(HasSubstr("777"))) << target;
    }
    EXPECT_EQ(get(nullptr, standings).status, 409);
    EXPECT_THAT(body(viewer(Role::auditor, ""), standings), HasSubstr("777"));
}

TEST_P(Audiences, PublishingShowsAndWithdrawingHidesAndBothAreInTheJournal) {
    movement(blind);
    report_all();
    caller = nullptr;
    EXPECT_EQ(ask("POST", "/movements/clean/2025/publish", {{"if-match", "0"}}).status, 401);
    caller = viewer(Role::publisher, "A");
    EXPECT_EQ(ask("POST", "/movements/clean/2025/publish", {{"if-match", "0"}}).status, 403);
    caller = viewer(Role::publisher, "P");
    EXPECT_EQ(ask("POST", "/movements/clean/2025/publish").status, 428);
    EXPECT_THAT(body(caller, "/movements/clean/2025"), HasSubstr("\"may_publish\":true"));
    EXPECT_EQ(ask("POST", "/movements/clean/2025/publish", {{"if-match", "0"}}).status, 200);
    EXPECT_THAT(body(nullptr, standings), HasSubstr("\"rank\":2"));
    EXPECT_THAT(body(nullptr, why("A")), Not(HasSubstr("\"value\":\"51\"")));

    caller = viewer(Role::publisher, "P");
    EXPECT_EQ(ask("POST", "/movements/clean/2025/publish", {{"if-match", "*"}}).status, 409);
    EXPECT_EQ(ask("POST", "/movements/clean/2025/unpublish", {{"if-match", "*"}}, R"({"reason":" "})").status, 422);
    EXPECT_EQ(ask("POST", "/movements/clean/2025/unpublish", {{"if-match", "0"}}, R"({"reason":"wrong"})").status, 412);
    EXPECT_EQ(ask("POST", "/movements/clean/2025/unpublish", {{"if-match", "*"}}, R"({"reason":"wrong"})").status, 200);
    EXPECT_THAT(body(nullptr, standings), Not(HasSubstr("\"rank\":1")));
    EXPECT_THAT(body(nullptr, "/movements/clean/2025"), HasSubstr("wrong"));
    const auto entries = store::entries_about(store.read(), "clean/2025");
    EXPECT_EQ(entries.at(0).what, "standings.withdrawn");
    EXPECT_EQ(entries.at(1).what, "standings.published");
    const auto stored = movements::find_cycle(store.read(), "clean", "2025");
    const auto last = movements::last_publication(store.read(), stored->id);
    EXPECT_EQ(last.published.seq, entries.at(1).seq);
    EXPECT_EQ(last.reason, "wrong");
}

TEST_P(Audiences, AValueChangesOnlyForWhoMayAndFromTheVersionThatTheySaw) {
    movement("");
    report_all();
    EXPECT_EQ(put(nullptr, "A", "52", "*").status, 401);
    EXPECT_EQ(put(clerk("B"), "A", "52", "*").status, 403);
    EXPECT_EQ(put(clerk("A"), "A", "52", "").status, 428);
    const auto version = json::parse(get(clerk("A"), why("A")).body).at("values").at(0).at("version").as_string();
    EXPECT_EQ(put(clerk("A"), "A", "52", std::string(version)).status, 200);
    const auto late = put(viewer(Role::verifier, "P"), "A", "53", std::string(version));
    EXPECT_EQ(late.status, 412);
    EXPECT_THAT(late.body, HasSubstr("it is now 52; you sent 53"));
    EXPECT_THAT(late.body, HasSubstr("who reports for the unit"));
    EXPECT_EQ(put(clerk("A"), "A", "1", "0", "faults").status, 200);
}

TEST_P(Audiences, OnceItIsClosedOrPublishedOnlyThoseWhoVerifyMayCorrect) {
    movement("");
    report_all();
    const auto stored = movements::find_cycle(store.read(), "clean", "2025");
    {
        auto change = store.change(permit());
        movements::publish_standings(change, stored->id);
        change.commit("standings.published", "clean/2025");
    }
    const auto refused = put(clerk("A"), "A", "52", "*");
    EXPECT_EQ(refused.status, 403);
    EXPECT_THAT(refused.body, HasSubstr("value.published"));
    EXPECT_THAT(body(clerk("A"), why("A")), HasSubstr("\"editable\":false"));
    EXPECT_THAT(body(viewer(Role::verifier, "P"), why("A")), HasSubstr("\"editable\":true"));
    EXPECT_EQ(put(viewer(Role::verifier, "P"), "A", "52", "*").status, 200);
    {
        auto change = store.change(permit());
        movements::withdraw_standings(change, stored->id, "again");
        movements::set_state(change, stored->id, movements::CycleState::closed);
        change.commit("cycle.closed", "clean/2025");
    }
    EXPECT_THAT(put(clerk("A"), "A", "53", "*").body, HasSubstr("value.cycle-closed"));
    EXPECT_EQ(put(viewer(Role::verifier, "P"), "A", "53", "*").status, 200);
}

TEST_P(Audiences, ImportsAreForWhoMayStoreSomethingSomewhere) {
    movement("");
    EXPECT_EQ(get(nullptr, "/import").status, 401);
    EXPECT_EQ(get(viewer(Role::publisher, "P"), "/import").status, 403);
    EXPECT_EQ(get(clerk("A"), "/import").status, 200);
    EXPECT_EQ(get(viewer(Role::auditor, ""), "/import").status, 200);

    const std::string file = "unit,indicator,period,value\nA,cases,2025,5\nB,cases,2025,6\n";
    const auto boundary = [&](const std::string& kind) {
        return "--x\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\n" + kind +
               "\r\n--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"values.csv\"\r\n\r\n" + file +
               "\r\n--x--\r\n";
    };
    const auto send = [&](std::shared_ptr<Viewer> who, const std::string& kind) {
        caller = std::move(who);
        const std::string content = boundary(kind);
        return ask("POST", "/import", {{"content-type", "multipart/form-data; boundary=x"}}, content);
    };
    EXPECT_EQ(send(nullptr, "values").status, 401);
    EXPECT_EQ(send(clerk("A"), "units").status, 403);
    const auto beyond = send(clerk("A"), "values");
    EXPECT_EQ(beyond.status, 201);
    EXPECT_THAT(beyond.body, HasSubstr("B is beyond your rights"));
    EXPECT_THAT(beyond.body, HasSubstr("\"line\":3"));
    const auto good = send(viewer(Role::verifier, "P"), "values");
    EXPECT_THAT(good.body, HasSubstr("\"state\":\"planned\""));
    const std::string id(json::parse(good.body).at("id").as_string());
    EXPECT_EQ(get(clerk("A"), "/import/" + id).status, 404);
    EXPECT_EQ(get(viewer(Role::auditor, ""), "/import/" + id).status, 200);
    caller = viewer(Role::auditor, "");
    EXPECT_EQ(ask("POST", "/import/" + id + "/cancel").status, 403);
    caller = viewer(Role::verifier, "P");
    EXPECT_EQ(ask("POST", "/import/" + id + "/apply").status, 202);
    EXPECT_THAT(body(nullptr, "/export/values.csv"), HasSubstr("B,cases,2025,6"));
    EXPECT_EQ(store::entries_since(store.read(), store.read().seq() - 1).at(0).who, "person-verifierP");
}

/// What one viewer is shown everywhere.
class Everywhere : public Audiences {
protected:
    std::vector<std::string> addresses() {
        std::vector<std::string> all{"/",
                                     "/movements",
                                     "/movements/clean/2025",
                                     standings,
                                     std::string(standings) + ".csv",
                                     std::string(standings) + "?sort=total",
                                     std::string(standings) + "?sort=-total",
                                     std::string(standings) + "?class=best",
                                     std::string(standings) + "?group=g",
                                     std::string(standings) + "?q=e&sort=unit",
                                     "/movements/clean/2025/rollup",
                                     "/movements/clean/2025/rollup.csv",
                                     "/export/values.csv",
                                     "/export/values.csv?movement=clean&period=2025"};
        for (const auto& [code, id] : public_id) {
            all.push_back(why(code));
            all.push_back("/units/" + id);
        }
        return all;
    }
    /// Bodies, tags and states; request ids of problems are no figures.
    std::map<std::string, std::string> shown(const std::shared_ptr<Viewer>& who) {
        std::map<std::string, std::string> all;
        for (const auto& address : addresses()) {
            const auto reply = get(who, address);
            std::string text = reply.body;
            if (const auto at = text.find("\"request_id\":\""); at != std::string::npos)
                text.erase(at, text.find('"', at + 14) - at);
            all[address] = std::to_string(reply.status) + " " + reply.tag + " " + text;
        }
        return all;
    }
    /// "" is the public; provinces look at all below them.
    std::shared_ptr<Viewer> by_name(const std::string& who) {
        if (who.empty()) return nullptr;
        return who == "P" || who == "R" ? viewer(Role::verifier, who) : clerk(who);
    }
    /// The line of each unit in the standings, complete.
    std::map<std::string, std::string> lines() {
        std::map<std::string, std::string> all;
        std::istringstream table(get(viewer(Role::auditor, ""), std::string(standings) + ".csv").body);
        for (std::string line; std::getline(table, line);) {
            const auto first = line.find(','), second = line.find(',', first + 1);
            all[line.substr(second + 1, line.find(',', second + 1) - second - 1)] = line;
        }
        return all;
    }

    /// Told from the hierarchy alone, another way than the program does.
    static Audience nearest(const std::string& of, const std::string& who) {
        static const std::map<std::string, std::string> above{{"A", "P"}, {"B", "P"}, {"C", "P"}, {"Q", "R"}};
        static const std::map<std::string, std::string> group{{"A", "g"}, {"B", "g"}, {"C", "h"}};
        if (who == "auditor" || who == of) return Audience::unit;
        if (above.contains(of) && above.at(of) == who) return Audience::chain;
        if (group.contains(of) && group.contains(who) && group.at(of) == group.at(who)) return Audience::group;
        return Audience::open;
    }
};
ON_BOTH(Everywhere);

TEST_P(Everywhere, WhatSomebodyMayNotSeeMovesNothingOfWhatTheyAreShown) {
    const auto seed = std::random_device()();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    const auto pick = [&](const auto& list) { return *(std::begin(list) + random() % std::size(list)); };
    const std::vector<std::string> audiences{"unit", "chain", "group", "public"};
    const std::vector<std::string> reporters{"A", "B", "C", "Q"}, indicators{"cases", "visits", "faults"};
    const std::vector<std::string> viewers{"", "A", "B", "C", "Q", "P", "R"};
    int checked = 0;
    for (int round = 0; round < 12; ++round) {
        const std::string values = pick(audiences), seen = pick(audiences);
        const auto narrow = *people::audience_of(values);
        const bool own = narrow > Audience::unit && random() % 2 == 0;
        movement("[audience]\nvalues = \"" + values + "\"\nstandings = \"" + seen + "\"\n", round % 2 ? kept : "",
                 (!own ? "" : "[[indicators]]\nkey = \"visits\"\naudience = \"unit\"\n") +
                     std::string(round % 3 == 0 ? "[[criteria]]\nkey = \"speed\"\nmax = 5\nrule = { kind = "
                                                  "\"relative\" }\n"
                                                : ""));
        for (int change = 0; change < 3; ++change) {
            const std::string code = pick(reporters), indicator = pick(indicators);
            const std::string value = random() % 4 == 0 ? "" : std::to_string(random() % 40);
            const auto before = lines();
            std::map<std::string, std::map<std::string, std::string>> then;
            for (const auto& who : viewers) then[who] = shown(by_name(who));
            report(code, indicator, value);
            const auto after = lines();
            for (const auto& who : viewers) {
                const auto audience = indicator == "visits" && own ? Audience::unit : narrow;
                bool may_notice = nearest(code, who) <= audience || audience == Audience::open;
                for (const auto& [unit_code, line] : after) {
                    const auto was = before.find(unit_code);
                    if (was != before.end() && was->second == line) continue;
                    may_notice =
                        may_notice || seen == "public" || nearest(unit_code, who) <= *people::audience_of(seen);
                }
                for (const auto& [unit_code, line] : before)
                    if (!after.contains(unit_code))
                        may_notice =
                            may_notice || seen == "public" || nearest(unit_code, who) <= *people::audience_of(seen);
                if (may_notice) continue;
                ++checked;
                const auto now_shown = shown(by_name(who));
                for (const auto& [address, text] : now_shown)
                    EXPECT_EQ(text, then[who][address])
                        << "values " << values << ", standings " << seen << ", " << code << " " << indicator << " = "
                        << value << ", seen by " << (who.empty() ? "the public" : who) << " at " << address;
            }
        }
    }
    EXPECT_GT(checked, 20);
}

}  // namespace
}  // namespace guidon::contract
