#include "books/book_rules.h"

#include <gtest/gtest.h>

#include <rapidcheck.h>

#include <algorithm>

namespace guidon::books {
namespace {

constexpr auto of_a_hundred = R"(
quota = 4

[deadlines]
delivered = "2025-06-30"

[[balance]]
field = "economy"
least = 1
most = 2

[[balance]]
owner = "individual"
least = 1

[[spread]]
unit_kind = "commune"
most_each = 1
least_units = 3
)";

Share share(const std::string& field, const std::string& owner, const std::string& commune) {
    return {field, "model", owner, {{"province", "p"}, {"commune", commune}}};
}

std::string told(const Rules& rules, const std::vector<Share>& choice) {
    std::string text;
    for (const Line& line : weigh(rules, choice)) {
        text += (text.empty() ? "" : ", ") + std::string(code(line.rule)) + " " + line.key + line.unit + "=" +
                std::to_string(line.count);
        if (line.missing()) text += " -" + std::to_string(line.missing());
        if (line.too_many()) text += " +" + std::to_string(line.too_many());
    }
    return text;
}

std::string refusal(const std::string& toml) {
    try {
        read_rules(toml);
        return "";
    } catch (const Problem& problem) {
        return problem.code + "@" + problem.arguments.at("line");
    }
}

TEST(BookRules, SayWhatIsMissingAndWhatIsTooMany) {
    const Rules rules = read_rules(of_a_hundred);
    EXPECT_EQ(told(rules, {}),
              "quota =0 -4, field economy=0 -1, owner individual=0 -1, most_each commune=0, least_units commune=0 -3");
    EXPECT_EQ(told(rules, {share("economy", "collective", "a"), share("economy", "collective", "a"),
                           share("economy", "individual", "b")}),
              "quota =3 -1, field economy=3 +1, owner individual=1, most_each communea=2 +1, least_units commune=2 -1");
    EXPECT_EQ(rules.deadlines.at(State::delivered).text(), "2025-06-30");
}

TEST(BookRules, RefuseBeyondAndBelowWithTheRuleThatIsBroken) {
    const Rules rules = read_rules(of_a_hundred);
    const std::vector<Share> choice(3, share("economy", "individual", "a"));
    try {
        must_not_exceed(rules, choice);
        FAIL();
    } catch (const Problem& problem) {
        EXPECT_EQ(problem.code, "book.too-many");
        EXPECT_EQ(problem.arguments.at("rule") + problem.arguments.at("key") + problem.arguments.at("apart"),
                  "fieldeconomy1");
    }
    try {
        must_suffice(rules, {});
        FAIL();
    } catch (const Problem& problem) {
        EXPECT_EQ(problem.arguments.at("rule") + problem.arguments.at("limit"), "quota4");
    }
    EXPECT_NO_THROW(must_not_exceed(rules, {share("culture", "collective", "a")}));
}

TEST(BookRules, FaultsNameTheirLine) {
    EXPECT_EQ(refusal("quota = 100\nquotum = 3"), "book.unknown-key@2");
    EXPECT_EQ(refusal("quota = 1.5"), "book.number@1");
    EXPECT_EQ(refusal("quota = -1"), "book.number@1");
    EXPECT_EQ(refusal("[deadlines]\ndelivered = \"2025-02-30\""), "book.deadline@2");
    EXPECT_EQ(refusal("[deadlines]\nready = \"2025-02-03\""), "book.deadline@2");
    EXPECT_EQ(refusal("[[balance]]\nfield = \"a\"\n"), "book.balance@1");
    EXPECT_EQ(refusal("[[balance]]\nfield = \"a\"\nleast = 3\nmost = 2"), "book.balance@1");
    EXPECT_EQ(refusal("[[spread]]\nmost_each = 3"), "book.spread@1");
    EXPECT_EQ(refusal("quota = = 3").substr(0, 11), "book.syntax");
    EXPECT_EQ(refusal(""), "");
}

TEST(BookRules, HoweverTheChoiceIsOrderedTheAnswerIsTheSame) {
    const Rules rules = read_rules(of_a_hundred);
    EXPECT_TRUE(rc::check([&] {
        auto choice = *rc::gen::container<std::vector<Share>>(rc::gen::map(rc::gen::inRange(0, 12), [](int n) {
            return share(n % 2 ? "economy" : "culture", n % 3 ? "collective" : "individual",
                         std::string(1, static_cast<char>('a' + n % 5)));
        }));
        const auto lines = weigh(rules, choice);
        std::reverse(choice.begin(), choice.end());
        RC_ASSERT(weigh(rules, choice) == lines);
    }));
}

}  // namespace
}  // namespace guidon::books
