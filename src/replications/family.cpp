#include "replications/family.h"

#include <algorithm>
#include <unordered_map>

#include "base/decimal.h"
#include "exemplars/life.h"

namespace guidon::replications {

using exemplars::ExemplarId;

namespace {

struct Waiting {
    std::size_t member;
    int parent, generation;
};

std::unordered_map<ExemplarId, std::vector<std::size_t>> children_of(const std::vector<Member>& members) {
    std::unordered_map<ExemplarId, std::vector<std::size_t>> children;
    for (std::size_t i = 0; i < members.size(); ++i)
        if (members[i].origin) children[*members[i].origin].push_back(i);
    for (auto& [origin, all] : children)
        std::sort(all.begin(), all.end(), [&](std::size_t a, std::size_t b) {
            return std::pair(members[a].starts, members[a].exemplar.id) <
                   std::pair(members[b].starts, members[b].exemplar.id);
        });
    return children;
}

std::string median(std::vector<int> all) {
    if (all.empty()) return "";
    std::sort(all.begin(), all.end());
    const std::size_t half = all.size() / 2;
    if (all.size() % 2 == 1) return std::to_string(all[half]);
    const int sum = all[half - 1] + all[half];
    return std::to_string(sum / 2) + (sum % 2 == 1 ? ".5" : "");
}

}  // namespace

Family arranged(std::vector<Member> members, ExemplarId root) {
    const auto children = children_of(members);
    Family family;
    std::vector<char> placed(members.size(), 0);
    std::vector<Waiting> stack;
    for (std::size_t i = 0; i < members.size(); ++i)
        if (members[i].exemplar.id == root) stack.push_back({i, -1, 0});
    while (!stack.empty()) {
        const Waiting next = stack.back();
        stack.pop_back();
        if (placed[next.member]) continue;  // a damaged database: doctor says so
        placed[next.member] = 1;
        const int at = static_cast<int>(family.nodes.size());
        const auto below = children.find(members[next.member].exemplar.id);
        family.nodes.push_back({std::move(members[next.member]), next.parent, next.generation});
        if (below == children.end()) continue;
        for (auto child = below->second.rbegin(); child != below->second.rend(); ++child)
            stack.push_back({*child, at, next.generation + 1});
    }
    return family;
}

Family left_of(const Family& family, const std::vector<bool>& shown) {
    Family left;
    std::vector<int> now(family.nodes.size(), -1);  // where it is, or the nearest above it that is left
    for (std::size_t i = 0; i < family.nodes.size(); ++i) {
        const auto& node = family.nodes[i];
        const int parent = node.parent < 0 ? -1 : now[static_cast<std::size_t>(node.parent)];
        now[i] = parent;
        if (i > 0 && !shown[i]) continue;
        now[i] = static_cast<int>(left.nodes.size());
        const int generation = parent < 0 ? 0 : left.nodes[static_cast<std::size_t>(parent)].generation + 1;
        left.nodes.push_back({node.member, parent, generation});
    }
    return left;
}

Figures figures_of(const Family& family, Day today) {
    Figures all;
    std::vector<int> months;
    for (std::size_t i = 0; i < family.nodes.size(); ++i) {
        const auto& [member, parent, generation] = family.nodes[i];
        if (parent < 0) continue;
        ++all.descendants;
        if (exemplars::is_active(member.exemplar.state)) ++all.active;
        all.generations = std::max(all.generations, generation);
        if (const auto needed = months_to_adoption(family, i)) months.push_back(*needed);
        if (!is_old_enough(member, today)) continue;
        ++all.old_enough;
        if (exemplars::is_active(member.after_a_year)) ++all.after;
    }
    all.months = median(std::move(months));
    return all;
}

int months_between(Day from, Day to) {
    if (to <= from) return 0;
    const auto months = [](Day day) { return day.number() / 10'000 * 12 + day.number() / 100 % 100; };
    return months(to) - months(from) - (to.number() % 100 < from.number() % 100 ? 1 : 0);
}

std::optional<int> months_to_adoption(const Family& family, std::size_t node) {
    const auto& [member, parent, generation] = family.nodes[node];
    if (parent < 0 || member.starts == Day::always()) return std::nullopt;
    const Day registered = family.nodes[static_cast<std::size_t>(parent)].member.exemplar.registered_on;
    if (registered == Day::always()) return std::nullopt;
    return months_between(registered, member.starts);
}

bool is_old_enough(const Member& member, Day today) {
    return member.starts != Day::always() && member.starts.number() + 10'000 <= today.number();
}

std::string growth_factor(std::int64_t now, std::int64_t initial) {
    if (initial <= 0) return "";
    const std::int64_t thousandths = (now * 2'000 + initial) / (initial * 2);
    return Decimal::millionths(thousandths * 1'000).text();
}

}  // namespace guidon::replications
