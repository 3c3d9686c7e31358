// libgd is named in this file alone.
#include "evidence/picture.h"

#include <gd.h>

#include <memory>
#include <vector>

#include "similar/picture_hash.h"

namespace guidon::evidence {

namespace {

constexpr int quality = 82;

struct Destroyer {
    void operator()(gdImage* image) const { gdImageDestroy(image); }
    void operator()(void* bytes) const { gdFree(bytes); }
};
using Image = std::unique_ptr<gdImage, Destroyer>;

Image decoded(Format format, std::string_view bytes) {
    // what is wrong with somebody's file is told to them, not to the log
    [[maybe_unused]] static const bool silent = (gdSetErrorMethod([](int, const char*, va_list) {}), true);
    const int size = static_cast<int>(bytes.size());
    // libgd does not write to it
    void* data = const_cast<char*>(bytes.data());
    if (format == Format::png) return Image(gdImageCreateFromPngPtr(size, data));
    if (format == Format::webp) return Image(gdImageCreateFromWebpPtr(size, data));
    constexpr int ignore_warnings = 1;  // of telephones that add bytes of their own
    return Image(gdImageCreateFromJpegPtrEx(size, data, ignore_warnings));
}

/// Averaged into the new size, on white.
Image scaled(gdImage* from, Extent to) {
    Image image(gdImageCreateTrueColor(to.width, to.height));
    if (!image) return nullptr;
    gdImageFilledRectangle(image.get(), 0, 0, to.width - 1, to.height - 1, gdTrueColor(255, 255, 255));
    gdImageCopyResampled(image.get(), from, 0, 0, 0, 0, to.width, to.height, gdImageSX(from), gdImageSY(from));
    return image;
}

bool lies_on_its_side(int orientation) {
    return orientation >= 5;
}

Extent turned(Extent extent, int orientation) {
    return lies_on_its_side(orientation) ? Extent{extent.height, extent.width} : extent;
}

/// EXIF 2.3, 4.6.4 A: where row 0 and column 0 of the stored picture are to be seen.
Image upright(Image from, int orientation) {
    if (orientation == 1 || !from) return from;
    const int width = gdImageSX(from.get()), height = gdImageSY(from.get());
    const Extent to = turned({width, height}, orientation);
    Image image(gdImageCreateTrueColor(to.width, to.height));
    if (!image) return nullptr;
    for (int y = 0; y < to.height; ++y) {
        for (int x = 0; x < to.width; ++x) {
            int column = lies_on_its_side(orientation) ? y : x;
            int row = lies_on_its_side(orientation) ? x : y;
            if (orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8)
                column = width - 1 - column;
            if (orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7) row = height - 1 - row;
            gdImageTrueColorPixel(image.get(), x, y) = gdImageTrueColorPixel(from.get(), column, row);
        }
    }
    return image;
}

std::string as_jpeg(gdImage* image) {
    gdImageInterlace(image, 1);
    int size = 0;
    const std::unique_ptr<void, Destroyer> bytes(gdImageJpegPtr(image, &size, quality));
    return bytes ? std::string(static_cast<const char*>(bytes.get()), static_cast<std::size_t>(size)) : std::string();
}

std::optional<std::uint64_t> look_of(gdImage* image) {
    std::vector<std::uint8_t> grey;
    grey.reserve(static_cast<std::size_t>(gdImageSX(image)) * static_cast<std::size_t>(gdImageSY(image)));
    for (int y = 0; y < gdImageSY(image); ++y) {
        for (int x = 0; x < gdImageSX(image); ++x) {
            const int pixel = gdImageTrueColorPixel(image, x, y);
            // ITU-R BT.601
            grey.push_back(static_cast<std::uint8_t>(
                (299 * gdTrueColorGetRed(pixel) + 587 * gdTrueColorGetGreen(pixel) + 114 * gdTrueColorGetBlue(pixel)) /
                1000));
        }
    }
    return similar::picture_hash(grey, gdImageSX(image), gdImageSY(image));
}

}  // namespace

std::optional<Copies> copies_of(Format format, std::string_view bytes) {
    Image original = decoded(format, bytes);
    if (!original) return std::nullopt;
    const Extent stored{gdImageSX(original.get()), gdImageSY(original.get())};
    const int orientation = orientation_of(format, bytes);
    const Image shown = upright(scaled(original.get(), fitted(stored, shown_side)), orientation);
    original.reset();
    if (!shown) return std::nullopt;
    const Image small = scaled(shown.get(), fitted({gdImageSX(shown.get()), gdImageSY(shown.get())}, small_side));
    if (!small) return std::nullopt;
    Copies copies{turned(stored, orientation), as_jpeg(shown.get()), as_jpeg(small.get()), look_of(small.get())};
    if (copies.shown.empty() || copies.small.empty()) return std::nullopt;
    return copies;
}

}  // namespace guidon::evidence
