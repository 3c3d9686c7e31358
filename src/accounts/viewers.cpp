#include "accounts/viewers.h"

#include <algorithm>

namespace guidon::accounts {

std::shared_ptr<people::Viewer> viewer_for(const store::Reader& reader, const Account& account,
                                           std::optional<OfficeId> office, Day today) {
    auto viewer = std::make_shared<people::Viewer>();
    const auto person = people::person(reader, account.person);
    viewer->person = person.public_id;
    viewer->name = person.name;
    viewer->person_id = person.id;
    viewer->account = account.id.number();
    viewer->account_id = account.public_id;
    viewer->today = today;
    auto all = people::capacities(reader, person.id, today);
    if (all.empty()) return viewer;
    auto meant = std::find_if(all.begin(), all.end(), [&](const auto& capacity) { return capacity.office == office; });
    if (meant == all.end()) meant = all.begin();
    viewer->capacity = std::move(*meant);
    all.erase(meant);
    viewer->others = std::move(all);
    for (auto& grant : people::grants_of(reader, viewer->capacity->office))
        if (grant.held.holds_on(today)) viewer->grants.push_back(std::move(grant));
    return viewer;
}

}  // namespace guidon::accounts
