#include "evidence/office_file.h"

#include <zip.h>

#include <array>
#include <memory>

#include "base/problem.h"

namespace guidon::evidence {

namespace {

using namespace std::string_view_literals;

class Archive {
public:
    Archive(std::string_view bytes, const std::string& file, std::string_view field, const UnpackLimits& limits)
        : file_(file), field_(field), packed_(bytes.size()), limits_(limits) {
        zip_error_t error;
        zip_error_init(&error);
        zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
        if (source) zip_.reset(zip_open_from_source(source, ZIP_RDONLY, &error));
        zip_error_fini(&error);
        if (zip_) return;
        if (source) zip_source_free(source);
        refuse("evidence.damaged");
    }

    /// What the archive says of itself; nothing is unpacked yet.
    void check_parts() {
        const zip_int64_t parts = zip_get_num_entries(zip_.get(), 0);
        if (static_cast<std::uint64_t>(parts) > limits_.parts) refuse("evidence.bomb");
        std::uint64_t total = 0;
        for (zip_uint64_t i = 0; i < static_cast<zip_uint64_t>(parts); ++i) {
            zip_stat_t about;
            constexpr auto needed = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_ENCRYPTION_METHOD;
            if (zip_stat_index(zip_.get(), i, 0, &about) != 0 || (about.valid & needed) != needed)
                refuse("evidence.damaged");
            if (about.encryption_method != ZIP_EM_NONE) refuse("evidence.encrypted");
            if (is_macro(about.name)) refuse("evidence.macros");
            count(total, about.size);
        }
    }

    bool has_folder(std::string_view folder) const {
        for (zip_uint64_t i = 0; i < parts(); ++i)
            if (std::string_view(zip_get_name(zip_.get(), i, 0)).starts_with(folder)) return true;
        return false;
    }

    /// "" if there is none.
    std::string text_of(const char* part) {
        const zip_int64_t index = zip_name_locate(zip_.get(), part, 0);
        std::string text;
        std::uint64_t total = 0;
        if (index >= 0) unpack(static_cast<zip_uint64_t>(index), total, &text);
        return text;
    }

    /// What an archive says of itself may be a lie, and each part must fit its checksum.
    void unpack_all() {
        std::uint64_t total = 0;
        for (zip_uint64_t i = 0; i < parts(); ++i) unpack(i, total, nullptr);
    }

    [[noreturn]] void refuse(const char* code) const {
        throw Problem(code, {{"file", file_}, {"limit", std::to_string(limits_.total_bytes >> 20)}},
                      std::string(field_));
    }

private:
    struct Closer {
        void operator()(zip_t* archive) const { zip_discard(archive); }
        void operator()(zip_file_t* part) const { zip_fclose(part); }
    };

    zip_uint64_t parts() const { return static_cast<zip_uint64_t>(zip_get_num_entries(zip_.get(), 0)); }

    void count(std::uint64_t& total, std::uint64_t bytes) const {
        if (bytes > limits_.total_bytes || (total += bytes) > limits_.total_bytes) refuse("evidence.bomb");
        if (total > limits_.ratio_from && total > limits_.ratio * packed_) refuse("evidence.bomb");
    }

    void unpack(zip_uint64_t index, std::uint64_t& total, std::string* text) const {
        const std::unique_ptr<zip_file_t, Closer> part(zip_fopen_index(zip_.get(), index, 0));
        if (!part) refuse("evidence.damaged");
        std::array<char, 1 << 16> buffer;
        while (true) {
            const auto got = zip_fread(part.get(), buffer.data(), buffer.size());
            if (got < 0) refuse("evidence.damaged");
            if (got == 0) return;
            count(total, static_cast<std::uint64_t>(got));
            if (text) text->append(buffer.data(), static_cast<std::size_t>(got));
        }
    }

    /// Programs inside: of Microsoft Office, and of OpenDocument.
    static bool is_macro(std::string_view name) {
        std::string lower(name);
        for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        return lower.ends_with("vbaproject.bin") || lower.find("/activex/") != std::string::npos ||
               lower.starts_with("basic/") || lower.starts_with("scripts/");
    }

    const std::string& file_;
    std::string_view field_;
    std::uint64_t packed_;
    const UnpackLimits& limits_;
    std::unique_ptr<zip_t, Closer> zip_;
};

std::optional<Format> open_document(std::string_view mimetype) {
    for (const Format format : {Format::odt, Format::ods, Format::odp})
        if (media_type(format) == mimetype) return format;
    return std::nullopt;
}

std::optional<Format> open_xml(const Archive& archive) {
    if (archive.has_folder("word/")) return Format::docx;
    if (archive.has_folder("xl/")) return Format::xlsx;
    if (archive.has_folder("ppt/")) return Format::pptx;
    return std::nullopt;
}

}  // namespace

std::optional<Format> office_format(std::string_view bytes, const std::string& file, std::string_view field,
                                    const UnpackLimits& limits) {
    Archive archive(bytes, file, field, limits);
    archive.check_parts();
    archive.unpack_all();
    const std::string types = archive.text_of("[Content_Types].xml");
    if (types.find("macroEnabled") != std::string::npos) archive.refuse("evidence.macros");
    if (!types.empty()) return open_xml(archive);
    if (archive.text_of("META-INF/manifest.xml").find("encryption-data") != std::string::npos)
        archive.refuse("evidence.encrypted");
    return open_document(archive.text_of("mimetype"));
}

}  // namespace guidon::evidence
