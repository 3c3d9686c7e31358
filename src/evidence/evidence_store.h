// How are evidences kept, found again by what they are, and compared with their files?
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "evidence/evidence.h"
#include "store/store.h"

namespace guidon::evidence {

/// One that is kept. The same bytes sent twice are two evidences with one content.
struct Evidence {
    EvidenceId id;
    std::string public_id;
    Format format = Format::pdf;
    std::string file_name;
    std::uint64_t size = 0;  // of the original, in bytes
    std::string hash;        // of the original: SHA-256, 64 hexadecimal digits
    int width = 0, height = 0;
    std::optional<std::uint64_t> look;
    std::int64_t since = 0;  // journal entry that kept it

    Kind kind() const { return kind_of(format); }
    bool operator==(const Evidence&) const = default;
};

/// Which of the contents of a photo; of a document there is the original alone.
enum class Size { small, shown, original };

EvidenceId keep(store::Change& change, const Depot& depot, const Taken& taken);
/// Takes an evidence away that no other table names any longer, and contents that no other evidence has. Files outside
/// the database are swept a day later.
void forget(store::Change& change, EvidenceId id);

std::optional<Evidence> find(const store::Reader& reader, std::string_view public_id);
Evidence evidence(const store::Reader& reader, EvidenceId id);  // must exist
/// The bytes; Problem evidence.file-missing (503).
std::string content(const store::Reader& reader, const Depot& depot, const Evidence& one, Size size);

/// All whose original is this, oldest first.
std::vector<Evidence> same_bytes(const store::Reader& reader, std::string_view hash);

struct Alike {
    Evidence evidence;
    int distance;  // bits of the look that differ
};
/// Photos that look the same – re-encoded, made smaller – nearest first; those of the same bytes are among them.
std::vector<Alike> looks_like(const store::Reader& reader, std::uint64_t look);

/// Outside the database.
struct Content {
    std::string hash;
    std::uint64_t size = 0;
};
std::vector<Content> contents_outside(const store::Reader& reader);

/// How closely the doctor looks at files: whether they are there with their size, or every byte.
enum class Closeness { there, whole };
/// Problems doctor.file-missing, doctor.file-changed (argument file), at most max_faults of each.
std::vector<Problem> check_evidence(const store::Reader& reader, const Depot& depot, Closeness closeness);

/// Files of the depot that no evidence names and that have not changed for a day.
std::vector<Depot::File> unnamed_files(const store::Reader& reader, const Depot& depot, std::int64_t now_utc_ms);

/// Takes those away; the change keeps out whoever is about to name one.
std::vector<Depot::File> sweep(store::Change& change, const Depot& depot);

}  // namespace guidon::evidence
