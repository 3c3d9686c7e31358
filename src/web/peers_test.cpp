#include "web/peers.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/problem.h"

namespace guidon::web {
namespace {

std::string key(const char* text) {
    const auto address = IpAddress::parse(text);
    return address ? address->client_key() : "-";
}

std::string within(const char* range, const char* address) {
    try {
        return IpRange::parse(range).contains(*IpAddress::parse(address)) ? "yes" : "no";
    } catch (const Problem& problem) {
        return problem.code;
    }
}

/// "client scheme host" of what proxies in 10.0.0.0/8 told to `peer`'s connection.
std::string told(const char* peer, const std::map<std::string, std::string>& headers) {
    const auto forwarded = read_forwarded(headers, *IpAddress::parse(peer), read_ranges("10.0.0.0/8,fd00::/8"));
    if (!forwarded) return "nothing";
    return forwarded->client.text() + " " + forwarded->scheme.value_or("-") + " " + forwarded->host.value_or("-");
}

TEST(IpAddress, IsCountedByAddressOrByTheNetworkOfAnOffice) {
    EXPECT_EQ(key("192.0.2.1"), "192.0.2.1");
    EXPECT_EQ(key("::ffff:192.0.2.1"), "192.0.2.1");
    EXPECT_EQ(key("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
    EXPECT_EQ(key("[2001:db8:1:2::9]"), "2001:db8:1:2::/64");
    EXPECT_EQ(key("fe80::1%eth0"), "fe80::/64");
    for (const char* wrong : {"", "localhost", "1.2.3", "1.2.3.4.5", "[::1", "1.2.3.4/8"}) EXPECT_EQ(key(wrong), "-");
}

TEST(IpAddress, OfThisMachineIsKnownInEverySpelling) {
    for (const char* here : {"127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"})
        EXPECT_TRUE(IpAddress::parse(here)->is_loopback()) << here;
    for (const char* there : {"128.0.0.1", "::2", "0.0.0.0", "::"})
        EXPECT_FALSE(IpAddress::parse(there)->is_loopback()) << there;
    EXPECT_TRUE(IpAddress::parse("0.0.0.0")->is_any());
    EXPECT_TRUE(IpAddress::parse("::")->is_any());
    EXPECT_FALSE(IpAddress::parse("::1")->is_any());
}

TEST(IpRange, ContainsWhatItsFirstBitsSay) {
    EXPECT_EQ(within("10.0.0.0/8", "10.255.1.2"), "yes");
    EXPECT_EQ(within("10.0.0.0/8", "11.0.0.0"), "no");
    EXPECT_EQ(within("192.0.2.128/25", "192.0.2.127"), "no");
    EXPECT_EQ(within("192.0.2.128/25", "::ffff:192.0.2.200"), "yes");
    EXPECT_EQ(within("192.0.2.7", "192.0.2.7"), "yes");
    EXPECT_EQ(within("192.0.2.7", "192.0.2.6"), "no");
    EXPECT_EQ(within("0.0.0.0/0", "203.0.113.9"), "yes");
    EXPECT_EQ(within("0.0.0.0/0", "2001:db8::1"), "no");
    EXPECT_EQ(within("fd00::/7", "fc00::1"), "yes");
    for (const char* wrong : {"", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "::/129", "office/8", "10.0.0.0/8x"})
        EXPECT_EQ(within(wrong, "10.0.0.0"), "web.bad-range") << wrong;
}

RC_GTEST_PROP(IpRange, OfFewerBitsContainsAllThatOneOfMoreDoes,
              (const std::array<std::uint8_t, 16>& a, const std::array<std::uint8_t, 16>& b)) {
    bool inside = true;
    for (int bits = 0; bits <= 128; ++bits) {
        const bool now = IpRange{{a}, bits}.contains({b});
        RC_ASSERT(inside || !now);
        inside = now;
    }
    RC_ASSERT(inside == (a == b));
    RC_ASSERT(IpAddress::parse(IpAddress{a}.text()) == IpAddress{a});
}

TEST(Forwarded, IsNotBelievedFromAStranger) {
    EXPECT_EQ(told("192.0.2.1", {{"x-forwarded-for", "127.0.0.1"}, {"x-forwarded-proto", "https"}}), "nothing");
    EXPECT_EQ(told("127.0.0.1", {{"forwarded", "for=127.0.0.1"}}), "nothing");
}

TEST(Forwarded, TellsTheClientThatTheLastStrangerOfTheListIs) {
    EXPECT_EQ(told("10.0.0.1", {{"x-forwarded-for", "203.0.113.9"}}), "203.0.113.9 - -");
    EXPECT_EQ(told("10.0.0.1", {{"x-forwarded-for", "127.0.0.1, 198.51.100.1, 203.0.113.9"}}), "203.0.113.9 - -");
    EXPECT_EQ(told("10.0.0.1", {{"x-forwarded-for", "127.0.0.1, 203.0.113.9, 10.0.0.7"}}), "203.0.113.9 - -");
    EXPECT_EQ(told("10.0.0.1", {{"x-forwarded-for", "[2001:db8::1]:4711, fd00::5"}}), "2001:db8::1 - -");
    EXPECT_EQ(told("10.0.0.1", {{"x-forwarded-for", "203.0.113.9:4711"}}), "203.0.113.9 - -");
    EXPECT_EQ(told("10.0.0.1", {}), "10.0.0.1 - -");
    EXPECT_EQ(told("10.0.0.1", {{"x-forwarded-for", "203.0.113.9, unknown"}}), "10.0.0.1 - -");
    EXPECT_EQ(told("10.0.0.1", {{"x-forwarded-for", "203.0.113.9, unknown, 10.0.0.7"}}), "10.0.0.7 - -");
}

TEST(Forwarded, SchemeAndHostAreThoseThatTheOutermostTrustedProxySaw) {
    EXPECT_EQ(told("10.0.0.1", {{"x-forwarded-for", "203.0.113.9"},
                                {"x-forwarded-proto", "http, https"},
                                {"x-forwarded-host", "evil.example, Office.example:8443"}}),
              "203.0.113.9 https office.example:8443");
    EXPECT_EQ(told("10.0.0.1", {{"x-forwarded-for", "203.0.113.9, 10.0.0.7"},
                                {"x-forwarded-proto", "evil, https, http"},
                                {"x-forwarded-host", "office.example"}}),
              "203.0.113.9 https office.example");
    EXPECT_EQ(told("10.0.0.1", {{"x-forwarded-proto", "gopher"}}), "10.0.0.1 - -");
}

TEST(Forwarded, IsReadInTheStandardsFormToo) {
    EXPECT_EQ(
        told("10.0.0.1", {{"forwarded", "for=127.0.0.1, For=\"[2001:db8::1]:47\";Proto=https;host=\"a.example\""}}),
        "2001:db8::1 https a.example");
    EXPECT_EQ(told("10.0.0.1", {{"x-forwarded-for", "203.0.113.9"}, {"forwarded", "for=198.51.100.1;proto=https"}}),
              "203.0.113.9 - -");
}

RC_GTEST_PROP(Forwarded, NothingThatIsAddedOnTheLeftChangesTheClient, (const std::string& invented)) {
    std::map<std::string, std::string> headers{{"x-forwarded-for", invented + ",203.0.113.9, 10.0.0.2"},
                                               {"x-forwarded-proto", invented + ",https,http"}};
    const auto forwarded = read_forwarded(headers, *IpAddress::parse("10.0.0.1"), read_ranges("10.0.0.0/8"));
    RC_ASSERT(forwarded->client.text() == "203.0.113.9");
    RC_ASSERT(forwarded->scheme == "https");
}

}  // namespace
}  // namespace guidon::web
