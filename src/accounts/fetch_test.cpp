#include "accounts/fetch.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <thread>

#include "base/problem.h"

namespace guidon::accounts {
namespace {

/// Listens on a free loopback port and gives each connection the next of its answers; without answers it stays silent.
class OtherServer {
public:
    explicit OtherServer(std::vector<std::string> answers) : answers_(std::move(answers)) {
        listener_ = socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address);
        listen(listener_, 8);
        socklen_t size = sizeof address;
        getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
        url = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port));
        if (!answers_.empty()) thread_ = std::thread([this] { serve(); });
    }
    ~OtherServer() {
        shutdown(listener_, SHUT_RDWR);
        if (thread_.joinable()) thread_.join();
        close(listener_);
    }

    std::string url;
    std::string request;  // the last; read it after the answer

private:
    void serve() {
        for (const auto& answer : answers_) {
            const int connection = accept(listener_, nullptr, nullptr);
            if (connection < 0) return;
            char bytes[4096];
            const auto count = recv(connection, bytes, sizeof bytes, 0);
            request.assign(bytes, count > 0 ? static_cast<std::size_t>(count) : 0);
            std::size_t sent = 0;
            while (sent < answer.size()) {
                const auto n = send(connection, answer.data() + sent, answer.size() - sent, MSG_NOSIGNAL);
                if (n <= 0) break;
                sent += static_cast<std::size_t>(n);
            }
            close(connection);
        }
    }

    std::vector<std::string> answers_;
    int listener_;
    std::thread thread_;
};

std::string answer(const std::string& headers, const std::string& body = "") {
    return "HTTP/1.1 " + headers + "\r\nConnection: close\r\nContent-Length: " + std::to_string(body.size()) +
           "\r\n\r\n" + body;
}

/// The reason of "oidc.unreachable", or the code of another problem, or "answered".
std::string failure(const FetchRequest& request, FetchLimits limits = {}) {
    try {
        fetch_by_network(std::move(limits))(request);
        return "answered";
    } catch (const Problem& problem) {
        return problem.code == "oidc.unreachable" ? problem.arguments.at("reason") : problem.code;
    }
}

TEST(Fetch, AnAnswerComesWithWhatACacheNeeds) {
    OtherServer server(
        {answer("200 OK\r\nContent-Type: Application/JSON; charset=utf-8\r\nETag: \"7\"\r\nCache-Control: public, "
                "max-age=120",
                "{}")});
    const auto fetched = fetch_by_network()({server.url, {}, {{"Accept", "application/json"}}});
    EXPECT_EQ(fetched.status, 200);
    EXPECT_EQ(fetched.body, "{}");
    EXPECT_EQ(fetched.media_type, "application/json");
    EXPECT_EQ(fetched.etag, "\"7\"");
    EXPECT_EQ(fetched.max_age_s, 120);
}

TEST(Fetch, AFormIsPostedEncodedAndItsRedirectIsNotFollowed) {
    OtherServer server({answer("302 Found\r\nLocation: /elsewhere")});
    const auto fetched = fetch_by_network()({server.url, Pairs{{"code", "a b&c"}, {"name", "Kỳ"}}, {}});
    EXPECT_EQ(fetched.status, 302);
    EXPECT_EQ(server.request.substr(0, 7), "POST / ");
    EXPECT_EQ(server.request.substr(server.request.find("\r\n\r\n") + 4), "code=a%20b%26c&name=K%E1%BB%B3");
}

TEST(Fetch, ARedirectWithinTheServerIsFollowedAndOneAwayIsNot) {
    OtherServer server({answer("302 Found\r\nLocation: /there"), answer("200 OK", "there")});
    EXPECT_EQ(fetch_by_network()({server.url, {}, {}}).body, "there");

    OtherServer other({answer("200 OK", "stolen")});
    OtherServer leading({answer("302 Found\r\nLocation: " + other.url)});
    EXPECT_EQ(failure({leading.url, {}, {}}), "redirect to another server");

    const auto again = answer("302 Found\r\nLocation: /");
    OtherServer round({again, again, again, again});
    EXPECT_EQ(failure({round.url, {}, {}}), "too many redirects");
}

TEST(Fetch, MoreThanTheLimitIsNotRead) {
    OtherServer server({answer("200 OK", std::string(3'000, 'x'))});
    EXPECT_EQ(failure({server.url, {}, {}}, {.bytes = 2'999}), "answer larger than 2999 bytes");
}

TEST(Fetch, AServerThatAcceptsAndStaysSilentDoesNotHoldUs) {
    OtherServer silent({});
    EXPECT_NE(failure({silent.url, {}, {}}, {.total_ms = 100}).find("timed out"), std::string::npos);
}

TEST(Fetch, WhatIsNotEncryptedIsNotAsked) {
    EXPECT_EQ(failure({"http://login.example/", {}, {}}), "oidc.insecure-address");
    EXPECT_EQ(failure({"file:///etc/passwd", {}, {}}), "oidc.insecure-address");
}

TEST(Fetch, AServerThatIsNotThereIsUnreachable) {
    std::string gone;
    {
        OtherServer server({});
        gone = server.url;
    }
    EXPECT_NE(failure({gone, {}, {}}).find("connect"), std::string::npos);
}

TEST(IsSafeUrl, OnlyHttpsAndLoopbackAre) {
    for (const auto* good : {"https://login.example", "https://login.example:8443/realms/a?b=c", "http://localhost:80/",
                             "http://127.0.0.1", "http://[::1]:8080/x"})
        EXPECT_TRUE(is_safe_url(good)) << good;
    for (const auto* bad :
         {"", "login.example", "http://login.example", "http://localhost.example/", "http://127.0.0.1.example",
          "https://", "ftp://localhost/", "https://user@login.example", "https://a:b@login.example",
          "https://login.example/#x", "javascript:alert(1)", "http://localhost@login.example/"})
        EXPECT_FALSE(is_safe_url(bad)) << bad;
}

TEST(WithQuery, JoinsToWhatIsThere) {
    EXPECT_EQ(with_query("https://a/b", {{"x", "1 2"}, {"y", "ü"}}), "https://a/b?x=1%202&y=%C3%BC");
    EXPECT_EQ(with_query("https://a/b?c", {{"x", "+"}}), "https://a/b?c&x=%2B");
    EXPECT_EQ(with_query("https://a/b", {}), "https://a/b");
}

}  // namespace
}  // namespace guidon::accounts
