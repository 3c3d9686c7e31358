#include "evidence/evidence_store.h"

#include <sodium.h>

#include <algorithm>
#include <unordered_set>

#include "similar/picture_hash.h"
#include "store/hash.h"
#include "store/sql.h"

namespace guidon::evidence {

using store::first_row;
using store::next_id;
using store::rows;
using store::run;

namespace {

using ContentId = Id<struct ContentTag>;

std::string base64(std::string_view bytes) {
    constexpr int variant = sodium_base64_VARIANT_ORIGINAL;
    std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
    sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                      variant);
    text.pop_back();  // the zero at the end
    return text;
}

/// What is no base64 gives other bytes than were kept: the doctor tells.
std::string from_base64(const std::string& text) {
    std::string bytes(text.size() / 4 * 3, '\0');
    std::size_t size = 0;
    sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(), text.size(), nullptr,
                      &size, nullptr, sodium_base64_VARIANT_ORIGINAL);
    bytes.resize(size);
    return bytes;
}

/// Kept once. A file that was swept since it was taken is written again: sweeping waits for its turn to write as we do.
ContentId keep_content(store::Change& change, const Depot& depot, const std::string& hash, const std::string& bytes) {
    const bool outside = bytes.size() > inside_limit;
    if (outside && !depot.has(hash)) depot.put(hash, bytes);
    if (const auto kept = first_row<ContentId>(change, "SELECT id FROM evidence_content WHERE hash = :hash", hash))
        return std::get<0>(*kept);
    const ContentId id(next_id(change, "evidence_content"));
    run(change, "INSERT INTO evidence_content (id, hash, size, body) VALUES (:id, :hash, :size, :body)", id, hash,
        static_cast<std::int64_t>(bytes.size()), outside ? std::optional<std::string>() : base64(bytes));
    return id;
}

constexpr int pieces = 4;

/// 16 of the 64 bits.
std::int64_t piece_of(std::uint64_t look, int piece) {
    return static_cast<std::int64_t>(look >> (16 * piece) & 0xFFFF);
}

void keep_look(store::Change& change, EvidenceId id, std::uint64_t look) {
    for (int piece = 0; piece < pieces; ++piece)
        run(change, "INSERT INTO evidence_look (piece, bits, evidence) VALUES (:piece, :bits, :evidence)", piece,
            piece_of(look, piece), id);
}

template <class... Arguments>
std::vector<Evidence> read(const store::Reader& reader, const std::string& condition, const Arguments&... arguments) {
    std::vector<Evidence> all;
    for (const auto& [id, public_id, format, name, size, hash, width, height, look, since] :
         rows<EvidenceId, std::string, std::string, std::string, std::uint64_t, std::string, int, int,
              std::optional<std::int64_t>, std::int64_t>(
             reader,
             "SELECT e.id, e.public_id, e.format, e.file_name, c.size, c.hash, e.width, e.height, e.look, e.since_seq"
             " FROM evidence e JOIN evidence_content c ON c.id = e.original " +
                 condition,
             arguments...)) {
        const auto known = format_of(format);
        if (!known) continue;  // of a later version of the program
        all.push_back({id, public_id, *known, name, size, hash, width, height,
                       look ? std::optional(static_cast<std::uint64_t>(*look)) : std::nullopt, since});
    }
    return all;
}

/// All 16 bit numbers with at most `most` bits, as a table of SQL.
std::string masks(int most) {
    std::string values;
    for (unsigned mask = 0; mask < 1 << 16; ++mask)
        if (__builtin_popcount(mask) <= most) values += (values.empty() ? "(" : ", (") + std::to_string(mask) + ")";
    return "(VALUES " + values + ")";
}

const char* column(Size size) {
    return size == Size::small ? "small" : size == Size::shown ? "shown" : "original";
}

}  // namespace

EvidenceId keep(store::Change& change, const Depot& depot, const Taken& taken) {
    const auto original = keep_content(change, depot, taken.hash, taken.bytes);
    std::optional<ContentId> shown, small;
    if (kind_of(taken.format) == Kind::photo) {
        shown = keep_content(change, depot, taken.shown_hash, taken.shown);
        small = keep_content(change, depot, taken.small_hash, taken.small);
    }
    const EvidenceId id(next_id(change, "evidence"));
    const auto look = taken.look ? std::optional(static_cast<std::int64_t>(*taken.look)) : std::nullopt;
    run(change,
        "INSERT INTO evidence (id, public_id, format, file_name, original, shown, small, width, height, look, "
        "since_seq)"
        " VALUES (:id, :public, :format, :name, :original, :shown, :small, :width, :height, :look, :seq)",
        id, store::new_public_id(), code(taken.format), taken.file_name, original, shown, small, taken.width,
        taken.height, look, change.next_seq());
    if (taken.look) keep_look(change, id, *taken.look);
    return id;
}

void forget(store::Change& change, EvidenceId id) {
    const auto row = first_row<ContentId, std::optional<ContentId>, std::optional<ContentId>>(
        change, "SELECT original, shown, small FROM evidence WHERE id = :id", id);
    if (!row) return;
    run(change, "DELETE FROM evidence_look WHERE evidence = :id", id);
    run(change, "DELETE FROM evidence WHERE id = :id", id);
    const auto& [original, shown, small] = *row;
    for (const auto& content : {std::optional(original), shown, small})
        if (content)
            run(change,
                "DELETE FROM evidence_content WHERE id = :id"
                " AND NOT EXISTS (SELECT 1 FROM evidence WHERE original = :original)"
                " AND NOT EXISTS (SELECT 1 FROM evidence WHERE shown = :shown)"
                " AND NOT EXISTS (SELECT 1 FROM evidence WHERE small = :small)",
                *content, *content, *content, *content);
}

std::optional<Evidence> find(const store::Reader& reader, std::string_view public_id) {
    return store::first_of(read(reader, "WHERE e.public_id = :id", public_id));
}

Evidence evidence(const store::Reader& reader, EvidenceId id) {
    return read(reader, "WHERE e.id = :id", id).at(0);
}

std::string content(const store::Reader& reader, const Depot& depot, const Evidence& one, Size size) {
    const auto row = first_row<std::string, std::optional<std::string>>(
        reader,
        std::string("SELECT c.hash, c.body FROM evidence e JOIN evidence_content c ON c.id = coalesce(e.") +
            column(size) + ", e.original) WHERE e.id = :id",
        one.id);
    if (!row) throw Problem("evidence.unknown", {{"id", one.public_id}}, "", 404);
    const auto& [hash, body] = *row;
    return body ? from_base64(*body) : depot.read(hash);
}

std::vector<Evidence> same_bytes(const store::Reader& reader, std::string_view hash) {
    return read(reader, "WHERE c.hash = :hash ORDER BY e.id", hash);
}

std::vector<Alike> looks_like(const store::Reader& reader, std::uint64_t look) {
    // Of four pieces at least one differs by no more than a quarter of the bits that may differ: all its near
    // neighbours are looked up in the index. a | b minus a & b is what differs, in both databases.
    static const std::string near =
        "SELECT l.evidence, e.look FROM " + masks(similar::same_picture_within / pieces) +
        " AS mask CROSS JOIN evidence_look l JOIN evidence e ON e.id = l.evidence"
        " WHERE l.piece = :piece AND l.bits = (:bits1 | mask.column1) - (:bits2 & mask.column1)";
    std::vector<std::pair<int, EvidenceId>> alike;
    for (int piece = 0; piece < pieces; ++piece) {
        const auto bits = piece_of(look, piece);
        for (const auto& [id, other] : rows<EvidenceId, std::int64_t>(reader, near, piece, bits, bits)) {
            const int distance = similar::distance(look, static_cast<std::uint64_t>(other));
            if (distance <= similar::same_picture_within) alike.emplace_back(distance, id);
        }
    }
    std::sort(alike.begin(), alike.end());
    alike.erase(std::unique(alike.begin(), alike.end()), alike.end());
    std::vector<Alike> found;
    for (const auto& [distance, id] : alike) found.push_back({evidence(reader, id), distance});
    return found;
}

std::vector<Content> contents_outside(const store::Reader& reader) {
    std::vector<Content> all;
    for (const auto& [hash, size] : rows<std::string, std::uint64_t>(
             reader, "SELECT hash, size FROM evidence_content WHERE body IS NULL ORDER BY hash"))
        all.push_back({hash, size});
    return all;
}

namespace {

constexpr std::int64_t day_ms = 24 * 60 * 60 * 1000;

/// At most max_faults of each kind are told.
class Findings {
public:
    void add(const char* code, const std::string& where) {
        if (++told_[code] <= max_faults) found.emplace_back(code, Arguments{{"file", where}});
    }
    std::vector<Problem> found;

private:
    std::map<std::string, std::size_t> told_;
};

void check_outside(const Content& content, const Depot& depot, Closeness closeness, Findings& findings) {
    const auto path = depot.path_of(content.hash);
    std::error_code missing;
    const auto size = std::filesystem::file_size(path, missing);
    if (missing) return findings.add("doctor.file-missing", path.string());
    const bool whole = size == content.size &&
                       (closeness == Closeness::there || store::sha256_hex(depot.read(content.hash)) == content.hash);
    if (!whole) findings.add("doctor.file-changed", path.string());
}

/// One after the other, so that not all of them are in memory at once.
void check_inside(const store::Reader& reader, Findings& findings) {
    ContentId last;
    while (const auto row = first_row<ContentId, std::string, std::string>(
               reader,
               "SELECT id, hash, body FROM evidence_content WHERE id > :last AND body IS NOT NULL ORDER BY id LIMIT 1",
               last)) {
        const auto& [id, hash, body] = *row;
        last = id;
        if (store::sha256_hex(from_base64(body)) != hash) findings.add("doctor.file-changed", hash);
    }
}

}  // namespace

std::vector<Problem> check_evidence(const store::Reader& reader, const Depot& depot, Closeness closeness) {
    Findings findings;
    for (const Content& content : contents_outside(reader)) check_outside(content, depot, closeness, findings);
    if (closeness == Closeness::whole) check_inside(reader, findings);
    return std::move(findings.found);
}

std::vector<Depot::File> unnamed_files(const store::Reader& reader, const Depot& depot, std::int64_t now_utc_ms) {
    std::unordered_set<std::string> named;
    for (auto& content : contents_outside(reader)) named.insert(std::move(content.hash));
    auto files = depot.files();
    std::erase_if(files, [&](const Depot::File& file) {
        return named.contains(file.hash) || file.changed_utc_ms > now_utc_ms - day_ms;
    });
    return files;
}

std::vector<Depot::File> sweep(store::Change& change, const Depot& depot) {
    auto swept = unnamed_files(change, depot, change.at_utc_ms());
    for (const auto& file : swept) depot.remove(file);
    return swept;
}

}  // namespace guidon::evidence
