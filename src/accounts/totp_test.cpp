#include "accounts/totp.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/assert.h"
#include "base/language.h"

namespace guidon::accounts {
namespace {

constexpr auto rfc_secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";  // "12345678901234567890", RFC 6238, appendix B

struct Vector {
    std::int64_t now_s;
    const char* code;  // the last six of the eight digits that the RFC prints
};
constexpr Vector rfc_vectors[] = {{59, "287082"},         {1111111109, "081804"}, {1111111111, "050471"},
                                  {1234567890, "005924"}, {2000000000, "279037"}, {20000000000, "353130"}};

std::string outcome(std::string_view code, std::int64_t now_s, std::int64_t last_used_step = 0) {
    const TotpCheck check = check_totp(rfc_secret, code, now_s, last_used_step);
    if (check.outcome == TotpOutcome::accepted) return "step " + std::to_string(check.step);
    const Problem problem = totp_problem(check);
    for (const Language language : languages) EXPECT_NE(sentence(language, problem), "");
    std::string text = problem.code.substr(std::string_view("account.code-").size());
    for (const auto& [name, value] : problem.arguments) text.append(" ").append(name).append("=").append(value);
    return text;
}

TEST(CheckTotp, AcceptsTheCodesOfTheStandard) {
    for (const auto& [now_s, code] : rfc_vectors)
        EXPECT_EQ(outcome(code, now_s), "step " + std::to_string(now_s / 30)) << now_s;
}

TEST(CheckTotp, OneStepToEachSideIsAsGood) {
    constexpr std::int64_t began_s = 1234567890;  // a multiple of 30, the first second of its step
    EXPECT_EQ(outcome("005924", began_s - 30), "step 41152263");
    EXPECT_EQ(outcome("005924", began_s + 59), "step 41152263");
    EXPECT_EQ(outcome("005 924", began_s), "step 41152263");
}

TEST(CheckTotp, ACodeWorksOnce) {
    EXPECT_EQ(outcome("005924", 1234567890, 41152262), "step 41152263");
    EXPECT_EQ(outcome("005924", 1234567890, 41152263), "used");
    EXPECT_EQ(outcome("005924", 1234567920, 41152264), "used");
}

TEST(CheckTotp, AClockThatIsOffIsTold) {
    EXPECT_EQ(outcome("005924", 1234567890 + 60), "clock-behind minutes=1");
    EXPECT_EQ(outcome("005924", 1234567890 + 90), "clock-behind minutes=2");
    EXPECT_EQ(outcome("005924", 1234567890 + 600), "clock-behind minutes=10");
    EXPECT_EQ(outcome("005924", 1234567890 - 600), "clock-ahead minutes=10");
    EXPECT_EQ(outcome("005924", 1234567890 + 630), "wrong");
    EXPECT_EQ(outcome("005924", 1234567890 - 601), "wrong");
}

TEST(CheckTotp, OnlySixDigitsAreACode) {
    for (const char* bad : {"", "00592", "0059240", "00592x", "٠٠٥٩٢٤", "-05924", "005924\n"})
        EXPECT_EQ(outcome(bad, 1234567890), "wrong") << bad;
}

TEST(CheckTotp, ASecretThatIsNoneIsOurMistake) {
    EXPECT_THROW(check_totp("not base 32!", "005924", 59, 0), BrokenPromise);
}

RC_GTEST_PROP(CheckTotp, NoInputIsTooStrange, (const std::string& code, std::uint32_t now_s, std::int64_t last)) {
    check_totp(rfc_secret, code, now_s, last);
}

TEST(NewTotpSecret, Is160BitsAsAppsReadThem) {
    const std::string secret = new_totp_secret();
    EXPECT_EQ(secret.size(), 32u);
    EXPECT_EQ(secret.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"), std::string::npos) << secret;
    EXPECT_NE(secret, new_totp_secret());
    check_totp(secret, "123456", 1234567890, 0);
}

TEST(TotpUri, NamesArePercentEncoded) {
    EXPECT_EQ(totp_uri(rfc_secret, "Guidon: Hà Tĩnh", "secretary@kyanh"),
              "otpauth://totp/Guidon%3A%20H%C3%A0%20T%C4%A9nh:secretary%40kyanh?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
              "&issuer=Guidon%3A%20H%C3%A0%20T%C4%A9nh&algorithm=SHA1&digits=6&period=30");
}

}  // namespace
}  // namespace guidon::accounts
