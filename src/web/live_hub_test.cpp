#include "web/live_hub.h"

#include <gtest/gtest.h>

namespace guidon::web {
namespace {

struct Ear {
    std::string heard;
    bool gone = false;
    LiveHub::Send send() {
        return [this](const std::shared_ptr<const std::string>& bytes) {
            if (!gone) heard += *bytes;
            return !gone;
        };
    }
    std::string last_id() const {
        const auto at = heard.rfind("id: ") + 4;
        return heard.substr(at, heard.find('\n', at) - at);
    }
    bool has(const char* text) const { return heard.find(text) != std::string::npos; }
};

TEST(LiveHub, TellsThoseWhoFollowTheTopicAndNobodyElse) {
    LiveHub hub;
    Ear a, b;
    ASSERT_TRUE(hub.subscribe("x/2024", "", a.send()));
    ASSERT_TRUE(hub.subscribe("y/2024", "", b.send()));
    hub.tell("x/2024", "{\"rank\":1}\nsecond");
    EXPECT_TRUE(a.has("data: {\"rank\":1}\ndata: second\n\n")) << a.heard;
    EXPECT_FALSE(b.has("data:"));
}

TEST(LiveHub, AClientThatWasAwayHearsWhatItMissedOnce) {
    LiveHub hub;
    Ear a, back;
    hub.subscribe("x", "", a.send());
    hub.tell("x", "one");
    hub.tell("x", "two");
    hub.tell("other", "three");
    const std::string first = a.heard.substr(a.heard.find("id: ") + 4);
    hub.subscribe("x", first.substr(0, first.find('\n')), back.send());
    EXPECT_FALSE(back.has("data: one"));
    EXPECT_TRUE(back.has("data: two"));
    EXPECT_FALSE(back.has("data: three"));
    EXPECT_FALSE(back.has("missed"));
}

TEST(LiveHub, AClientThatWasAwayTooLongIsAskedToLoadAnew) {
    LiveHub hub;
    Ear a, late, foreign;
    hub.subscribe("x", "", a.send());
    hub.tell("x", "one");
    const std::string first = a.last_id();
    for (int i = 0; i < 600; ++i) hub.tell("x", "more");
    hub.subscribe("x", first, late.send());
    hub.subscribe("x", "123-4", foreign.send());
    EXPECT_TRUE(late.has("event: missed"));
    EXPECT_TRUE(foreign.has("event: missed"));
}

TEST(LiveHub, ForgetsWhoVanishedAndKeepsItsLimit) {
    LiveHub hub(2);
    Ear a, b, c;
    hub.subscribe("x", "", a.send());
    hub.subscribe("x", "", b.send());
    EXPECT_TRUE(hub.is_full());
    EXPECT_FALSE(hub.subscribe("x", "", c.send()));
    a.gone = true;
    hub.beat();
    EXPECT_EQ(hub.subscribers(), 1u);
    EXPECT_TRUE(hub.subscribe("x", "", c.send()));
    hub.close();
    EXPECT_EQ(hub.subscribers(), 0u);
    EXPECT_FALSE(hub.subscribe("x", "", b.send()));
}

}  // namespace
}  // namespace guidon::web
