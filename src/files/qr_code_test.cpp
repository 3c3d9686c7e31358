#include "files/qr_code.h"

#include <ZXing/BarcodeFormat.h>
#include <ZXing/DecodeHints.h>
#include <ZXing/ReadBarcode.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <vector>

#include "base/problem.h"

namespace guidon::files {
namespace {

/// What another library reads in the picture, drawn with 4 pixels a module.
std::string read_back(const std::string& svg) {
    constexpr int scale = 4;
    int side = 0;
    std::sscanf(svg.c_str() + svg.find("viewBox"), "viewBox=\"0 0 %d", &side);
    const int width = side * scale;
    std::vector<unsigned char> pixels(static_cast<std::size_t>(width * width), 255);
    for (auto at = svg.find("d=\"M") + 3; svg[at] == 'M'; at = svg.find('z', at) + 1) {
        int x = 0, y = 0, length = 0;
        std::sscanf(svg.c_str() + at, "M%d %dh%dv1", &x, &y, &length);
        for (int row = y * scale; row < (y + 1) * scale; ++row) {
            for (int column = x * scale; column < (x + length) * scale; ++column) {
                pixels[static_cast<std::size_t>(row * width + column)] = 0;
            }
        }
    }
    const ZXing::ImageView image(pixels.data(), width, width, ZXing::ImageFormat::Lum);
    const auto result = ZXing::ReadBarcode(image, ZXing::DecodeHints().setFormats(ZXing::BarcodeFormat::QRCode));
    const auto bytes = result.bytes();
    return {bytes.begin(), bytes.end()};
}

TEST(QrCode, AnotherProgramReadsWhatWasWritten) {
    for (const std::string text :
         {"https://example.org/?a=1", "guidon/journal/x\n10\n\xe2\x80\x94 Đồng Hới ضلع", "0123456789"}) {
        EXPECT_EQ(read_back(qr_svg(text)), text);
    }
    EXPECT_EQ(read_back(qr_svg(std::string(2331, 'x'))), std::string(2331, 'x'));
}

TEST(QrCode, IsAnElementWithoutStyles) {
    const auto svg = qr_svg("a");
    EXPECT_THAT(svg, testing::StartsWith("<svg "));
    EXPECT_THAT(svg, testing::Not(testing::HasSubstr("style")));
}

TEST(QrCode, WhatDoesNotFitIsRefused) {
    try {
        qr_svg(std::string(2332, 'x'));
        FAIL();
    } catch (const Problem& problem) {
        EXPECT_EQ(problem.code, "qr-code.too-long");
    }
}

}  // namespace
}  // namespace guidon::files
