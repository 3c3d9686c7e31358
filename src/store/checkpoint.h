// How far does the journal reach, and who says so? A checkpoint: size and root of its tree, signed, as
// c2sp.org/tlog-checkpoint writes it, so that other programs can check it, too.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "store/journal_key.h"
#include "store/merkle.h"

namespace guidon::store {

struct Checkpoint {
    std::int64_t size = 0;  // entries in the tree
    std::string root;       // 64 hexadecimal digits
    std::string text;       // the whole note, signatures included: what is kept, printed and checked
    std::int64_t at_utc_ms = 0;
    std::string origin;  // name of the key

    bool operator==(const Checkpoint&) const = default;
};

/// The note `origin, size, root, time MS`, signed by `key`.
Checkpoint signed_checkpoint(std::int64_t size, const Digest& root, std::int64_t at_utc_ms, const SigningKey& key);

/// What a note says, whoever signed it; nothing if it is no checkpoint. Line ends of any kind, and spaces around
/// the whole, are forgiven: people copy notes.
std::optional<Checkpoint> read_checkpoint(std::string_view note);

/// Whether `key` has signed it; other signatures beside are allowed.
bool is_signed_by(const Checkpoint& checkpoint, const PublicKey& key);

}  // namespace guidon::store
