#include "files/pdf_image.h"

#include <algorithm>
#include <cstring>

#include "base/problem.h"

namespace guidon::files {
namespace {

struct Rest {
    const std::string& bytes;
    std::size_t at = 0;
};

cairo_status_t next_bytes(void* closure, unsigned char* into, unsigned int length) {
    auto& rest = *static_cast<Rest*>(closure);
    if (rest.bytes.size() - rest.at < length) return CAIRO_STATUS_READ_ERROR;
    std::memcpy(into, rest.bytes.data() + rest.at, length);
    rest.at += length;
    return CAIRO_STATUS_SUCCESS;
}

}  // namespace

Image image_of(const std::string& bytes, const PictureSize& size) {
    if (size.kind == PictureKind::png) {
        Rest rest{bytes};
        Image image(cairo_image_surface_create_from_png_stream(next_bytes, &rest));
        if (cairo_surface_status(image.get()) != CAIRO_STATUS_SUCCESS) throw Problem("paper.picture");
        return image;
    }
    // The PDF takes the attached file; the surface in its place may be as small as memory likes.
    Image image(
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, std::max(1, size.width / 16), std::max(1, size.height / 16)));
    auto* copy = new std::string(bytes);
    cairo_surface_set_mime_data(
        image.get(), CAIRO_MIME_TYPE_JPEG, reinterpret_cast<const unsigned char*>(copy->data()), copy->size(),
        [](void* owned) { delete static_cast<std::string*>(owned); }, copy);
    return image;
}

}  // namespace guidon::files
