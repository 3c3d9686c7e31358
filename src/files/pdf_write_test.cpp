#include "files/pdf_write.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>

#include "base/problem.h"
#include "files/paper_sample_test.h"

namespace guidon::files {
namespace {

/// Directional marks that pdftotext adds around runs say nothing about the text.
std::string without_marks(std::string text) {
    for (const char* mark : {"\u202A", "\u202B", "\u202C", "\u200E", "\u200F"})
        for (auto at = text.find(mark); at != text.npos; at = text.find(mark, at)) text.erase(at, 3);
    return text;
}

std::string output_of(const std::string& command) {
    FILE* pipe = popen(command.c_str(), "r");
    std::string text;
    std::array<char, 4096> piece;
    while (const auto size = std::fread(piece.data(), 1, piece.size(), pipe)) text.append(piece.data(), size);
    EXPECT_EQ(pclose(pipe), 0) << command;
    return text;
}

/// What poppler's `tool` says of the PDF.
std::string told(const std::string& tool, const std::string& pdf, const std::string& behind = "") {
    auto name = (std::filesystem::temp_directory_path() / "guidon-pdf-XXXXXX").string();
    const int descriptor = mkstemp(name.data());
    EXPECT_EQ(write(descriptor, pdf.data(), pdf.size()), static_cast<ssize_t>(pdf.size()));
    close(descriptor);
    const auto text = output_of(tool + " " + name + " " + behind + " 2>&1");
    std::filesystem::remove(name);
    return text;
}

std::string text_of(const std::string& pdf) {
    return without_marks(told("pdftotext", pdf, "-"));
}

TEST(PdfBytes, UrduCopiesOutAsItWasWritten) {
    const auto text = text_of(pdf_bytes(sample(Language::ur)));
    EXPECT_NE(text.find("عوامی تحرّک کا یہ کام جاری ہے۔"), text.npos) << text;
    EXPECT_NE(text.find("یہ ماڈل دو سال میں چالیس اکائیوں نے اپنایا۔"), text.npos) << text;
    EXPECT_NE(text.find("قابلِ تقلید مثال"), text.npos) << text;
}

TEST(PdfBytes, VietnameseAndEnglishCopyOutAsTheyWereWritten) {
    const auto text = text_of(pdf_bytes(sample(Language::vi)));
    EXPECT_NE(text.find("Mô hình được 40 đơn vị học tập và nhân rộng trong hai năm."), text.npos) << text;
    EXPECT_NE(text.find("Families borrow what they need for a season"), text.npos) << text;
    EXPECT_NE(text.find("Đường hoa buổi sáng"), text.npos) << text;
}

TEST(PdfBytes, ContentsAndIndexNameThePagesOnWhichThingsStand) {
    const auto text = told("pdftotext -layout", pdf_bytes(sample(Language::vi)), "-");
    EXPECT_TRUE(text.find("A fund that lends tools") != text.npos) << text;
    // Title 1, contents 2, first part 3, second part 4 or later; the index last.
    const auto last = text.substr(text.rfind('\f', text.size() - 2));
    EXPECT_NE(last.find("Ky Anh Women's Union"), last.npos) << last;
    EXPECT_NE(last.find("Kỳ Anh"), last.npos) << last;
}

TEST(PdfBytes, TellsItsTitleItsLanguageAndItsOutline) {
    const auto pdf = pdf_bytes(sample(Language::ur));
    EXPECT_NE(pdf.find("/Lang (ur)"), pdf.npos);
    EXPECT_NE(pdf.find("/Direction /R2L"), pdf.npos);
    EXPECT_NE(pdf.find("/Outlines"), pdf.npos);
    const auto info = told("pdfinfo", pdf);
    EXPECT_NE(info.find("ایک سو مثالی ماڈل"), info.npos) << info;
    EXPECT_NE(info.find("Page size:       595.276 x 841.89 pts (A4)"), info.npos) << info;
    EXPECT_EQ(info.find("rror"), info.npos) << info;
}

TEST(PdfBytes, SameWorkSameBytes) {
    EXPECT_EQ(pdf_bytes(sample(Language::ur)), pdf_bytes(sample(Language::ur)));
}

TEST(PdfBytes, ParagraphLongerThanAPageGoesOnAndLosesNothing) {
    Paper paper{.title = en("Long"), .contents = en("Contents")};
    std::string long_text;
    for (int i = 0; i < 2000; ++i) long_text += "w" + std::to_string(i) + " ";
    paper.parts = {
        {.heading = en("One"),
         .lede = {},
         .chapters = {
             {.heading = en("H"), .byline = {}, .facts = {{en("N"), en(long_text)}}, .paragraphs = {en(long_text)}}}}};
    const auto text = text_of(pdf_bytes(paper));
    for (int i = 0; i < 2000; ++i) {
        const auto word = "w" + std::to_string(i);
        std::size_t count = 0;
        for (auto at = text.find(word); at != text.npos; at = text.find(word, at + 1))
            count += !std::isdigit(static_cast<unsigned char>(text[at + word.size()]));
        EXPECT_EQ(count, 2U) << word;
    }
}

TEST(PdfBytes, NoHeadingEndsAPage) {
    Paper paper{.title = en("Many")};
    for (int lines = 1; lines < 60; ++lines) {
        Chapter chapter{.heading = en("Heading " + std::to_string(lines))};
        for (int i = 0; i < lines % 7 + 1; ++i) chapter.paragraphs.push_back(en("text of " + std::to_string(lines)));
        if (paper.parts.empty()) paper.parts.push_back({});
        paper.parts.front().chapters.push_back(chapter);
    }
    const auto text = told("pdftotext -layout", pdf_bytes(paper), "-");
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find('\f', at), text.size());
        const auto page = text.substr(at, end - at);
        const auto heading = page.rfind("Heading ");
        EXPECT_TRUE(heading == page.npos || page.find("text of", heading) != page.npos) << page;
        at = end + 1;
    }
}

TEST(PictureSize, RefusesWhatIsNoPicture) {
    EXPECT_THROW(picture_size("<svg/>"), Problem);
    EXPECT_THROW(picture_size(""), Problem);
    EXPECT_THROW(picture_size("\xFF\xD8\xFF\xE0\x7F\xFF"), Problem);
    const auto jpeg = picture_size(bytes_of("tests/pictures/field.jpg"));
    EXPECT_EQ(jpeg.width, 640);
    EXPECT_EQ(jpeg.height, 400);
    const auto png = picture_size(bytes_of("tests/pictures/bars.png"));
    EXPECT_EQ(png.width, 320);
}

TEST(IndexLines, OrderAsTheLanguageCollatesAndJoinTheSameTerm) {
    const auto lines = index_lines(sample(Language::vi), 0);
    std::string told;
    for (const auto& line : lines) {
        told += line.term.text + ":";
        for (const auto chapter : line.chapters) told += " " + std::to_string(chapter);
        told += "; ";
    }
    EXPECT_EQ(told, "Đảng ủy xã Kỳ Anh: 0; Kỳ Anh: 0 1; Ky Anh Women's Union: 2; خواتین کی شاخ: 1; ");
}

}  // namespace
}  // namespace guidon::files
