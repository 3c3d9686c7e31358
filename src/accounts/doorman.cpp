#include "accounts/doorman.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "accounts/own_document.h"
#include "accounts/secret.h"
#include "accounts/sessions_store.h"
#include "accounts/settings_store.h"
#include "accounts/viewers.h"
#include "people/form_token.h"
#include "people/gate.h"
#include "store/hash.h"
#include "web/router.h"

namespace guidon::accounts {

namespace json = boost::json;
using people::Gate;
using people::Viewer;

namespace {

constexpr std::int64_t touch_every_ms = 60'000;
constexpr std::size_t largest_kept_document = 256 << 10;
constexpr std::array secret_fields{"password", "again", "now", "code"};

bool changes(const web::Request& request) {
    return request.method != web::Method::get;
}

/// The key by which what is sent is known, of whoever sent it; nothing for what may be sent twice.
struct Once {
    std::string caller, key;
};

/// A hash of all that makes a request another one. With a password in it by `key`, which no database holds: guessing a
/// password from what is kept must not be cheaper than from its own hash.
std::string what_was_sent(const web::Request& request, const std::string& key) {
    std::string text(web::name_of(request.method));
    text += " " + request.path + "\n";
    for (const auto& [name, value] : request.query) text += name + "=" + value + "\n";
    for (const auto& [name, value] : request.fields)
        if (name != "form") text.append(name).append("=").append(value).append("\n");
    if (request.json) text += json::serialize(*request.json);
    for (const auto& [name, upload] : request.uploads)
        text.append(name)
            .append("=")
            .append(upload.file_name)
            .append(":")
            .append(store::sha256_hex(upload.content) + "\n");
    const bool secret = std::any_of(secret_fields.begin(), secret_fields.end(),
                                    [&](const char* name) { return request.fields.contains(name); });
    return secret ? secret_hash(text, key) : store::sha256_hex(text);
}

std::optional<Once> once_of(const web::Request& request, const std::string& sent) {
    const Viewer* viewer = people::viewer_of(request);
    if (!viewer || !changes(request)) return std::nullopt;
    const std::string caller = viewer->token ? "token:" + viewer->token->public_id : "account:" + viewer->account_id;
    if (const std::string key = request.header("idempotency-key"); !key.empty()) return Once{caller, key};
    // The same form with other content is another request: somebody went back and corrected it.
    if (const std::string form = request.field("form"); !form.empty()) return Once{caller, form + ":" + sent};
    return std::nullopt;
}

}  // namespace

std::shared_ptr<Viewer> Doorman::by_token(const store::Reader& reader, const std::string& token) {
    const auto now = house_.store.now_utc_ms();
    const Day today = Day::of_utc_ms(now);
    const auto known = is_access_token(token) ? find_access_token(reader, secret_hash(token)) : std::nullopt;
    if (!known || known->ended_utc_ms != 0 || known->ends <= today) throw Problem("account.token-wrong", {}, "", 401);
    const auto owner = account(reader, known->account);
    if (owner.state != AccountState::active) throw Problem("account.token-wrong", {}, "", 401);
    auto viewer = viewer_for(reader, owner, known->office, today);
    if (known->office && (!viewer->capacity || viewer->capacity->office != *known->office))
        throw Problem("account.token-wrong", {}, "", 401);  // the office that it was made for has ended
    viewer->token = people::TokenLimit{known->public_id, known->verbs, known->unit};
    if (now - known->used_utc_ms > touch_every_ms)
        house_.writer.submit(
            [this, id = known->public_id] {
                auto change = house_.store.change(Gate::program("tokens"));
                touch_access_token(change, id);
                change.keep();
            },
            [](const std::exception_ptr&) {});
    return viewer;
}

std::shared_ptr<Viewer> Doorman::by_session(const store::Reader& reader, const std::string& secret) {
    const auto session = find_session(reader, secret_hash(secret));
    const auto now = house_.store.now_utc_ms();
    const auto rules = house_.session_rules(reader);
    if (!session || session->ended_utc_ms != 0 || session->ends_utc_ms <= now ||
        now - session->seen_utc_ms > rules.idle_ms)
        return nullptr;
    // Begun while the clock was ahead: nobody can say how old it is, and it must not last until that day.
    if (session->created_utc_ms - now > rules.idle_ms) return nullptr;
    const auto owner = account(reader, session->account);
    if (owner.state != AccountState::active) return nullptr;
    auto viewer = viewer_for(reader, owner, session->office, Day::of_utc_ms(now));
    viewer->session = session->public_id;
    viewer->factors = session->factors;
    viewer->form_key = key_for("form", house_.key) + session->public_id;
    if (std::abs(now - session->seen_utc_ms) > touch_every_ms)
        house_.writer.submit(
            [this, id = session->public_id] {
                auto change = house_.store.change(Gate::program("sessions"));
                touch_session(change, id);
                change.keep();
            },
            [](const std::exception_ptr&) {});
    return viewer;
}

std::shared_ptr<const Viewer> Doorman::recognise(const web::Request& request) {
    constexpr std::string_view bearer = "Bearer ";
    const std::string authorization = request.header("authorization");
    if (authorization.starts_with(bearer)) return by_token(house_.store.read(), authorization.substr(bearer.size()));
    const std::string secret = request.cookie(session_cookie);
    if (secret.empty()) return nullptr;
    auto viewer = by_session(house_.store.read(), secret);
    // JSON cannot come from a form of another site; forms have to come from one of our pages.
    if (viewer && changes(request) && !request.json &&
        !people::form_token_fits(viewer->form_key, request.field("form")))
        throw Problem("web.form-stale", {}, "form", 403);
    return viewer;
}

std::optional<web::Answer> Doorman::answered_before(const web::Request& request) {
    if (!changes(request)) return std::nullopt;
    const std::string sent = what_was_sent(request, once_key_);
    const auto once = once_of(request, sent);
    if (!once) return std::nullopt;
    if (once->key.size() > 300) throw Problem("web.once-too-long", {{"most", "300"}}, "Idempotency-Key", 400);
    const auto before = find_sent(house_.store.read(), once->caller, once->key);
    if (!before) return std::nullopt;
    if (before->request != sent) throw Problem("web.once-differs", {}, "Idempotency-Key", 422);
    web::Answer answer{.status = before->status, .template_name = "web/done"};
    answer.location = before->location;
    if (!before->document.empty()) answer.document = json::parse(before->document).as_object();
    if (answer.document.empty() && answer.location.empty())
        answer.document = {{"title", say(request.language, "web.done")}, {"done", true}};
    answer.headers["Idempotent-Replayed"] = "true";
    return answer;
}

void Doorman::answered(const web::Request& request, const web::Answer& answer) {
    if (answer.status >= 400 || !changes(request)) return;
    const std::string sent = what_was_sent(request, once_key_);
    const auto once = once_of(request, sent);
    if (!once) return;
    std::string document;
    if (!answer.secret && !answer.document.empty()) document = json::serialize(answer.document);
    if (document.size() > largest_kept_document) document.clear();
    auto change = house_.store.change(Gate::program("sent"));
    if (find_sent(change, once->caller, once->key)) return;
    remember_sent(change, once->caller, once->key, {sent, answer.status, answer.location, document});
    change.keep();
}

web::Answer open_session(House& house, const web::Request& request, const Account& account, const std::string& factors,
                         const std::string& to, const std::function<void(store::Change&)>& prove) {
    const std::string secret = session_token();
    house.writer.run([&] {
        const auto reader = house.store.read();
        const auto person = people::person(reader, account.person);
        const auto rules = house.session_rules(reader);
        auto change = house.store.change(Gate::proven(person.public_id, factors));
        if (prove) prove(change);
        const auto capacities = people::capacities(change, account.person, Day::of_utc_ms(change.at_utc_ms()));
        Session session;
        session.account = account.id;
        if (!capacities.empty()) session.office = capacities.front().office;
        session.factors = factors;
        session.about = browser_in_words(request.header("user-agent"));
        session.ends_utc_ms = change.at_utc_ms() + rules.longest_ms;
        const auto id = add_session(change, session, secret_hash(secret));
        note_sign_in(change, account.id);
        change.commit("session.begun", person.public_id, {{"session", id}, {"factors", factors}});
    });
    web::Answer answer = web::see_other(place_to_go(to));
    answer.secret = true;
    answer.document = {{"signed_in", true}, {"href", answer.location}};
    answer.cookies.push_back({session_cookie, secret, house.session_rules(house.store.read()).longest_ms / 1000});
    answer.cookies.push_back({"guidon-device",
                              sealed(key_for("device", house.key), account.public_id + " " + link_token()),
                              std::int64_t{400} * 86'400});
    for (auto& taste : tastes(account.preferences)) answer.cookies.push_back(std::move(taste));
    return answer;
}

std::string browser_in_words(std::string_view user_agent) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 6> browsers{{{"Edg/", "Edge"},
                                                                                     {"OPR/", "Opera"},
                                                                                     {"Firefox/", "Firefox"},
                                                                                     {"Chrome/", "Chrome"},
                                                                                     {"Safari/", "Safari"},
                                                                                     {"curl/", "curl"}}};
    constexpr std::array<std::pair<std::string_view, std::string_view>, 6> systems{{{"Android", "Android"},
                                                                                    {"iPhone", "iPhone"},
                                                                                    {"iPad", "iPad"},
                                                                                    {"Windows", "Windows"},
                                                                                    {"Mac OS X", "macOS"},
                                                                                    {"Linux", "Linux"}}};
    const auto named = [&](const auto& names) {
        const auto found = std::find_if(names.begin(), names.end(), [&](const auto& name) {
            return user_agent.find(name.first) != std::string_view::npos;
        });
        return found == names.end() ? std::string() : std::string(found->second);
    };
    const std::string browser = named(browsers), system = named(systems);
    if (browser.empty() || system.empty()) return browser + system;
    return browser + " · " + system;
}

std::string place_to_go(const std::string& to) {
    const bool here = to.size() < 2000 && to.starts_with("/") && !to.starts_with("//") && !to.starts_with("/\\") &&
                      std::all_of(to.begin(), to.end(), [](unsigned char c) { return c > ' ' && c != 127; });
    return here ? to : "/me";
}

}  // namespace guidon::accounts
