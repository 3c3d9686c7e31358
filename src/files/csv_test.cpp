#include "files/csv.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>

#include "base/language.h"

namespace guidon::files {
namespace {

/// Rows as `a|b/c|d`, then what is wrong as `LINE:COLUMN code`.
std::string read(std::string_view bytes) {
    std::vector<Fault> faults;
    FaultList list("f.csv", faults);
    CsvRows rows(bytes, list);
    std::string text;
    while (rows.next()) {
        if (!text.empty()) text += '/';
        for (int i = 0; i < static_cast<int>(rows.header().size()); ++i)
            text.append(i > 0 ? "|" : "").append(rows.field(i));
    }
    for (const Fault& fault : faults)
        text += " " + std::to_string(fault.line) + ":" + std::to_string(fault.column) + " " + fault.code;
    return text;
}

TEST(CsvRows, ReadsQuotesLineEndsAndAByteOrderMark) {
    EXPECT_EQ(read("a,b\n1,2\n"), "1|2");
    EXPECT_EQ(read("\xEF\xBB\xBF"
                   "a,b\r\n1,2\r\n\r\n3,4"),
              "1|2/3|4");
    EXPECT_EQ(read("a,b\n\"x, y\",\"he said \"\"no\"\"\"\n"), "x, y|he said \"no\"");
    EXPECT_EQ(read("a,b\n\"two\nlines\",\r\n,\"\"\n"), "two\nlines|/|");
    EXPECT_EQ(read("a,b\n"), "");
    EXPECT_EQ(read("\n\na,b\n\n1,2\n\n"), "1|2");
}

TEST(CsvRows, NamesThePlaceOfEveryFault) {
    EXPECT_EQ(read(""), " 1:1 csv.empty");
    EXPECT_EQ(read("\n"), " 1:1 csv.empty");
    EXPECT_EQ(read("a,b\n1\n1,2,3\n4,5\n"), "4|5 2:1 csv.too-few-fields 3:5 csv.too-many-fields");
    EXPECT_EQ(read("a,b\nĐồng,\"x\"y\n1,2\n"), "1|2 2:6 csv.text-after-quote");
    EXPECT_EQ(read("a,b\n1,x\"y\n1,2\n"), "1|2 2:3 csv.stray-quote");
    EXPECT_EQ(read("a,b\n\"1\n1\",2\n1,\"two\nthree"), "1\n1|2 4:3 csv.unclosed-quote");
    EXPECT_EQ(read("a,b\n\"1\n1\",2,3\n"), " 3:6 csv.too-many-fields");
    EXPECT_EQ(read("a,b\n1,caf\xE9\n"), " 2:6 csv.not-utf8");
    EXPECT_EQ(read(std::string_view("a,b\n1,\0\n", 8)), " 2:3 csv.nul-byte");
    EXPECT_EQ(read("\xFF\xFE"
                   "a"),
              " 1:1 csv.not-utf8");
    EXPECT_EQ(read("PK\x03\x04zip"), " 1:1 csv.spreadsheet");
    EXPECT_EQ(read("a,\"b\n"), " 1:3 csv.unclosed-quote");
}

TEST(CsvRows, SaysWhatItExpectedAndFound) {
    std::vector<Fault> faults;
    FaultList list("f.csv", faults);
    CsvRows rows("a,b\n1,2,3\n", list);
    EXPECT_FALSE(rows.next());
    EXPECT_EQ(sentence(Language::en, faults.at(0)),
              "f.csv:2:5: 3 fields; expected 2 as in the header (a field that holds a comma needs quotation marks)");
}

TEST(CsvRows, StopsAfterAHundredFaults) {
    std::string bytes = "a,b\n";
    for (int i = 0; i < 500; ++i) bytes += "1\n";
    std::vector<Fault> faults;
    FaultList list("f.csv", faults);
    CsvRows rows(bytes, list);
    EXPECT_FALSE(rows.next());
    EXPECT_EQ(faults.size(), max_faults);
}

std::string columns_of(std::string_view header) {
    constexpr std::array wanted = {ColumnName{"code", Need::required}, ColumnName{"kind", Need::optional}};
    std::vector<Fault> faults;
    FaultList list("f.csv", faults);
    CsvRows rows(header, list);
    std::string text;
    for (const int at : find_columns(rows, wanted, "name:", list)) text += std::to_string(at) + " ";
    for (const Fault& fault : faults) {
        text += std::to_string(fault.column) + (fault.warning ? " (" : " ") + fault.code + (fault.warning ? ")" : "");
        for (const auto& [name, argument] : fault.arguments)
            if (name != "first") text += " " + argument;
        text += " ";
    }
    return text;
}

TEST(FindColumns, TakesThemInAnyOrderAndTellsWhatIsMissingTwiceOrUnknown) {
    EXPECT_EQ(columns_of("kind,code\n"), "1 0 ");
    EXPECT_EQ(columns_of("code,name:vi\n"), "0 -1 ");
    EXPECT_EQ(columns_of("kind\n"), "-1 0 1 csv.missing-column code kind ");
    EXPECT_EQ(columns_of("code,kind,code\n"), "0 1 11 csv.column-twice code ");
    EXPECT_EQ(columns_of("code,colour,name:\n"), "0 -1 6 (csv.unknown-column) colour 13 (csv.unknown-column) name: ");
}

TEST(FindColumns, SaysOnceThatOtherSeparatorsWereUsedInsteadOfMissingEveryColumn) {
    EXPECT_EQ(columns_of("code;kind\n"), "-1 -1 1 csv.separator semicolon ");
    EXPECT_EQ(columns_of("code\tkind\n"), "-1 -1 1 csv.separator tab ");
}

TEST(AppendCsvField, QuotesOnlyWhereNeeded) {
    std::string out;
    append_csv_row(out, {"plain text", "a,b", "say \"hi\"", "two\nlines", "", "-1.5", "+84"});
    EXPECT_EQ(out, "plain text,\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",,-1.5,+84\n");
}

TEST(AppendCsvField, GivesASpreadsheetNoFormula) {
    std::string out;
    append_csv_row(out, {"=1+1", "@SUM(A1)", "-a", "\t=1", "'=1", "'tis", "a=b"});
    EXPECT_EQ(out, "\"'=1+1\",\"'@SUM(A1)\",\"'-a\",\"'\t=1\",\"''=1\",'tis,a=b\n");
}

RC_GTEST_PROP(Csv, WhatIsWrittenIsReadAgain, ()) {
    const auto field =
        rc::gen::container<std::string>(rc::gen::element('a', ',', '"', '\n', '\r', ' ', '7', '=', '-', '\''));
    const auto table = *rc::gen::container<std::vector<std::array<std::string, 3>>>(
        rc::gen::container<std::array<std::string, 3>>(field));
    std::string bytes = "a,b,c\n";
    for (const auto& [a, b, c] : table) append_csv_row(bytes, {a, b, c});
    std::vector<Fault> faults;
    FaultList list("f.csv", faults);
    CsvRows rows(bytes, list);
    for (const auto& row : table) {
        RC_ASSERT(rows.next());
        for (int i = 0; i < 3; ++i) RC_ASSERT(rows.field(i) == row[static_cast<std::size_t>(i)]);
    }
    RC_ASSERT(!rows.next());
    RC_ASSERT(faults.empty());
}

RC_GTEST_PROP(Csv, AnyBytesAreReadOrRefused, ()) {
    read("a,b\n" + *rc::gen::container<std::string>(rc::gen::element('a', ',', '"', '\n', '\r', '\0', '\xC3', '\xA9')));
}

}  // namespace
}  // namespace guidon::files
