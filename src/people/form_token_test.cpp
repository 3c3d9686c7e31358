#include "people/form_token.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace guidon::people {
namespace {

TEST(FormToken, FitsTheKeyThatItWasMadeWithAndNoOther) {
    const auto token = new_form_token("key of a session");
    EXPECT_TRUE(form_token_fits("key of a session", token));
    EXPECT_FALSE(form_token_fits("key of another session", token));
    EXPECT_FALSE(form_token_fits("", token));
}

TEST(FormToken, IsAnotherOneOnEachPage) {
    EXPECT_NE(new_form_token("key"), new_form_token("key"));
}

TEST(FormToken, ChangedAnywhereItFitsNoMore) {
    const auto token = new_form_token("key");
    for (std::size_t i = 0; i < token.size(); ++i) {
        auto changed = token;
        changed[i] = changed[i] == 'a' ? 'b' : 'a';
        EXPECT_FALSE(form_token_fits("key", changed)) << i;
    }
    EXPECT_FALSE(form_token_fits("key", token.substr(0, token.size() - 1)));
    EXPECT_FALSE(form_token_fits("key", token + "a"));
    EXPECT_FALSE(form_token_fits("key", token.substr(token.find('.'))));
}

RC_GTEST_PROP(FormToken, NothingMadeUpFits, (const std::string& text)) {
    RC_ASSERT(!form_token_fits("key", text));
    RC_ASSERT(!form_token_fits("key", text + "." + std::string(32, '0')));
}

}  // namespace
}  // namespace guidon::people
