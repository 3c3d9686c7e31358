#include "web/listen.h"

#include <gtest/gtest.h>

#include "base/problem.h"

namespace guidon::web {
namespace {

std::string read(const char* listen) {
    try {
        const ListenAddress address = read_listen(listen);
        return address.host + " " + std::to_string(address.port) + " " + address.ip.text();
    } catch (const Problem& problem) {
        return problem.code;
    }
}

std::string refused(const char* listen, Secrecy secrecy) {
    try {
        refuse_open_http(read_listen(listen), secrecy);
        return "fine";
    } catch (const Problem& problem) {
        return problem.code + " " + problem.arguments.at("address");
    }
}

TEST(ReadListen, TakesAnAddressAndAPort) {
    EXPECT_EQ(read("127.0.0.1:8080"), "127.0.0.1 8080 127.0.0.1");
    EXPECT_EQ(read("localhost:0"), "localhost 0 127.0.0.1");
    EXPECT_EQ(read("[::1]:80"), "[::1] 80 ::1");
    EXPECT_EQ(read("0.0.0.0:443"), "0.0.0.0 443 0.0.0.0");
    EXPECT_EQ(read("[::]:65535"), "[::] 65535 ::");
    EXPECT_EQ(read("192.168.1.1:80"), "192.168.1.1 80 192.168.1.1");
    for (const char* wrong : {"", ":80", "localhost", "localhost:", "localhost:http", "localhost:70000", "localhost:-1",
                              "localhost:80x", "::1:80", "[::1:80", "[office]:80", "http://localhost:80"}) {
        EXPECT_EQ(read(wrong), "web.bad-listen") << wrong;
    }
    EXPECT_EQ(read("no-such-name.invalid:80"), "web.unknown-name");
}

TEST(OpenHttp, IsRefusedWhereOtherMachinesCouldReadAlong) {
    for (const char* open : {"0.0.0.0:80", "[::]:80", "192.168.1.1:80", "[2001:db8::1]:80"}) {
        EXPECT_EQ(refused(open, Secrecy::none), std::string("web.open-http ") + open);
        for (const Secrecy kept : {Secrecy::insecure, Secrecy::behind, Secrecy::encrypted})
            EXPECT_EQ(refused(open, kept), "fine") << open;
    }
    for (const char* here : {"127.0.0.1:80", "127.1.2.3:80", "localhost:80", "[::1]:80"})
        EXPECT_EQ(refused(here, Secrecy::none), "fine") << here;
}

}  // namespace
}  // namespace guidon::web
