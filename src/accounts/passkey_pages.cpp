// How does somebody add a passkey to their account, and take it away?
#include "accounts/accounts_pages.h"
#include "accounts/ceremony.h"
#include "accounts/prove_again.h"
#include "accounts/secret.h"
#include "people/gate.h"

namespace guidon::accounts {

namespace json = boost::json;
using people::Gate;
using web::Answer;
using web::Method;
using web::Request;

namespace {

constexpr std::size_t longest_title = 100;
constexpr std::size_t most_passkeys = 20;

Answer question(const House& house, const Request& request) {
    const auto* viewer = people::viewer_of(request);
    Gate::own(viewer);
    const auto reader = house.store.read();
    const auto own = account(reader, AccountId(viewer->account));
    const std::string challenge = link_token();
    Answer answer;
    answer.cache_control = "no-store";
    answer.document = creation_options(ceremony_at(request, challenge, UserVerification::preferred), "Guidon",
                                       {user_handle(own), own.name, viewer->name}, known(passkeys_of(reader, own.id)));
    answer.cookies.push_back(keep_challenge(house, challenge, "add"));
    return answer;
}

Answer add(House& house, const Request& request) {
    const auto* viewer = people::viewer_of(request);
    const auto permit = Gate::own(viewer);
    const AccountId id(viewer->account);
    prove_lately(house, request, *viewer, account(house.store.read(), id));
    const std::string challenge = kept_challenge(house, request, "add");
    const auto made =
        verify_registration(request.field("passkey"), ceremony_at(request, challenge, UserVerification::preferred));
    std::string title = request.field("title");
    if (title.empty()) title = say(request.language, "accounts.passkey");
    if (title.size() > longest_title) throw Problem("account.token-title", {{"most", "100"}}, "title");
    house.writer.run([&] {
        auto change = house.store.change(permit);
        if (passkeys_of(change, id).size() >= most_passkeys)
            throw Problem("account.too-many-passkeys", {{"most", std::to_string(most_passkeys)}}, "", 409);
        use_up(change, "challenge", challenge);
        add_passkey(change, {.public_id = {},
                             .account = id,
                             .credential = made.credential_id,
                             .public_key = made.public_key,
                             .algorithm = made.algorithm,
                             .sign_count = made.sign_count,
                             .transports = made.transports,
                             .title = title});
        change.commit("account.passkey-added", viewer->person, {{"algorithm", made.algorithm}});
    });
    Answer answer = web::see_other("/me/account#passkeys");
    answer.document = {{"done", true}};
    return answer;
}

Answer remove(House& house, const Request& request) {
    const auto* viewer = people::viewer_of(request);
    const auto permit = Gate::own(viewer);
    const AccountId id(viewer->account);
    prove_lately(house, request, *viewer, account(house.store.read(), id));
    house.writer.run([&] {
        auto change = house.store.change(permit);
        if (!remove_passkey(change, id, request.place.at("id"))) throw Problem("account.no-passkey", {}, "", 404);
        const auto own = account(change, id);
        if (own.password_hash.empty() && passkeys_of(change, id).empty())
            throw Problem("account.last-way-in", {}, "", 409);
        change.commit("account.passkey-removed", viewer->person, {});
    });
    Answer answer = web::see_other("/me/account#passkeys");
    answer.document = {{"done", true}};
    return answer;
}

}  // namespace

void add_passkey_routes(web::Routes& routes, House& house) {
    routes.get("/me/passkeys/options", [&house](const Request& request) { return question(house, request); });
    const auto slow = [&](std::string path, Answer (*handler)(House&, const Request&)) {
        routes.add({Method::post, std::move(path), web::Access::slow,
                    [&house, handler](const Request& request) { return handler(house, request); }});
    };
    slow("/me/passkeys", add);
    slow("/me/passkeys/:id/remove", remove);
}

}  // namespace guidon::accounts
