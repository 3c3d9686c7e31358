#include "evidence/evidence.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <csignal>
#include <random>

#include "base/problem.h"
#include "evidence/office_file.h"
#include "evidence/picture.h"
#include "evidence/samples_test.h"
#include "similar/picture_hash.h"

namespace guidon::evidence {
namespace {

using namespace samples;

class Take : public testing::Test {
protected:
    Folder folder;
    Depot depot{folder.path() / "files"};

    Taken taken(std::string name, std::string content, Wanted wanted = Wanted::any) {
        return take(depot, {std::move(name), "application/x-lie", std::move(content)}, "file", wanted);
    }
    /// The format that was found, or the refusal with its status.
    std::string said(std::string name, std::string content, Wanted wanted = Wanted::any) {
        try {
            return std::string(code(taken(std::move(name), std::move(content), wanted).format));
        } catch (const Problem& problem) {
            EXPECT_EQ(problem.field, "file");
            return problem.code + " " + std::to_string(problem.status);
        }
    }
    std::string open_document(const std::string& type) {
        return archive({{"mimetype", "application/vnd.oasis.opendocument." + type}, {"content.xml", "<x/>"}});
    }
};

TEST_F(Take, AFileIsWhatItsBytesSayAndItsNameHasToAgree) {
    const auto picture = scene(60, 40, 1);
    EXPECT_EQ(said("a.JPG", jpeg(picture)), "jpeg");
    EXPECT_EQ(said("C:\\photos\\a.jpeg", jpeg(picture)), "jpeg");
    EXPECT_EQ(said("a.png", png(picture)), "png");
    EXPECT_EQ(said("a.webp", webp(picture)), "webp");
    EXPECT_EQ(said("a.pdf", pdf), "pdf");
    EXPECT_EQ(said("a.docx", docx()), "docx");
    EXPECT_EQ(said("a.xlsx", archive({{"[Content_Types].xml", "<T/>"}, {"xl/workbook.xml", "<w/>"}})), "xlsx");
    EXPECT_EQ(said("a.pptx", archive({{"[Content_Types].xml", "<T/>"}, {"ppt/presentation.xml", "<p/>"}})), "pptx");
    EXPECT_EQ(said("a.odt", open_document("text")), "odt");
    EXPECT_EQ(said("a.ods", open_document("spreadsheet")), "ods");
    EXPECT_EQ(said("a.odp", open_document("presentation")), "odp");
    EXPECT_EQ(said("no ending", pdf), "pdf");
}

TEST_F(Take, AFileThatLiesAboutItsTypeIsRefusedAndSaysWhatItIs) {
    const auto picture = jpeg(scene(60, 40, 1));
    EXPECT_EQ(said("a.png", picture), "evidence.lies 415");
    EXPECT_EQ(said("a.pdf", picture), "evidence.lies 415");
    EXPECT_EQ(said("a.exe", picture), "evidence.lies 415");
    EXPECT_EQ(said("a.jpg", "MZ\x90 program"), "evidence.lies 415");
    EXPECT_EQ(said("a.docx", pdf), "evidence.lies 415");
    EXPECT_EQ(said("a.docx", archive({{"notes.txt", "x"}})), "evidence.lies 415");
    EXPECT_EQ(said("a.xlsx", docx()), "evidence.lies 415");
    EXPECT_EQ(said("a.gif", "GIF89a"), "evidence.unknown-format 415");
    EXPECT_EQ(said("a.zip", archive({{"notes.txt", "x"}})), "evidence.unknown-format 415");
    EXPECT_EQ(said("a.doc", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), "evidence.unknown-format 415");
    EXPECT_EQ(said("a.txt", "text"), "evidence.unknown-format 415");
    try {
        taken("a.jpg", "MZ");
    } catch (const Problem& problem) {
        EXPECT_EQ(problem.arguments.at("found"), "program");
        EXPECT_EQ(problem.arguments.at("ending"), ".jpg");
        EXPECT_EQ(problem.arguments.at("file"), "a.jpg");
    }
}

TEST_F(Take, WhatABrowserWouldRunIsRefusedUnderEveryName) {
    for (const auto name : {"a.svg", "a.jpg", "a.pdf", "a"}) {
        for (const auto content : {"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>",
                                   "\xEF\xBB\xBF<?xml version='1.0'?>\n<!-- --><SVG/>", "<!DOCTYPE html><p>",
                                   "  <HTML>", "<script>alert(1)</script>"})
            EXPECT_EQ(said(name, content), "evidence.active 415") << name << content;
    }
    EXPECT_EQ(said("a.svg", png(scene(9, 9, 1))), "evidence.active 415");
}

TEST_F(Take, AFormGetsTheKindItAsksFor) {
    EXPECT_EQ(said("a.pdf", pdf, Wanted::photo), "evidence.not-wanted 415");
    EXPECT_EQ(said("a.pdf", pdf, Wanted::document), "pdf");
    EXPECT_EQ(said("a.png", png(scene(60, 40, 1)), Wanted::document), "evidence.not-wanted 415");
    EXPECT_EQ(said("", ""), "evidence.none 422");
    EXPECT_EQ(said("a.pdf", ""), "evidence.none 422");
}

TEST_F(Take, TooLargeIsToldForPhotosAndDocuments) {
    EXPECT_EQ(said("a.jpg", jpeg(scene(60, 40, 1)) + std::string(photo_limit, '\0')), "evidence.too-large 413");
    EXPECT_EQ(said("a.pdf", pdf + std::string(document_limit, ' ')), "evidence.too-large 413");
}

TEST_F(Take, APictureOfAbsurdSizeIsRefusedBeforeItIsDecoded) {
    auto bomb = png(scene(60, 40, 1));
    bomb.replace(16, 8, std::string("\0\0\xC3\x50\0\0\xC3\x50", 8));  // 50,000 × 50,000
    EXPECT_EQ(said("a.png", bomb), "evidence.too-many-pixels 422");
    bomb.replace(16, 8, std::string("\0\x01\0\0\0\0\0\x01", 8));  // a line
    EXPECT_EQ(said("a.png", bomb), "evidence.too-many-pixels 422");
    bomb.replace(16, 8, std::string(8, '\0'));
    EXPECT_EQ(said("a.png", bomb), "evidence.damaged 422");
}

TEST_F(Take, WhatWasCutOffOnItsWayIsDamaged) {
    EXPECT_EQ(said("a.png", png(scene(600, 400, 1)).substr(0, 900)), "evidence.damaged 422");
    EXPECT_EQ(said("a.webp", webp(scene(600, 400, 1)).substr(0, 900)), "evidence.damaged 422");
    EXPECT_EQ(said("a.jpg", "\xFF\xD8\xFF\xE0 nothing"), "evidence.damaged 422");
    EXPECT_EQ(said("a.pdf", pdf.substr(0, 20)), "evidence.damaged 422");
    EXPECT_EQ(said("a.docx", docx().substr(0, 60)), "evidence.damaged 422");
}

TEST_F(Take, ProgramsAndPasswordsInOfficeFilesAreRefused) {
    EXPECT_EQ(said("a.docx", docx({{"word/vbaProject.bin", "x"}})), "evidence.macros 422");
    EXPECT_EQ(said("a.docx", docx({{"word/activeX/activeX1.bin", "x"}})), "evidence.macros 422");
    EXPECT_EQ(said("a.odt", archive({{"mimetype", "application/vnd.oasis.opendocument.text"}, {"Basic/a.xml", "x"}})),
              "evidence.macros 422");
    EXPECT_EQ(said("a.docx", archive({{"[Content_Types].xml", "macroEnabled"}, {"word/document.xml", "x"}})),
              "evidence.macros 422");
    EXPECT_EQ(said("a.docx", archive({{"[Content_Types].xml", "x"}, {"word/document.xml", "x"}}, "secret")),
              "evidence.encrypted 422");
    EXPECT_EQ(said("a.odt", archive({{"mimetype", "application/vnd.oasis.opendocument.text"},
                                     {"META-INF/manifest.xml", "<manifest:encryption-data/>"}})),
              "evidence.encrypted 422");
}

TEST_F(Take, AZipBombIsRefusedByWhatItSaysAndByWhatComesOut) {
    EXPECT_EQ(said("a.docx", docx({{"word/media/zeros", std::string(20 << 20, '\0')}})), "evidence.bomb 422");
    auto lies = docx({{"word/media/zeros", std::string(20 << 20, '\0')}});
    const std::string size("\0\0\x40\x01", 4), little("\x10\0\0\0", 4);  // 20 MiB, 16 bytes
    for (auto at = lies.find(size); at != std::string::npos; at = lies.find(size, at)) lies.replace(at, 4, little);
    EXPECT_NE(said("a.docx", lies), "docx");
    const UnpackLimits narrow{.total_bytes = 1000};
    EXPECT_THROW(office_format(docx({{"word/a", std::string(1001, 'x')}}), "a", "file", narrow), Problem);
    EXPECT_EQ(office_format(docx(), "a", "file", narrow), Format::docx);
    const UnpackLimits few{.parts = 2};
    EXPECT_THROW(office_format(docx({{"word/a", "x"}}), "a", "file", few), Problem);
}

TEST_F(Take, CopiesAreSmallAndTellNeitherPlaceNorCamera) {
    const auto photo = taken("a.jpg", with_exif(jpeg(scene(3200, 1800, 3)), 1));
    EXPECT_EQ(photo.width, 3200);
    EXPECT_NE(photo.bytes.find("GPS-18.34N"), std::string::npos);
    for (const auto& [copy, extent] : {std::pair(photo.shown, Extent{1600, 900}), {photo.small, Extent{480, 270}}}) {
        EXPECT_EQ(extent_of(Format::jpeg, copy), extent);
        EXPECT_EQ(copy.find("Exif"), std::string::npos);
        EXPECT_EQ(copy.find("GPS"), std::string::npos);
    }
    EXPECT_EQ(extent_of(Format::jpeg, taken("a.png", png(scene(60, 40, 1))).shown), (Extent{60, 40}));
}

/// EXIF 2.3: on which visual side row 0 and column 0 of the stored picture lie.
constexpr const char* sides[] = {"",         "top left",  "top right",    "bottom right", "bottom left",
                                 "left top", "right top", "right bottom", "left bottom"};

TEST_F(Take, EveryOrientationStandsUprightInTheCopies) {
    constexpr int width = 60, height = 40;
    const auto colour = [](int x, int y) {
        return gdTrueColor(x < width / 2 ? 250 : 5, y < height / 2 ? 250 : 5, x < 20 && y < 15 ? 250 : 5);
    };
    for (int orientation = 1; orientation <= 8; ++orientation) {
        const std::string row_side =
            std::string(sides[orientation]).substr(0, std::string(sides[orientation]).find(' '));
        const std::string column_side = std::string(sides[orientation]).substr(row_side.size() + 1);
        const bool turned = orientation >= 5;
        const auto place = [&](int column, int row) {
            int x = 0, y = 0;
            for (const auto& [side, n] : {std::pair(row_side, row), {column_side, column}}) {
                if (side == "top") y = n;
                if (side == "bottom") y = height - 1 - n;
                if (side == "left") x = n;
                if (side == "right") x = width - 1 - n;
            }
            return colour(x, y);
        };
        const auto stored = image(turned ? height : width, turned ? width : height, place);
        const auto photo = taken("a.jpg", with_exif(jpeg(stored, 98), orientation));
        EXPECT_EQ(orientation_of(Format::jpeg, photo.bytes), orientation);
        EXPECT_EQ(photo.width, width);
        EXPECT_EQ(photo.height, height);
        auto bytes = photo.shown;
        const Image shown(gdImageCreateFromJpegPtr(static_cast<int>(bytes.size()), bytes.data()), &gdImageDestroy);
        for (const auto& [x, y] : {std::pair(5, 5), {55, 5}, {5, 35}, {55, 35}, {24, 5}}) {
            const int got = gdImageGetTrueColorPixel(shown.get(), x, y), want = colour(x, y);
            EXPECT_NEAR(gdTrueColorGetRed(got), gdTrueColorGetRed(want), 30) << orientation << " at " << x << ',' << y;
            EXPECT_NEAR(gdTrueColorGetGreen(got), gdTrueColorGetGreen(want), 30) << orientation;
            EXPECT_NEAR(gdTrueColorGetBlue(got), gdTrueColorGetBlue(want), 30) << orientation;
        }
    }
}

TEST_F(Take, APictureSavedAgainLooksTheSameAndAnotherDoesNot) {
    const auto look = [&](const std::string& name, const std::string& bytes) { return *taken(name, bytes).look; };
    const auto first = look("a.jpg", jpeg(scene(1200, 900, 5), 95));
    EXPECT_LE(similar::distance(first, look("b.jpg", jpeg(scene(1200, 900, 5), 40))), similar::same_picture_within);
    EXPECT_LE(similar::distance(first, look("c.png", png(scene(400, 300, 5)))), similar::same_picture_within);
    EXPECT_LE(similar::distance(first, look("d.webp", webp(scene(800, 600, 5)))), similar::same_picture_within);
    for (unsigned other = 6; other < 20; ++other)
        EXPECT_GT(similar::distance(first, look("e.png", png(scene(400, 300, other)))), similar::same_picture_within);
}

TEST_F(Take, ANameLosesFoldersControlCharactersAndTurnedDirections) {
    EXPECT_EQ(taken("../../etc/b.pdf", pdf).file_name, "b.pdf");
    EXPECT_EQ(taken("report\u202Efdp.pdf", pdf).file_name, "reportfdp.pdf");
    EXPECT_EQ(taken("a\r\nSet-Cookie: x.pdf", pdf).file_name, "aSet-Cookie: x.pdf");
    EXPECT_EQ(taken("báo cáo năm.pdf", pdf).file_name, "báo cáo năm.pdf");
    const auto longest = taken(std::string(400, 'x') + ".pdf", pdf).file_name;
    EXPECT_EQ(longest.size(), 200U);
    EXPECT_TRUE(longest.ends_with(".pdf"));
}

TEST_F(Take, NoInputDoesMoreThanBeRefused) {
    const std::string seeds[] = {jpeg(scene(50, 40, 1)),
                                 png(scene(50, 40, 1)),
                                 webp(scene(50, 40, 1)),
                                 pdf,
                                 docx(),
                                 with_exif(jpeg(scene(50, 40, 1)), 6)};
    std::mt19937 random(20240101);
    for (int round = 0; round < 1200; ++round) {
        std::string bytes = seeds[static_cast<std::size_t>(round) % std::size(seeds)];
        for (unsigned changes = random() % 8; changes-- > 0;)
            bytes[random() % bytes.size()] = static_cast<char>(random() & 0xFF);
        if (random() % 4 == 0) bytes.resize(random() % bytes.size());
        try {
            taken("no ending", bytes);
        } catch (const Problem& problem) {
            EXPECT_TRUE(problem.code.starts_with("evidence.")) << problem.code;
        }
    }
}

// The depot -----------------------------------------------------------------------------------------------------------

const std::string hash = std::string(62, 'a') + "01";

TEST(Depot, AFileIsWholeUnderItsHashAndKeptOnce) {
    const Folder folder;
    const Depot depot(folder.path() / "files");
    EXPECT_FALSE(depot.has(hash));
    EXPECT_THROW(depot.read(hash), Problem);
    EXPECT_TRUE(depot.files().empty());
    depot.put(hash, "content");
    depot.put(hash, "content");
    EXPECT_TRUE(depot.has(hash));
    EXPECT_EQ(depot.read(hash), "content");
    ASSERT_EQ(depot.files().size(), 1U);
    EXPECT_EQ(depot.files().front().hash, hash);
    EXPECT_EQ(depot.files().front().path, folder.path() / "files" / "aa" / hash.substr(2));
    namespace fs = std::filesystem;
    EXPECT_EQ(fs::status(depot.path_of(hash)).permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST(Depot, AFullDiskIsToldAndLeavesNothing) {
    const Folder folder;
    const Depot depot(folder.path() / "files");
    const pid_t child = fork();
    if (child == 0) {
        const rlimit limit{100'000, 100'000};  // as a disk that takes no more
        setrlimit(RLIMIT_FSIZE, &limit);
        std::signal(SIGXFSZ, SIG_IGN);
        try {
            depot.put(hash, std::string(200'000, 'x'));
        } catch (const Problem& problem) {
            _exit(problem.code == "evidence.disk-full" && problem.status == 503 ? 0 : 1);
        }
        _exit(2);
    }
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
    EXPECT_FALSE(depot.has(hash));
    EXPECT_TRUE(depot.files().empty());
}

}  // namespace
}  // namespace guidon::evidence
