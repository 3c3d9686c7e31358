#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "cli/commands.h"

namespace guidon::cli {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

struct Ran {
    int status;
    std::string out, err;
};

Ran check(const std::string& arguments) {
    CLI::App app;
    add_check(app);
    Ran ran{};
    testing::internal::CaptureStdout();
    testing::internal::CaptureStderr();
    try {
        app.parse("check " + arguments);
    } catch (const CLI::ParseError& wrong) {
        ran.status = wrong.get_exit_code();
    }
    ran.out = testing::internal::GetCapturedStdout();
    ran.err = testing::internal::GetCapturedStderr();
    return ran;
}

/// A movement file with this content, gone at the end of the test.
class File {
public:
    explicit File(const std::string& content) {
        char name[] = "/tmp/guidon-check-XXXXXX";
        const char* folder = mkdtemp(name);
        EXPECT_NE(folder, nullptr);
        folder_ = folder ? folder : "";
        std::ofstream(path()) << content;
    }
    ~File() { std::filesystem::remove_all(folder_); }
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    std::string path() const { return folder_ + "/movement.toml"; }

private:
    std::string folder_;
};

TEST(CheckCommand, PrintsASoundMovementInWords) {
    const auto ran = check("movements/four-good-cells-2024.toml --language vi");
    EXPECT_EQ(ran.status, 0);
    EXPECT_THAT(ran.out, StartsWith("Chi bộ 4 tốt\n"));
    EXPECT_THAT(ran.out, HasSubstr("Điều kiện loại trừ\n"));
    EXPECT_THAT(ran.err, HasSubstr("cảnh báo: "));
}

TEST(CheckCommand, TellsEveryFaultWithItsPlaceAndPrintsNothingElse) {
    const File file("format = 'guidon/movement/1'\nkey = 'm'\nperiod = '24'\nends = 1\n");
    const auto ran = check(file.path());
    EXPECT_EQ(ran.status, 2);
    EXPECT_EQ(ran.out, "");
    EXPECT_EQ(ran.err,
              file.path() +
                  ":3:10: “24” is no period. Expected is a year, half-year, quarter or month: 2025, 2025-H1, "
                  "2025-Q3 or 2025-07\n" +
                  file.path() +
                  ":4:8: “ends” has to be a date such as 2024-03-14, without quotes, but here stands a number\n");
}

TEST(CheckCommand, RefusesWhatCheckingFindsBeyondReading) {
    const File file(
        "format = 'guidon/movement/1'\nkey = 'm'\nperiod = '2024'\n[title]\nen = 'T'\n[[criteria]]\nkey = 'c'\nmax = "
        "1\n"
        "rule = { kind = 'bands', bands = [{ from = 0, points = 2 }] }\n");
    const auto ran = check(file.path());
    EXPECT_EQ(ran.status, 2);
    EXPECT_EQ(ran.out, "");
    EXPECT_EQ(ran.err, file.path() + ":9:35: A band gives 2 points, more than the criterion’s maximum of 1\n");
}

TEST(CheckCommand, SaysSoWhereThereIsNoFile) {
    for (const char* nothing : {"no-such-file.toml", "/tmp"}) {
        const auto ran = check(nothing);
        EXPECT_EQ(ran.status, 2);
        EXPECT_THAT(ran.err, HasSubstr("The file cannot be read."));
    }
}

TEST(CheckCommand, AnEmptyFileHasFaults) {
    const File file("");
    EXPECT_EQ(check(file.path()).status, 2);
}

}  // namespace
}  // namespace guidon::cli
