// What does somebody see and change of themselves? Their work, the capacity in which they act, password, second factor,
// sessions, preferences.
#include "accounts/accounts_pages.h"
#include "accounts/doorman.h"
#include "accounts/own_document.h"
#include "accounts/prove_again.h"
#include "accounts/secret.h"
#include "accounts/sessions_store.h"
#include "accounts/totp.h"
#include "people/gate.h"
#include "web/again.h"

namespace guidon::accounts {

namespace json = boost::json;
using people::Gate;
using people::Viewer;
using web::Answer;
using web::Method;
using web::Request;

namespace {

/// Who is signed in, by a session. Problem "gate.sign-in" for others: a token cannot change an account.
const Viewer& signed_in(const Request& request) {
    const Viewer* viewer = people::viewer_of(request);
    Gate::own(viewer);
    return *viewer;
}

Account own_account(const store::Reader& reader, const Viewer& viewer) {
    return account(reader, AccountId(viewer.account));
}

/// Back to the page of the account, at the part that was changed.
Answer to_account(const std::string& part) {
    Answer answer = web::see_other("/me/account#" + part);
    answer.document = {{"done", true}, {"href", answer.location}};
    return answer;
}

/// Runs a change of the viewer's own account and journals it. On the writer's thread.
template <class Change>
void change_own(House& house, const Viewer& viewer, const char* what, Change change_it) {
    auto change = house.store.change(Gate::own(&viewer));
    const json::object document = change_it(change, AccountId(viewer.account));
    change.commit(what, viewer.person, document);
}

Answer my_work(const House& house, const Request& request, const std::vector<WorkPart>& parts) {
    const Viewer* viewer = people::viewer_of(request);
    if (!viewer) return web::see_other("/sign-in?to=/me");
    Gate::own(viewer);
    const auto reader = house.store.read();
    Answer answer{.template_name = "accounts/work"};
    answer.document = work_document(reader, *viewer, parts, request.language);
    return answer;
}

Answer choose_capacity(House& house, const Request& request) {
    const Viewer& viewer = signed_in(request);
    const std::string wanted = request.field("office");
    for (const auto& capacity : viewer.others) {
        if (capacity.public_id != wanted) continue;
        auto change = house.store.change(Gate::own(&viewer));
        set_capacity(change, viewer.session, capacity.office);
        change.commit("session.capacity", viewer.person, {{"session", viewer.session}, {"office", wanted}});
        Answer answer = web::see_other("/me");
        answer.document = {{"done", true}, {"office", wanted}};
        return answer;
    }
    throw Problem("account.not-your-office", {}, "office", 403);
}

// Password ------------------------------------------------------------------------------------------------------------

Answer change_password(House& house, const Request& request) {
    const Viewer& viewer = signed_in(request);
    const auto reader = house.store.read();
    const auto own = own_account(reader, viewer);
    prove_again(house, request, viewer, own);
    const auto problems = password_problems(request.field("password"), {own.name, viewer.name, own.mail});
    if (!problems.empty()) throw problems.front();
    if (request.fields.contains("again") && request.field("again") != request.field("password"))
        throw Problem("account.password-not-again", {}, "again");
    const auto hash = hash_password(request.field("password"), house.work);
    house.writer.run([&] {
        change_own(house, viewer, "account.password-set", [&](store::Change& change, AccountId id) {
            set_password(change, id, hash);
            end_sessions(change, id, viewer.session);
            return json::object{{"by", "self"}};
        });
    });
    return to_account("password");
}

// Second factor -------------------------------------------------------------------------------------------------------

Answer totp_form(const Request& request, const Account& own, const std::string& secret, const std::string& kept) {
    Answer answer{.template_name = "accounts/totp"};
    answer.secret = true;
    answer.document = totp_document(secret, kept, own, request.language);
    return answer;
}

/// The secret waits, sealed for this session, in the form until a code proves that the app has it.
Answer begin_totp(House& house, const Request& request) {
    const Viewer& viewer = signed_in(request);
    const auto own = own_account(house.store.read(), viewer);
    prove_again(house, request, viewer, own);
    const std::string secret = new_totp_secret();
    return totp_form(request, own, secret, sealed(key_for("totp " + viewer.session, house.key), secret));
}

Answer codes_shown(const House& house, const Request& request, const Viewer& viewer,
                   const std::vector<std::string>& codes) {
    Answer answer{.template_name = "accounts/codes"};
    answer.secret = true;
    answer.document = codes_document(codes, own_account(house.store.read(), viewer).name, request.language);
    return answer;
}

std::vector<std::string> new_codes(store::Change& change, const Viewer& viewer, AccountId id) {
    auto codes = recovery_codes();
    std::vector<std::string> hashes;
    hashes.reserve(codes.size());
    for (const auto& code : codes) hashes.push_back(secret_hash(*recovery_code(code), viewer.account_id));
    set_recovery_codes(change, id, hashes);
    return codes;
}

Answer confirm_totp(House& house, const Request& request) {
    const Viewer& viewer = signed_in(request);
    const auto secret = unsealed(key_for("totp " + viewer.session, house.key), request.field("sealed"));
    if (!secret) throw Problem("account.step-late", {}, "", 403);
    const auto check = check_totp(*secret, folded(request.field("code")), house.store.now_utc_ms() / 1000, 0);
    if (check.outcome != TotpOutcome::accepted)
        return again(request,
                     totp_form(request, own_account(house.store.read(), viewer), *secret, request.field("sealed")),
                     totp_problem(check));
    std::vector<std::string> codes;
    change_own(house, viewer, "account.app-added", [&](store::Change& change, AccountId id) {
        set_totp(change, id, hidden(house.totp_key(), *secret));
        use_totp_step(change, id, check.step);
        codes = new_codes(change, viewer, id);
        return json::object{};
    });
    return codes_shown(house, request, viewer, codes);
}

Answer remove_totp(House& house, const Request& request) {
    const Viewer& viewer = signed_in(request);
    prove_again(house, request, viewer, own_account(house.store.read(), viewer));
    house.writer.run([&] {
        change_own(house, viewer, "account.app-removed", [&](store::Change& change, AccountId id) {
            set_totp(change, id, "");
            if (passkeys_of(change, id).empty()) set_recovery_codes(change, id, {});
            return json::object{};
        });
    });
    return to_account("second");
}

Answer renew_codes(House& house, const Request& request) {
    const Viewer& viewer = signed_in(request);
    prove_again(house, request, viewer, own_account(house.store.read(), viewer));
    std::vector<std::string> codes;
    house.writer.run([&] {
        change_own(house, viewer, "account.codes-renewed", [&](store::Change& change, AccountId id) {
            codes = new_codes(change, viewer, id);
            return json::object{};
        });
    });
    return codes_shown(house, request, viewer, codes);
}

// Sessions ------------------------------------------------------------------------------------------------------------

Answer end_one_session(House& house, const Request& request) {
    const Viewer& viewer = signed_in(request);
    const std::string session = request.place.at("id");
    change_own(house, viewer, "session.ended", [&](store::Change& change, AccountId id) {
        if (!end_session(change, id, session)) throw Problem("account.no-session", {}, "", 404);
        return json::object{{"session", session}};
    });
    return to_account("sessions");
}

Answer end_other_sessions(House& house, const Request& request) {
    const Viewer& viewer = signed_in(request);
    change_own(house, viewer, "session.others-ended", [&](store::Change& change, AccountId id) {
        end_sessions(change, id, viewer.session);
        return json::object{};
    });
    return to_account("sessions");
}

// Preferences ---------------------------------------------------------------------------------------------------------

Answer change_preferences(House& house, const Request& request) {
    const Viewer& viewer = signed_in(request);
    const auto wish = read_preferences(request);
    change_own(house, viewer, "account.preferences", [&](store::Change& change, AccountId id) {
        const auto before = account(change, id);
        set_preferences(change, id, wish.preferences);
        if (wish.mail != before.mail) {  // where links for a new password go
            must_be_fresh(house, viewer);
            set_mail(change, id, wish.mail);
        }
        const auto person = people::person(change, before.person);
        return json::object{{"before", before.preferences},
                            {"after", wish.preferences},
                            {"mail", wish.mail.empty() ? "" : people::personal_hash(person.salt, wish.mail)}};
    });
    Answer answer = to_account("preferences");
    answer.cookies = tastes(wish.preferences);
    return answer;
}

Answer account_page(const House& house, const Request& request) {
    const Viewer* viewer = people::viewer_of(request);
    if (!viewer) return web::see_other("/sign-in?to=/me/account");
    Gate::own(viewer);
    Answer answer{.template_name = "accounts/account"};
    answer.document = account_document(house, house.store.read(), *viewer, request.language);
    return answer;
}

}  // namespace

void add_own_routes(web::Routes& routes, House& house, const std::vector<WorkPart>& work) {
    using Handling = Answer (*)(House&, const Request&);
    const auto add = [&](Method method, std::string path, web::Access access, Handling handler) {
        routes.add({method, std::move(path), access,
                    [&house, handler](const Request& request) { return handler(house, request); }});
    };
    using web::Access;
    routes.get("/me", [&house, work](const Request& request) { return my_work(house, request, work); });
    routes.get("/me/account", [&house](const Request& request) { return account_page(house, request); });
    add(Method::post, "/me/capacity", Access::change, choose_capacity);
    add(Method::post, "/me/password", Access::slow, change_password);
    add(Method::post, "/me/app", Access::slow, begin_totp);
    add(Method::post, "/me/app/confirm", Access::change, confirm_totp);
    add(Method::post, "/me/app/remove", Access::slow, remove_totp);
    add(Method::post, "/me/codes", Access::slow, renew_codes);
    add(Method::post, "/me/sessions/:id/end", Access::change, end_one_session);
    add(Method::post, "/me/sessions/end-others", Access::change, end_other_sessions);
    add(Method::post, "/me/preferences", Access::change, change_preferences);
}

}  // namespace guidon::accounts
