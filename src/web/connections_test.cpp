#include "web/connections.h"

#include <gtest/gtest.h>

#include <vector>

namespace guidon::web {
namespace {

class ConnectionsTest : public testing::Test {
protected:
    /// How many of `attempts` from `address` are let in; they stay.
    int let_in(const char* address, int attempts) {
        int count = 0;
        for (int i = 0; i < attempts; ++i) {
            if (auto place = connections->enter(*IpAddress::parse(address))) {
                held.push_back(std::move(*place));
                ++count;
            }
        }
        return count;
    }
    std::shared_ptr<Connections> connections = std::make_shared<Connections>(3, read_ranges("10.0.0.7"));
    std::vector<Connections::Place> held;
};

TEST_F(ConnectionsTest, AClientHoldsAsManyAsItMayAndOthersAsManyAgain) {
    EXPECT_EQ(let_in("192.0.2.1", 5), 3);
    EXPECT_EQ(let_in("192.0.2.2", 5), 3);
    EXPECT_EQ(let_in("2001:db8::1", 2), 2);
    EXPECT_EQ(let_in("2001:db8::2", 2), 1);  // the same /64
}

TEST_F(ConnectionsTest, WhoLeavesMakesRoomAndIsForgotten) {
    EXPECT_EQ(let_in("192.0.2.1", 5), 3);
    held.pop_back();
    EXPECT_EQ(let_in("192.0.2.1", 5), 1);
    held.clear();
    EXPECT_EQ(connections->clients(), 0u);
}

TEST_F(ConnectionsTest, ThisMachineAndProxiesAreNotCounted) {
    EXPECT_EQ(let_in("127.0.0.1", 9), 9);
    EXPECT_EQ(let_in("::1", 9), 9);
    EXPECT_EQ(let_in("10.0.0.7", 9), 9);
    EXPECT_EQ(let_in("10.0.0.8", 9), 3);
}

TEST(ConnectionsGranted, AreNeverMoreThanFilesThatMayBeOpen) {
    EXPECT_EQ(connections_granted(16), 16u);
    constexpr std::size_t unheard_of = std::size_t{1} << 40;
    EXPECT_LT(connections_granted(unheard_of), unheard_of);
    EXPECT_GT(connections_granted(unheard_of), 0u);
}

}  // namespace
}  // namespace guidon::web
