#include "accounts/person_part.h"

#include "accounts/accounts_store.h"
#include "accounts/sessions_store.h"
#include "base/moment.h"
#include "mail/mail_store.h"
#include "people/gate.h"

namespace guidon::accounts {

namespace json = boost::json;
using people::Person;

namespace {

void tell(json::object& document, const store::Reader& reader, const Person& person, const web::Request& request) {
    const auto* viewer = people::viewer_of(request);
    if (!people::may_account(reader, viewer, person) || person.erased) return;
    const std::string href = "/people/" + person.public_id;
    const auto known = account_of(reader, person.id);
    json::object part{{"there", known.has_value()}, {"give_action", href + "/account"}};
    if (known) {
        const std::string state(code(known->state));
        part["account"] = known->name;
        part["state"] = state;
        part["state_text"] = say(request.language, "accounts.state", {{"state", state}});
        part["open"] = known->state != AccountState::closed;
        part["invited"] = known->state == AccountState::invited;
        part["has_second"] = !known->totp_secret.empty() || !passkeys_of(reader, known->id).empty();
        part["signed_in_text"] = known->signed_in_utc_ms
                                     ? moment_text(request.language, known->signed_in_utc_ms, DateStyle::medium)
                                     : say(request.language, "accounts.never");
        part["invite_action"] = href + "/invite";
        part["reset_action"] = href + "/reset";
        part["close_action"] = href + "/close";
        part["reopen_action"] = href + "/reopen";
    }
    document["account"] = std::move(part);
}

void tell_all(json::object& data, const store::Reader& reader, const Person& person) {
    const auto known = account_of(reader, person.id);
    if (!known) return;
    json::array sessions, tokens, passkeys, mails, identities;
    for (const auto& session : sessions_of(reader, known->id))
        sessions.push_back({{"about", session.about},
                            {"factors", session.factors},
                            {"begun_utc_ms", session.created_utc_ms},
                            {"seen_utc_ms", session.seen_utc_ms}});
    for (const auto& token : access_tokens_of(reader, known->id))
        tokens.push_back({{"title", token.title},
                          {"made_utc_ms", token.created_utc_ms},
                          {"used_utc_ms", token.used_utc_ms},
                          {"ends", token.ends.text()}});
    for (const auto& passkey : passkeys_of(reader, known->id))
        passkeys.push_back(
            {{"title", passkey.title}, {"added_utc_ms", passkey.created_utc_ms}, {"used_utc_ms", passkey.used_utc_ms}});
    for (const auto& mail : mail::mail_of(reader, known->public_id))
        mails.push_back({{"subject", mail.mail.subject},
                         {"state", mail::code(mail.state)},
                         {"queued_utc_ms", mail.created_utc_ms}});
    for (const auto& one : external_identities_of(reader, known->id)) {
        json::array groups(one.groups.begin(), one.groups.end());
        identities.push_back({{"provider", one.provider},
                              {"subject", one.subject},
                              {"groups", std::move(groups)},
                              {"seen_utc_ms", one.seen_utc_ms}});
    }
    data["account"] = json::object{{"name", known->name},
                                   {"mail", known->mail},
                                   {"state", code(known->state)},
                                   {"preferences", known->preferences},
                                   {"has_password", !known->password_hash.empty()},
                                   {"has_app", !known->totp_secret.empty()},
                                   {"made_utc_ms", known->created_utc_ms},
                                   {"signed_in_utc_ms", known->signed_in_utc_ms},
                                   {"sessions", std::move(sessions)},
                                   {"tokens", std::move(tokens)},
                                   {"passkeys", std::move(passkeys)},
                                   {"identities", std::move(identities)},
                                   {"mails", std::move(mails)}};
}

void erase(store::Change& change, const Person& person) {
    const auto known = account_of(change, person.id);
    if (!known) return;
    mail::forget_mail_of(change, known->public_id);
    erase_account(change, known->id);
}

}  // namespace

people::PersonPart person_part() {
    return {tell, tell_all, erase};
}

}  // namespace guidon::accounts
