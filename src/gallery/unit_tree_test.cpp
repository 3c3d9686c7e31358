// Is a subtree exactly what stands at or below its root?
#include "gallery/unit_tree.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace guidon::gallery {
namespace {

TEST(UnitTree, KnowsWhatStandsBelow) {
    const UnitTree tree({{5, 2}, {1, 0}, {2, 1}, {3, 1}, {9, 0}});
    EXPECT_TRUE(tree.below(5, 1));
    EXPECT_TRUE(tree.below(2, 2));
    EXPECT_FALSE(tree.below(1, 2));
    EXPECT_FALSE(tree.below(9, 1));
    EXPECT_FALSE(tree.below(77, 1));
    EXPECT_FALSE(tree.below(4, 4)) << "there is no unit 4";
    EXPECT_EQ(tree.children(0), (std::vector<std::int32_t>{1, 9}));
    EXPECT_EQ(tree.children(1), (std::vector<std::int32_t>{2, 3}));
    EXPECT_TRUE(tree.children(5).empty());
}

RC_GTEST_PROP(UnitTree, AgreesWithWalkingUp, ()) {
    const int units = *rc::gen::inRange(1, 30);
    std::vector<std::pair<std::int32_t, std::int32_t>> parents;
    std::vector<std::int32_t> above(static_cast<std::size_t>(units) + 1, 0);
    for (int unit = 1; unit <= units; ++unit) {
        above[static_cast<std::size_t>(unit)] = *rc::gen::inRange(0, unit);
        parents.emplace_back(unit, above[static_cast<std::size_t>(unit)]);
    }
    const UnitTree tree(parents);
    const std::int32_t root = *rc::gen::inRange(1, units + 1);
    const auto under = tree.under({root});
    for (std::int32_t unit = 1; unit <= units; ++unit) {
        bool stands = false;
        for (std::int32_t at = unit; at; at = above[static_cast<std::size_t>(at)]) stands = stands || at == root;
        RC_ASSERT(tree.below(unit, root) == stands);
        RC_ASSERT((under[static_cast<std::size_t>(unit)] == 0) == stands);
    }
}

}  // namespace
}  // namespace guidon::gallery
