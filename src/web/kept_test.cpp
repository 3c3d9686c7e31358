#include "web/kept.h"

#include <gtest/gtest.h>

namespace guidon::web {
namespace {

KeptBody body(const std::string& version, std::size_t size) {
    return {version, "\"t\"", "text/html", "", std::make_shared<const std::string>(size, 'x')};
}

TEST(KeptBodies, AnOldVersionIsNeverShown) {
    KeptBodies kept(100'000);
    kept.keep("/a", body("1", 10));
    EXPECT_TRUE(kept.find("/a", "1"));
    EXPECT_FALSE(kept.find("/a", "2"));
    EXPECT_FALSE(kept.find("/a", "1")) << "and it makes room at once";
    EXPECT_EQ(kept.bytes(), 0u);
}

TEST(KeptBodies, StaysWithinItsBytesAndDropsWhatWasNotAskedFor) {
    KeptBodies kept(100'000);
    for (int i = 0; i < 9; ++i) kept.keep("/" + std::to_string(i), body("1", 10'000));
    EXPECT_TRUE(kept.find("/0", "1"));
    kept.keep("/new", body("1", 10'000));
    EXPECT_TRUE(kept.find("/0", "1"));
    EXPECT_FALSE(kept.find("/1", "1"));
    EXPECT_LE(kept.bytes(), 100'000u);
}

TEST(KeptBodies, OneGiantPageDoesNotPushOutTheOthers) {
    KeptBodies kept(100'000);
    kept.keep("/a", body("1", 10));
    kept.keep("/giant", body("1", 50'000));
    EXPECT_TRUE(kept.find("/a", "1"));
    EXPECT_FALSE(kept.find("/giant", "1"));
}

}  // namespace
}  // namespace guidon::web
