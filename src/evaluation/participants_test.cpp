#include "evaluation/participants.h"

#include <gtest/gtest.h>

namespace guidon::evaluation {
namespace {

// VN > HT > DT > c1 c2; VN > QB
struct Vietnam {
    std::vector<std::string> codes{"c1", "VN", "DT", "HT", "c2", "QB"};
    std::vector<int> parents{2, -1, 3, 1, 2, 1};
    std::vector<std::string> kinds{"cell", "country", "district", "province", "cell", "province"};
    std::vector<int> groups{-1, -1, -1, 0, -1, 1};
    std::vector<std::string> group_codes{"north", "centre"};
    std::vector<char> reported{1, 0, 0, 1, 0, 0};
    std::vector<char> exists{1, 1, 1, 1, 1, 1};

    std::string chosen(std::optional<movements::Participants> wanted) const {
        movements::Cycle cycle;
        cycle.participants = std::move(wanted);
        const auto flags = participants(cycle, {codes, parents, kinds, groups, group_codes, reported, exists});
        std::string out;
        for (std::size_t i = 0; i < flags.size(); ++i)
            if (flags[i]) out += (out.empty() ? "" : " ") + codes[i];
        return out;
    }
};

TEST(Participants, AreWhoReportedOrIsInAGroupByDefault) {
    EXPECT_EQ(Vietnam().chosen(std::nullopt), "c1 HT");
}

TEST(Participants, ASubtreeLeavesItsRootOut) {
    EXPECT_EQ(Vietnam().chosen(movements::Participants{"HT", {}, {}}), "c1 DT c2");
    EXPECT_EQ(Vietnam().chosen(movements::Participants{"c1", {}, {}}), "");
}

TEST(Participants, KindsNarrowTheSubtreeOrTheWholeTree) {
    EXPECT_EQ(Vietnam().chosen(movements::Participants{"VN", {"cell"}, {}}), "c1 c2");
    EXPECT_EQ(Vietnam().chosen(movements::Participants{"", {"province"}, {}}), "HT QB");
}

TEST(Participants, GroupsNarrowThemToTheirMembers) {
    EXPECT_EQ(Vietnam().chosen(movements::Participants{"", {}, {"north", "south"}}), "HT");
    EXPECT_EQ(Vietnam().chosen(movements::Participants{"VN", {"cell"}, {"north"}}), "");
}

TEST(Participants, UnitsThatDoNotExistInTheCycleStayOut) {
    Vietnam vietnam;
    vietnam.exists[0] = 0;
    EXPECT_EQ(vietnam.chosen(movements::Participants{"HT", {"cell"}, {}}), "c2");
}

TEST(Participants, AnUnknownRootIsRefused) {
    EXPECT_THROW(Vietnam().chosen(movements::Participants{"XX", {}, {}}), Problem);
}

}  // namespace
}  // namespace guidon::evaluation
