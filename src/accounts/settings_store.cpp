#include "accounts/settings_store.h"

#include "store/sql.h"

namespace guidon::accounts {

using store::first_row;
using store::one;
using store::run;

std::optional<SentOnce> find_sent(const store::Reader& reader, std::string_view caller, std::string_view once) {
    const auto row = first_row<std::string, int, std::string, std::string>(
        reader, "SELECT request, status, location, document FROM sent_once WHERE caller = :caller AND once = :once",
        caller, once);
    if (!row) return std::nullopt;
    const auto& [request, status, location, document] = *row;
    return SentOnce{request, status, location, document};
}

void remember_sent(store::Change& change, std::string_view caller, std::string_view once, const SentOnce& sent) {
    run(change,
        "INSERT INTO sent_once (caller, once, request, status, location, document, at_utc_ms)"
        " VALUES (:caller, :once, :request, :status, :location, :document, :now)",
        caller, once, sent.request, sent.status, sent.location, sent.document, change.at_utc_ms());
}

std::string setting(const store::Reader& reader, const std::string& key) {
    const auto row = first_row<std::string>(reader, "SELECT value FROM setting WHERE key = :key", key);
    return row ? std::get<0>(*row) : std::string();
}

void set_setting(store::Change& change, const std::string& key, const std::string& value) {
    run(change, "DELETE FROM setting WHERE key = :key", key);
    run(change, "INSERT INTO setting (key, value) VALUES (:key, :value)", key, value);
}

std::int64_t sweep(store::Change& change, const Retention& retention) {
    constexpr std::int64_t day_ms = 86'400'000;
    std::int64_t gone = 0;
    const auto forget = [&](const std::string& table, const std::string& condition, int days) {
        const std::int64_t before = change.at_utc_ms() - days * day_ms;
        gone += one<std::int64_t>(change, "SELECT count(*) FROM " + table + " WHERE " + condition, before);
        run(change, "DELETE FROM " + table + " WHERE " + condition, before);
    };
    forget("session", "(CASE WHEN ended_utc_ms > 0 THEN ended_utc_ms ELSE ends_utc_ms END) < :before",
           retention.sessions_days);
    forget("access_token", "ended_utc_ms > 0 AND ended_utc_ms < :before", retention.sessions_days);
    forget("sent_once", "at_utc_ms < :before", retention.sent_days);
    forget("one_time_link", "ends_utc_ms < :before", retention.links_days);
    return gone;
}

}  // namespace guidon::accounts
