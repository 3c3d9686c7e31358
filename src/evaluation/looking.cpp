#include "evaluation/looking.h"

#include <algorithm>

#include "movements/publications_store.h"

namespace guidon::evaluation {

using people::Audience;

bool sees_everything(const store::Reader& reader, const people::Viewer* viewer, const std::string& key,
                     const std::string& period) {
    const auto stored = movements::find_cycle(reader, key, period);
    if (!stored) return true;
    std::vector<Fault> ignored;
    const auto cycle = movements::read_cycle(stored->toml, key, ignored);
    if (!cycle) return true;  // the faults are those of the file, which is public
    const auto& audience = cycle->audience;
    auto narrow =
        std::min(audience.values, audience.of_standings(movements::last_publication(reader, stored->id).stands()));
    for (const auto& [_, own] : audience.own) narrow = std::min(narrow, own);
    if (narrow == Audience::open) return true;
    const people::Sight sight(reader, viewer, key, period);
    return sight.all() || (narrow >= Audience::chain && sight.everywhere());
}

void refuse_unsound(store::Store& store, const people::Viewer* viewer, const std::string& key,
                    const std::string& period, const Faults& faults) {
    if (sees_everything(store.read(), viewer, key, period)) throw faults;
    throw Problem("standings.unsound", {{"movement", key}, {"period", period}}, "", 409);
}

bool may_watch(LiveCycles& live, store::Store& store, const web::Request& request, const std::string& topic) {
    constexpr std::string_view restricted = "restricted/";
    const std::string name = topic.starts_with(restricted) ? topic.substr(restricted.size()) : topic;
    const auto slash = name.find('/');
    if (slash == std::string::npos || name.starts_with("jobs/")) return true;
    const std::string key = name.substr(0, slash), period = name.substr(slash + 1);
    const auto* viewer = people::viewer_of(request);
    try {
        return look_as(live, store, viewer, key, period,
                       [](const Board&, const Insight& insight) { return insight.everything(); });
    } catch (const Problem& problem) {  // nothing is told of it; an unknown one may come to be
        return problem.code == "movement.unknown-cycle" && !topic.starts_with(restricted);
    } catch (const Faults&) {
        return true;
    }
}

}  // namespace guidon::evaluation
