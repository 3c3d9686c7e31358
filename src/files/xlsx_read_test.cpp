#include "files/xlsx_read.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <zip.h>

#include <map>

#include "base/language.h"

namespace guidon::files {
namespace {

constexpr auto main_ns = R"(xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main")";
constexpr auto relation_type = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

using Parts = std::map<std::string, std::string>;

std::string zipped(const Parts& parts) {
    zip_error_t error;
    zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
    zip_t* archive = zip_open_from_source(target, ZIP_TRUNCATE, &error);
    for (const auto& [name, content] : parts)
        zip_file_add(archive, name.c_str(), zip_source_buffer(archive, content.data(), content.size(), 0), 0);
    zip_source_keep(target);
    zip_close(archive);
    zip_source_open(target);
    std::string bytes(static_cast<std::size_t>([&] {
                          zip_stat_t about;
                          zip_source_stat(target, &about);
                          return about.size;
                      }()),
                      '\0');
    zip_source_read(target, bytes.data(), bytes.size());
    zip_source_close(target);
    zip_source_free(target);
    return bytes;
}

std::string relations(const std::vector<std::array<std::string, 3>>& list) {
    std::string xml =
        R"(<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">)";
    for (const auto& [id, type, target] : list)
        xml += "<Relationship Id=\"" + id + "\" Type=\"" + relation_type + type + "\" Target=\"" + target + "\"/>";
    return xml + "</Relationships>";
}

/// A workbook as Excel lays it out, with one sheet of the given content of <worksheet>.
Parts workbook(const std::string& worksheet) {
    return {
        {"[Content_Types].xml", "<Types/>"},
        {"_rels/.rels", relations({{"rId1", "officeDocument", "xl/workbook.xml"}})},
        {"xl/workbook.xml",
         std::string("<workbook ") + main_ns +
             R"( xmlns:r="r"><sheets><sheet name="Units" sheetId="1" r:id="rId1"/></sheets></workbook>)"},
        {"xl/_rels/workbook.xml.rels", relations({{"rId1", "worksheet", "worksheets/sheet1.xml"},
                                                  {"rId2", "sharedStrings", "/xl/sharedStrings.xml"},
                                                  {"rId3", "styles", "styles.xml"}})},
        {"xl/sharedStrings.xml",
         std::string("<sst ") + main_ns +
             R"(><si><t>unit</t></si><si><r><t>Hà </t></r><r><rPr><b/></rPr><t>Tĩnh</t></r><rPh sb="0" eb="1"><t>ha</t></rPh></si><si><t>value</t></si></sst>)"},
        {"xl/styles.xml",
         std::string("<styleSheet ") + main_ns +
             R"(><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/><numFmt numFmtId="165" formatCode="00000"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="17"/><xf numFmtId="165"/></cellXfs></styleSheet>)"},
        {"xl/worksheets/sheet1.xml", std::string("<worksheet ") + main_ns + ">" + worksheet + "</worksheet>"},
    };
}

std::string rows(const std::string& sheet_data) {
    return zipped(workbook("<sheetData>" + sheet_data + "</sheetData>"));
}

/// What comes out: the CSV, or the faults a line each.
std::string read(const std::string& bytes, const XlsxLimits& limits = {}) {
    std::vector<Fault> faults;
    const auto sheet = read_xlsx(bytes, "t.xlsx", faults, limits);
    std::string out = sheet ? sheet->csv : "";
    for (const auto& fault : faults) {
        out += fault.code + "@" + std::to_string(fault.line) + ":" + std::to_string(fault.column);
        EXPECT_NE(sentence(Language::en, fault), "");
        out += "\n";
    }
    return out;
}

constexpr auto heading = R"(<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>2</v></c></row>)";

}  // namespace

TEST(ReadXlsx, ReadsSharedRichInlineAndPlainText) {
    EXPECT_EQ(read(rows(std::string(heading) +
                        R"(<row r="2"><c r="A2" t="s"><v>1</v></c><c r="B2"><v>81.860000000000014</v></c></row>
                           <row r="3"><c r="A3" t="inlineStr"><is><r><t>Quảng </t></r><r><t>Trị</t></r></is></c><c r="B3" t="str"><f>"na"</f><v>na</v></c></row>)")),
              "unit,value\nHà Tĩnh,81.86\nQuảng Trị,na\n");
}

TEST(ReadXlsx, ReadsInlineStringsWithoutStylesOrSharedStringsAsScriptsWriteThem) {
    auto parts = workbook(
        R"(<sheetData><row><c t="inlineStr"><is><t>unit</t></is></c><c t="inlineStr"><is><t>value</t></is></c></row><row><c t="inlineStr"><is><t>HT</t></is></c><c t="n"><v>0.10000000000000001</v></c></row></sheetData>)");
    parts.erase("xl/styles.xml");
    parts.erase("xl/sharedStrings.xml");
    parts["xl/_rels/workbook.xml.rels"] = relations({{"rId1", "worksheet", "/xl/worksheets/sheet1.xml"}});
    EXPECT_EQ(read(zipped(parts)), "unit,value\nHT,0.1\n");
}

TEST(ReadXlsx, ReadsElementsWithAPrefixAndByteOrderMark) {
    auto parts = workbook("");
    parts["xl/worksheets/sheet1.xml"] =
        "\xEF\xBB\xBF<?xml version=\"1.0\" encoding=\"utf-8\"?><x:worksheet "
        "xmlns:x=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><x:sheetData><x:row r=\"1\"><x:c "
        "r=\"A1\" t=\"s\"><x:v>0</x:v></x:c></x:row><x:row r=\"2\"><x:c "
        "r=\"A2\"><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>";
    EXPECT_EQ(read(zipped(parts)), "unit\n7\n");
}

TEST(ReadXlsx, DatesMonthsBooleansAndPaddedCodesReadAsShown) {
    EXPECT_EQ(read(rows(std::string(heading) +
                        R"(<row r="2"><c r="A2" s="1"><v>45365</v></c><c r="B2" t="b"><v>1</v></c></row>
                                                  <row r="3"><c r="A3" s="3"><v>123</v></c><c r="B3" s="2"><v>45839</v></c></row>
                                                  <row r="4"><c r="A4" t="d"><v>2024-03-14T00:00:00</v></c></row>)")),
              "unit,value\n2024-03-14,1\n00123,2025-07\n2024-03-14,\n");
}

TEST(ReadXlsx, ReadsWhatLibreOfficeWrites) {
    EXPECT_EQ(
        read(zipped(workbook(
            R"(<sheetPr filterMode="false"><pageSetUpPr fitToPage="false"/></sheetPr><dimension ref="A1:B3"/><sheetData>
<row r="1" customFormat="false" ht="12.8" hidden="false"><c r="A1" s="0" t="s"><v>0</v></c><c r="B1" s="0" t="s"><v>2</v></c></row>
<row r="2"><c r="A2" s="0" t="s"><v>1</v></c><c r="B2" s="0" t="n"><f aca="false">0.1+0.2</f><v>0.3</v></c></row>
<row r="3"><c r="A3" s="0" t="s"><v>1</v></c><c r="B3" s="0" t="b"><v>0</v></c></row>
<row r="1048576" customFormat="false" ht="12.8"/></sheetData><headerFooter/>)"))),
        "unit,value\nHà Tĩnh,0.3\nHà Tĩnh,0\n");
}

TEST(ReadXlsx, GapsAreEmptyFieldsAndEmptyRowsAreLeftOut) {
    EXPECT_EQ(read(rows(R"(<row r="3"><c r="B3" t="s"><v>0</v></c><c r="D3" t="s"><v>2</v></c></row>
                           <row r="5"><c r="D5"><v>5</v></c></row><row r="6"><c r="B6" s="1"/></row>
                           <row r="9"><c r="B9"><v>9</v></c></row>)")),
              "unit,value\n,5\n9,\n");
}

TEST(ReadXlsx, ErrorsAndFormulasWithoutResultNameTheirCell) {
    const auto bytes =
        rows(std::string(heading) +
             R"(<row r="2"><c r="A2" t="e"><f>NA()</f><v>#N/A</v></c><c r="B2"><f>SUM(A1:A9)</f></c></row>
                           <row r="7"><c r="B7"><f>1/3</f><v>0.33333333333333331</v></c></row><row r="8"><c r="A8" s="1"><v>60</v></c></row>)");
    EXPECT_EQ(read(bytes), "xlsx.error-cell@2:1\nxlsx.formula-without-result@2:2\nxlsx.number@7:2\nxlsx.date@8:1\n");
    std::vector<Fault> faults;
    read_xlsx(bytes, "t.xlsx", faults);
    EXPECT_EQ(sentence(Language::en, faults.at(0)).substr(0, 38), "t.xlsx:2:1: Cell A2 shows the error #N");
    EXPECT_EQ(faults.at(2).arguments.at("cell"), "B7");
}

TEST(ReadXlsx, AnEmptyTextIsAResult) {
    EXPECT_EQ(read(rows(std::string(heading) +
                        R"(<row r="2"><c r="A2"><v>1</v></c><c r="B2" t="str"><f>IF(1,"")</f><v></v></c></row>)")),
              "unit,value\n1,\n");
}

TEST(ReadXlsx, MergedCellsInTheTableAreFaultsAndBesideItAreNot) {
    const std::string data =
        "<sheetData>" + std::string(heading) +
        R"(<row r="2"><c r="A2"><v>1</v></c></row><row r="3"><c r="B3"><v>1</v></c></row></sheetData>)";
    EXPECT_EQ(
        read(zipped(workbook(data + R"(<mergeCells><mergeCell ref="A2:A3"/><mergeCell ref="D1:F9"/></mergeCells>)"))),
        "xlsx.merged@2:1\n");
}

TEST(ReadXlsx, NotesBesideTheTableAreToldOnceAColumn) {
    EXPECT_EQ(
        read(rows(
            std::string(heading) +
            R"(<row r="2"><c r="A2"><v>1</v></c><c r="D2"><v>5</v></c></row><row r="3"><c r="D3"><v>6</v></c></row>)")),
        "unit,value\n1,\nxlsx.no-heading@2:4\n");
}

TEST(ReadXlsx, TheFirstVisibleSheetIsReadAndOthersAreTold) {
    auto parts = workbook("");
    parts["xl/workbook.xml"] =
        std::string("<workbook ") + main_ns +
        R"( xmlns:r="r"><workbookPr date1904="1"/><sheets><sheet name="Old" state="hidden" r:id="rId2"/><sheet name="B" r:id="rId3"/><sheet name="C" r:id="rId1"/></sheets></workbook>)";
    parts["xl/_rels/workbook.xml.rels"] = relations({{"rId1", "worksheet", "worksheets/sheet1.xml"},
                                                     {"rId2", "worksheet", "worksheets/sheet2.xml"},
                                                     {"rId3", "worksheet", "other/../b.xml"}});
    parts["xl/b.xml"] =
        "<worksheet><sheetData><row><c "
        "t=\"inlineStr\"><is><t>unit</t></is></c></row><row><c><v>2</v></c></row></sheetData></worksheet>";
    EXPECT_EQ(read(zipped(parts)), "unit\n2\nxlsx.other-sheets@0:0\n");
}

TEST(ReadXlsx, OtherKindsOfFileAreRefusedEachWithItsOwnAdvice) {
    const std::string ole("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and more", 17);
    std::string encrypted = ole;
    for (const char c : std::string("EncryptedPackage")) encrypted += {c, '\0'};
    auto binary = workbook("");
    binary["_rels/.rels"] = relations({{"rId1", "officeDocument", "xl/workbook.bin"}});
    auto text_document = workbook("");
    text_document["xl/workbook.xml"] = "<document/>";
    EXPECT_EQ(read(ole), "xlsx.old-format@0:0\n");
    EXPECT_EQ(read(encrypted), "xlsx.encrypted@0:0\n");
    EXPECT_EQ(read(zipped({{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}, {"content.xml", "<x/>"}})),
              "xlsx.open-document@0:0\n");
    EXPECT_EQ(read(zipped(binary)), "xlsx.binary-workbook@0:0\n");
    EXPECT_EQ(read(zipped(text_document)), "xlsx.not-a-workbook@0:0\n");
    EXPECT_EQ(read(zipped({{"a.txt", "a"}})), "xlsx.not-a-workbook@0:0\n");
    EXPECT_EQ(read("<html><table></table></html>"), "xlsx.web-page@0:0\n");
    EXPECT_EQ(read("unit,value\n"), "xlsx.not-a-workbook@0:0\n");
    EXPECT_EQ(read(""), "xlsx.not-a-workbook@0:0\n");
    EXPECT_EQ(read(rows("")), "xlsx.empty@0:0\n");
}

TEST(ReadXlsx, DamageAndTricksAreRefused) {
    const auto whole = rows(heading);
    EXPECT_EQ(read(whole.substr(0, whole.size() / 2)), "xlsx.damaged@0:0\n");
    EXPECT_EQ(read(rows("<row r=\"2\"/><row r=\"1\"/>")), "xlsx.damaged@0:0\n");
    EXPECT_EQ(read(rows("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>99</v></c></row>")), "xlsx.damaged@0:0\n");
    EXPECT_EQ(read(rows("<row r=\"1\"><c r=\"A2\"><v>9</v></c></row>")), "xlsx.damaged@0:0\n");
    EXPECT_EQ(read(rows("<row r=\"1\"><c>")), "xlsx.damaged@0:0\n");
    auto parts = workbook("");
    parts["xl/worksheets/sheet1.xml"] =
        "<!DOCTYPE w [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><worksheet>&b;</worksheet>";
    EXPECT_EQ(read(zipped(parts)), "xlsx.damaged@0:0\n");
    parts.erase("xl/worksheets/sheet1.xml");
    EXPECT_EQ(read(zipped(parts)), "xlsx.damaged@0:0\n");
}

TEST(ReadXlsx, WhatUnpacksToTooMuchIsRefusedWhereTheLimitIsReached) {
    XlsxLimits small;
    small.part_bytes = 1 << 20;
    EXPECT_EQ(read(rows(std::string(2 << 20, ' ')), small), "xlsx.too-large@0:0\n");
    XlsxLimits thin;
    thin.ratio_from = 1 << 20;
    EXPECT_EQ(read(rows(std::string(2 << 20, ' ')), thin), "xlsx.too-large@0:0\n");
    XlsxLimits few;
    few.cells = 1;
    EXPECT_EQ(read(rows(heading), few), "xlsx.too-many-cells@0:0\n");
    XlsxLimits brief;
    brief.text_bytes = 30;
    EXPECT_EQ(read(rows(std::string(heading) +
                        R"(<row r="2"><c r="A2" t="s"><v>1</v></c><c r="B2" t="s"><v>1</v></c></row>)"),
                   brief),
              "xlsx.too-large@0:0\n");
}

RC_GTEST_PROP(ReadXlsx, NoDamageToAFileOrToItsSheetCrashesTheReader, ()) {
    const std::string sheet =
        std::string("<sheetData>") + heading +
        R"(<row r="2"><c r="A2" t="inlineStr"><is><t>a</t></is></c><c r="B2" s="1"><v>45365</v></c></row>
<row r="3"><c r="A3" t="s"><v>1</v></c><c r="B3" t="e"><f>1/0</f><v>#DIV/0!</v></c></row></sheetData><mergeCells><mergeCell ref="A2:A3"/></mergeCells>)";
    auto parts = workbook(sheet);
    auto& text = parts[*rc::gen::element<std::string>("xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml",
                                                      "xl/sharedStrings.xml", "_rels/.rels")];
    const auto damaged = [](std::string bytes) {
        for (int i = *rc::gen::inRange(0, 4); i > 0; --i)
            bytes[*rc::gen::inRange<std::size_t>(0, bytes.size())] = *rc::gen::arbitrary<char>();
        return bytes;
    };
    const bool in_text = *rc::gen::arbitrary<bool>();
    if (in_text) text = damaged(text);
    const auto bytes = in_text ? zipped(parts) : damaged(zipped(parts));
    std::vector<Fault> faults;
    const auto read_sheet = read_xlsx(bytes, "t.xlsx", faults);
    for (const auto& fault : faults) RC_ASSERT(!sentence(Language::en, fault).empty());
    RC_ASSERT(read_sheet.has_value() || !faults.empty());
}

TEST(SheetText, AFaultOfTheCsvIsToldWithItsCell) {
    std::vector<Fault> faults;
    const auto sheet = read_xlsx(rows(R"(<row r="3"><c r="B3" t="s"><v>0</v></c><c r="D3" t="s"><v>2</v></c></row>
        <row r="5"><c r="B5" t="inlineStr"><is><t>two
lines, "đ"</t></is></c><c r="D5"><v>5</v></c></row><row r="9"><c r="B9" t="s"><v>1</v></c><c r="D9"><v>7</v></c></row>)"),
                                 "t.xlsx", faults);
    ASSERT_TRUE(sheet);
    EXPECT_EQ(sheet->csv, "unit,value\n\"two\nlines, \"\"đ\"\"\",5\nHà Tĩnh,7\n");
    const auto place = [&](int line, int column) {
        const auto fault = sheet->in_sheet({"t.xlsx", line, column, "values.number", {}, false});
        const auto cell = fault.arguments.find("cell");
        return std::to_string(fault.line) + ":" + std::to_string(fault.column) +
               (cell == fault.arguments.end() ? "" : " " + cell->second);
    };
    EXPECT_EQ(place(1, 1), "3:2 B3");
    EXPECT_EQ(place(1, 6), "3:4 D3");
    EXPECT_EQ(place(2, 1), "5:2 B5");
    EXPECT_EQ(place(3, 15), "5:4 D5") << "characters are counted, not bytes";
    EXPECT_EQ(place(4, 9), "9:4 D9");
    EXPECT_EQ(place(4, 0), "9:0");
    EXPECT_EQ(place(0, 0), "0:0");
}

TEST(IsSpreadsheet, NameAndContentMustAgree) {
    EXPECT_TRUE(is_spreadsheet("anything", "a.XLSX"));
    EXPECT_TRUE(is_spreadsheet("anything", "dir.csv/a.ods"));
    EXPECT_FALSE(is_spreadsheet("unit,value\n", "a.csv"));
    EXPECT_THROW(is_spreadsheet(rows(""), "a.csv"), Problem);
}

}  // namespace guidon::files
