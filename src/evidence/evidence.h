// Which files stand behind what is told – photos, PDF, office files – and is a file what it claims to be?
//
//     const auto taken = evidence::take(depot, upload, "photo", Wanted::photo);   // outside the transaction: may be
//     slow auto change = store.change(permit); const EvidenceId id = evidence::keep(change, depot, taken); //
//     evidence_store.h exemplars::add_evidence(change, exemplar, id, caption, credit);             // the noun's own
//     table names it change.commit(…);
//
// Who the owner of an evidence is, its caption, credit and place among others are kept by the noun that shows it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/id.h"
#include "evidence/depot.h"
#include "evidence/format.h"
#include "web/upload_type.h"

namespace guidon::evidence {

using EvidenceId = Id<struct EvidenceTag>;

/// How large a file may be.
constexpr std::uint64_t photo_limit = 20 << 20;
constexpr std::uint64_t document_limit = 50 << 20;

/// What a form asks for.
enum class Wanted { any, photo, document };

/// A file that was looked into, with what is made of it. Contents that are kept outside the database are in the depot
/// already; if nobody keeps them they are swept after a day.
struct Taken {
    Format format = Format::pdf;
    std::string file_name;  // as the client called it, without folders
    std::string bytes, hash;
    // Of a photo:
    int width = 0, height = 0;      // upright, in pixels
    std::string shown, shown_hash;  // a copy for everybody: JPEG, at most 1600 pixels wide and high, upright, no EXIF
    std::string small, small_hash;  // at most 480 pixels
    std::optional<std::uint64_t> look;  // perceptual hash; nothing for one that looks like too many others
};

/// Looks into an upload: from its bytes, never from its declared type. Slow for photos (up to a second), and they
/// take much memory: in a handler with Access::files. `field` is the form's field, for the refusal.
/// Problems: evidence.none (no file), evidence.too-large (413), evidence.unknown-format, evidence.active (SVG, HTML),
/// evidence.lies (name and content differ), evidence.not-wanted (415 each), evidence.too-many-pixels, evidence.damaged,
/// evidence.encrypted, evidence.macros, evidence.bomb (422 each), evidence.disk-full (503).
Taken take(const Depot& depot, const web::Upload& upload, std::string_view field, Wanted wanted);

}  // namespace guidon::evidence
