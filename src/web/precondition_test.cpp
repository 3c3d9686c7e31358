#include "web/precondition.h"

#include <gtest/gtest.h>

#include "base/problem.h"

namespace guidon::web {
namespace {

Request with_header(const std::string& seen) {
    Request request;
    request.headers["if-match"] = seen;
    return request;
}

TEST(Precondition, OneOfTheTagsSentHasToBeTheVersionAsItIs) {
    EXPECT_TRUE(matches(with_header("\"17\""), "17"));
    EXPECT_TRUE(matches(with_header("17"), "17"));
    EXPECT_TRUE(matches(with_header("\"3\", \"17\""), "17"));
    EXPECT_FALSE(matches(with_header("\"3\""), "17"));
    EXPECT_FALSE(matches(with_header("\"170\""), "17"));
}

TEST(Precondition, AStarFitsWhateverItIsAndAWeakTagNothing) {
    EXPECT_TRUE(matches(with_header("*"), "17"));
    EXPECT_FALSE(matches(with_header("W/\"17\""), "17"));
}

TEST(Precondition, AFormSaysItInAHiddenFieldAndAJsonBodyCannot) {
    Request form;
    form.fields.emplace("if_match", "17");
    EXPECT_TRUE(matches(form, "17"));
    form.json = boost::json::object{{"if_match", "17"}};
    EXPECT_THROW(matches(form, "17"), Problem);
}

TEST(Precondition, WhoSaysNothingIsAskedAndWhoSawAnotherVersionIsTold) {
    try {
        must_match(Request(), "17");
        FAIL();
    } catch (const Problem& problem) {
        EXPECT_EQ(problem.code, "web.if-match-needed");
        EXPECT_EQ(problem.status, 428);
    }
    try {
        must_match(with_header("\"16\""), "17");
        FAIL();
    } catch (const Problem& problem) {
        EXPECT_EQ(problem.code, "web.changed-meanwhile");
        EXPECT_EQ(problem.status, 412);
    }
}

}  // namespace
}  // namespace guidon::web
