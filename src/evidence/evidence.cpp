#include "evidence/evidence.h"

#include "base/problem.h"
#include "evidence/office_file.h"
#include "evidence/picture.h"
#include "store/hash.h"

namespace guidon::evidence {

namespace {

constexpr std::size_t longest_name = 200;

constexpr auto photo_endings = ".jpg, .png, .webp";
constexpr auto document_endings = ".pdf, .docx, .xlsx, .pptx, .odt, .ods, .odp";

std::string expected(Wanted wanted) {
    if (wanted == Wanted::photo) return photo_endings;
    if (wanted == Wanted::document) return document_endings;
    return std::string(photo_endings) + ", " + document_endings;
}

/// Without the folders that some browsers send, control characters, and marks that turn the reading direction (with
/// which "gpj.exe" is written "exe.jpg"); what is too long keeps its end.
std::string plain_name(std::string_view name) {
    name = name.substr(name.find_last_of("/\\") + 1);
    std::string plain;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const auto byte = static_cast<unsigned char>(name[i]);
        if (byte < 0x20 || byte == 0x7F) continue;
        const auto three = name.substr(i, 3);
        const bool turns = (three >= "\u202A" && three <= "\u202E") || (three >= "\u2066" && three <= "\u2069") ||
                           three == "\u200E" || three == "\u200F";
        if (turns)
            i += 2;
        else
            plain += name[i];
    }
    if (plain.size() <= longest_name) return plain;
    std::size_t from = plain.size() - longest_name;
    while (from < plain.size() && (static_cast<unsigned char>(plain[from]) & 0xC0) == 0x80) ++from;
    return plain.substr(from);
}

/// One upload on its way; every refusal names its file and its field.
struct Look {
    const web::Upload& upload;
    std::string name;
    std::string_view field;
    Wanted wanted;

    [[noreturn]] void refuse(const char* code, int status, Arguments more = {}) const {
        more.emplace("file", name);
        throw Problem(code, std::move(more), std::string(field), status);
    }

    void refuse_above(std::uint64_t limit) const {
        if (upload.content.size() > limit) refuse("evidence.too-large", 413, {{"limit", std::to_string(limit >> 20)}});
    }

    /// By its bytes alone.
    std::string found() const {
        std::string found(first_look(upload.content));
        if (found == "zip")
            if (const auto office = office_format(upload.content, name, field)) found = code(*office);
        return found;
    }

    Format format() const {
        const std::string ending = ending_of(name);
        const auto promise = promised(ending);
        const std::string what = found();
        const auto known = format_of(what);
        const Arguments told{{"found", what}, {"ending", "." + ending}, {"expected", expected(wanted)}};
        if (what == "svg" || what == "html" || ending == "svg") refuse("evidence.active", 415, told);
        if (!known && !promise) refuse("evidence.unknown-format", 415, told);
        if (!ending.empty() && known != promise) refuse("evidence.lies", 415, told);
        const Kind kind = kind_of(*known);
        if ((wanted == Wanted::photo && kind != Kind::photo) || (wanted == Wanted::document && kind != Kind::document))
            refuse("evidence.not-wanted", 415, told);
        return *known;
    }

    void read_photo(Taken& taken) const {
        const auto extent = extent_of(taken.format, taken.bytes);
        if (!extent) refuse("evidence.damaged", 422);
        const bool absurd = extent->width > longest_side || extent->height > longest_side ||
                            std::int64_t{extent->width} * extent->height > most_pixels;
        if (absurd)
            refuse("evidence.too-many-pixels", 422,
                   {{"width", std::to_string(extent->width)},
                    {"height", std::to_string(extent->height)},
                    {"limit", std::to_string(most_pixels / 1'000'000)}});
        auto copies = copies_of(taken.format, taken.bytes);
        if (!copies) refuse("evidence.damaged", 422);
        taken.width = copies->upright.width;
        taken.height = copies->upright.height;
        taken.shown = std::move(copies->shown);
        taken.small = std::move(copies->small);
        taken.look = copies->look;
    }

    /// A document that was cut off on its way has no end (ISO 32000-1, 7.5.5).
    void check_pdf() const {
        constexpr std::size_t looked_at = 4096;
        const std::string_view all = upload.content;
        const auto end = all.substr(all.size() > looked_at ? all.size() - looked_at : 0);
        if (end.find("%%EOF") == std::string_view::npos) refuse("evidence.damaged", 422);
    }
};

}  // namespace

Taken take(const Depot& depot, const web::Upload& upload, std::string_view field, Wanted wanted) {
    const Look look{upload, plain_name(upload.file_name), field, wanted};
    if (upload.content.empty()) look.refuse("evidence.none", 422);
    look.refuse_above(document_limit);

    Taken taken;
    taken.format = look.format();
    if (kind_of(taken.format) == Kind::photo) look.refuse_above(photo_limit);
    taken.file_name = look.name;
    taken.bytes = upload.content;
    if (kind_of(taken.format) == Kind::photo) look.read_photo(taken);
    if (taken.format == Format::pdf) look.check_pdf();

    taken.hash = store::sha256_hex(taken.bytes);
    if (!taken.shown.empty()) taken.shown_hash = store::sha256_hex(taken.shown);
    if (!taken.small.empty()) taken.small_hash = store::sha256_hex(taken.small);
    for (const auto& [hash, bytes] : {std::pair<const std::string&, const std::string&>(taken.hash, taken.bytes),
                                      {taken.shown_hash, taken.shown},
                                      {taken.small_hash, taken.small}})
        if (bytes.size() > inside_limit) depot.put(hash, bytes);
    return taken;
}

}  // namespace guidon::evidence
