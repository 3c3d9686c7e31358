#include "evidence/format.h"

#include <algorithm>

namespace guidon::evidence {

namespace {

using namespace std::string_view_literals;

struct Row {
    Format format;
    Kind kind;
    std::string_view code, media_type;
};
constexpr Row table[] = {
    {Format::jpeg, Kind::photo, "jpeg", "image/jpeg"},
    {Format::png, Kind::photo, "png", "image/png"},
    {Format::webp, Kind::photo, "webp", "image/webp"},
    {Format::pdf, Kind::document, "pdf", "application/pdf"},
    {Format::docx, Kind::document, "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {Format::xlsx, Kind::document, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    {Format::pptx, Kind::document, "pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
    {Format::odt, Kind::document, "odt", "application/vnd.oasis.opendocument.text"},
    {Format::ods, Kind::document, "ods", "application/vnd.oasis.opendocument.spreadsheet"},
    {Format::odp, Kind::document, "odp", "application/vnd.oasis.opendocument.presentation"},
};

const Row& row_of(Format format) {
    return table[static_cast<std::size_t>(format)];
}

struct Beginning {
    std::size_t at;
    std::string_view bytes, means;
};
constexpr Beginning beginnings[] = {
    {0, "\xFF\xD8\xFF"sv, "jpeg"},
    {0, "\x89PNG\r\n\x1A\n"sv, "png"},
    {8, "WEBP"sv, "webp"},
    {0, "%PDF-"sv, "pdf"},
    {0, "PK\x03\x04"sv, "zip"},
    {0, "PK\x05\x06"sv, "zip"},
    {0, "GIF8"sv, "gif"},
    {4, "ftypheic"sv, "heic"},
    {4, "ftypheix"sv, "heic"},
    {4, "ftypmif1"sv, "heic"},
    {4, "ftypavif"sv, "heic"},
    {4, "ftyp"sv, "video"},
    {8, "AVI "sv, "video"},
    {0, "\x1A\x45\xDF\xA3"sv, "video"},
    {0, "II*\0"sv, "tiff"},
    {0, "MM\0*"sv, "tiff"},
    {0, "BM"sv, "bmp"},
    {0, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv, "ole"},
    {0, "{\\rtf"sv, "rtf"},
    {0, "Rar!"sv, "archive"},
    {0, "7z\xBC\xAF"sv, "archive"},
    {0, "\x1F\x8B"sv, "archive"},
    {0, "MZ"sv, "program"},
    {0,
     "\x7F"
     "ELF"sv,
     "program"},
    {0, "#!"sv, "program"},
};

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return out;
}

/// Of what a browser would run: with a byte order mark, a declaration or a comment in front of it, too.
std::string_view markup(std::string_view bytes) {
    constexpr std::size_t looked_at = 4096;
    const std::string start = lower(bytes.substr(0, looked_at));
    const auto first = start.find_first_not_of("\xEF\xBB\xBF \t\r\n");
    if (first == std::string::npos || start[first] != '<') return {};
    if (start.find("<svg") != std::string::npos) return "svg";
    for (const auto tag : {"<!doctype html", "<html", "<head", "<body", "<script", "<iframe", "<?xml", "<!--"})
        if (start.find(tag) != std::string::npos) return "html";
    return {};
}

}  // namespace

std::string_view code(Format format) {
    return row_of(format).code;
}

std::optional<Format> format_of(std::string_view code) {
    for (const Row& row : table)
        if (row.code == code) return row.format;
    return std::nullopt;
}

Kind kind_of(Format format) {
    return row_of(format).kind;
}

std::string_view media_type(Format format) {
    return row_of(format).media_type;
}

std::string ending_of(std::string_view file_name) {
    const auto dot = file_name.rfind('.');
    return dot == std::string_view::npos ? "" : lower(file_name.substr(dot + 1));
}

std::optional<Format> promised(std::string_view ending) {
    if (ending == "jpg" || ending == "jpe" || ending == "jfif") return Format::jpeg;
    return format_of(ending);
}

std::string_view first_look(std::string_view bytes) {
    for (const Beginning& one : beginnings)
        if (bytes.size() > one.at && bytes.substr(one.at).starts_with(one.bytes) &&
            (one.bytes != "WEBP"sv || bytes.starts_with("RIFF")))
            return one.means;
    if (const auto found = markup(bytes); !found.empty()) return found;
    return bytes.find('\0') == std::string_view::npos ? "text" : "other";
}

}  // namespace guidon::evidence
