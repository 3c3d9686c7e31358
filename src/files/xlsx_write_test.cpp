#include "files/xlsx_write.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/decimal.h"
#include "files/xlsx_read.h"

namespace guidon::files {
namespace {

std::string csv_of(const std::string& bytes) {
    std::vector<Fault> faults;
    const auto sheet = read_xlsx(bytes, "t.xlsx", faults);
    return sheet && faults.empty() ? sheet->csv : "refused";
}

}  // namespace

TEST(XlsxWriter, WhatIsWrittenComesBack) {
    XlsxWriter writer("Values: 2024", {{"unit"}, {"value", ColumnKind::number}, {"note"}});
    writer.row({"00123", "81.86", "Đồng Hới, “quoted”"});
    writer.row({"=1+1", "na", ""});
    writer.row({"ur", "123456789012.123456", "two\nlines_x000D_\r\n"});
    writer.row({"zero", "0.100", "ضلع"});
    EXPECT_EQ(csv_of(writer.finish()),
              "unit,value,note\n00123,81.86,\"Đồng Hới, "
              "“quoted”\"\n\"'=1+1\",na,\nur,123456789012.123456,\"two\nlines_x000D_\r\n\"\n"
              "zero,0.100,ضلع\n");
}

TEST(XlsxWriter, TheSameRowsGiveTheSameBytes) {
    const auto written = [] {
        XlsxWriter writer("Units", {{"code"}});
        writer.row({"HT"});
        return writer.finish();
    };
    EXPECT_EQ(written(), written());
}

TEST(XlsxWriter, LongTextIsRefusedRatherThanCut) {
    XlsxWriter writer("Units", {{"code"}});
    EXPECT_THROW(writer.row({std::string(32'768, 'a')}), Problem);
}

TEST(XlsxWriter, AnUnfinishedTableLeavesNothingBehind) {
    XlsxWriter("Units", {{"code"}}).row({"HT"});
}

RC_GTEST_PROP(XlsxWriter, EveryDecimalComesBackExactly, ()) {
    const auto numbers = *rc::gen::container<std::vector<std::int64_t>>(
        20, rc::gen::inRange<std::int64_t>(1 - Decimal::limit, Decimal::limit));
    XlsxWriter writer("Values", {{"value", ColumnKind::number}});
    std::string expected = "value\n";
    for (const auto number : numbers) {
        const auto text = Decimal::millionths(number >> (number & 31)).text();
        writer.row({text});
        expected += text + "\n";
    }
    RC_ASSERT(csv_of(writer.finish()) == expected);
}

}  // namespace guidon::files
