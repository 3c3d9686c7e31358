// Who changed what, when, in which capacity? Every committed change is one entry; entries are numbered without a
// gap and each hash covers the entry before it.
//
// The hash is the leaf hash of RFC 6962: SHA-256(0x00 ‖ entry), where `entry` is the netstrings (length ":" bytes
// ",") of "guidon/journal/1", seq, at, who, capacity, what, subject, document and the previous entry's hash in
// hexadecimal ("" for the first).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/checkpoint.h"
#include "store/merkle.h"
#include "store/store.h"

namespace guidon::store {

struct Entry {
    std::int64_t seq = 0;  // from 1
    std::int64_t at_utc_ms = 0;
    std::string who, capacity, what, subject;
    std::string document;  // JSON, exactly as it was hashed
    std::string hash;      // 64 hexadecimal digits

    bool operator==(const Entry&) const = default;
};

/// Entries after `seq`, oldest first: how a process follows what others change.
std::vector<Entry> entries_since(const Reader& reader, std::int64_t seq, int most = 1000);
/// Entries about `subject`, newest first.
std::vector<Entry> entries_about(const Reader& reader, std::string_view subject, int most = 100);
/// The newest `most` entries before `before` (0 = from the end), newest first: pages of the journal.
std::vector<Entry> entries_before(const Reader& reader, std::int64_t before, int most = 50);

/// What a reader of the journal looks for; what is empty or 0 filters nothing.
struct Filter {
    std::string who;               // exactly
    std::string what;              // how it begins: "value." finds all that was done with values
    std::string subject;           // exactly
    std::int64_t from_utc_ms = 0;  // from this moment on
    std::int64_t to_utc_ms = 0;    // before this moment
    std::int64_t before_seq = 0;   // the next page: the number of the last entry on this one
};
/// The newest `most` entries that `filter` lets through, newest first. By person, subject and time an index finds them;
/// by `what` alone the journal is read backwards until there are enough.
std::vector<Entry> entries_matching(const Reader& reader, const Filter& filter, int most = 50);

/// The signed head of this view; nothing for a database that has none.
std::optional<Checkpoint> newest_checkpoint(const Reader& reader);
/// What checks it, as the database says: whoever can change the database can replace it, so compare the fingerprint
/// with one that was printed, or use Store::trusted_key().
std::optional<PublicKey> public_key(const Reader& reader);

/// That an entry is in the tree of the newest checkpoint: is_included(leaf, seq - 1, size, path, root).
struct InclusionProof {
    std::int64_t seq = 0, size = 0;
    Digest leaf{};
    std::vector<Digest> path;
};
/// Nothing if there is no such entry. Reads all hashes of the journal: for one page a person asks for, not for lists.
std::optional<InclusionProof> inclusion_proof(const Reader& reader, std::int64_t seq);

/// The hash that `entry` must have after an entry with hash `previous`.
std::string entry_hash(const Entry& entry, std::string_view previous);

}  // namespace guidon::store
