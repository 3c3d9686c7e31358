// What does a checkpoint look like on paper? One A4 sheet as SVG: a QR code of the note, and the note as text.
#pragma once

#include <string>

#include "base/language.h"
#include "store/journal.h"

namespace guidon::cli {

/// `key` is the one that signed it.
std::string journal_sheet(const store::Checkpoint& checkpoint, const store::PublicKey& key, Language language);

/// "2024-03-14 10:00:00 UTC"
std::string utc_text(std::int64_t utc_ms);

}  // namespace guidon::cli
