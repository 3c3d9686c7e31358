#include "files/paper.h"

#include <algorithm>
#include <map>
#include <optional>

#include "base/problem.h"

namespace guidon::files {
namespace {

constexpr std::int64_t most_pixels = 50'000'000;  // unpacked 200 MB: above what any camera in use takes

int big_endian(std::string_view bytes, std::size_t at, int length) {
    int number = 0;
    for (int i = 0; i < length; ++i) number = number << 8 | static_cast<unsigned char>(bytes[at + i]);
    return number;
}

std::optional<PictureSize> png_size(std::string_view bytes) {
    if (bytes.size() < 24 || !bytes.starts_with("\x89PNG\r\n\x1a\n") || bytes.substr(12, 4) != "IHDR") return {};
    return PictureSize{PictureKind::png, big_endian(bytes, 16, 4), big_endian(bytes, 20, 4)};
}

/// Walks from marker to marker to the one that begins a frame (ITU-T T.81, B.2.2).
std::optional<PictureSize> jpeg_size(std::string_view bytes) {
    if (!bytes.starts_with("\xFF\xD8")) return {};
    for (std::size_t at = 2; at + 9 < bytes.size();) {
        if (bytes[at] != '\xFF') return {};
        const auto marker = static_cast<unsigned char>(bytes[at + 1]);
        const bool frame = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
        if (frame) return PictureSize{PictureKind::jpeg, big_endian(bytes, at + 7, 2), big_endian(bytes, at + 5, 2)};
        at += 2 + static_cast<std::size_t>(big_endian(bytes, at + 2, 2));
    }
    return {};
}

}  // namespace

PictureSize picture_size(std::string_view bytes) {
    auto size = png_size(bytes);
    if (!size) size = jpeg_size(bytes);
    if (!size || size->width <= 0 || size->height <= 0) throw Problem("paper.picture");
    if (std::int64_t{size->width} * size->height > most_pixels)
        throw Problem("paper.picture-size",
                      {{"width", std::to_string(size->width)}, {"height", std::to_string(size->height)}});
    return *size;
}

std::vector<IndexLine> index_lines(const Paper& paper, std::size_t index) {
    std::map<std::pair<std::string, std::string>, IndexLine> ordered;
    std::size_t number = 0;
    for (const Part& part : paper.parts)
        for (const Chapter& chapter : part.chapters) {
            for (const Term& term : chapter.terms) {
                if (term.index != index || term.said.empty()) continue;
                auto& line = ordered[{collation_key(paper.language, term.said.text), term.said.text}];
                line.term = term.said;
                if (line.chapters.empty() || line.chapters.back() != number) line.chapters.push_back(number);
            }
            ++number;
        }
    std::vector<IndexLine> lines;
    for (auto& [key, line] : ordered) lines.push_back(std::move(line));
    return lines;
}

}  // namespace guidon::files
