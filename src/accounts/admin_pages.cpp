// How does somebody who manages people give them an account, help them back in, and close it?
#include "accounts/accounts_pages.h"
#include "accounts/own_document.h"
#include "accounts/sessions_store.h"
#include "people/people_pages.h"

namespace guidon::accounts {

namespace json = boost::json;
using web::Answer;
using web::Method;
using web::Request;

namespace {

people::Person person_of(const store::Reader& reader, const Request& request) {
    auto person = people::find_person(reader, request.place.at("id"));
    if (!person || person->erased) throw Problem("people.unknown", {{"person", request.place.at("id")}}, "", 404);
    return *std::move(person);
}

store::Permit permit_for(const store::Reader& reader, const Request& request, const people::Person& person) {
    return people::permit_account(reader, people::viewer_of(request), person);
}

Account account_here(const store::Reader& reader, const people::Person& person) {
    auto known = account_of(reader, person.id);
    if (!known) throw Problem("account.none", {}, "", 404);
    return *std::move(known);
}

/// The link is shown to whoever made it, once; by mail it goes to the person alone.
Answer link_shown(const Request& request, const people::Person& person, LinkKind kind, const std::string& path,
                  bool mailed) {
    const std::string key = "accounts.link-" + std::string(code(kind));
    Answer answer{.template_name = "accounts/link_made"};
    answer.status = 201;
    answer.secret = true;
    answer.document = {
        {"title", say(request.language, key)},
        {"lede",
         say(request.language, mailed ? "accounts.link-mailed" : "accounts.link-hand-over", {{"name", person.name}})},
        {"person",
         json::object{{"id", person.public_id}, {"name", person.name}, {"href", "/people/" + person.public_id}}},
        {"link", request.origin + path}};
    return answer;
}

Answer give_link(House& house, const Request& request, LinkKind kind) {
    const auto reader = house.store.read();
    const auto person = person_of(reader, request);
    const auto permit = permit_for(reader, request, person);
    const auto known = account_here(reader, person);
    if (known.state == AccountState::closed) throw Problem("account.closed", {}, "", 409);
    auto change = house.store.change(permit);
    // Whoever lost a password may have lost the telephone, too, and to somebody who still knows the old password.
    if (kind == LinkKind::reset) end_ways_in(change, known.id);
    const auto path = new_link(change, kind, known.id);
    const bool mailed = house.notify && !known.mail.empty();
    if (mailed) house.notify(change, known, std::string(code(kind)), request.origin + path);
    change.commit(kind == LinkKind::reset ? "account.reset" : "account.invited", person.public_id, {});
    return link_shown(request, person, kind, path, mailed);
}

Answer give_account(House& house, const Request& request) {
    const auto reader = house.store.read();
    const auto person = person_of(reader, request);
    const auto permit = permit_for(reader, request, person);
    if (account_of(reader, person.id)) throw Problem("account.there", {}, "", 409);
    auto change = house.store.change(permit);
    const auto id = add_account(change, person.id, request.field("account"), request.field("mail"));
    const auto path = new_link(change, LinkKind::invite, id);
    const auto made = account(change, id);
    const bool mailed = house.notify && !made.mail.empty();
    if (mailed) house.notify(change, made, "invite", request.origin + path);
    change.commit("account.added", person.public_id, {{"account", people::personal_hash(person.salt, made.name)}});
    return link_shown(request, person, LinkKind::invite, path, mailed);
}

Answer close(House& house, const Request& request) {
    const auto reader = house.store.read();
    const auto person = person_of(reader, request);
    const auto permit = permit_for(reader, request, person);
    const auto known = account_here(reader, person);
    auto change = house.store.change(permit);
    const Day today = Day::of_utc_ms(change.at_utc_ms());
    set_state(change, known.id, AccountState::closed);
    end_ways_in(change, known.id);
    if (!somebody_administers(change, today)) throw Problem("people.last-administrator", {}, "", 409);
    change.commit("account.closed", person.public_id, {});
    Answer answer = web::see_other("/people/" + person.public_id);
    answer.document = {{"done", true}};
    return answer;
}

/// Back from closed, which ended all that opened it: by an invitation.
Answer reopen(House& house, const Request& request) {
    const auto reader = house.store.read();
    const auto person = person_of(reader, request);
    const auto permit = permit_for(reader, request, person);
    const auto known = account_here(reader, person);
    if (known.state != AccountState::closed) throw Problem("account.there", {}, "", 409);
    auto change = house.store.change(permit);
    set_state(change, known.id, AccountState::invited);
    const auto path = new_link(change, LinkKind::invite, known.id);
    const bool mailed = house.notify && !known.mail.empty();
    if (mailed) house.notify(change, known, "invite", request.origin + path);
    change.commit("account.reopened", person.public_id, {});
    return link_shown(request, person, LinkKind::invite, path, mailed);
}

}  // namespace

void add_admin_routes(web::Routes& routes, House& house) {
    const std::string person = "/people/:id";
    routes.change(Method::post, person + "/account", [&house](const Request& r) { return give_account(house, r); });
    routes.change(Method::post, person + "/invite",
                  [&house](const Request& r) { return give_link(house, r, LinkKind::invite); });
    routes.change(Method::post, person + "/reset",
                  [&house](const Request& r) { return give_link(house, r, LinkKind::reset); });
    routes.change(Method::post, person + "/reopen", [&house](const Request& r) { return reopen(house, r); });
    routes.change(Method::post, person + "/close", [&house](const Request& r) { return close(house, r); });
}

}  // namespace guidon::accounts
