// The gate against a second, plain reading of the same rules: random trees, random grants, every unit and action.
#include <gtest/gtest.h>

#include <rapidcheck.h>

#include <algorithm>

#include "people/gate.h"

#include "contract.h"
#include "people/people_list_store.h"
#include "people/sight.h"

namespace guidon::contract {
namespace {

using people::Action;
using people::Gate;
using people::Grant;
using people::Reach;
using people::Role;
using people::Viewer;
using units::UnitId;

/// A tree as parents: unit i stands below unit parent[i] < i; unit 0 is the root.
struct Tree {
    std::vector<std::size_t> parent;
    std::vector<UnitId> ids;

    bool below(std::size_t unit, std::size_t root) const {
        for (;; unit = parent[unit]) {
            if (unit == root) return true;
            if (unit == 0) return false;
        }
    }
};

/// What a grant permits, written down once more without the gate's own parts.
bool permits_plainly(const Tree& tree, const Grant& grant, Action action, std::size_t unit, const std::string& movement,
                     Day today) {
    if (!people::permits(grant.role, action)) return false;
    if (today < grant.held.from || grant.held.to <= today) return false;
    if (!grant.movement.empty() && grant.movement != movement) return false;
    if (!grant.unit) return true;
    for (std::size_t root = 0; root < tree.ids.size(); ++root)
        if (tree.ids[root] == *grant.unit) return grant.reach == Reach::unit ? unit == root : tree.below(unit, root);
    return false;
}

class GateProperties : public OnBoth {
protected:
    store::Store store = open();
    const Day today = Day::of_utc_ms(now);
    int trees = 0;

    Tree plant() {
        Tree tree;
        const auto size = *rc::gen::inRange<std::size_t>(1, 9);
        const std::string prefix = "t" + std::to_string(++trees) + "-";
        std::vector<units::UnitRow> rows;
        for (std::size_t i = 0; i < size; ++i) {
            tree.parent.push_back(i == 0 ? 0 : *rc::gen::inRange<std::size_t>(0, i));
            rows.push_back({prefix + std::to_string(i),
                            i == 0 ? "" : prefix + std::to_string(tree.parent[i]),
                            "unit",
                            {},
                            {},
                            {}});
        }
        auto change = store.change(permit());
        tree.ids = units::add_units(change, rows);
        change.commit("units.added", "");
        return tree;
    }
    Grant some_grant(const Tree& tree) const {
        Grant grant;
        grant.role = *rc::gen::elementOf(std::vector<Role>(std::begin(people::roles), std::end(people::roles)));
        if (*rc::gen::inRange(0, 8) != 0) grant.unit = *rc::gen::elementOf(tree.ids);
        grant.reach = *rc::gen::element(Reach::unit, Reach::subtree);
        grant.movement = *rc::gen::element(std::string(), std::string("cells"), std::string("clusters"));
        grant.held = *rc::gen::element(Span{}, Span{today, today.next()}, Span{today.next(), Day::never()},
                                       Span{Day::always(), today});
        return grant;
    }
    Viewer some_viewer(const Tree& tree) const {
        Viewer viewer;
        viewer.person_id = people::PersonId(1);
        viewer.today = today;
        const auto count = *rc::gen::inRange(0, 4);
        for (int i = 0; i < count; ++i) viewer.grants.push_back(some_grant(tree));
        if (*rc::gen::inRange(0, 4) == 0) {
            people::TokenLimit limit;
            for (const Action action : people::actions)
                if (*rc::gen::arbitrary<bool>()) limit.verbs.push_back(action);
            if (*rc::gen::arbitrary<bool>()) limit.unit = *rc::gen::elementOf(tree.ids);
            viewer.token = limit;
        }
        return viewer;
    }
    bool may_plainly(const Tree& tree, const Viewer& viewer, Action action, std::size_t unit,
                     const std::string& movement) const {
        if (viewer.token) {
            const auto& verbs = viewer.token->verbs;
            if (std::find(verbs.begin(), verbs.end(), action) == verbs.end()) return false;
            if (viewer.token->unit) {
                const auto root = std::find(tree.ids.begin(), tree.ids.end(), *viewer.token->unit) - tree.ids.begin();
                if (!tree.below(unit, static_cast<std::size_t>(root))) return false;
            }
        }
        return std::any_of(viewer.grants.begin(), viewer.grants.end(), [&](const Grant& grant) {
            return permits_plainly(tree, grant, action, unit, movement, today);
        });
    }
};
ON_BOTH(GateProperties);

TEST_P(GateProperties, DecidesAsAPlainReadingOfTheGrants) {
    EXPECT_TRUE(rc::check([this] {
        const Tree tree = plant();
        const Viewer viewer = some_viewer(tree);
        const auto reader = store.read();
        for (std::size_t unit = 0; unit < tree.ids.size(); ++unit)
            for (const Action action : people::actions)
                for (const char* movement : {"", "cells"})
                    RC_ASSERT(Gate::may(reader, &viewer, action, {.unit = tree.ids[unit], .movement = movement}) ==
                              may_plainly(tree, viewer, action, unit, movement));
    }));
}

TEST_P(GateProperties, AScopeHoldsExactlyTheUnitsThatTheGatePermits) {
    EXPECT_TRUE(rc::check([this] {
        const Tree tree = plant();
        const Viewer viewer = some_viewer(tree);
        const auto reader = store.read();
        for (const Action action : {Action::read_people, Action::manage_people}) {
            const auto scope = people::scope_of(reader, &viewer, action);
            for (const UnitId unit : tree.ids)
                RC_ASSERT(scope.holds(unit) == Gate::may(reader, &viewer, action, {.unit = unit}));
        }
    }));
}

TEST_P(GateProperties, NobodyHandsOnMoreThanTheyHave) {
    int handed_on = 0;
    const auto try_one = [&](const Tree& tree, const store::Reader& reader) {
        Viewer viewer;
        viewer.person_id = people::PersonId(1);
        viewer.today = today;
        for (int i = 0; i < 2; ++i) {  // mostly grants that may hand on, or nothing would be tried
            Grant& grant = viewer.grants.emplace_back(some_grant(tree));
            grant.role = *rc::gen::element(Role::organiser, Role::organiser, Role::reporter);
            if (*rc::gen::inRange(0, 3) != 0) grant.held = {};
            if (*rc::gen::inRange(0, 3) != 0) grant.movement = "";
        }
        Grant wish = some_grant(tree);
        if (*rc::gen::arbitrary<bool>()) wish.unit = viewer.grants.front().unit;  // what is nearly within reach
        if (*rc::gen::arbitrary<bool>()) wish.movement = viewer.grants.front().movement;
        wish.role = *rc::gen::element(Role::reporter, Role::organiser);
        wish.held = *rc::gen::element(Span{today, Day::never()}, Span{today, today.next()});
        if (!refusal([&] { Gate::permit_grant(reader, &viewer, wish, people::PersonId(2)); }).empty()) return;
        ++handed_on;
        // Wherever the new grant reaches, a grant that may hand on its role reaches, too, and as long.
        const auto reaches = [&](Grant grant, std::size_t unit) {
            grant.role = Role::organiser;  // any role that permits something: only the place counts here
            return permits_plainly(tree, grant, Action::grant_roles, unit, "cells", today);
        };
        for (std::size_t unit = 0; unit < tree.ids.size(); ++unit) {
            if (!reaches(wish, unit)) continue;
            RC_ASSERT(std::any_of(viewer.grants.begin(), viewer.grants.end(), [&](const Grant& own) {
                return people::may_grant(own.role, wish.role) && wish.held.to <= own.held.to && reaches(own, unit);
            }));
        }
        RC_ASSERT(refusal([&] { Gate::permit_grant(reader, &viewer, wish, viewer.person_id); }) == "gate.own-role");
    };
    EXPECT_TRUE(rc::check([&] {
        const Tree tree = plant();
        const auto reader = store.read();
        for (int i = 0; i < 30; ++i) try_one(tree, reader);
    }));
    EXPECT_GT(handed_on, 100);
}

TEST_P(GateProperties, ThePublicMayNothing) {
    const auto reader = store.read();
    for (const Action action : people::actions) {
        EXPECT_FALSE(Gate::may(reader, nullptr, action, {}));
        EXPECT_EQ(refusal([&] { Gate::permit(reader, nullptr, action, {}); }), "gate.sign-in");
    }
    EXPECT_FALSE(people::scope_of(reader, nullptr, Action::read_people).holds(UnitId(1)));
}

}  // namespace
}  // namespace guidon::contract
