#include "files/xlsx_cell.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/decimal.h"

namespace guidon::files {

TEST(ExactNumber, PlainDecimalsAreTakenAsWritten) {
    EXPECT_EQ(exact_number("12"), "12");
    EXPECT_EQ(exact_number("0.100000"), "0.1");
    EXPECT_EQ(exact_number("-0"), "0");
    EXPECT_EQ(exact_number("-.5"), "-0.5");
    EXPECT_EQ(exact_number("123456789.123456"), "123456789.123456");
}

TEST(ExactNumber, NoiseOfBinaryArithmeticIsNotPartOfTheNumber) {
    EXPECT_EQ(exact_number("0.10000000000000001"), "0.1");
    EXPECT_EQ(exact_number("81.860000000000014"), "81.86");
    EXPECT_EQ(exact_number("0.30000000000000004"), "0.3");
    EXPECT_EQ(exact_number("5.0E-3"), "0.005");
    EXPECT_EQ(exact_number("1.25E+2"), "125");
    EXPECT_EQ(exact_number("8.699999999999999"), "8.7");
}

TEST(ExactNumber, WhatIsNoExactDecimalIsRefused) {
    EXPECT_EQ(exact_number("0.33333333333333331"), std::nullopt);
    EXPECT_EQ(exact_number("0.1234567"), std::nullopt);
    EXPECT_EQ(exact_number("1E-7"), std::nullopt);
    EXPECT_EQ(exact_number("123456789012.12346"), std::nullopt) << "17 digits: the reporter's own may have been others";
    EXPECT_EQ(exact_number("1E300"), std::nullopt);
    EXPECT_EQ(exact_number("INF"), std::nullopt);
    EXPECT_EQ(exact_number("12,5"), std::nullopt);
    EXPECT_EQ(exact_number(""), std::nullopt);
}

RC_GTEST_PROP(ExactNumber, EveryNumberThatASpreadsheetCanHoldComesBackWhateverPrecisionItWasStoredWith, ()) {
    const auto decimal =
        Decimal::millionths(*rc::gen::inRange<std::int64_t>(-999'999'999'999'999, 1'000'000'000'000'000));
    const double binary = std::stod(decimal.text());
    for (const char* form : {"%.15g", "%.16g", "%.17g"}) {
        char stored[64];
        std::snprintf(stored, sizeof stored, form, binary);
        RC_ASSERT(exact_number(stored) == decimal.text());
    }
}

TEST(FormatOf, TellsDatesFromNumbers) {
    EXPECT_EQ(format_of("General"), CellFormat{});
    EXPECT_EQ(format_of("#,##0.00;[Red]-#,##0.00"), CellFormat{});
    EXPECT_EQ(format_of("0.00E+00"), CellFormat{});
    EXPECT_EQ(format_of("0\" days\""), CellFormat{});
    EXPECT_EQ(format_of("[$-42A]dd\\/mm\\/yyyy"), CellFormat{Shows::date});
    EXPECT_EQ(format_of("mmm-yy"), CellFormat{Shows::month});
    EXPECT_EQ(format_of("yyyy"), CellFormat{Shows::year});
    EXPECT_EQ(format_of("h:mm AM/PM"), CellFormat{Shows::time});
    EXPECT_EQ(format_of("[h]:mm:ss"), CellFormat{Shows::time});
    EXPECT_EQ(format_of("d/m/yy h:mm"), CellFormat{Shows::date_time});
    EXPECT_EQ(format_of("00000"), (CellFormat{Shows::padded, 5}));
}

TEST(DateShown, SerialNumbersBecomeIsoDates) {
    const auto shown = [](const char* stored, Shows shows, DateSystem system = DateSystem::from_1900) {
        return date_shown(stored, {shows}, system);
    };
    EXPECT_EQ(shown("45365", Shows::date), "2024-03-14");
    EXPECT_EQ(shown("1", Shows::date), "1900-01-01");
    EXPECT_EQ(shown("59", Shows::date), "1900-02-28");
    EXPECT_EQ(shown("60", Shows::date), std::nullopt) << "29 February 1900 never was";
    EXPECT_EQ(shown("61", Shows::date), "1900-03-01");
    EXPECT_EQ(shown("43903", Shows::date, DateSystem::from_1904), "2024-03-14");
    EXPECT_EQ(shown("45365.5", Shows::date_time), "2024-03-14T12:00:00");
    EXPECT_EQ(shown("0.354166666666667", Shows::time), "08:30:00");
    EXPECT_EQ(shown("-1", Shows::date), std::nullopt);
    EXPECT_EQ(shown("2958466", Shows::date), std::nullopt);
}

TEST(DateShown, AMonthTypedAsPeriodIsAMonthAgain) {
    EXPECT_EQ(date_shown("45839", {Shows::month}, DateSystem::from_1900), "2025-07");
    EXPECT_EQ(date_shown("45840", {Shows::month}, DateSystem::from_1900), "2025-07-02") << "nothing is rounded away";
}

TEST(CellPlaces, NamesAndPlacesAreInverse) {
    EXPECT_EQ(cell_name(7, 3), "C7");
    EXPECT_EQ(cell_name(1, 28), "AB1");
    EXPECT_EQ(cell_place("XFD1048576")->column, 16384);
    for (const char* wrong : {"", "7", "C", "XFE1", "A1048577", "a1", "A0", "A1B"})
        EXPECT_FALSE(cell_place(wrong)) << wrong;
}

TEST(Unescaped, OnlyWhatIsAnEscapeChanges) {
    EXPECT_EQ(unescaped("a_x000D_\nb"), "a\r\nb");
    EXPECT_EQ(unescaped("_x005F_x000D_"), "_x000D_");
    EXPECT_EQ(unescaped("unit_x12 _x00E9_ _xZZZZ_"), "unit_x12 _x00E9_ _xZZZZ_");
}

}  // namespace guidon::files
