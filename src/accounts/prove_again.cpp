#include "accounts/prove_again.h"

#include <algorithm>

#include "accounts/sessions_store.h"
#include "base/problem.h"

namespace guidon::accounts {

bool is_fresh(const store::Reader& reader, const people::Viewer& viewer, std::int64_t now_utc_ms) {
    const auto sessions = sessions_of(reader, AccountId(viewer.account));
    return std::any_of(sessions.begin(), sessions.end(), [&](const Session& session) {
        const auto age = now_utc_ms - session.created_utc_ms;
        return session.public_id == viewer.session && age < fresh_ms;
    });
}

void must_be_fresh(const House& house, const people::Viewer& viewer) {
    if (is_fresh(house.store.read(), viewer, house.store.now_utc_ms())) return;
    throw Problem("account.sign-in-again", {{"minutes", std::to_string(fresh_ms / 60'000)}}, "now", 403);
}

void prove_again(House& house, const web::Request& request, const people::Viewer& viewer, const Account& own) {
    if (own.password_hash.empty()) return must_be_fresh(house, viewer);
    const Throttle::Attempt attempt{"password " + own.public_id, request.client, viewer.session};
    house.throttle.admit(attempt, house.store.now_utc_ms());
    if (!password_matches(own.password_hash, request.field("now")))
        throw Problem("account.password-now-wrong", {}, "now", 403);
    house.throttle.succeeded(attempt);
}

void prove_lately(House& house, const web::Request& request, const people::Viewer& viewer, const Account& own) {
    if (is_fresh(house.store.read(), viewer, house.store.now_utc_ms())) return;
    if (request.field("now").empty()) return must_be_fresh(house, viewer);
    prove_again(house, request, viewer, own);
}

}  // namespace guidon::accounts
