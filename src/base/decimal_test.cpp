#include "base/decimal.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace guidon {
namespace {

std::string read(std::string_view text) {
    const auto decimal = Decimal::parse(text);
    return decimal ? decimal->text() : "refused";
}

TEST(Decimal, ReadsPlainNumbersOnly) {
    EXPECT_EQ(read("12.50"), "12.5");
    EXPECT_EQ(read("-0.000001"), "-0.000001");
    EXPECT_EQ(read("000000000000000007"), "7");
    EXPECT_EQ(read("999999999999.999999"), "999999999999.999999");
    EXPECT_EQ(read("-0"), "0");
    for (const char* bad : {"", "-", ".", "1e3", "1,5", " 1", "1 ", "0x10", "nan", "inf", "1.2.3", "--1", "٣",
                            "1234567890123", "0.1234567"})
        EXPECT_EQ(read(bad), "refused") << bad;
}

TEST(Decimal, PrintsAsManyPlacesAsAsked) {
    EXPECT_EQ(Decimal::whole(9).text(3), "9.000");
    EXPECT_EQ(Decimal::millionths(-1'500'000).text(1), "-1.5");
    EXPECT_EQ(Decimal::whole(-3).text(0), "-3");
}

RC_GTEST_PROP(Decimal, WhatItPrintsItReads, (std::int64_t n)) {
    const auto decimal = Decimal::millionths(n % Decimal::limit);
    RC_ASSERT(Decimal::parse(decimal.text()) == decimal);
    RC_ASSERT(Decimal::parse(decimal.text(6)) == decimal);
}

}  // namespace
}  // namespace guidon
