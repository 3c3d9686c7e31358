#include "base/problems.h"

#include <gtest/gtest.h>

namespace guidon {
namespace {

int refused(const char* code, int status = 422) {
    throw Problem(code, {}, "field", status);
}

TEST(FormFaults, GoOnToTheEndOfAForm) {
    FormFaults faults;
    EXPECT_EQ(faults.of([] { return 7; }), 7);
    EXPECT_EQ(faults.of([] { return refused("a.one"); }), 0);
    EXPECT_EQ(faults.of([]() -> int { throw Problems({Problem("a.two"), Problem("a.three")}); }), 0);
    faults.add(Problem("a.four"));
    try {
        faults.end();
        FAIL() << "four are wrong";
    } catch (const Problems& problems) {
        std::string codes;
        for (const Problem& one : problems.list) codes += one.code + " ";
        EXPECT_EQ(codes, "a.one a.two a.three a.four ");
        EXPECT_EQ(problems.code, "web.problems");
        EXPECT_EQ(problems.arguments.at("count"), "4");
    }
}

TEST(FormFaults, AreOneProblemWhereThereIsOne) {
    FormFaults faults;
    faults.of([] { return refused("a.one"); });
    try {
        faults.end();
        FAIL() << "one is wrong";
    } catch (const Problems&) {
        FAIL() << "it is one";
    } catch (const Problem& problem) {
        EXPECT_EQ(problem.code, "a.one");
    }
}

TEST(FormFaults, AreOfFieldsAlone) {
    FormFaults faults;
    EXPECT_THROW(faults.of([] { return refused("gate.forbidden", 403); }), Problem);
    EXPECT_NO_THROW(faults.end());
}

}  // namespace
}  // namespace guidon
