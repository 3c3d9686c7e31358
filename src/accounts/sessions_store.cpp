#include "accounts/sessions_store.h"

#include "base/states.h"
#include "store/columns.h"
#include "store/sql.h"

namespace guidon::accounts {

using store::first_of;
using store::first_row;
using store::joined;
using store::next_id;
using store::parted;
using store::rows;
using store::run;

namespace {

constexpr Names<LinkKind, 3> link_names{"setup", "invite", "reset"};

template <class... Arguments>
std::vector<Session> read_sessions(const store::Reader& reader, const std::string& condition,
                                   const Arguments&... arguments) {
    std::vector<Session> all;
    for (const auto& [public_id, id, office, factors, about, created, seen, ends, ended] :
         rows<std::string, AccountId, std::optional<OfficeId>, std::string, std::string, std::int64_t, std::int64_t,
              std::int64_t, std::int64_t>(reader,
                                          "SELECT public_id, account, office, factors, about, created_utc_ms,"
                                          " seen_utc_ms, ends_utc_ms, ended_utc_ms FROM session " +
                                              condition,
                                          arguments...))
        all.push_back({public_id, id, office, factors, about, created, seen, ends, ended});
    return all;
}

template <class... Arguments>
std::vector<AccessToken> read_tokens(const store::Reader& reader, const std::string& condition,
                                     const Arguments&... arguments) {
    std::vector<AccessToken> all;
    for (const auto& [public_id, id, office, title, verbs, unit, ends, created, used, ended] :
         rows<std::string, AccountId, std::optional<OfficeId>, std::string, std::string, std::optional<UnitId>, Day,
              std::int64_t, std::int64_t, std::int64_t>(reader,
                                                        "SELECT public_id, account, office, title, verbs, unit,"
                                                        " ends_day, created_utc_ms, used_utc_ms, ended_utc_ms"
                                                        " FROM access_token " +
                                                            condition,
                                                        arguments...)) {
        std::vector<people::Action> known;
        for (const auto& verb : parted(verbs))
            if (const auto action = people::action_of(verb)) known.push_back(*action);
        all.push_back({public_id, id, office, title, known, unit, ends, created, used, ended});
    }
    return all;
}

}  // namespace

std::string_view code(LinkKind kind) {
    return link_names[kind];
}

std::optional<Session> find_session(const store::Reader& reader, const std::string& hash) {
    return first_of(read_sessions(reader, "WHERE hash = :hash", hash));
}

std::vector<Session> sessions_of(const store::Reader& reader, AccountId id) {
    return read_sessions(reader, "WHERE account = :account AND ended_utc_ms = 0 ORDER BY seen_utc_ms DESC, id DESC",
                         id);
}

std::string add_session(store::Change& change, const Session& session, const std::string& hash) {
    auto public_id = store::new_public_id();
    run(change,
        "INSERT INTO session (id, public_id, hash, account, office, factors, about, created_utc_ms, seen_utc_ms,"
        " ends_utc_ms, ended_utc_ms)"
        " VALUES (:id, :public, :hash, :account, :office, :factors, :about, :created, :seen, :ends, 0)",
        next_id(change, "session"), public_id, hash, session.account, session.office, session.factors, session.about,
        change.at_utc_ms(), change.at_utc_ms(), session.ends_utc_ms);
    return public_id;
}

void touch_session(store::Change& change, const std::string& public_id) {
    run(change, "UPDATE session SET seen_utc_ms = :now WHERE public_id = :id", change.at_utc_ms(), public_id);
}

void set_capacity(store::Change& change, const std::string& public_id, OfficeId office) {
    run(change, "UPDATE session SET office = :office WHERE public_id = :id", office, public_id);
}

bool end_session(store::Change& change, AccountId id, const std::string& public_id) {
    if (!first_row<int>(change,
                        "SELECT 1 FROM session WHERE public_id = :id AND account = :account"
                        " AND ended_utc_ms = 0",
                        public_id, id))
        return false;
    run(change, "UPDATE session SET ended_utc_ms = :now WHERE public_id = :id", change.at_utc_ms(), public_id);
    return true;
}

void end_sessions(store::Change& change, AccountId id, const std::string& kept) {
    run(change,
        "UPDATE session SET ended_utc_ms = :now WHERE account = :account AND ended_utc_ms = 0"
        " AND public_id <> :kept",
        change.at_utc_ms(), id, kept);
}

std::optional<AccessToken> find_access_token(const store::Reader& reader, const std::string& hash) {
    return first_of(read_tokens(reader, "WHERE hash = :hash", hash));
}

std::vector<AccessToken> access_tokens_of(const store::Reader& reader, AccountId id) {
    return read_tokens(reader, "WHERE account = :account ORDER BY id DESC", id);
}

std::string add_access_token(store::Change& change, const AccessToken& token, const std::string& hash) {
    auto public_id = store::new_public_id();
    std::vector<std::string> verbs;
    for (const auto verb : token.verbs) verbs.emplace_back(people::code(verb));
    run(change,
        "INSERT INTO access_token (id, public_id, hash, account, office, title, verbs, unit, ends_day, created_utc_ms,"
        " used_utc_ms, ended_utc_ms)"
        " VALUES (:id, :public, :hash, :account, :office, :title, :verbs, :unit, :ends, :now, 0, 0)",
        next_id(change, "access_token"), public_id, hash, token.account, token.office, token.title, joined(verbs),
        token.unit, token.ends, change.at_utc_ms());
    return public_id;
}

void touch_access_token(store::Change& change, const std::string& public_id) {
    run(change, "UPDATE access_token SET used_utc_ms = :now WHERE public_id = :id", change.at_utc_ms(), public_id);
}

bool end_access_token(store::Change& change, AccountId id, const std::string& public_id) {
    if (!first_row<int>(change,
                        "SELECT 1 FROM access_token WHERE public_id = :id AND account = :account"
                        " AND ended_utc_ms = 0",
                        public_id, id))
        return false;
    run(change, "UPDATE access_token SET ended_utc_ms = :now WHERE public_id = :id", change.at_utc_ms(), public_id);
    return true;
}

void end_access_tokens(store::Change& change, AccountId id) {
    run(change, "UPDATE access_token SET ended_utc_ms = :now WHERE account = :account AND ended_utc_ms = 0",
        change.at_utc_ms(), id);
}

void put_link(store::Change& change, const Link& link, const std::string& hash) {
    if (link.account)
        run(change, "DELETE FROM one_time_link WHERE account = :account", *link.account);
    else
        run(change, "DELETE FROM one_time_link WHERE kind = :kind", code(link.kind));
    run(change, "INSERT INTO one_time_link (hash, kind, account, ends_utc_ms) VALUES (:hash, :kind, :account, :ends)",
        hash, code(link.kind), link.account, link.ends_utc_ms);
}

std::optional<Link> find_link(const store::Reader& reader, const std::string& hash) {
    const auto row = first_row<std::string, std::optional<AccountId>, std::int64_t>(
        reader, "SELECT kind, account, ends_utc_ms FROM one_time_link WHERE hash = :hash", hash);
    if (!row) return std::nullopt;
    return Link{link_names.named(std::get<0>(*row)), std::get<1>(*row), std::get<2>(*row)};
}

bool use_link(store::Change& change, const std::string& hash) {
    if (!find_link(change, hash)) return false;
    run(change, "DELETE FROM one_time_link WHERE hash = :hash", hash);
    return true;
}

}  // namespace guidon::accounts
