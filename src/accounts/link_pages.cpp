// How does somebody choose their name and password? By a one-time link: the first administrator's from the server's
// log, an invitation, a reset.
#include "accounts/accounts_pages.h"
#include "accounts/doorman.h"
#include "accounts/secret.h"
#include "accounts/sessions_store.h"
#include "people/gate.h"
#include "web/again.h"

namespace guidon::accounts {

namespace json = boost::json;
using people::Gate;
using web::Answer;
using web::Method;
using web::Request;

namespace {

/// Problem "account.link-gone" (404) for what was never given out, was used, or is too old.
Link link_of(const store::Reader& reader, const Request& request, LinkKind kind, std::int64_t now_ms) {
    const auto link = find_link(reader, secret_hash(request.place.at("secret")));
    if (!link || link->kind != kind || link->ends_utc_ms <= now_ms) throw Problem("account.link-gone", {}, "", 404);
    if (kind == LinkKind::setup && !needs_setup(reader)) throw Problem("account.link-gone", {}, "", 404);
    if (link->account && account(reader, *link->account).state == AccountState::closed)
        throw Problem("account.link-gone", {}, "", 404);
    return *link;
}

Answer form(const House& house, const Request& request, LinkKind kind) {
    const Language language = request.language;
    const auto reader = house.store.read();
    const auto link = link_of(reader, request, kind, house.store.now_utc_ms());
    const std::string key = "accounts." + std::string(code(kind));
    Answer answer{.template_name = "accounts/link"};
    answer.cache_control = "no-store";
    answer.document = {{"title", say(language, key)},
                       {"lede", say(language, key + "-lede")},
                       {"action", request.path},
                       {"kind", code(kind)},
                       {"setup", kind == LinkKind::setup},
                       {"least", std::to_string(shortest_password)},
                       {"person", request.field("person")},
                       {"account", request.field("account")}};
    if (link.account) {
        const auto known = account(reader, *link.account);
        answer.document["account"] = known.name;
        answer.document["person"] = people::person(reader, known.person).name;
    }
    return answer;
}

/// All that speaks against a password at once; the second time typed has to be the same.
void check_password(const Request& request, const std::vector<std::string>& names) {
    std::vector<Problem> problems = password_problems(request.field("password"), names);
    if (request.fields.contains("again") && request.field("again") != request.field("password"))
        problems.emplace_back("account.password-not-again", Arguments{}, "again");
    if (!problems.empty()) throw problems.front();
}

/// The first administrator: person, office of the system, role, account – and, where one person does everything, an
/// organiser's office beside it.
AccountId first_administrator(store::Change& change, const Request& request, const std::string& hash) {
    const auto person = people::add_person(change, request.field("person"), {});
    const Day today = Day::of_utc_ms(change.at_utc_ms());
    const auto give = [&](const Texts& title, const std::vector<people::Role>& roles) {
        const auto office = people::add_office(change, person, std::nullopt, title, {today, Day::never()});
        for (const auto role : roles)
            people::add_grant(change, {.public_id = {},
                                       .office = office,
                                       .role = role,
                                       .held = {today, Day::never()},
                                       .granted_by = {},
                                       .since = 0});
    };
    const auto titled = [](const char* key) {
        Texts title;
        for (const Language language : languages) title[std::string(code(language))] = say(language, key);
        return title;
    };
    give(titled("accounts.office-administrator"), {people::Role::administrator});
    if (request.field("organises") == "yes")
        give(titled("accounts.office-organiser"),
             {people::Role::organiser, people::Role::reporter, people::Role::publisher});
    const auto id = add_account(change, person, request.field("account"), "");
    set_password(change, id, hash);
    set_state(change, id, AccountState::active);
    return id;
}

Answer set_up(House& house, const Request& request) {
    link_of(house.store.read(), request, LinkKind::setup, house.store.now_utc_ms());
    if (folded(request.field("person")).empty()) throw Problem("account.person-missing", {}, "person");
    check_password(request, {request.field("account"), request.field("person")});
    const auto hash = hash_password(request.field("password"), house.work);
    const auto id = house.writer.run([&] {
        auto change = house.store.change(Gate::proven("setup", "first administrator"));
        link_of(change, request, LinkKind::setup, change.at_utc_ms());
        use_link(change, secret_hash(request.place.at("secret")));
        const auto made = first_administrator(change, request, hash);
        const auto person = people::person(change, account(change, made).person);
        change.commit("account.set-up", person.public_id,
                      {{"name", people::personal_hash(person.salt, person.name)},
                       {"account", people::personal_hash(person.salt, request.field("account"))},
                       {"organises", request.field("organises") == "yes"}});
        return made;
    });
    return open_session(house, request, account(house.store.read(), id), "setup", "/me");
}

Answer choose_password(House& house, const Request& request, LinkKind kind) {
    const auto reader = house.store.read();
    const auto link = link_of(reader, request, kind, house.store.now_utc_ms());
    const auto known = account(reader, *link.account);
    const auto person = people::person(reader, known.person);
    check_password(request, {known.name, person.name, known.mail});
    const auto hash = hash_password(request.field("password"), house.work);
    house.writer.run([&] {
        auto change = house.store.change(Gate::proven(person.public_id, std::string(code(kind))));
        link_of(change, request, kind, change.at_utc_ms());
        use_link(change, secret_hash(request.place.at("secret")));
        set_password(change, known.id, hash);
        set_state(change, known.id, AccountState::active);
        end_sessions(change, known.id);
        change.commit("account.password-set", person.public_id, {{"by", code(kind)}});
    });
    // who has a second factor still has to show it
    return web::see_other("/sign-in?chosen=yes");
}

Answer take(House& house, const Request& request, LinkKind kind) {
    try {
        Answer answer = kind == LinkKind::setup ? set_up(house, request) : choose_password(house, request, kind);
        answer.secret = true;
        return answer;
    } catch (const Problem& problem) {
        if (problem.code == "account.link-gone") throw;
        return again(request, form(house, request, kind), problem);
    }
}

}  // namespace

void add_link_routes(web::Routes& routes, House& house) {
    for (const LinkKind kind : {LinkKind::setup, LinkKind::invite, LinkKind::reset}) {
        const std::string path = "/" + std::string(code(kind)) + "/:secret";
        routes.add({Method::get,
                    path,
                    web::Access::read,
                    [&house, kind](const Request& request) { return form(house, request, kind); },
                    web::form_limit,
                    {},
                    true});
        routes.add({Method::post,
                    path,
                    web::Access::slow,
                    [&house, kind](const Request& request) { return take(house, request, kind); },
                    web::form_limit,
                    {},
                    true});
    }
}

}  // namespace guidon::accounts
