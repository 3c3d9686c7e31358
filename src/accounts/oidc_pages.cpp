// How does somebody come in through an identity provider? Their browser goes there and comes back; what the provider
// says of groups gives roles here.
#include <algorithm>
#include <chrono>

#include "accounts/accounts_pages.h"
#include "accounts/doorman.h"
#include "accounts/external.h"
#include "accounts/kept_in_browser.h"
#include "accounts/sign_in_form.h"
#include "people/gate.h"
#include "web/again.h"

namespace guidon::accounts {

namespace json = boost::json;
using web::Answer;
using web::Method;
using web::Request;

namespace {

constexpr auto oidc_cookie = "guidon-provider";

OidcClient& provider_of(House& house, const Request& request) {
    for (const auto& client : house.providers)
        if (client->provider().key == request.place.at("provider")) return *client;
    throw Problem("oidc.no-provider", {{"provider", request.place.at("provider")}}, "", 404);
}

Seconds now_of(const House& house) {
    return Seconds(std::chrono::seconds(house.store.now_utc_ms() / 1000));
}

std::string back_address(const Request& request, const OidcClient& client) {
    return request.origin + "/sign-in/oidc/" + client.provider().key + "/back";
}

Answer begin(House& house, const Request& request) {
    auto& client = provider_of(house, request);
    const auto begun = client.begin(back_address(request, client), request.language, now_of(house));
    const auto& pending = begun.pending;
    Answer answer;
    answer.status = 303;
    answer.location = begun.address;
    answer.leads = web::Leads::elsewhere;
    answer.cache_control = "no-store";
    answer.cookies.push_back(keep_in_browser(house, oidc_cookie,
                                             {{"provider", pending.provider},
                                              {"state", pending.state},
                                              {"nonce", pending.nonce},
                                              {"code_verifier", pending.code_verifier},
                                              {"redirect_uri", pending.redirect_uri},
                                              {"begun", pending.begun_at.time_since_epoch().count()},
                                              {"to", place_to_go(request.asked("to"))}},
                                             10));
    return answer;
}

Answer finish(House& house, const Request& request) {
    auto& client = provider_of(house, request);
    const auto kept = kept_in_browser(house, request, oidc_cookie);
    if (!kept || kept->at("provider").as_string() != client.provider().key) throw Problem("oidc.too-late", {}, "", 403);
    const auto text = [&](const char* name) { return std::string(kept->at(name).as_string()); };
    const PendingSignIn pending{
        text("provider"),     text("state"),
        text("nonce"),        text("code_verifier"),
        text("redirect_uri"), Seconds(std::chrono::seconds(kept->at("begun").to_number<std::int64_t>()))};
    const ProviderAnswer answer{request.asked("code"), request.asked("state"), request.asked("iss"),
                                request.asked("error"), request.asked("error_description")};
    const auto identity = client.finish(answer, pending, now_of(house));
    const auto account = account_for(house, client.provider(), identity);
    Answer signed_in = open_session(house, request, account, "oidc:" + client.provider().key, text("to"),
                                    [&](store::Change& change) { use_up(change, "oidc", pending.state); });
    signed_in.cookies.push_back(taken_from_browser(oidc_cookie));
    return signed_in;
}

/// When the provider is down or says no, the other ways in stand right there.
Answer or_sign_in_form(House& house, const Request& request, Answer (*way_in)(House&, const Request&)) {
    try {
        return way_in(house, request);
    } catch (const Problem& problem) {
        if (problem.code == "oidc.no-provider") throw;
        return again(request, sign_in_form(house, request), problem);
    }
}

}  // namespace

void add_oidc_routes(web::Routes& routes, House& house) {
    const std::string path = "/sign-in/oidc/:provider";
    routes.add({Method::get, path, web::Access::remote,
                [&house](const Request& request) { return or_sign_in_form(house, request, begin); }});
    routes.add({Method::get, path + "/back", web::Access::remote,
                [&house](const Request& request) { return or_sign_in_form(house, request, finish); }});
}

}  // namespace guidon::accounts
