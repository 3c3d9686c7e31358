#include "accounts/kept_in_browser.h"

#include "accounts/secret.h"
#include "accounts/settings_store.h"

namespace guidon::accounts {

namespace json = boost::json;

web::Cookie keep_in_browser(const House& house, const std::string& name, json::object kept, int minutes) {
    const std::int64_t seconds = std::int64_t{60} * minutes;
    kept["ends"] = house.store.now_utc_ms() + seconds * 1000;
    return {name, sealed(key_for(name, house.key), json::serialize(kept)), seconds};
}

std::optional<json::object> kept_in_browser(const House& house, const web::Request& request, const std::string& name) {
    const auto text = unsealed(key_for(name, house.key), request.cookie(name));
    if (!text) return std::nullopt;
    auto kept = json::parse(*text).as_object();
    if (kept.at("ends").to_number<std::int64_t>() < house.store.now_utc_ms()) return std::nullopt;
    return kept;
}

web::Cookie taken_from_browser(const std::string& name) {
    return {name, "", -1};
}

void must_be_unused(const store::Reader& reader, const std::string& purpose, const std::string& secret) {
    if (find_sent(reader, purpose, secret)) throw Problem("account.step-used", {}, "", 409);
}

void use_up(store::Change& change, const std::string& purpose, const std::string& secret) {
    must_be_unused(change, purpose, secret);
    remember_sent(change, purpose, secret, {});
}

}  // namespace guidon::accounts
