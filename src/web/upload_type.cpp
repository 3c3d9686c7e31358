#include "web/upload_type.h"

#include <algorithm>
#include <string_view>

#include "base/problem.h"

namespace guidon::web {

namespace {

std::string_view ending_of(UploadType type) {
    switch (type) {
        case UploadType::csv:
            return ".csv";
        case UploadType::toml:
            return ".toml";
        default:
            return ".xlsx";
    }
}

bool ends_with(std::string name, std::string_view ending) {
    for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return name.ends_with(ending);
}

bool is_zip(std::string_view content) {
    return content.starts_with("PK\x03\x04");
}

/// No zero byte: programs, pictures and archives have one soon. Whether it is UTF-8 is told with its line later.
bool is_text(std::string_view content) {
    return !is_zip(content) && !content.starts_with("%PDF-") && content.find('\0') == std::string_view::npos;
}

}  // namespace

bool fits(UploadType type, const Upload& upload) {
    if (!ends_with(upload.file_name, ending_of(type))) return false;
    if (type != UploadType::xlsx) return is_text(upload.content);
    return is_zip(upload.content) && upload.content.find("[Content_Types].xml") != std::string::npos;
}

void check_uploads(const std::map<std::string, Upload>& uploads, const std::vector<UploadType>& types) {
    if (types.empty()) return;
    for (const auto& [field, upload] : uploads) {
        if (upload.file_name.empty() && upload.content.empty()) continue;
        if (std::any_of(types.begin(), types.end(), [&sent = upload](UploadType type) { return fits(type, sent); }))
            continue;
        std::string expected;
        for (const UploadType type : types) expected.append(expected.empty() ? "" : ", ").append(ending_of(type));
        throw Problem("web.upload-type", {{"file", upload.file_name}, {"expected", expected}}, field, 415);
    }
}

}  // namespace guidon::web
