// How does somebody come in? By password and second factor, or by a passkey. Unknown and wrong look the same and take
// the same time.
#include "accounts/accounts_pages.h"
#include "accounts/ceremony.h"
#include "accounts/doorman.h"
#include "accounts/kept_in_browser.h"
#include "accounts/secret.h"
#include "accounts/sessions_store.h"
#include "accounts/sign_in_form.h"
#include "accounts/totp.h"
#include "people/gate.h"
#include "web/again.h"

namespace guidon::accounts {

namespace json = boost::json;
using people::Gate;
using web::Answer;
using web::Method;
using web::Request;

Answer sign_in_form(const House& house, const Request& request) {
    const Language language = request.language;
    const std::string to = request.asked("to", request.field("to"));
    json::array providers;
    for (const auto& client : house.providers) {
        std::string href = "/sign-in/oidc/" + client->provider().key;
        if (!to.empty()) href = with_query(href, {{"to", to}});
        providers.push_back({{"title", pick(client->provider().title, language)}, {"href", href}});
    }
    Answer answer{.template_name = "accounts/sign_in"};
    answer.cache_control = "no-store";
    answer.document = {{"title", say(language, "accounts.sign-in")},
                       {"lede", say(language, "accounts.sign-in-lede")},
                       {"action", "/sign-in"},
                       {"to", to},
                       {"name", request.field("name")},
                       {"chosen", request.asked("chosen") == "yes"},
                       {"providers", std::move(providers)},
                       {"setup_needed", needs_setup(house.store.read())},
                       {"passkey", {{"options_href", "/sign-in/passkey"}, {"action", "/sign-in/passkey"}}}};
    return answer;
}

namespace {

constexpr auto step_cookie = "guidon-step";
constexpr int minutes_for_a_step = 10;
constexpr std::size_t longest_counted_name = 200;  // bytes; no account has such a one, and many are remembered

/// Which browser, as this account knows it: the text of a cookie that we sealed for the account.
std::string known_device(const House& house, const Request& request, const Account& account) {
    const auto text = unsealed(key_for("device", house.key), request.cookie("guidon-device"));
    return text && text->starts_with(account.public_id + " ") ? *text : std::string();
}

Throttle::Attempt attempt_of(const House& house, const Request& request, const std::string& name,
                             const std::optional<Account>& account) {
    return {folded(name.substr(0, longest_counted_name)), request.client,
            account ? known_device(house, request, *account) : std::string()};
}

/// The account whose password this is. Problem "account.wrong" for everything else.
Account proven_by_password(House& house, const Request& request) {
    const std::string name = request.field("name"), password = request.field("password");
    const auto account = find_account_by_name(house.store.read(), name);
    const auto attempt = attempt_of(house, request, name, account);
    house.throttle.admit(attempt, house.store.now_utc_ms());
    bool right = false;
    if (account && account->state == AccountState::active && !account->password_hash.empty())
        right = password_matches(account->password_hash, password);
    else
        spend_like_a_check(password, house.work);
    if (!right) throw Problem("account.wrong", {}, "password", 401);
    house.throttle.succeeded(attempt);
    if (needs_rehash(account->password_hash, house.work)) {
        const auto hash = hash_password(password, house.work);
        house.writer.run([&] {
            auto change = house.store.change(Gate::program("password work"));
            set_password(change, account->id, hash);
            change.keep();
        });
    }
    return *account;
}

bool has_second_factor(const store::Reader& reader, const Account& account) {
    return !account.totp_secret.empty() || !passkeys_of(reader, account.id).empty();
}

Answer sign_in(House& house, const Request& request) {
    try {
        const auto account = proven_by_password(house, request);
        const std::string to = place_to_go(request.field("to"));
        if (!has_second_factor(house.store.read(), account))
            return open_session(house, request, account, "password", to);
        Answer answer = web::see_other("/sign-in/second");
        answer.document = {{"second_factor", true}, {"href", "/sign-in/second"}};
        answer.cookies.push_back(keep_in_browser(house, step_cookie,
                                                 {{"account", account.public_id}, {"to", to}, {"once", link_token()}},
                                                 minutes_for_a_step));
        return answer;
    } catch (const Problem& problem) {
        return again(request, sign_in_form(house, request), problem);
    }
}

// The second step --------------------------------------------------------------------------------------------------

struct Step {
    Account account;
    std::string to, once;
};

/// Problem "account.step-late" (403) when the first step was too long ago or in another browser.
Step step_of(const House& house, const Request& request) {
    const auto kept = kept_in_browser(house, request, step_cookie);
    const auto account =
        kept ? find_account(house.store.read(), kept->at("account").as_string()) : std::optional<Account>();
    if (!account || account->state != AccountState::active) throw Problem("account.step-late", {}, "", 403);
    return {*account, std::string(kept->at("to").as_string()), std::string(kept->at("once").as_string())};
}

Answer second_form(const House& house, const Request& request) {
    const Language language = request.language;
    const auto step = step_of(house, request);
    const auto reader = house.store.read();
    const bool has_app = !step.account.totp_secret.empty();
    const bool has_codes = count_recovery_codes(reader, step.account.id) > 0;
    Answer answer{.template_name = "accounts/second"};
    answer.cache_control = "no-store";
    answer.document = {{"title", say(language, "accounts.second")},
                       {"lede", say(language, "accounts.second-lede")},
                       {"action", "/sign-in/second"},
                       {"has_app", has_app},
                       {"has_codes", has_codes},
                       {"takes_code", has_app || has_codes}};
    if (!passkeys_of(reader, step.account.id).empty())
        answer.document["passkey"] =
            json::object{{"options_href", "/sign-in/second/passkey"}, {"action", "/sign-in/second"}};
    return answer;
}

Answer asked_of_browser(const House& house, const Request& request, UserVerification verification,
                        const std::vector<KnownPasskey>& permitted) {
    const std::string challenge = link_token();
    Answer answer;
    answer.cache_control = "no-store";
    answer.document = request_options(ceremony_at(request, challenge, verification), permitted);
    answer.cookies.push_back(keep_challenge(house, challenge, "sign-in"));
    return answer;
}

/// The proof of a passkey, and what has to be stored of it.
struct Proof {
    Passkey passkey;
    std::string challenge;
    std::int64_t sign_count = 0;
};
/// A copy of the key may exist: it opens nothing any more.
void end_use(House& house, const Passkey& passkey) {
    house.writer.run([&] {
        auto change = house.store.change(Gate::program("sign-in"));
        remove_passkey(change, passkey.account, passkey.public_id);
        const auto person = people::person(change, account(change, passkey.account).person);
        change.commit("account.passkey-cloned", person.public_id, {{"passkey", passkey.public_id}});
    });
}

Proof proven_by_passkey(House& house, const Request& request, UserVerification verification) {
    const std::string challenge = kept_challenge(house, request, "sign-in");
    const std::string response = request.field("passkey");
    const auto claimed = claimed_passkey(response);
    const auto reader = house.store.read();
    // Sent twice, the counter stands still: that is no copy of the key.
    must_be_unused(reader, "challenge", challenge);
    const auto passkey = find_passkey(reader, claimed.credential_id);
    if (!passkey) throw Problem("account.passkey-unknown", {}, "passkey", 401);
    const StoredPasskey stored{passkey->credential, passkey->public_key, passkey->algorithm,
                               static_cast<std::uint32_t>(passkey->sign_count),
                               user_handle(account(reader, passkey->account))};
    try {
        const auto proof = verify_assertion(response, stored, ceremony_at(request, challenge, verification));
        return {*passkey, challenge, proof.sign_count};
    } catch (const Problem& problem) {
        if (problem.code == "account.passkey-cloned") end_use(house, *passkey);
        throw;
    }
}

std::function<void(store::Change&)> used(const Proof& proof) {
    return [proof](store::Change& change) {
        use_up(change, "challenge", proof.challenge);
        use_passkey(change, proof.passkey.credential, proof.sign_count);
    };
}

Answer sign_in_by_passkey(House& house, const Request& request) {
    try {
        const auto proof = proven_by_passkey(house, request, UserVerification::required);
        const auto owner = account(house.store.read(), proof.passkey.account);
        if (owner.state != AccountState::active) throw Problem("account.passkey-unknown", {}, "passkey", 401);
        return open_session(house, request, owner, "passkey", request.field("to"), used(proof));
    } catch (const Problem& problem) {
        return again(request, sign_in_form(house, request), problem);
    }
}

Answer second_by_passkey(House& house, const Request& request, const Step& step) {
    const auto proof = proven_by_passkey(house, request, UserVerification::discouraged);
    if (proof.passkey.account != step.account.id) throw Problem("account.passkey-other", {}, "passkey", 401);
    return open_session(house, request, step.account, "password|passkey", step.to, [&](store::Change& change) {
        use_up(change, "step", step.once);
        used(proof)(change);
    });
}

Answer second_by_code(House& house, const Request& request, const Step& step) {
    const std::string typed = folded(request.field("code"));  // an Urdu keyboard types ۰–۹
    if (const auto recovery = recovery_code(typed)) {
        return open_session(house, request, step.account, "password|recovery", step.to, [&](store::Change& change) {
            use_up(change, "step", step.once);
            if (!use_recovery_code(change, step.account.id, secret_hash(*recovery, step.account.public_id)))
                throw Problem("account.code-wrong", {}, "code", 401);
        });
    }
    if (step.account.totp_secret.empty()) throw Problem("account.code-wrong", {}, "code", 401);
    return open_session(house, request, step.account, "password|totp", step.to, [&](store::Change& change) {
        const auto now = account(change, step.account.id);
        const auto secret = revealed(house.totp_key(), now.totp_secret);
        if (!secret) throw Problem("account.code-wrong", {}, "code", 401);
        const auto check = check_totp(*secret, typed, change.at_utc_ms() / 1000, now.totp_step);
        if (check.outcome != TotpOutcome::accepted) throw totp_problem(check);
        use_up(change, "step", step.once);
        use_totp_step(change, step.account.id, check.step);
    });
}

Answer second(House& house, const Request& request) {
    const auto step = step_of(house, request);
    const Throttle::Attempt attempt{"second " + step.account.public_id, request.client,
                                    known_device(house, request, step.account)};
    try {
        house.throttle.admit(attempt, house.store.now_utc_ms());
        Answer answer = request.field("passkey").empty() ? second_by_code(house, request, step)
                                                         : second_by_passkey(house, request, step);
        house.throttle.succeeded(attempt);
        answer.cookies.push_back(taken_from_browser(step_cookie));
        return answer;
    } catch (const Problem& problem) {
        return again(request, second_form(house, request), problem);
    }
}

Answer sign_out(const House& house, const Request& request) {
    const auto* viewer = people::viewer_of(request);
    Answer answer = web::see_other("/");
    answer.document = {{"signed_out", true}};
    answer.cookies.push_back(taken_from_browser(session_cookie));
    if (!viewer || viewer->session.empty()) return answer;
    auto change = house.store.change(Gate::own(viewer));
    end_session(change, AccountId(viewer->account), viewer->session);
    change.commit("session.ended", viewer->person, {{"session", viewer->session}});
    return answer;
}

}  // namespace

void add_sign_in_routes(web::Routes& routes, House& house) {
    const auto slow = [&](Method method, std::string path, auto handler) {
        routes.add({method, std::move(path), web::Access::slow,
                    [&house, handler](const Request& request) { return handler(house, request); }});
    };
    routes.get("/sign-in", [&house](const Request& request) { return sign_in_form(house, request); });
    slow(Method::post, "/sign-in", sign_in);
    routes.get("/sign-in/second", [&house](const Request& request) { return second_form(house, request); });
    slow(Method::post, "/sign-in/second", second);
    routes.get("/sign-in/passkey", [&house](const Request& request) {
        return asked_of_browser(house, request, UserVerification::required, {});
    });
    routes.get("/sign-in/second/passkey", [&house](const Request& request) {
        const auto step = step_of(house, request);
        return asked_of_browser(house, request, UserVerification::discouraged,
                                known(passkeys_of(house.store.read(), step.account.id)));
    });
    slow(Method::post, "/sign-in/passkey", sign_in_by_passkey);
    routes.change(Method::post, "/sign-out", [&house](const Request& request) { return sign_out(house, request); });
}

}  // namespace guidon::accounts
