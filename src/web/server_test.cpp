#include "web/server.h"

#include <gtest/gtest.h>

#include "base/problem.h"

namespace guidon::web {
namespace {

std::string read(const char* listen) {
    try {
        const ListenAddress address = read_listen(listen);
        return address.host + " " + std::to_string(address.port);
    } catch (const Problem& problem) {
        return problem.code;
    }
}

TEST(ReadListen, TakesOnlyAddressesThatNoOtherMachineReaches) {
    EXPECT_EQ(read("127.0.0.1:8080"), "127.0.0.1 8080");
    EXPECT_EQ(read("localhost:0"), "localhost 0");
    EXPECT_EQ(read("[::1]:80"), "[::1] 80");
    for (const char* open :
         {"0.0.0.0:80", "[::]:80", "192.168.1.1:80", "127.0.0.1.evil.example:80", "guidon.example:80"}) {
        EXPECT_EQ(read(open), "web.not-loopback") << open;
    }
    for (const char* wrong :
         {"", ":80", "localhost", "localhost:", "localhost:http", "localhost:70000", "localhost:-1"}) {
        EXPECT_EQ(read(wrong), "web.bad-listen") << wrong;
    }
}

}  // namespace
}  // namespace guidon::web
