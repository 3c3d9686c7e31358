// What is set for the whole server? How long sessions last, and what is kept for how long.
#include <array>
#include <charconv>

#include "accounts/accounts_pages.h"
#include "accounts/caretaker.h"
#include "accounts/settings_store.h"
#include "people/gate.h"
#include "web/precondition.h"

namespace guidon::accounts {

namespace json = boost::json;
using people::Action;
using people::Gate;
using web::Answer;
using web::Method;
using web::Request;

namespace {

struct Setting {
    const char* key;
    int otherwise, least, most;
};
constexpr std::array<Setting, 6> settings{{{"session.idle_minutes", 60, 5, 1440},
                                           {"session.hours", 12, 1, 168},
                                           {"retention.sessions_days", 90, 1, 3650},
                                           {"retention.sent_days", 2, 1, 30},
                                           {"retention.links_days", 30, 1, 365},
                                           {"comments.public", 0, 0, 1}}};

std::string value_of(const store::Reader& reader, const Setting& one) {
    const std::string kept = setting(reader, one.key);
    return kept.empty() ? std::to_string(one.otherwise) : kept;
}

json::object document(const House& house, const store::Reader& reader, Language language) {
    json::array rows;
    for (const auto& one : settings)
        rows.push_back(
            {{"key", one.key},
             {"title", say(language, std::string("accounts.setting.") + one.key)},
             {"value", value_of(reader, one)},
             {"least", std::to_string(one.least)},
             {"most", std::to_string(one.most)},
             {"range_text", say(language, "accounts.setting-range",
                                {{"least", std::to_string(one.least)}, {"most", std::to_string(one.most)}})}});
    std::string version = setting(reader, "settings.version");
    return {{"title", say(language, "accounts.system")},
            {"lede", say(language, "accounts.system-lede")},
            {"settings", std::move(rows)},
            {"version", version.empty() ? "0" : version},
            {"password_work", text(house.work)}};
}

Answer page(const House& house, const Request& request) {
    const auto reader = house.store.read();
    Gate::permit(reader, people::viewer_of(request), Action::run_system, {});
    Answer answer{.template_name = "accounts/system"};
    answer.document = document(house, reader, request.language);
    return answer;
}

int wanted(const Request& request, const Setting& one) {
    const std::string typed = request.field(one.key);
    int number = 0;
    const auto read = std::from_chars(typed.data(), typed.data() + typed.size(), number);
    if (read.ec != std::errc{} || read.ptr != typed.data() + typed.size() || number < one.least || number > one.most)
        throw Problem("account.setting",
                      {{"value", typed},
                       {"name", say(request.language, std::string("accounts.setting.") + one.key)},
                       {"least", std::to_string(one.least)},
                       {"most", std::to_string(one.most)}},
                      one.key);
    return number;
}

Answer change_settings(House& house, const Request& request) {
    const auto reader = house.store.read();
    const auto permit = Gate::permit(reader, people::viewer_of(request), Action::run_system, {});
    web::must_match(request, std::string(document(house, reader, request.language).at("version").as_string()));
    auto change = house.store.change(permit);
    json::object before, after;
    for (const auto& one : settings) {
        if (!request.fields.contains(one.key)) continue;
        const std::string now = value_of(change, one), then = std::to_string(wanted(request, one));
        if (now == then) continue;
        before[one.key] = now;
        after[one.key] = then;
        set_setting(change, one.key, then);
    }
    if (!after.empty()) {
        set_setting(change, "settings.version", std::to_string(change.next_seq()));
        change.commit("settings.changed", "", {{"before", before}, {"after", after}});
    }
    Answer answer = web::see_other("/system");
    answer.document = {{"done", true}, {"changed", after.size()}};
    return answer;
}

}  // namespace

void add_system_routes(web::Routes& routes, House& house) {
    routes.get("/system", [&house](const Request& request) { return page(house, request); });
    routes.change(Method::post, "/system",
                  [&house](const Request& request) { return change_settings(house, request); });
}

}  // namespace guidon::accounts
