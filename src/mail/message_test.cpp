#include "mail/message.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <string>
#include <vector>

#include "base/problem.h"

namespace guidon::mail {
namespace {

const Mailbox office{"Guidon", "guidon@example.org"};

template <class F>
std::string refusal(F work) {
    try {
        work();
        return "";
    } catch (const Problem& problem) {
        return problem.code;
    }
}

std::vector<std::string> lines(const std::string& text) {
    std::vector<std::string> all;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = text.find("\r\n", at);
        all.push_back(text.substr(at, end - at));
        at = end == text.npos ? text.size() : end + 2;
    }
    return all;
}

TEST(MimeText, HasEveryHeaderThatAProgramsMailNeeds) {
    Message message{"abc123", "hoa@example.org", "Ready", "One\nTwo\n", Language::vi, 1'710'396'000'000};
    message.unsubscribe = "https://guidon.example/preferences";
    EXPECT_EQ(mime_text(office, message),
              "Date: Thu, 14 Mar 2024 06:00:00 +0000\r\n"
              "From: \"Guidon\"\r\n <guidon@example.org>\r\n"
              "To: hoa@example.org\r\n"
              "Subject: Ready\r\n"
              "Message-ID: <abc123@example.org>\r\n"
              "Auto-Submitted: auto-generated\r\n"
              "List-Unsubscribe: <https://guidon.example/preferences>\r\n"
              "Content-Language: vi\r\n"
              "MIME-Version: 1.0\r\n"
              "Content-Type: text/plain; charset=utf-8\r\n"
              "Content-Transfer-Encoding: base64\r\n"
              "\r\n"
              "T25lDQpUd28NCg==\r\n");
}

TEST(MimeText, ALineBreakInAHeaderIsRefusedWhereverItIs) {
    Message message{"abc", "hoa@example.org", "Ready\r\nBcc: all@example.org", "", Language::en, 0};
    EXPECT_EQ(refusal([&] { mime_text(office, message); }), "mail.header");
    message.subject = "Ready";
    message.to = "hoa@example.org\nBcc:all@example.org";
    EXPECT_EQ(refusal([&] { mime_text(office, message); }), "mail.address");
    message.to = "hoa@example.org";
    message.unsubscribe = "https://guidon.example/\r\n";
    EXPECT_EQ(refusal([&] { mime_text(office, message); }), "mail.header");
    message.unsubscribe = "";
    EXPECT_EQ(refusal([&] { mime_text({"Gui\ndon", "guidon@example.org"}, message); }), "mail.header");
    message.id = "a>b";
    EXPECT_EQ(refusal([&] { mime_text(office, message); }), "mail.header");
}

TEST(HeaderText, IsReadableWhileItIsShortAndLatin) {
    EXPECT_EQ(header_text("3 tasks wait for you"), "3 tasks wait for you");
    EXPECT_EQ(header_text("việc"), "=?UTF-8?B?dmnhu4dj?=");
    EXPECT_EQ(header_text("=?UTF-8?B?dmnhu4dj?="), "=?UTF-8?B?PT9VVEYtOD9CP2Rtbmh1NGRqPz0=?=");
}

TEST(HeaderText, NoLineIsTooLongAndNoCharacterIsCut) {
    rc::check([] {
        constexpr const char* letters[] = {"a", "ệ", "ک", "🏳", " ", "đ"};
        std::string text;
        for (int i = *rc::gen::inRange(1, 200); i > 0; --i) text += letters[*rc::gen::inRange(0, 6)];
        Message message{"abc", "hoa@example.org", text, text, Language::ur, 0};
        for (const auto& line : lines(mime_text(office, message))) {
            RC_ASSERT(line.size() <= 76);
            RC_ASSERT(line.find_first_of("\r\n") == line.npos);
        }
    });
}

TEST(ReadMailbox, TakesAnAddressWithOrWithoutAName) {
    EXPECT_EQ(read_mailbox("a@b.vn"), (Mailbox{"", "a@b.vn"}));
    EXPECT_EQ(read_mailbox(" Thi đua Kỳ Anh <a@b.vn> "), (Mailbox{"Thi đua Kỳ Anh", "a@b.vn"}));
    for (const char* wrong : {"", "a", "@b.vn", "a@", "a b@c.vn", "a@b@c", "A <a@b.vn", "a@b..vn", "đ@b.vn", "-f@b.vn"})
        EXPECT_EQ(refusal([&] { read_mailbox(wrong); }), "mail.address") << wrong;
}

}  // namespace
}  // namespace guidon::mail
