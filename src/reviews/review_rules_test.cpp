// Are points read, held to their most and summed exactly?
#include "reviews/review_rules.h"

#include <gtest/gtest.h>

namespace guidon::reviews {
namespace {

constexpr auto two_questions = R"(format = "guidon/review-form/1"
key = "short"
title = { en = "Short" }
[[questions]]
key = "need"
most = 15
title = "Need"
[[questions]]
key = "results"
most = 25.5
title = { en = "Results", vi = "Kết quả" }
)";

std::string code_of(const std::string& toml) {
    try {
        read_review_form(toml);
        return "";
    } catch (const Faults& faults) {
        return faults.list.at(0).code + ":" + std::to_string(faults.list.at(0).line);
    }
}

std::string refused(const std::map<std::string, std::string>& points) {
    try {
        read_answers(read_review_form(two_questions), points, {});
        return "";
    } catch (const Problem& problem) {
        return problem.code + " " + problem.field;
    }
}

TEST(ReviewForm, SaysWhatItAsks) {
    const ReviewForm form = read_review_form(two_questions);
    EXPECT_EQ(form.most().text(), "40.5");
    EXPECT_EQ(pick(form.questions.at(1).title, Language::vi), "Kết quả");
    EXPECT_EQ(pick(form.questions.at(0).title, Language::ur), "Need");
}

TEST(ReviewForm, TellsWhatIsWrongWithItsLine) {
    EXPECT_EQ(code_of("key = 1"), "review-form.format:1");
    EXPECT_EQ(code_of("format ="), "movement.syntax:1");
    EXPECT_EQ(code_of(std::string(two_questions) + "[[questions]]\nkey = \"need\"\nmost = 1\ntitle = \"x\"\n"),
              "review-form.twice:12");
    EXPECT_EQ(code_of(std::string(two_questions) + "[[questions]]\nkey = \"more\"\nmost = -1\ntitle = \"x\"\n"),
              "review-form.question:12");
}

TEST(Answers, AddUpExactly) {
    const auto answers = read_answers(read_review_form(two_questions), {{"need", "14.1"}, {"results", "25.2"}},
                                      {{"need", "seen on site"}});
    EXPECT_EQ(score_of(answers).text(), "39.3");
    EXPECT_EQ(answers.at("need").remark, "seen on site");
}

TEST(Answers, EveryQuestionHasPointsWithinItsLimit) {
    EXPECT_EQ(refused({{"need", "3"}}), "review.missing points_results");
    EXPECT_EQ(refused({{"need", "15.000001"}, {"results", "1"}}), "review.points points_need");
    EXPECT_EQ(refused({{"need", "-1"}, {"results", "1"}}), "review.points points_need");
    EXPECT_EQ(refused({{"need", "1e1"}, {"results", "1"}}), "review.points points_need");
    EXPECT_EQ(refused({{"need", "15"}, {"results", "0"}}), "");
}

TEST(Review, WhatIsDoneStaysAsItIs) {
    for (const Move& move : moves()) EXPECT_EQ(move.from, State::planned);
    EXPECT_EQ(find_move(State::done, Verb::finish), nullptr);
}

}  // namespace
}  // namespace guidon::reviews
