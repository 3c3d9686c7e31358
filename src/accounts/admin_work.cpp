#include "accounts/admin_work.h"

#include "accounts/accounts_store.h"
#include "people/gate.h"

namespace guidon::accounts {

using people::Viewer;
using people::WorkItem;

people::WorkPart own_protection() {
    return [](std::vector<WorkItem>& work, const store::Reader& reader, const Viewer& viewer, Language language) {
        const auto own = account(reader, AccountId(viewer.account));
        if (own.password_hash.empty()) return;
        if (own.totp_secret.empty() && passkeys_of(reader, own.id).empty())
            work.push_back({.title = say(language, "accounts.work-second-factor"),
                            .about = say(language, "accounts.work-second-factor-why"),
                            .count = 1,
                            .due = Day::never(),
                            .href = "/me/account#second"});
    };
}

people::WorkPart open_invitations() {
    return [](std::vector<WorkItem>& work, const store::Reader& reader, const Viewer& viewer, Language language) {
        if (!people::Gate::may(reader, &viewer, people::Action::manage_people, {})) return;
        const auto count = count_invited(reader);
        if (count > 0)
            work.push_back({.title = say(language, "accounts.work-invited"),
                            .about = {},
                            .count = count,
                            .due = Day::never(),
                            .href = "/people"});
    };
}

people::WorkPart ending_grants() {
    return [](std::vector<WorkItem>& work, const store::Reader&, const Viewer& viewer, Language language) {
        constexpr int a_month = 100;  // days are numbers YYYYMMDD
        for (const auto& grant : viewer.grants) {
            if (grant.held.to == Day::never() || grant.held.to.number() > viewer.today.number() + a_month) continue;
            const std::string role(code(grant.role));
            work.push_back(
                {.title = say(language, "accounts.work-grant-ends", {{"role", say(language, "people.role." + role)}}),
                 .about = {},
                 .count = 1,
                 .due = grant.held.to,
                 .href = "/people/" + viewer.person});
        }
    };
}

}  // namespace guidon::accounts
