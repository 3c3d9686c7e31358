#include "accounts/own_document.h"

#include <algorithm>
#include <map>

#include "accounts/prove_again.h"
#include "accounts/sessions_store.h"
#include "accounts/totp.h"
#include "base/dates.h"
#include "base/moment.h"
#include "files/qr_code.h"

namespace guidon::accounts {

namespace json = boost::json;
using people::Viewer;

namespace {

struct Choice {
    const char* name;
    std::vector<std::string> values;  // the first is the default
};
const std::vector<Choice>& choices() {
    static const std::vector<Choice> all{{"language", {"en", "vi", "ur"}},
                                         {"theme", {"auto", "light", "dark"}},
                                         {"digits", {"latin", "native"}},
                                         {"mail_rhythm", {"never", "daily", "weekly", "at_once"}}};
    return all;
}

json::array choices_part(const json::object& preferences, Language language) {
    json::array parts;
    for (const Choice& choice : choices()) {
        const auto* kept = preferences.if_contains(choice.name);
        // whoever never chose a language keeps the one they are reading
        const std::string_view otherwise =
            choice.name == std::string_view("language") ? code(language) : choice.values.front();
        const std::string_view chosen = kept ? std::string_view(kept->as_string()) : otherwise;
        json::array values;
        for (const auto& value : choice.values)
            values.push_back({{"value", value},
                              {"word", say(language, std::string("accounts.") + choice.name + "." + value)},
                              {"selected", value == chosen}});
        parts.push_back({{"name", choice.name},
                         {"title", say(language, std::string("accounts.") + choice.name)},
                         {"values", std::move(values)}});
    }
    return parts;
}

json::array sessions_part(const store::Reader& reader, AccountId id, const Viewer& viewer, Language language) {
    json::array rows;
    for (const auto& session : sessions_of(reader, id))
        rows.push_back({{"id", session.public_id},
                        {"about", session.about.empty() ? say(language, "accounts.some-program") : session.about},
                        {"seen_text", moment_text(language, session.seen_utc_ms, DateStyle::medium)},
                        {"begun_text", moment_text(language, session.created_utc_ms, DateStyle::medium)},
                        {"current", session.public_id == viewer.session},
                        {"end_action", "/me/sessions/" + session.public_id + "/end"}});
    return rows;
}

json::array passkeys_part(const std::vector<Passkey>& passkeys, Language language) {
    json::array rows;
    for (const auto& passkey : passkeys)
        rows.push_back(
            {{"id", passkey.public_id},
             {"title", passkey.title},
             {"added_text", moment_text(language, passkey.created_utc_ms, DateStyle::medium)},
             {"used_text",
              passkey.used_utc_ms ? moment_text(language, passkey.used_utc_ms, DateStyle::medium) : std::string("–")},
             {"remove_action", "/me/passkeys/" + passkey.public_id + "/remove"}});
    return rows;
}

json::array tokens_part(const store::Reader& reader, AccountId id, const Viewer& viewer, Language language) {
    json::array rows;
    for (const auto& token : access_tokens_of(reader, id)) {
        json::array verbs;
        std::string verbs_text;
        for (const auto verb : token.verbs) {
            verbs.push_back(json::value(people::code(verb)));
            verbs_text += (verbs_text.empty() ? "" : ", ") + say(language, "people.action." + std::string(code(verb)));
        }
        const bool ended = token.ended_utc_ms != 0 || token.ends <= viewer.today;
        rows.push_back({{"id", token.public_id},
                        {"title", token.title},
                        {"verbs", std::move(verbs)},
                        {"verbs_text", verbs_text},
                        {"ends", token.ends.text()},
                        {"ends_text", date_text(language, token.ends.text(), DateStyle::medium)},
                        {"used_text", token.used_utc_ms ? moment_text(language, token.used_utc_ms, DateStyle::medium)
                                                        : std::string("–")},
                        {"ended", ended},
                        {"end_action", "/me/tokens/" + token.public_id + "/end"}});
        if (token.unit)
            rows.back().as_object()["unit"] = pick(units::unit(reader, *token.unit, viewer.today).names, language);
    }
    return rows;
}

/// Which verbs a token may have: those that some grant of the capacity permits.
json::array verbs_part(const Viewer& viewer, Language language) {
    json::array verbs;
    for (const auto action : people::actions) {
        const bool held = std::any_of(viewer.grants.begin(), viewer.grants.end(),
                                      [&](const people::Grant& grant) { return permits(grant.role, action); });
        if (held)
            verbs.push_back({{"verb", people::code(action)},
                             {"title", say(language, "people.action." + std::string(people::code(action)))}});
    }
    return verbs;
}

json::object item_part(const WorkItem& item, Day today, Language language) {
    json::object part{{"title", item.title}, {"about", item.about},
                      {"count", item.count}, {"count_text", number_text(language, std::to_string(item.count))},
                      {"href", item.href},   {"late", item.due < today}};
    if (item.due != Day::never()) {
        part["due"] = item.due.text();
        part["due_text"] = date_text(language, item.due.text());
    }
    return part;
}

}  // namespace

std::vector<WorkItem> work_of(const store::Reader& reader, const Viewer& viewer, const std::vector<WorkPart>& parts,
                              Language language) {
    std::vector<WorkItem> work;
    for (const auto& part : parts) part(work, reader, viewer, language);
    std::stable_sort(work.begin(), work.end(), [](const auto& a, const auto& b) { return a.due < b.due; });
    return work;
}

json::object work_document(const store::Reader& reader, const Viewer& viewer, const std::vector<WorkPart>& parts,
                           Language language) {
    std::map<Day, json::array> by_day;
    std::int64_t count = 0;
    for (const auto& item : work_of(reader, viewer, parts, language)) {
        by_day[item.due].push_back(item_part(item, viewer.today, language));
        count += item.count;
    }
    json::array days;
    for (auto& [day, items] : by_day)
        days.push_back(
            {{"date", day.text()},
             {"date_text", day == Day::never() ? say(language, "accounts.no-date") : date_text(language, day.text())},
             {"late", day < viewer.today},
             {"items", std::move(items)}});
    return {{"title", say(language, "accounts.my-work")},
            {"lede", say(language, viewer.capacity ? "accounts.my-work-lede" : "accounts.no-office",
                         {{"count", std::to_string(count)}, {"name", viewer.name}})},
            {"count", count},
            {"has_office", viewer.capacity.has_value()},
            {"days", std::move(days)}};
}

json::object account_document(const House& house, const store::Reader& reader, const Viewer& viewer,
                              Language language) {
    const auto own = account(reader, AccountId(viewer.account));
    const auto passkeys = passkeys_of(reader, own.id);
    json::array offices;
    for (const auto& capacity : people::capacities(reader, viewer.person_id, viewer.today))
        offices.push_back({{"title", pick(capacity.title, language)},
                           {"unit", pick(capacity.unit_names, language)},
                           {"for", capacity.holder_name}});
    const auto codes = count_recovery_codes(reader, own.id);
    auto sessions = sessions_part(reader, own.id, viewer, language);
    const bool several = sessions.size() > 1;
    const auto rules = house.session_rules(reader);
    return {
        {"title", say(language, "accounts.account")},
        {"lede", say(language, "accounts.account-lede", {{"account", own.name}})},
        {"account", own.name},
        {"person", json::object{{"id", viewer.person}, {"name", viewer.name}, {"href", "/people/" + viewer.person}}},
        {"mail", own.mail},
        {"has_password", !own.password_hash.empty()},
        {"has_app", !own.totp_secret.empty()},
        {"has_second", !own.totp_secret.empty() || !passkeys.empty()},
        {"codes_text", say(language, "accounts.codes-left", {{"count", std::to_string(codes)}})},
        {"offices", std::move(offices)},
        {"passkeys", passkeys_part(passkeys, language)},
        {"sessions", std::move(sessions)},
        {"several_sessions", several},
        {"stale", !is_fresh(reader, viewer, house.store.now_utc_ms())},
        {"sessions_text", say(language, "accounts.session-rules",
                              {{"idle", std::to_string(rules.idle_ms / 60'000)},
                               {"hours", std::to_string(rules.longest_ms / 3'600'000)}})},
        {"tokens", tokens_part(reader, own.id, viewer, language)},
        {"verbs", verbs_part(viewer, language)},
        {"preferences", choices_part(own.preferences, language)},
        {"data_href", "/people/" + viewer.person + "/data.json"}};
}

json::object totp_document(const std::string& secret, const std::string& kept, const Account& own, Language language) {
    const std::string uri = totp_uri(secret, "Guidon", own.name);
    std::string spaced;
    for (std::size_t i = 0; i < secret.size(); ++i) spaced += (i && i % 4 == 0 ? " " : "") + std::string(1, secret[i]);
    return {{"title", say(language, "accounts.app")},
            {"lede", say(language, "accounts.app-lede")},
            {"qr", files::qr_svg(uri)},
            {"uri", uri},
            {"secret", spaced},
            {"sealed", kept},
            {"action", "/me/app/confirm"}};
}

json::object codes_document(const std::vector<std::string>& codes, const std::string& account, Language language) {
    json::array rows;
    for (const auto& code : codes) rows.push_back(json::value(code));
    return {{"title", say(language, "accounts.codes")},
            {"lede", say(language, "accounts.codes-lede")},
            {"account", account},
            {"codes", std::move(rows)}};
}

std::vector<web::Cookie> tastes(const json::object& preferences) {
    std::vector<web::Cookie> cookies;
    for (const auto& [preference, cookie] : {std::pair{"language", "lang"}, {"theme", "theme"}, {"digits", "digits"}})
        if (const auto* value = preferences.if_contains(preference); value && value->is_string())
            cookies.push_back(web::taste(cookie, std::string(value->as_string())));
    return cookies;
}

PreferencesWish read_preferences(const web::Request& request) {
    PreferencesWish wish;
    for (const Choice& choice : choices()) {
        const std::string value = request.field(choice.name, choice.values.front());
        if (std::find(choice.values.begin(), choice.values.end(), value) == choice.values.end())
            throw Problem("account.preference", {{"name", choice.name}, {"value", value}}, choice.name);
        wish.preferences[choice.name] = value;
    }
    wish.mail = request.field("mail");
    const auto at = wish.mail.find('@');
    const bool address = at != std::string::npos && at > 0 && at + 1 < wish.mail.size() && wish.mail.size() <= 254 &&
                         std::none_of(wish.mail.begin(), wish.mail.end(),
                                      [](unsigned char c) { return c <= ' ' || c == ',' || c == ';' || c == '<'; });
    if (!wish.mail.empty() && !address) throw Problem("account.mail-form", {{"mail", wish.mail}}, "mail");
    return wish;
}

}  // namespace guidon::accounts
