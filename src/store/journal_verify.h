// Is a journal what was signed? Pure: entries come in order from wherever they are kept, and what does not fit is told
// with the entry at which it shows.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "store/checkpoint.h"
#include "store/journal.h"

namespace guidon::store {

/// What whoever checks brings along: without it, what the journal says of itself can only be consistent.
struct Trust {
    std::string key;                  // PublicKey::text() or fingerprint(); "" = none
    std::optional<Checkpoint> older;  // one that was kept: the journal must go on from it
};

struct Verdict {
    std::vector<Problem> found;  // codes "doctor.journal-*"; empty = sound. At most max_faults
    std::int64_t entries = 0;
    std::optional<Checkpoint> head;
    std::optional<PublicKey> key;  // that signed it
};

class JournalCheck {
public:
    /// `head` and `public_key` as they stand beside the journal; empty texts if they are missing.
    JournalCheck(std::string_view head, std::string_view public_key, const Trust& trust);

    void add(const Entry& entry);
    /// Adds what the caller found himself.
    void tell(std::string code, Arguments arguments);
    /// The tree over what was added.
    const Frontier& tree() const { return tree_; }
    /// After the last entry.
    Verdict verdict();

private:
    void check_signatures();
    void check_length();
    void check_roots();

    Trust trust_;
    Verdict verdict_;
    bool links_fit_ = true;  // else the root cannot fit, and says nothing new
    std::int64_t seq_ = 0;
    std::string previous_;
    Frontier tree_;
    std::string root_at_head_, root_at_older_;
};

/// A kept checkpoint, from a file's bytes. Throws Problem "journal.no-checkpoint" with `file`.
Checkpoint kept_checkpoint(std::string_view bytes, const std::string& file);
/// `text` if it is a public key or a fingerprint (spaces and capitals as they come). Throws "journal.no-public-key".
std::string trusted_key_of(const std::string& text);

}  // namespace guidon::store
