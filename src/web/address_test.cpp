#include "web/address.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/assert.h"
#include "web/router.h"

namespace guidon::web {
namespace {

std::string parts(const char* target) {
    const auto address = read_address(target);
    return address ? address->path + " | " + address->suffix + " | " + address->query : "refused";
}

TEST(ReadAddress, TakesTheSuffixOfARepresentationOffThePath) {
    EXPECT_EQ(parts("/units/u1.json?x=1"), "/units/u1 | json | x=1");
    EXPECT_EQ(parts("/a.b/standings.csv"), "/a.b/standings | csv | ");
    EXPECT_EQ(parts("/units/u1.pdf"), "/units/u1.pdf |  | ");
    EXPECT_EQ(parts("/"), "/ |  | ");
}

TEST(ReadAddress, RefusesWhatNoBrowserSends) {
    for (const char* target : {"", "units", "*", "/a b", "/a/../b", "/a/%2e%2e/b", "/%zz", "/%00", "/%ff",
                               "//evil.example/", "/\xc3\xa9", "http://x/"}) {
        EXPECT_EQ(parts(target), "refused") << target;
    }
}

TEST(WithParameter, ReplacesOneParameterAndKeepsTheOthers) {
    EXPECT_EQ(with_parameter("group=a&lang=en&q=x+y", "lang", "vi"), "group=a&q=x+y&lang=vi");
    EXPECT_EQ(with_parameter("lang=en", "lang", ""), "");
}

RC_GTEST_PROP(PercentEncoding, GoesThereAndBack, ()) {
    const auto text = *rc::gen::container<std::string>(rc::gen::inRange<char>(1, 127));
    RC_ASSERT(percent_decoded(percent_encoded(text)) == text);
}

Answer nothing(const Request&) {
    return {};
}

class FindRoute : public testing::Test {
protected:
    FindRoute() {
        routes.get("/", nothing);
        routes.get("/units/new", nothing);
        routes.get("/units/:unit", nothing);
        routes.change(Method::put, "/units/:unit", nothing);
        routes.get("/units/:unit/history", nothing);
    }
    std::string found(Method method, const char* path) {
        const Router router(routes);
        const auto match = router.find(method, path);
        if (!match) return "none";
        std::string text = match->route == nullptr ? "not allowed:" : match->route->path;
        if (match->route == nullptr) {
            for (const Method allowed : match->allowed) text.append(" ").append(name_of(allowed));
        }
        for (const auto& [name, value] : match->place) text += " " + name + "=" + value;
        return text;
    }
    Routes routes;
};

TEST_F(FindRoute, FixedPartsComeBeforePlaces) {
    EXPECT_EQ(found(Method::get, "/"), "/");
    EXPECT_EQ(found(Method::get, "/units/new"), "/units/new");
    EXPECT_EQ(found(Method::get, "/units/a%2Fb%20c"), "/units/:unit unit=a/b c");
    EXPECT_EQ(found(Method::put, "/units/new"), "/units/:unit unit=new");
    EXPECT_EQ(found(Method::get, "/units/x/history"), "/units/:unit/history unit=x");
}

TEST_F(FindRoute, AnOtherMethodTellsWhatIsAllowed) {
    EXPECT_EQ(found(Method::del, "/units/x"), "not allowed: GET PUT");
    EXPECT_EQ(found(Method::get, "/units"), "none");
    EXPECT_EQ(found(Method::get, "/units//history"), "none");
    EXPECT_EQ(found(Method::get, "/units/x/"), "none");
}

TEST_F(FindRoute, TwoHandlersForOneAddressAreOurMistake) {
    routes.get("/units/:unit", nothing);
    EXPECT_THROW(Router{routes}, BrokenPromise);
}

}  // namespace
}  // namespace guidon::web
