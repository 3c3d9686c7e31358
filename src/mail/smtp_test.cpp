// What can be known of a mail server before it is asked. Conversations are in tests/mail.
#include "mail/smtp.h"

#include <gtest/gtest.h>

namespace guidon::mail {
namespace {

std::string checked(const std::string& url, const std::string& user = "", Security security = Security::automatic) {
    SmtpServer server{url, security, user, "secret", {"", "a@example.org"}};
    try {
        check_server(server);
        return server.shown();
    } catch (const Problem& problem) {
        return problem.code;
    }
}

TEST(CheckServer, KnowsTheUsualPorts) {
    EXPECT_EQ(checked("smtp://mail.example.org"), "mail.example.org:25");
    EXPECT_EQ(checked("smtp://mail.example.org:587"), "mail.example.org:587");
    EXPECT_EQ(checked("smtps://mail.example.org"), "mail.example.org:465");
    EXPECT_EQ(checked("smtp://[::1]:2525"), "[::1]:2525");
}

TEST(CheckServer, RefusesWhatIsNoMailServerOrHoldsAPassword) {
    for (const char* url : {"", "mail.example.org", "http://mail.example.org", "smtp://hoa:secret@mail.example.org",
                            "smtp://hoa@mail.example.org", "smtp://", "file:///etc/passwd", "smtp://host/path"})
        EXPECT_EQ(checked(url), "mail.smtp-url") << url;
}

TEST(CheckServer, NoPasswordCrossesANetworkUnencrypted) {
    EXPECT_EQ(checked("smtp://mail.example.org", "hoa", Security::none), "mail.password-unprotected");
    EXPECT_EQ(checked("smtp://mail.example.org", "hoa"), "mail.example.org:25");
    EXPECT_EQ(checked("smtp://localhost", "hoa", Security::none), "localhost:25");
    EXPECT_EQ(checked("smtps://mail.example.org", "hoa", Security::none), "mail.example.org:465");
    EXPECT_EQ(checked("smtp://127.evil.example", "hoa", Security::none), "mail.password-unprotected");
    EXPECT_EQ(checked("smtp://mail.example.org", "", Security::none), "mail.example.org:25");
}

}  // namespace
}  // namespace guidon::mail
