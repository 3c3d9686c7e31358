#include "base/moment.h"

#include <gtest/gtest.h>

namespace guidon {
namespace {

constexpr std::int64_t moment = 1'773'479'107'250;  // 14 March 2026

TEST(Moment, HasAFormForMachines) {
    EXPECT_EQ(iso_moment(moment), "2026-03-14T09:05:07Z");
    EXPECT_EQ(iso_moment_ms(moment), "2026-03-14T09:05:07.250Z");
    EXPECT_EQ(iso_moment_ms(0), "1970-01-01T00:00:00.000Z");
}

TEST(Moment, IsWrittenAsTheLanguageWritesIt) {
    EXPECT_EQ(moment_text(Language::en, moment, DateStyle::spelled), "14 March 2026, 09:05 UTC");
    EXPECT_EQ(moment_text(Language::en, moment, DateStyle::medium), "14 Mar 2026, 09:05 UTC");
    EXPECT_EQ(exact_moment_text(Language::en, moment), "14 Mar 2026, 09:05:07 UTC");
    EXPECT_TRUE(moment_text(Language::vi, moment, DateStyle::spelled).starts_with("09:05 UTC, "));
}

}  // namespace
}  // namespace guidon
