#include "web/upload_type.h"

#include <gtest/gtest.h>

#include "base/problem.h"

namespace guidon::web {
namespace {

/// What is said about one file in field "file" where spreadsheets are taken as CSV and XLSX.
std::string said(std::string name, std::string content) {
    try {
        check_uploads({{"file", {std::move(name), "application/octet-stream", std::move(content)}}},
                      {UploadType::csv, UploadType::xlsx});
        return "taken";
    } catch (const Problem& problem) {
        return problem.code + " " + problem.field + " " + problem.arguments.at("expected");
    }
}

constexpr auto refused = "web.upload-type file .csv, .xlsx";
const std::string zip = std::string("PK\x03\x04") + std::string(8, '\0');

TEST(UploadType, AFileIsTakenWhenEndingAndContentAgree) {
    EXPECT_EQ(said("units.csv", "key,name\nhue,Huế\n"), "taken");
    EXPECT_EQ(said("UNITS.CSV", ""), "taken");
    EXPECT_EQ(said("units.xlsx", zip + "[Content_Types].xml"), "taken");
}

TEST(UploadType, AnotherContentThanTheEndingSaysIsRefused) {
    EXPECT_EQ(said("units.csv", zip + "[Content_Types].xml"), refused);
    EXPECT_EQ(said("units.csv", std::string("\x7f"
                                            "ELF\0",
                                            5)),
              refused);
    EXPECT_EQ(said("units.csv", "%PDF-1.7"), refused);
    EXPECT_EQ(said("units.xlsx", "key,name\n"), refused);
    EXPECT_EQ(said("units.xlsx", zip + "AndroidManifest.xml"), refused);
}

TEST(UploadType, AnEndingThatIsNotTakenIsRefusedWhateverIsInside) {
    EXPECT_EQ(said("units.html", "key,name\n"), refused);
    EXPECT_EQ(said("units.csv.exe", "key,name\n"), refused);
    EXPECT_EQ(said("four-good.toml", "key = \"four-good\"\n"), refused);
    EXPECT_EQ(said("", "key,name\n"), refused);
}

TEST(UploadType, AFieldThatWasLeftEmptyIsNoFile) {
    EXPECT_EQ(said("", ""), "taken");
}

TEST(UploadType, WhereNoTypesAreNamedEverythingIsTaken) {
    EXPECT_NO_THROW(check_uploads({{"file", {"a.exe", "", zip}}}, {}));
}

}  // namespace
}  // namespace guidon::web
