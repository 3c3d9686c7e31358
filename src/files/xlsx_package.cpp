#include "files/xlsx_package.h"

#include <zip.h>

#include <array>
#include <memory>
#include <vector>

#include "base/problem.h"

namespace guidon::files {
namespace {

using namespace std::string_view_literals;
constexpr auto zip_magic = "PK\x03\x04"sv;
constexpr auto empty_zip_magic = "PK\x05\x06"sv;
constexpr auto ole_magic = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv;

/// Excel puts an encrypted workbook into an OLE file under this name (UTF-16).
bool holds_encrypted_package(std::string_view ole) {
    std::string name;
    for (const char c : "EncryptedPackage"sv) name += {c, '\0'};
    return ole.find(name) != std::string_view::npos;
}

void refuse_other_kinds(std::string_view bytes) {
    if (bytes.starts_with(ole_magic))
        throw Problem(holds_encrypted_package(bytes) ? "xlsx.encrypted" : "xlsx.old-format");
    if (bytes.starts_with(zip_magic)) return;
    const auto start = bytes.substr(0, 1024);
    if (start.find("<html") != start.npos || start.find("<HTML") != start.npos || start.find("<table") != start.npos)
        throw Problem("xlsx.web-page");
    throw Problem("xlsx.not-a-workbook");
}

std::string folder_of(const std::string& part) {
    const auto slash = part.rfind('/');
    return slash == part.npos ? "" : part.substr(0, slash + 1);
}

/// Targets are relative to the folder of their source unless they begin with `/`.
std::string resolved(const std::string& folder, std::string_view target) {
    const std::string whole = target.starts_with('/') ? std::string(target.substr(1)) : folder + std::string(target);
    std::vector<std::string> steps;
    std::size_t at = 0;
    while (at <= whole.size()) {
        const auto slash = std::min(whole.find('/', at), whole.size());
        const auto step = whole.substr(at, slash - at);
        at = slash + 1;
        if (step == ".." && !steps.empty()) steps.pop_back();
        if (!step.empty() && step != "." && step != "..") steps.push_back(step);
    }
    std::string path;
    for (const auto& step : steps) path += (path.empty() ? "" : "/") + step;
    return path;
}

struct RelationReader : XmlReader {
    std::string folder;
    std::map<std::string, XlsxPackage::Relation> found;

    void open(std::string_view name, const XmlAttributes& attributes) override {
        if (name != "Relationship" || attributes.text("TargetMode") == "External") return;
        const auto type = attributes.text("Type");
        found[std::string(attributes.text("Id"))] = {std::string(type.substr(type.rfind('/') + 1)),
                                                     resolved(folder, attributes.text("Target"))};
    }
};

[[noreturn]] void damaged(const std::string& part) {
    throw Problem("xlsx.damaged", {{"part", part}});
}

void too_large_above(std::uint64_t bytes, std::uint64_t limit) {
    if (bytes > limit) throw Problem("xlsx.too-large", {{"limit", std::to_string(limit >> 20)}});
}

}  // namespace

bool looks_like_office_file(std::string_view bytes) {
    return bytes.starts_with(zip_magic) || bytes.starts_with(empty_zip_magic) || bytes.starts_with(ole_magic);
}

XlsxPackage::XlsxPackage(std::string_view bytes, const XlsxLimits& limits) : limits_(limits) {
    refuse_other_kinds(bytes);
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    if (source) archive_ = zip_open_from_source(source, ZIP_RDONLY, &error);
    zip_error_fini(&error);
    if (!archive_) {
        if (source) zip_source_free(source);
        damaged("ZIP");
    }
    try {
        if (static_cast<std::uint64_t>(zip_get_num_entries(archive_, 0)) > limits_.parts)
            throw Problem("xlsx.too-large", {{"limit", std::to_string(limits_.total_bytes >> 20)}});
        if (has("[Content_Types].xml")) return;
        throw Problem(has("mimetype") && has("content.xml") ? "xlsx.open-document" : "xlsx.not-a-workbook");
    } catch (...) {
        zip_discard(archive_);
        throw;
    }
}

XlsxPackage::~XlsxPackage() {
    zip_discard(archive_);
}

bool XlsxPackage::has(const std::string& part) const {
    return zip_name_locate(archive_, part.c_str(), ZIP_FL_NOCASE) >= 0;
}

void XlsxPackage::read(const std::string& part, XmlReader& reader) {
    const auto index = zip_name_locate(archive_, part.c_str(), ZIP_FL_NOCASE);
    zip_stat_t about;
    if (index < 0 || zip_stat_index(archive_, static_cast<zip_uint64_t>(index), 0, &about) != 0) damaged(part);
    if (about.encryption_method != ZIP_EM_NONE) throw Problem("xlsx.encrypted");
    const std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> open(
        zip_fopen_index(archive_, static_cast<zip_uint64_t>(index), 0), zip_fclose);
    if (!open) damaged(part);

    XmlParser parser(reader);
    std::array<char, 1 << 16> buffer;
    std::uint64_t bytes = 0;  // counted here: what the archive says about itself may be a lie
    while (true) {
        const auto got = zip_fread(open.get(), buffer.data(), buffer.size());
        if (got < 0) damaged(part);
        if (got == 0) break;
        bytes += static_cast<std::uint64_t>(got);
        too_large_above(bytes, limits_.part_bytes);
        too_large_above(unpacked_ + bytes, limits_.total_bytes);
        if (bytes > limits_.ratio_from) too_large_above(bytes, limits_.ratio * about.comp_size);
        if (!parser.feed({buffer.data(), static_cast<std::size_t>(got)})) damaged(part);
    }
    if (!parser.finish()) damaged(part);
    unpacked_ += bytes;
}

std::map<std::string, XlsxPackage::Relation> XlsxPackage::relations(const std::string& part) {
    RelationReader reader;
    reader.folder = folder_of(part);
    const auto path = reader.folder + "_rels/" + part.substr(reader.folder.size()) + ".rels";
    if (has(path)) read(path, reader);
    return std::move(reader.found);
}

}  // namespace guidon::files
