#include "values/value_file.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

#include "base/language.h"

namespace guidon::values {
namespace {

const std::vector<std::string> unit_codes = {"alder", "birch", "cedar", "a-unit-with-a-long-code"};

units::CodeIndex index_of(const std::vector<std::string>& codes) {
    units::CodeIndex index;
    for (const auto& code : codes) index.add(code);
    return index;
}

std::string told(const std::vector<Fault>& faults) {
    std::string text;
    for (const Fault& fault : faults) text += sentence(Language::en, fault) + "\n";
    return text;
}

std::string text_of(scoring::Cell cell) {
    return cell.missing() ? "-" : cell.is_not_applicable() ? "na" : cell.value().text();
}

/// Rows as `LINE unit indicator period value target note`.
std::string rows(std::string_view csv, int threads = 1) {
    std::vector<Fault> faults;
    const auto units = index_of(unit_codes);
    const ValueRows values = read_values(csv, "values.csv", units, threads, faults);
    if (!faults.empty()) return told(faults);
    std::string text;
    for (const ValueRow& row : values.rows) {
        text += std::to_string(row.line) + " " + std::string(units.code(row.unit)) + " ";
        text += values.indicators.at(static_cast<std::size_t>(row.indicator)) + " ";
        text += values.periods.at(static_cast<std::size_t>(row.period)) + " ";
        text += text_of(row.value) + " " + text_of(row.target);
        if (row.note >= 0) text += " " + values.notes.at(static_cast<std::size_t>(row.note));
        text += "\n";
    }
    return text;
}

/// Columns of the indicators `x` and `y` in 2025 as `alder 1/2 …`, then who reported.
std::string columns(std::string_view csv, int threads = 1) {
    std::vector<Fault> faults;
    const auto units = index_of(unit_codes);
    const ValueColumns found = read_columns(
        csv, "values.csv", units, {{{.key = "x", .title = {}}, {.key = "y", .title = {}}}, "2025"}, threads, faults);
    if (!faults.empty()) return told(faults);
    std::string text;
    for (const auto& column : found.columns) {
        for (std::size_t i = 0; i < unit_codes.size(); ++i) {
            text += text_of(column.values[i]);
            if (!column.targets.empty()) text += "/" + text_of(column.targets[i]);
            text += " ";
        }
        text += "| ";
    }
    for (const char reports : found.reporting) text += reports ? "r" : ".";
    return text;
}

TEST(ReadValues, AnIndicatorMayBeNamedInAnyScriptAsInAMovementFile) {
    EXPECT_EQ(rows("unit,indicator,period,value\nalder,tiêu-chí,2025,1\n"), "2 alder tiêu-chí 2025 1 -\n");
}

TEST(ReadValues, TellsZeroNothingAndNotApplicableApart) {
    EXPECT_EQ(rows("unit,indicator,period,value,target,note\n"
                   "alder,x,2025,0,,\nalder,y,2025,,10.5,late\nbirch,x,2025-Q3,na,,\ncedar,x,,-0.000001,na,\n"),
              "2 alder x 2025 0 -\n3 alder y 2025 - 10.5 late\n4 birch x 2025-Q3 na -\n5 cedar x  -0.000001 na\n");
}

TEST(ReadValues, TakesColumnsInAnyOrderQuotesAndBothLineEnds) {
    const std::string expected = "2 a-unit-with-a-long-code x 2025 12.5 - said \"so\"\n3 alder x 2025 +3 -\n";
    EXPECT_EQ(rows("value,note,unit,period,indicator\r\n12.5,\"said \"\"so\"\"\",a-unit-with-a-long-code,2025,x\r\n"
                   "7,,alder,2025,x"),
              "2 a-unit-with-a-long-code x 2025 12.5 - said \"so\"\n3 alder x 2025 7 -\n");
    EXPECT_EQ(rows("value,unit,period,indicator\r\n999999999999.999999,alder,2025,x\r\n.5,alder,2024,x"),
              "2 alder x 2025 999999999999.999999 -\n3 alder x 2024 0.5 -\n");
}

TEST(ReadValues, TellsEveryFaultWithItsPlace) {
    EXPECT_EQ(rows("unit,indicator,period,value,target\n"
                   "nobody,x,2025,1,\nalder,,2025,1,\nalder,x,2025-Q5,1,\nalder,x,2025,\"1,5\",\n"
                   "alder,y,2025,1,1.2345678\nbirch,x,2025,5,\nbirch,x,2025,6,\n"),
              "values.csv:2:1: no unit has the code “nobody”\n"
              "values.csv:3:7: “” is no key of an indicator; expected 1 to 64 letters, digits, dots, underscores or "
              "hyphens\n"
              "values.csv:4:9: “2025-Q5” is no period; expected as 2025, 2025-H1, 2025-Q3, 2025-07, or nothing\n"
              "values.csv:5:14: “1,5” is no number; expected a decimal as 12.5, na (not applicable), or nothing (not "
              "reported)\n"
              "values.csv:6:16: “1.2345678” has too many digits; expected at most 12 before and 6 after the point\n"
              "values.csv:8:1: the value of x for birch in this period is there twice (first in line 7); expected it "
              "once\n");
    EXPECT_EQ(rows("unit,indicator,value\n"),
              "values.csv:1:1: the column “period” is missing; found: unit, indicator, value\n");
    EXPECT_EQ(rows("unit,indicator,period,value\nalder,x,2025,1\nalder,y,2025,1,2\n"),
              "values.csv:3:16: 5 fields; expected 4 as in the header (a field that holds a comma needs quotation "
              "marks)\n");
    EXPECT_EQ(rows("unit,indicator,period,value,note\nalder,x,2025,1,caf\xE9\n"),
              "values.csv:2:19: the byte 0xE9 at offset 51 is not UTF-8; expected text saved as UTF-8\n");
}

TEST(ReadColumns, TakesWhatTheCycleReadsOfItsPeriod) {
    EXPECT_EQ(columns("unit,indicator,period,value,target\n"
                      "alder,x,2025,1,2\nbirch,x,,3,\nbirch,x,2024,9,9\ncedar,z,2025,5,\n"
                      "a-unit-with-a-long-code,y,2024,5,\n"),
              "1/2 3/- -/- -/- | - - - - | rrr.");
}

TEST(ReadColumns, RefusesRowsTwiceAlsoWhereTheCycleDoesNotLook) {
    const std::string header = "unit,indicator,period,value\n";
    const std::string twice = "is there twice (first in line 2); expected it once\n";
    EXPECT_EQ(columns(header + "alder,x,2025,1\nalder,x,2025,1\n"),
              "values.csv:3:1: the value of x for alder in this period " + twice);
    EXPECT_EQ(columns(header + "alder,x,,1\nalder,x,2025,1\n"),
              "values.csv:3:1: the value of x for alder in this period " + twice);
    EXPECT_EQ(columns(header + "alder,z,2024,1\nalder,z,2024,1\n"),
              "values.csv:3:1: the value of z for alder in this period " + twice);
    EXPECT_EQ(columns(header + "alder,z,2025,1\nalder,z,,1\n"),
              "values.csv:3:1: the value of z for alder in this period " + twice);
    EXPECT_EQ(columns(header + "alder,z,2025,one\n"),
              "values.csv:2:14: “one” is no number; expected a decimal as 12.5, na (not applicable), or nothing (not "
              "reported)\n");
}

TEST(ReadColumns, MakesOneValueOfSeveralEntries) {
    using scoring::CombineEntries;
    scoring::EntryRule mean{.combine = CombineEntries::mean};
    scoring::EntryRule wins{.combine = CombineEntries::count, .equals = Decimal::whole(3)};
    const Wanted wanted{{{.key = "mean", .title = {}, .entries = mean, .from = "mark"},
                         {.key = "threes", .title = {}, .entries = wins, .from = "mark"},
                         {.key = "y", .title = {}}},
                        "2025"};
    const std::string header = "unit,indicator,period,value,target,source\n";
    const auto read = [&](const std::string& rows) {
        std::vector<Fault> faults;
        const auto units = index_of(unit_codes);
        const ValueColumns found = read_columns(header + rows, "values.csv", units, wanted, 2, faults);
        if (!faults.empty()) return told(faults);
        std::string text;
        for (const auto& column : found.columns) {
            for (const auto cell : column.values) text += text_of(cell) + " ";
            if (!column.targets.empty()) text += "/ " + text_of(column.targets[0]) + " ";
            for (const auto& entry : column.entries)
                text += std::to_string(entry.unit) + "<" + std::to_string(entry.source) + " ";
            text += "| ";
        }
        return text;
    };
    EXPECT_EQ(read("birch,mark,2025,1,,alder\nalder,mark,2025,3,5,birch\nalder,mark,,2,,judge\nalder,y,2025,4,,\n"),
              "2.5 1 - - / 5 0<1 0<-1 1<0 | 1 0 - - / 5 0<1 0<-1 1<0 | 4 - - - | ");
    EXPECT_EQ(
        read("alder,mark,2025,3,,birch\nalder,mark,2025,3,,birch\n"),
        "values.csv:3:1: the value of mark for alder in this period is there twice (first in line 2); expected it "
        "once\n");
    EXPECT_EQ(read("alder,y,2025,3,,one\nalder,y,2025,3,,two\n"),
              "values.csv:3:1: a second entry of y for alder (first in line 2), but the movement takes one row of it; "
              "expected one, or entries = … in the movement\n");
    EXPECT_EQ(read("alder,y,2025,3,,not ok\n"),
              "values.csv:2:17: “not ok” is no source of an entry; expected 1 to 64 letters, digits, dots, underscores "
              "or hyphens, or nothing\n");
}

TEST(FindValues, NamesTheValueElseTheUnit) {
    const std::string csv = "unit,indicator,period,value\nalder,x,2024,1\nalder,y,2025,1\nbirch,x,2025,1\n";
    const auto places = find_values(csv, {{"alder", "x"}, {"alder", "y"}, {"birch", "x"}, {"cedar", "x"}}, "2025");
    EXPECT_EQ(places, (std::vector<files::Place>{{3, 1}, {3, 14}, {4, 14}, {0, 0}}));
}

/// A file of so many rows that it is cut into chunks; `quoted` sends it to the plain reader.
std::string large_file(int units, int seed, bool quoted) {
    std::string csv = "unit,indicator,period,value,target,note\n";
    std::uint32_t state = static_cast<std::uint32_t>(seed) * 2654435761u + 1;
    const auto random = [&](std::uint32_t below) { return (state = state * 1664525u + 1013904223u) / 65536 % below; };
    for (int i = 0; i < units; ++i)
        for (const char* indicator : {"x", "y", "an_indicator_of_a_long_name", "other"}) {
            if (random(10) == 0) continue;
            const char* period = random(20) == 0 ? "2024" : random(20) == 0 ? "" : "2025";
            csv += "u" + std::to_string((i * 7919) % units) + "," + indicator + "," + period + ",";
            switch (random(6)) {
                case 0:
                    break;
                case 1:
                    csv += "na";
                    break;
                case 2:
                    csv += "-" + std::to_string(random(1000)) + "." + std::to_string(random(1000));
                    break;
                case 3:
                    csv += "123456789012." + std::to_string(random(1000));
                    break;
                default:
                    csv += std::to_string(random(1000));
            }
            csv += "," + (random(3) == 0 ? std::to_string(random(100)) : "") + ",";
            if (random(30) == 0) csv += "Đồng Hới";
            csv += "\n";
        }
    if (quoted) csv += "u0,last,2025,1,,\"\"\n";
    if (!quoted) csv += "u0,last,2025,1,,";
    return csv;
}

RC_GTEST_PROP(ReadValues, FastAndPlainReadingAgreeForAnyNumberOfThreads, ()) {
    const Wanted wanted{{{.key = "y", .title = {}}, {.key = "x", .title = {}}}, "2025"};
    const int count = *rc::gen::inRange(1, 3000), seed = *rc::gen::inRange(0, 1'000'000);
    std::vector<std::string> codes;
    for (int i = 0; i < count; ++i) codes.push_back("u" + std::to_string(i));
    const auto units = index_of(codes);
    const std::string plain = large_file(count, seed, true), fast = large_file(count, seed, false);
    std::vector<Fault> faults;
    const ValueRows expected = read_values(plain, "f", units, 1, faults);
    const ValueColumns expected_columns = read_columns(plain, "f", units, wanted, 1, faults);
    RC_ASSERT(faults.empty());
    for (const int threads : {1, 2, 5}) {
        std::vector<Fault> also;
        const ValueRows rows = read_values(fast, "f", units, threads, also);
        const ValueColumns columns = read_columns(fast, "f", units, wanted, threads, also);
        RC_ASSERT(also == faults);
        RC_ASSERT(rows.indicators == expected.indicators);
        RC_ASSERT(rows.periods == expected.periods);
        RC_ASSERT(rows.notes == expected.notes);
        RC_ASSERT(rows.rows.size() == expected.rows.size());
        for (std::size_t i = 0; i < rows.rows.size(); ++i) {
            const ValueRow &a = rows.rows[i], &b = expected.rows[i];
            RC_ASSERT(a.unit == b.unit && a.indicator == b.indicator && a.period == b.period && a.line == b.line &&
                      a.value == b.value && a.target == b.target && a.note == b.note);
        }
        RC_ASSERT(columns.reporting == expected_columns.reporting);
        for (std::size_t i = 0; i < columns.columns.size(); ++i) {
            RC_ASSERT(columns.columns[i].values == expected_columns.columns[i].values);
            RC_ASSERT(columns.columns[i].targets == expected_columns.columns[i].targets);
        }
    }
}

RC_GTEST_PROP(ReadColumns, AnyBytesAreReadOrRefused, ()) {
    const auto noise = *rc::gen::container<std::string>(
        rc::gen::element('a', 'x', ',', ',', ',', '\n', '\n', '"', '1', '.', '-', '\r', '\0', '\xC3'));
    columns("unit,indicator,period,value\nalder,x,2025,1\n" + noise, 2);
}

}  // namespace
}  // namespace guidon::values
