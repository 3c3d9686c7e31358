// What the head of a picture's file says, read without decoding it.
#include <cstddef>

#include "evidence/picture.h"

namespace guidon::evidence {

namespace {

using namespace std::string_view_literals;

enum class Order { big, little };

/// The number in `size` bytes at `at`; nothing beyond the end.
std::optional<std::uint32_t> number(std::string_view bytes, std::size_t at, std::size_t size, Order order) {
    if (at > bytes.size() || bytes.size() - at < size) return std::nullopt;
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < size; ++i) {
        const auto byte = static_cast<unsigned char>(bytes[at + (order == Order::big ? i : size - 1 - i)]);
        value = value << 8 | byte;
    }
    return value;
}

std::optional<Extent> extent(std::optional<std::uint32_t> width, std::optional<std::uint32_t> height) {
    constexpr std::uint32_t most = 1 << 30;
    if (!width || !height || *width == 0 || *height == 0 || *width > most || *height > most) return std::nullopt;
    return Extent{static_cast<int>(*width), static_cast<int>(*height)};
}

/// Calls `found` for each segment of a JPEG up to the picture itself, until it says true. ITU T.81, annex B.
template <class Found>
void walk_jpeg(std::string_view bytes, Found found) {
    std::size_t at = 2;
    while (const auto marker = number(bytes, at, 2, Order::big)) {
        if (*marker == 0xFFFF) {  // fill byte
            ++at;
            continue;
        }
        const auto length = number(bytes, at + 2, 2, Order::big);
        if (*marker < 0xFFC0 || *marker == 0xFFDA || !length || *length < 2) return;
        if (found(*marker, bytes.substr(at + 4).substr(0, *length - 2))) return;
        at += 2 + *length;
    }
}

std::optional<Extent> jpeg_extent(std::string_view bytes) {
    std::optional<Extent> result;
    walk_jpeg(bytes, [&](std::uint32_t marker, std::string_view segment) {
        const bool is_frame =
            marker >= 0xFFC0 && marker <= 0xFFCF && marker != 0xFFC4 && marker != 0xFFC8 && marker != 0xFFCC;
        if (is_frame) result = extent(number(segment, 3, 2, Order::big), number(segment, 1, 2, Order::big));
        return is_frame;
    });
    return result;
}

/// The content of a chunk of a PNG; "" if there is none.
std::string_view png_chunk(std::string_view bytes, std::string_view name) {
    std::size_t at = 8;
    while (const auto length = number(bytes, at, 4, Order::big)) {
        if (bytes.substr(at + 4).starts_with(name)) return bytes.substr(at + 8).substr(0, *length);
        if (bytes.size() - at < std::size_t{12} + *length) break;
        at += std::size_t{12} + *length;
    }
    return {};
}

/// The content of a chunk of a WebP; "" if there is none.
std::string_view webp_chunk(std::string_view bytes, std::string_view name) {
    std::size_t at = 12;
    while (const auto length = number(bytes, at + 4, 4, Order::little)) {
        if (bytes.substr(at).starts_with(name)) return bytes.substr(at + 8).substr(0, *length);
        if (bytes.size() - at < std::size_t{8} + *length) break;
        at += std::size_t{8} + *length + (*length & 1);
        if (at > bytes.size()) break;
    }
    return {};
}

/// RFC 9649: the canvas, a lossy frame, or a lossless one.
std::optional<Extent> webp_extent(std::string_view bytes) {
    constexpr auto one_more = [](std::optional<std::uint32_t> n) { return n ? std::optional(*n + 1) : n; };
    if (const auto canvas = webp_chunk(bytes, "VP8X"); !canvas.empty())
        return extent(one_more(number(canvas, 4, 3, Order::little)), one_more(number(canvas, 7, 3, Order::little)));
    if (const auto frame = webp_chunk(bytes, "VP8 "); frame.size() > 10)
        return extent(*number(frame, 6, 2, Order::little) & 0x3FFF, *number(frame, 8, 2, Order::little) & 0x3FFF);
    if (const auto frame = webp_chunk(bytes, "VP8L"); frame.size() > 5) {
        const std::uint32_t bits = *number(frame, 1, 4, Order::little);
        return extent((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1);
    }
    return std::nullopt;
}

/// The TIFF structure in which EXIF is written; "" if there is none.
std::string_view exif_of(Format format, std::string_view bytes) {
    constexpr auto mark = "Exif\0\0"sv;
    std::string_view exif;
    if (format == Format::png) exif = png_chunk(bytes, "eXIf");
    if (format == Format::webp) exif = webp_chunk(bytes, "EXIF");
    if (format == Format::jpeg) {
        walk_jpeg(bytes, [&](std::uint32_t marker, std::string_view segment) {
            if (marker != 0xFFE1 || !segment.starts_with(mark)) return false;
            exif = segment;
            return true;
        });
    }
    return exif.starts_with(mark) ? exif.substr(mark.size()) : exif;
}

}  // namespace

std::optional<Extent> extent_of(Format format, std::string_view bytes) {
    if (format == Format::jpeg) return jpeg_extent(bytes);
    if (format == Format::webp) return webp_extent(bytes);
    const auto head = png_chunk(bytes, "IHDR");
    return extent(number(head, 0, 4, Order::big), number(head, 4, 4, Order::big));
}

int orientation_of(Format format, std::string_view bytes) {
    constexpr std::uint32_t tag_orientation = 0x0112;
    const auto tiff = exif_of(format, bytes);
    const Order order = tiff.starts_with("II") ? Order::little : Order::big;
    const auto directory = number(tiff, 4, 4, order);
    const auto entries = directory ? number(tiff, *directory, 2, order) : std::nullopt;
    for (std::uint32_t i = 0; entries && i < *entries; ++i) {
        const std::size_t entry = std::size_t{*directory} + 2 + std::size_t{12} * i;
        if (number(tiff, entry, 2, order) != tag_orientation) continue;
        const auto value = number(tiff, entry + 8, 2, order).value_or(1);
        return value >= 1 && value <= 8 ? static_cast<int>(value) : 1;
    }
    return 1;
}

Extent fitted(Extent extent, int side) {
    const int longest = extent.width > extent.height ? extent.width : extent.height;
    if (longest <= side) return extent;
    const auto scaled = [&](int length) {
        const auto result = (std::int64_t{length} * side + longest / 2) / longest;
        return result < 1 ? 1 : static_cast<int>(result);
    };
    return {scaled(extent.width), scaled(extent.height)};
}

}  // namespace guidon::evidence
