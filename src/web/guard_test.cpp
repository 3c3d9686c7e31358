#include "web/guard.h"

#include <gtest/gtest.h>

#include "base/problem.h"

namespace guidon::web {
namespace {

/// A request as the network hands it over.
struct Asked {
    std::string peer = "127.0.0.1";
    Headers headers;
    bool encrypted = false;
    std::string method = "GET";
};

Incoming incoming(const Asked& asked) {
    Incoming request{asked.method, "/", asked.headers};
    request.peer = *IpAddress::parse(asked.peer);
    request.secure = asked.encrypted;
    return request;
}

/// "client origin" of an admitted request, or the problem's code.
std::string admitted(Guard& guard, const Asked& asked, std::int64_t now_ms = 0) {
    Incoming request = incoming(asked);
    try {
        guard.admit(request, now_ms);
        return request.client + " " + request.origin();
    } catch (const Problem& problem) {
        return problem.code + (problem.arguments.contains("seconds") ? " " + problem.arguments.at("seconds") : "");
    }
}

std::string changed(Guard& guard, const Asked& asked) {
    Incoming request = incoming(asked);
    try {
        guard.admit(request, 0);
        admit_change(request);
        return "admitted";
    } catch (const Problem& problem) {
        return problem.code;
    }
}

GuardOptions office() {
    GuardOptions options;
    options.hosts = {"office.example", "other.example:8443"};
    options.trusted_proxies = read_ranges("10.0.0.0/8");
    return options;
}

int allowed(Guard& guard, const Asked& asked, int attempts, std::int64_t now_ms = 0) {
    int count = 0;
    for (int i = 0; i < attempts; ++i) count += admitted(guard, asked, now_ms).starts_with("web.too-many") ? 0 : 1;
    return count;
}

TEST(Guard, AnswersUnderItsOwnNamesOnly) {
    Guard guard(office());
    guard.listen_on(8080);
    const auto host = [&](const char* name) {
        return admitted(guard, {.peer = "192.0.2.1", .headers = {{"host", name}}});
    };
    EXPECT_EQ(host("Office.Example"), "192.0.2.1 http://office.example");
    EXPECT_EQ(host("office.example:99"), "192.0.2.1 http://office.example:99");
    EXPECT_EQ(host("other.example:8443"), "192.0.2.1 http://other.example:8443");
    EXPECT_EQ(host("localhost:8080"), "192.0.2.1 http://localhost:8080");
    for (const char* wrong : {"other.example", "other.example:1", "evil.example", "office.example.evil.example",
                              "xoffice.example", "office.example:x", "office.example:", "127.0.0.1:1", "127.0.0.1",
                              "office.example@evil.example", "192.0.2.9"}) {
        EXPECT_EQ(host(wrong),
                  wrong == std::string("office.example:") ? "192.0.2.1 http://office.example:" : "web.wrong-host")
            << wrong;
    }
    EXPECT_EQ(admitted(guard, {}), "web.no-host");
}

TEST(Guard, TheUsualPortOfHttpsNeedNotBeNamed) {
    Guard guard;
    guard.listen_on(443);
    EXPECT_EQ(admitted(guard, {.headers = {{"host", "localhost"}}, .encrypted = true}), "127.0.0.1 https://localhost");
    EXPECT_EQ(admitted(guard, {.headers = {{"host", "localhost"}}}), "web.wrong-host");
}

TEST(Guard, BelievesItsProxiesAndNobodyElse) {
    Guard guard(office());
    const Headers told{{"host", "localhost:1"},
                       {"x-forwarded-for", "203.0.113.9"},
                       {"x-forwarded-proto", "https"},
                       {"x-forwarded-host", "office.example"}};
    EXPECT_EQ(admitted(guard, {.peer = "10.0.0.1", .headers = told}), "203.0.113.9 https://office.example");
    EXPECT_EQ(admitted(guard, {.peer = "192.0.2.1", .headers = told}), "192.0.2.1 http://localhost:1");
    EXPECT_EQ(admitted(guard, {.peer = "127.0.0.1", .headers = told}), "127.0.0.1 http://localhost:1");
    EXPECT_EQ(admitted(guard, {.peer = "10.0.0.1", .headers = {{"x-forwarded-host", "evil.example"}}}),
              "web.wrong-host");
    EXPECT_EQ(admitted(guard, {.peer = "10.0.0.1",
                               .headers = {{"host", "office.example"}, {"x-forwarded-proto", "http"}},
                               .encrypted = true}),
              "10.0.0.1 http://office.example");
}

TEST(Guard, PlainHttpPastTheProxyIsRefusedWhereThatWasNotAskedFor) {
    GuardOptions options = office();
    options.plain_beyond = false;
    Guard guard(options);
    const Headers headers{{"host", "office.example"}};
    EXPECT_EQ(admitted(guard, {.peer = "192.0.2.1", .headers = headers}), "web.plain-http");
    EXPECT_EQ(admitted(guard, {.peer = "127.0.0.1", .headers = headers}), "127.0.0.1 http://office.example");
    EXPECT_EQ(admitted(guard, {.peer = "10.0.0.1", .headers = headers}), "10.0.0.1 http://office.example");
}

TEST(Guard, AChangeComesFromThePageOfThisSchemeAndName) {
    Guard guard(office());
    const auto from = [&](const char* origin, bool encrypted) {
        return changed(guard, {.peer = "192.0.2.1",
                               .headers = {{"host", "office.example"}, {"origin", origin}},
                               .encrypted = encrypted,
                               .method = "POST"});
    };
    EXPECT_EQ(from("https://office.example", true), "admitted");
    EXPECT_EQ(from("http://office.example", false), "admitted");
    EXPECT_EQ(from("http://office.example", true), "web.cross-site");
    EXPECT_EQ(from("https://office.example", false), "web.cross-site");
    EXPECT_EQ(from("https://office.example:444", true), "web.cross-site");
    EXPECT_EQ(from("https://evil.example", true), "web.cross-site");
    EXPECT_EQ(from("null", true), "web.cross-site");
}

TEST(Guard, AChangeThroughAProxyComesFromTheAddressThatTheBrowserSees) {
    Guard guard(office());
    const auto from = [&](const char* origin) {
        return changed(guard, {.peer = "10.0.0.1",
                               .headers = {{"host", "localhost"},
                                           {"x-forwarded-host", "office.example"},
                                           {"x-forwarded-proto", "https"},
                                           {"origin", origin}},
                               .method = "POST"});
    };
    EXPECT_EQ(from("https://office.example"), "admitted");
    EXPECT_EQ(from("http://office.example"), "web.cross-site");
    EXPECT_EQ(from("http://localhost"), "web.cross-site");
}

TEST(Guard, ManyRequestsOfOneClientAreTurnedAwayAndOthersWorkOn) {
    GuardOptions options = office();
    options.rates = Rates{2, 1, 5};
    Guard guard(options);
    const Asked hasty{.peer = "192.0.2.1", .headers = {{"host", "office.example"}}};
    EXPECT_EQ(allowed(guard, hasty, 30), 10);
    EXPECT_EQ(admitted(guard, hasty), "web.too-many-requests 1");
    EXPECT_EQ(admitted(guard, hasty, 500), "192.0.2.1 http://office.example");
    Asked other = hasty;
    other.peer = "192.0.2.2";
    EXPECT_EQ(allowed(guard, other, 5), 5);
}

TEST(Guard, ChangesAreFewerThanRequests) {
    GuardOptions options = office();
    options.rates = Rates{20, 1, 5};
    Guard guard(options);
    Asked asked{.peer = "2001:db8::1", .headers = {{"host", "office.example"}}, .method = "POST"};
    EXPECT_EQ(allowed(guard, asked, 30), 5);
    asked.peer = "2001:db8::2";  // of the same /64
    EXPECT_EQ(allowed(guard, asked, 30), 0);
    asked.method = "GET";
    EXPECT_EQ(allowed(guard, asked, 30), 30);
}

TEST(Guard, ThisMachineIsCountedOnlyWhenAsked) {
    GuardOptions options = office();
    options.trusted_proxies = read_ranges("127.0.0.1");
    options.rates = Rates{1, 1, 1};
    const Asked direct{.peer = "::1", .headers = {{"host", "localhost"}}};
    const Asked by_proxy{.headers = {{"host", "localhost"}, {"x-forwarded-for", "192.0.2.1"}}};
    Guard guard(options);
    EXPECT_EQ(allowed(guard, direct, 9), 9);
    EXPECT_EQ(allowed(guard, by_proxy, 9), 1);
    options.rates = Rates::at_most(1);
    Guard strict(options);
    EXPECT_EQ(allowed(strict, direct, 9), 5);
}

TEST(Protection, HttpsIsRememberedOnlyWhereItIsSpoken) {
    const auto strict = [](bool secure) {
        Outgoing out;
        add_protection(out, secure);
        std::string all;
        for (const auto& [name, value] : out.headers) all += name + ": " + value + "\n";
        EXPECT_EQ(all.find("unsafe-"), std::string::npos);
        EXPECT_NE(all.find("X-Frame-Options: DENY\n"), std::string::npos);
        return all.find("Strict-Transport-Security: max-age=31536000\n") != std::string::npos;
    };
    EXPECT_TRUE(strict(true));
    EXPECT_FALSE(strict(false));
}

}  // namespace
}  // namespace guidon::web
