// How does a program act for somebody? By a personal access token: limited to verbs, a subtree and a day, shown once.
#include <algorithm>

#include "accounts/accounts_pages.h"
#include "accounts/prove_again.h"
#include "accounts/secret.h"
#include "accounts/sessions_store.h"
#include "base/dates.h"
#include "people/gate.h"
#include "units/units_store.h"

namespace guidon::accounts {

namespace json = boost::json;
using people::Gate;
using people::Viewer;
using web::Answer;
using web::Method;
using web::Request;

namespace {

constexpr std::size_t longest_title = 100;

/// The verbs that were asked for: a form sends each as a field, JSON a list.
std::vector<people::Action> verbs_of(const Request& request, const Viewer& viewer) {
    std::vector<std::string> asked;
    const auto [begin, end] = request.fields.equal_range("verbs");
    for (auto at = begin; at != end; ++at) asked.push_back(at->second);
    if (request.json && request.json->is_object())
        if (const auto* list = request.json->as_object().if_contains("verbs"); list && list->is_array())
            for (const auto& verb : list->as_array())
                if (verb.is_string()) asked.emplace_back(verb.as_string());
    std::vector<people::Action> verbs;
    for (const auto& name : asked) {
        const auto verb = people::action_of(name);
        if (!verb) throw Problem("account.verb-unknown", {{"verb", name}}, "verbs");
        const bool held = std::any_of(viewer.grants.begin(), viewer.grants.end(),
                                      [&](const people::Grant& grant) { return permits(grant.role, *verb); });
        if (!held) throw Problem("account.verb-beyond", {{"verb", name}}, "verbs", 403);
        verbs.push_back(*verb);
    }
    if (verbs.empty()) throw Problem("account.verbs-missing", {}, "verbs");
    return verbs;
}

AccessToken wanted(const store::Reader& reader, const Request& request, const Viewer& viewer) {
    AccessToken token;
    token.account = AccountId(viewer.account);
    if (viewer.capacity) token.office = viewer.capacity->office;
    token.title = request.field("title");
    if (token.title.empty() || token.title.size() > longest_title)
        throw Problem("account.token-title", {{"most", std::to_string(longest_title)}}, "title");
    token.verbs = verbs_of(request, viewer);
    if (const std::string code = request.field("unit"); !code.empty()) {
        const auto unit = units::find_unit_by_code(reader, code, viewer.today);
        if (!unit) throw Problem("account.token-unit", {{"unit", code}}, "unit");
        token.unit = unit->id;
    }
    const auto ends = Day::parse(request.field("ends"));
    constexpr int a_year = 10'000;  // days are numbers YYYYMMDD
    if (!ends || *ends <= viewer.today || ends->number() > viewer.today.number() + a_year)
        throw Problem("account.token-ends", {}, "ends");
    token.ends = *ends;
    return token;
}

Answer make(House& house, const Request& request) {
    const Viewer* viewer = people::viewer_of(request);
    const auto permit = Gate::own(viewer);
    const auto token = wanted(house.store.read(), request, *viewer);
    prove_lately(house, request, *viewer, account(house.store.read(), token.account));
    const std::string secret = access_token();
    json::array verbs;
    for (const auto verb : token.verbs) verbs.push_back(json::value(people::code(verb)));
    const auto id = house.writer.run([&] {
        auto change = house.store.change(permit);
        auto made = add_access_token(change, token, secret_hash(secret));
        change.commit("token.made", viewer->person, {{"token", made}, {"verbs", verbs}, {"ends", token.ends.text()}});
        return made;
    });
    Answer answer{.template_name = "accounts/token"};
    answer.status = 201;
    answer.secret = true;
    answer.document = {{"title", say(request.language, "accounts.token")},
                       {"lede", say(request.language, "accounts.token-lede")},
                       {"id", id},
                       {"name", token.title},
                       {"token", secret},
                       {"verbs", std::move(verbs)},
                       {"ends", token.ends.text()},
                       {"ends_text", date_text(request.language, token.ends.text())}};
    return answer;
}

Answer end(House& house, const Request& request) {
    const Viewer* viewer = people::viewer_of(request);
    auto change = house.store.change(Gate::own(viewer));
    const std::string id = request.place.at("id");
    if (!end_access_token(change, AccountId(viewer->account), id)) throw Problem("account.no-token", {}, "", 404);
    change.commit("token.ended", viewer->person, {{"token", id}});
    Answer answer = web::see_other("/me/account#tokens");
    answer.document = {{"done", true}};
    return answer;
}

}  // namespace

void add_token_routes(web::Routes& routes, House& house) {
    routes.add({Method::post, "/me/tokens", web::Access::slow,
                [&house](const Request& request) { return make(house, request); }});
    routes.change(Method::post, "/me/tokens/:id/end", [&house](const Request& request) { return end(house, request); });
}

}  // namespace guidon::accounts
