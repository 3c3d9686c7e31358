#include "accounts/house.h"

#include <charconv>

#include "accounts/secret.h"
#include "accounts/settings_store.h"
#include "people/gate.h"

namespace guidon::accounts {
namespace {

std::int64_t number_or(const std::string& text, std::int64_t otherwise) {
    std::int64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    return read.ec == std::errc{} && read.ptr == text.data() + text.size() && number > 0 ? number : otherwise;
}

std::int64_t hours(LinkKind kind) {
    return kind == LinkKind::invite ? 7 * 24 : 24;
}

}  // namespace

SessionRules House::session_rules(const store::Reader& reader) const {
    SessionRules rules;
    rules.idle_ms = number_or(setting(reader, "session.idle_minutes"), rules.idle_ms / 60'000) * 60'000;
    rules.longest_ms = number_or(setting(reader, "session.hours"), rules.longest_ms / 3'600'000) * 3'600'000;
    return rules;
}

std::string House::totp_key() const {
    return key_for("secrets of apps", key);
}

House open_house(store::Store& store, store::Writer& writer) {
    std::string key = setting(store.read(), "server.key");
    auto work = work_factor_of(setting(store.read(), "password.work"));
    if (key.empty() || !work) {
        const auto measured = work ? *work : measured_work_factor();
        auto change = store.change(people::Gate::program("first start"));
        key = setting(change, "server.key");  // another process may have been faster
        if (key.empty()) {
            key = new_key();
            set_setting(change, "server.key", key);
        }
        work = work_factor_of(setting(change, "password.work"));
        if (!work) {
            work = measured;
            set_setting(change, "password.work", text(measured));
        }
        change.commit("server.prepared", "", {{"password_work", text(*work)}});
    }
    // Half of it is not in the database: a stolen copy seals nothing that this server would take.
    const auto outside = store.secret("guidon/accounts/browsers");
    return House{store, writer, key_for(outside ? *outside : new_key(), key), *work};
}

bool needs_setup(const store::Reader& reader) {
    return count_accounts(reader) == 0;
}

std::string new_link(store::Change& change, LinkKind kind, std::optional<AccountId> account) {
    const std::string secret = link_token();
    put_link(change, {kind, account, change.at_utc_ms() + hours(kind) * 3'600'000}, secret_hash(secret));
    return "/" + std::string(code(kind)) + "/" + secret;
}

}  // namespace guidon::accounts
