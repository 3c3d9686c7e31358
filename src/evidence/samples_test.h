// Files for tests, made as they are needed: pictures with a shape, archives with these parts.
#pragma once

#include <gd.h>
#include <unistd.h>
#include <zip.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "evidence/evidence.h"

namespace guidon::evidence::samples {

/// A folder that ends with the test.
class Folder {
public:
    Folder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "guidon evidence.XXXXXX").string();
        path_ = mkdtemp(pattern.data());
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    Folder(const Folder&) = delete;
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

using Image = std::unique_ptr<gdImage, decltype(&gdImageDestroy)>;
using Colour = std::function<int(int x, int y)>;  // as gdTrueColor gives

inline Image image(int width, int height, const Colour& colour) {
    Image made(gdImageCreateTrueColor(width, height), &gdImageDestroy);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) gdImageSetPixel(made.get(), x, y, colour(x, y));
    return made;
}

/// Light and dark fields that `seed` arranges: one seed looks the same in every size.
inline Image scene(int width, int height, unsigned seed) {
    return image(width, height, [=](int x, int y) {
        const unsigned field = static_cast<unsigned>(x * 6 / width * 6 + y * 6 / height);
        const unsigned mixed = (field * 2654435761U) ^ (seed * 40503U + field * seed * 97U);
        const int light = static_cast<int>(mixed >> 7 & 0xFF);
        return gdTrueColor(light, (light + x * 40 / width) & 0xFF, 255 - light);
    });
}

inline std::string bytes_of(void* bytes, int size) {
    const std::unique_ptr<void, decltype(&gdFree)> owned(bytes, &gdFree);
    return {static_cast<const char*>(bytes), static_cast<std::size_t>(size)};
}
inline std::string jpeg(const Image& image, int quality = 90) {
    int size = 0;
    void* bytes = gdImageJpegPtr(image.get(), &size, quality);
    return bytes_of(bytes, size);
}
inline std::string png(const Image& image) {
    int size = 0;
    void* bytes = gdImagePngPtr(image.get(), &size);
    return bytes_of(bytes, size);
}
inline std::string webp(const Image& image) {
    int size = 0;
    void* bytes = gdImageWebpPtrEx(image.get(), &size, 90);
    return bytes_of(bytes, size);
}

/// The JPEG with EXIF that says how to turn it, and where it was taken.
inline std::string with_exif(const std::string& jpeg, int orientation) {
    std::string tiff("MM\0*\0\0\0\x08\0\x02", 10);
    tiff += std::string("\x01\x12\0\x03\0\0\0\x01\0", 9) + static_cast<char>(orientation) + std::string(2, '\0');
    tiff += std::string("\x88\x25\0\x04\0\0\0\x01\0\0\0\x26", 12) + std::string(4, '\0') + "GPS-18.34N-105.9E";
    const std::string segment = std::string("Exif\0\0", 6) + tiff;
    const auto length = segment.size() + 2;
    return jpeg.substr(0, 2) + "\xFF\xE1" + static_cast<char>(length >> 8) + static_cast<char>(length & 0xFF) +
           segment + jpeg.substr(2);
}

using Parts = std::vector<std::pair<std::string, std::string>>;
inline std::string archive(const Parts& parts, const char* password = nullptr) {
    const Folder folder;
    const auto path = folder.path() / "archive.zip";
    zip_t* made = zip_open(path.c_str(), ZIP_CREATE, nullptr);
    for (const auto& [name, content] : parts) {
        const auto index =
            zip_file_add(made, name.c_str(), zip_source_buffer(made, content.data(), content.size(), 0), 0);
        if (password) zip_file_set_encryption(made, static_cast<zip_uint64_t>(index), ZIP_EM_AES_256, password);
    }
    zip_close(made);
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

inline std::string docx(Parts more = {}) {
    Parts parts{{"[Content_Types].xml", "<Types/>"}, {"word/document.xml", "<w:document/>"}};
    parts.insert(parts.end(), more.begin(), more.end());
    return archive(parts);
}

inline const std::string pdf = "%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n";

}  // namespace guidon::evidence::samples
